"""Encodes a picture into the published files; runs in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from portal.images.formats import LOSSLESS, PILLOW_FORMATS, SNIFFED_BYTES, SVG, Format, sniff
from portal.images.inspection import MAX_DECODED_PIXELS
from portal.images.opening import open_picture
from portal.images.pixels import is_turned, to_scalable, to_srgb, upright, upright_size
from portal.images.svg import minify_svg, read_svg, svg_size
from portal.library.image_settings import ImageSettings

RECIPE = 2  # incremented when the same picture and settings give other bytes
_LEAST_STEP = 1.15  # ratio of adjacent widths; closer ones save too few bytes
_AVIF_SPEED = 8  # decisions/0004-images.md
_WEBP_METHOD = 4
Encoder = Callable[[Image.Image], bytes]


@dataclass(frozen=True)
class EncodeTask:
    """A source file and how to encode it."""

    file: Path
    settings: ImageSettings


def encode(task: EncodeTask) -> dict[str, bytes]:
    """Return "480x360.avif" → bytes for every file of one picture, best format first."""
    with task.file.open("rb") as stream:
        kind = sniff(stream.read(SNIFFED_BYTES))
    if kind is SVG:
        return _encode_svg(task.file.read_bytes())
    rungs = read_rungs(task.file, task.settings.widths)
    by_format = _encode_formats(rungs, kind, task.settings.quality)
    return {
        f"{rung.width}x{rung.height}.{name}": data
        for name, files in by_format.items()
        for rung, data in zip(rungs, files, strict=True)
    }


def read_rungs(file: Path, widths: tuple[int, ...]) -> list[Image.Image]:
    """Return the picture upright and in sRGB in each published size, narrowest first."""
    Image.MAX_IMAGE_PIXELS = MAX_DECODED_PIXELS
    with open_picture(file, PILLOW_FORMATS) as image:
        return _scaled(image, _sizes(upright_size(image), widths))


def _encode_svg(data: bytes) -> dict[str, bytes]:
    root = read_svg(data)
    width, height = svg_size(root) or (0, 0)
    return {f"{round(width)}x{round(height)}.svg": minify_svg(root)}


def _sizes(size: tuple[int, int], widths: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the published sizes, ascending, none larger than the source."""
    widest = min(size[0], widths[-1])
    steps = [width for width in widths if width * _LEAST_STEP <= widest]
    return [(width, max(1, round(size[1] * width / size[0]))) for width in (*steps, widest)]


def _scaled(image: Image.Image, sizes: list[tuple[int, int]]) -> list[Image.Image]:
    """Return the picture in these sizes, ascending; each is scaled from the next larger."""
    width, height = sizes[-1]
    image.draft("RGB", (height, width) if upright_size(image) != image.size else (width, height))
    whole = to_scalable(upright(image) if is_turned(image) else image)
    rungs = [to_srgb(whole.resize(sizes[-1], Image.Resampling.LANCZOS, reducing_gap=3.0))]
    for size in reversed(sizes[:-1]):
        rungs.insert(0, rungs[0].resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0))
    return rungs


def _encode_formats(
    rungs: list[Image.Image], kind: Format, quality: Mapping[str, int]
) -> dict[str, list[bytes]]:
    """Return format → files; a format no smaller than the next one is left out."""
    drawn = kind in LOSSLESS
    fallbacks: dict[str, Encoder] = {}
    if rungs[0].mode == "RGB":
        fallbacks["jpg"] = partial(_jpeg, quality=quality["jpeg"])
    if drawn or not fallbacks:
        fallbacks["png"] = _png
    webps: dict[str, Encoder] = {"lossy": partial(_webp, quality=quality["webp"])}
    if drawn:
        webps["lossless"] = _lossless_webp
    name, fallback = _encode_smallest(fallbacks, rungs)
    kept = {name: fallback}
    for name, files in (
        ("webp", _encode_smallest(webps, rungs)[1]),
        ("avif", [_avif(rung, quality["avif"]) for rung in rungs]),
    ):
        if _weight(files) < _weight(next(iter(kept.values()))):
            kept = {name: files, **kept}
    return kept


def _encode_smallest(
    encoders: Mapping[str, Encoder], rungs: list[Image.Image]
) -> tuple[str, list[bytes]]:
    """Return format and files of the encoder with the smallest file for the first size."""
    first = {name: encoder(rungs[0]) for name, encoder in encoders.items()}
    name = min(first, key=lambda each: len(first[each]))
    return name, [first[name], *map(encoders[name], rungs[1:])]


def _weight(files: list[bytes]) -> int:
    return sum(map(len, files))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    return _saved(image, "JPEG", quality=quality, optimize=True, progressive=True)


def _png(image: Image.Image) -> bytes:
    """Return a PNG, with a palette when that is lossless."""
    if not image.getcolors(256):
        return _saved(image, "PNG", optimize=True)
    reduced, alpha = _with_palette(image)
    seen_through = {"transparency": alpha} if alpha else {}
    return _saved(reduced, "PNG", optimize=True, **seen_through)


def _with_palette(image: Image.Image) -> tuple[Image.Image, bytes]:
    """Return an image of at most 256 colours with an exact palette, and its alpha values.

    Alpha is in PNG's order: for the first colours, up to the last that is not opaque.
    """
    pixels = np.asarray(image.convert("RGBA")).reshape(-1, 4)
    colours, index = np.unique(
        pixels[:, ::-1], axis=0, return_inverse=True
    )  # sorted by alpha first
    reduced = Image.frombytes("P", image.size, index.astype(np.uint8).tobytes())
    reduced.putpalette(colours[:, :0:-1].tobytes())
    return reduced, colours[:, 0].tobytes().rstrip(b"\xff")


def _webp(image: Image.Image, quality: int) -> bytes:
    return _saved(image, "WEBP", quality=quality, method=_WEBP_METHOD)


def _lossless_webp(image: Image.Image) -> bytes:
    return _saved(image, "WEBP", lossless=True, method=_WEBP_METHOD)


def _avif(image: Image.Image, quality: int) -> bytes:
    # One thread: processes run in parallel, and the bytes are the same on every machine.
    return _saved(image, "AVIF", quality=quality, speed=_AVIF_SPEED, max_threads=1)


def _saved(image: Image.Image, pillow: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, pillow, **options)
    return stream.getvalue()
