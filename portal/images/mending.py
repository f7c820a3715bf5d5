"""Repairs pictures for `make fix`: name, size, rotation, colour profile, private metadata.

Formats that browsers do not show become PNG. Files are replaced atomically; links to a renamed
picture are updated.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from portal.images.checks import read_images
from portal.images.file_checks import (
    MAX_BYTES,
    MAX_SIDE,
    ImageFile,
    can_be_made_smaller,
    proper_name,
    readable_sizes,
)
from portal.images.formats import ALLOWED, CONVERTIBLE, GIF, JPEG, PNG, SVG, Format
from portal.images.inspection import MAX_DECODED_PIXELS
from portal.images.opening import open_picture
from portal.images.pixels import is_turned, to_srgb, upright
from portal.library.library import Library
from portal.system.files import write_atomically
from portal.system.workers import Failure, Limits, run_limited

LIMITS = Limits(seconds=120, memory=2_000_000_000)
_QUALITY = 85
_LOWER_QUALITIES = (70, 55)  # for files too large even at the smallest readable size


@dataclass(frozen=True)
class PictureChange:
    """A repaired picture: paths, sizes and, in Vietnamese, other changes."""

    path: str
    new_path: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return "docs/a.JPG (4,2 MB, 4032 × 3024) → docs/a.jpg (0,6 MB, 2560 × 1920)"."""
        return f"{self.path} ({self.before}) → {self.new_path} ({self.after})"


@dataclass(frozen=True)
class Rewriting:
    """A file whose content must be rewritten, and how."""

    file: Path
    format: str


@dataclass(frozen=True)
class Rewritten:
    """The new content and its format and size."""

    data: bytes
    format: str
    width: int
    height: int


def mend_images(library: Library, wanted: set[str] | None = None) -> Iterator[PictureChange]:
    """Repair the pictures in docs/, or only those with a wanted path; idempotent.

    Pages are updated where a picture is renamed. A picture that cannot be repaired within the
    limits stays unchanged, and the checks still report it.

    Raises:
        OSError: a file cannot be written; `filename` is its name, and it is unchanged.
    """
    images = [
        image
        for image in read_images(library.docs)[0]
        if _is_mendable(image)
        if wanted is None or image.path in wanted
    ]
    tasks = [Rewriting(i.file, i.inspection.format) for i in images if _must_be_rewritten(i)]
    results = {task.file: result for task, result in run_limited(rewrite, tasks, LIMITS)}
    for image in images:
        result = results.get(image.file)
        rewritten = None if isinstance(result, Failure) else result
        if (rewritten or image.kind) and (change := _mend(image, rewritten, library)):
            yield change


def _is_mendable(image: ImageFile) -> bool:
    found = image.inspection
    return bool(image.kind) and not found.refusal and not found.animated


def _is_convertible(image: ImageFile) -> bool:
    return image.inspection.format in [each.name for each in CONVERTIBLE]


def _must_be_rewritten(image: ImageFile) -> bool:
    found = image.inspection
    if image.kind is SVG:
        return False
    if _is_convertible(image):
        return True
    too_big = image.file.stat().st_size > MAX_BYTES or max(found.width, found.height) > MAX_SIDE
    return (too_big and can_be_made_smaller(found)) or found.turned or bool(found.private)


def rewrite(task: Rewriting) -> Rewritten | None:
    """Return the picture upright, in sRGB, without metadata and within the limits for git.

    None when it cannot be decoded: damaged, too large or of several pages.
    """
    Image.MAX_IMAGE_PIXELS = MAX_DECODED_PIXELS
    kind = next(each for each in ALLOWED if each.name == task.format)
    if kind in CONVERTIBLE:
        return _convert(task.file, kind)
    with open_picture(task.file, (kind.pillow,)) as image:
        if _needs_no_new_pixels(image):
            data = _saved(image, JPEG, quality="keep", comment=b"")
            if len(data) <= MAX_BYTES:
                return Rewritten(data, JPEG.name, *image.size)
        return _fit(to_srgb(upright(image)), PNG if kind is GIF else kind)


def _convert(file: Path, kind: Format) -> Rewritten | None:
    try:
        with open_picture(file, (kind.pillow,)) as image:
            pages = getattr(image, "n_frames", 1)
            if pages > 1 or image.width * image.height > MAX_DECODED_PIXELS:
                return None
            return _fit(to_srgb(upright(image)), PNG)
    except MemoryError:
        raise
    except Exception:  # decoders raise any exception on damaged files; the check reports them
        return None


