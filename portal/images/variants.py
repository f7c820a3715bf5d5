"""The published files of a picture: several widths and formats, never upscaled."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import PIL

from portal.images.drawn_text import drawn_text
from portal.images.encoding import RECIPE, EncodeTask, encode
from portal.images.svg import read_svg
from portal.library.image_settings import ImageSettings
from portal.source.naming import file_slug
from portal.system.cache import Cache, cache_key
from portal.system.workers import Failure, Limits, run_limited

PUBLISHED_FOLDER = "assets/images"
LIMITS = Limits(seconds=30, memory=1_000_000_000)
_SIZED_NAME = re.compile(r"(\d+)x(\d+)\.(\w+)")


@dataclass(frozen=True)
class Variant:
    """One file of a picture; `uri` is its path within the site, `file` its cached file."""

    format: str
    width: int
    height: int
    uri: str
    file: Path


@dataclass(frozen=True)
class Picture:
    """The files of one picture: best format first, then narrowest first.

    `steps` are the numbers of the steps that a drawing shows.
    """

    variants: tuple[Variant, ...]
    steps: tuple[int, ...] = ()

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the formats, best first; every browser shows the last."""
        return tuple(dict.fromkeys(variant.format for variant in self.variants))

    def of_format(self, name: str) -> tuple[Variant, ...]:
        """Return the files of one format, narrowest first."""
        return tuple(variant for variant in self.variants if variant.format == name)

    @property
    def is_drawing(self) -> bool:
        """Return whether this is an SVG."""
        return self.largest.format == "svg"

    @property
    def middle(self) -> Variant:
        """Return the file of middle width in the fallback format, for `src`."""
        files = self.of_format(self.largest.format)
        return files[len(files) // 2]

    @cached_property
    def middle_bytes(self) -> int:
        """Return the size of that file."""
        return self.middle.file.stat().st_size

    @property
    def largest(self) -> Variant:
        """Return the widest file in the fallback format."""
        return self.variants[-1]


class PictureError(Exception):
    """A picture cannot be encoded: its `path`, and a Vietnamese message."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


def make_pictures(
    sources: Mapping[str, Path],
    cache: Cache,
    settings: ImageSettings,
    report: Callable[[int, int], None] = lambda done, total: None,
    processes: int | None = None,
) -> dict[str, Picture]:
    """Return path within docs/ → picture; only pictures missing in the cache are encoded.

    `report` is called with (done, total) after each encoded picture.

    Raises:
        PictureError: a file cannot be decoded within the limits. CacheError: the cache is not
        writable.
    """
    keys = {uri: _key(file, settings) for uri, file in sources.items()}
    entries = {key: cache.find(key) for key in keys.values()}
    missing = {key: uri for uri, key in keys.items() if entries[key] is None}
    tasks = [EncodeTask(sources[uri], settings) for uri in missing.values()]
    key_of = {sources[uri]: key for key, uri in missing.items()}
    results = run_limited(_try_to_encode, tasks, LIMITS, processes)
    for done, (task, encoded) in enumerate(results, 1):
        key = key_of[task.file]
        if isinstance(encoded, dict):
            entries[key] = cache.store(key, encoded)
        else:
            slow = "không nén được hình trong giới hạn, hãy thu nhỏ"
            reason = slow if isinstance(encoded, Failure) else f"không nén được hình ({encoded})"
            raise PictureError(missing[key], reason)
        report(done, len(tasks))
    return {uri: _picture(uri, key, entries[key] or {}) for uri, key in keys.items()}


def _try_to_encode(task: EncodeTask) -> dict[str, bytes] | str:
    """Return the result of `encode`, or the message of an error in a decoder or encoder."""
    try:
        return encode(task)
    except MemoryError:
        raise
    except Exception as error:  # decoders raise any exception on damaged files
        return str(error) or type(error).__name__


def _key(file: Path, settings: ImageSettings) -> str:
    quality = sorted(settings.quality.items())
    return cache_key(file.read_bytes(), settings.widths, quality, RECIPE, PIL.__version__)


def _picture(uri: str, key: str, files: Mapping[str, Path]) -> Picture:
    stem = file_slug(posixpath.splitext(posixpath.basename(uri))[0], "hinh")[:40]
    variants = tuple(_variant(name, file, stem, key) for name, file in files.items())
    picture = Picture(variants)
    return replace(picture, steps=_steps_of(picture)) if picture.is_drawing else picture


def _steps_of(picture: Picture) -> tuple[int, ...]:
    return drawn_text(read_svg(picture.largest.file.read_bytes())).steps


def _variant(name: str, file: Path, stem: str, key: str) -> Variant:
    match = _SIZED_NAME.fullmatch(name)
    if not match:
        raise PictureError(stem, f"bộ nhớ đệm có tệp lạ: {name}")
    uri = f"{PUBLISHED_FOLDER}/{stem}-{match[1]}.{key[:10]}.{match[3]}"
    return Variant(match[3], int(match[1]), int(match[2]), uri, file)