def _needs_no_new_pixels(image: Image.Image) -> bool:
    """Return whether a JPEG can be saved with its own quantisation tables, without further loss."""
    plain = image.format == JPEG.pillow and image.mode in ("RGB", "L")
    small = max(image.size) <= MAX_SIDE
    return plain and small and not is_turned(image) and "icc_profile" not in image.info


def _fit(image: Image.Image, kind: Format) -> Rewritten:
    """Return the picture scaled down until it fits; a large PNG becomes a JPEG.

    A picture that is readable at no size within the limits keeps its size and loses quality.
    """
    sizes = list(readable_sizes(*image.size)) or [image.size]
    kinds = [kind, JPEG] if kind is PNG and image.mode == "RGB" else [kind]
    for size in sizes:
        if image.size != size:
            image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for each in kinds:
            data = _encode(image, each)
            if len(data) <= MAX_BYTES:
                return Rewritten(data, each.name, *size)
    for quality in _LOWER_QUALITIES:
        data = _encode(image, kinds[-1], quality)
        if len(data) <= MAX_BYTES:
            break
    return Rewritten(data, kinds[-1].name, *image.size)


def _encode(image: Image.Image, kind: Format, quality: int = _QUALITY) -> bytes:
    if kind is PNG:
        return _saved(image, PNG, optimize=True)
    return _saved(image, kind, quality=quality)


def _saved(image: Image.Image, kind: Format, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind.pillow, exif=b"", xmp=b"", icc_profile=None, **options)
    return stream.getvalue()


def _mend(image: ImageFile, rewritten: Rewritten | None, library: Library) -> PictureChange | None:
    """Write the new content, update the pages, then rename; None without a change.

    Renaming comes last because it needs no disk space: after a failure before it, running the
    command again completes the repair.
    """
    found = image.inspection
    name = _free_name(image, rewritten.format if rewritten else found.format)
    if rewritten is None and name == image.file.name:
        return None
    before = _describe(image.file, found.width, found.height)
    after = (found.width, found.height)
    if rewritten:
        write_atomically(image.file, rewritten.data)
        after = (rewritten.width, rewritten.height)
    new = image.file.with_name(name)
    if new != image.file:
        _follow(image.uri, posixpath.join(posixpath.dirname(image.uri), name), library)
        image.file.rename(new)
    new_path = posixpath.join(posixpath.dirname(image.path), name)
    return PictureChange(image.path, new_path, before, _describe(new, *after))


def _free_name(image: ImageFile, format_name: str) -> str:
    """Return the valid name of the file, numbered when another file has it."""
    suffixes = next(each.suffixes for each in ALLOWED if each.name == format_name)
    suffix = image.suffix if image.suffix in suffixes else suffixes[0]
    name = proper_name(image.file.name, suffix)
    stem, number = name.removesuffix(suffix), 2
    while (other := image.file.with_name(name)).exists() and not other.samefile(image.file):
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def _describe(file: Path, width: int, height: int) -> str:
    megabytes = f"{file.stat().st_size / 1_000_000:.2f}".replace(".", ",")
    return f"{megabytes} MB, {width} × {height}" if width else f"{megabytes} MB"


def _follow(old_uri: str, new_uri: str, library: Library) -> None:
    """Update the name in every page that shows the picture, in any spelling of the target."""
    for page in library.pages:
        file = library.docs / page.uri
        source = file.read_text(encoding="utf-8")
        folder = posixpath.dirname(page.uri)
        new = posixpath.relpath(new_uri, folder)
        changed = _spellings(posixpath.relpath(old_uri, folder)).sub(rf"\g<1>{new}", source)
        if changed != source:
            write_atomically(file, changed.encode())


def _spellings(target: str) -> re.Pattern[str]:
    """Return a pattern for a link's target: escaped or not, in NFC or NFD."""
    forms = {unicodedata.normalize(form, target) for form in ("NFC", "NFD")}
    written = "|".join(re.escape(each) for form in forms for each in (form, quote(form)))
    return re.compile(rf"(\]\(\s*<?(?:\./)?)(?:{written})(?=[>\s)])")
