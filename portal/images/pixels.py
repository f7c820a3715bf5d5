"""Pixels as browsers show them: upright, 8 bits, sRGB, without metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_ORIENTATION = 0x0112
_TURNS = {  # Exif 3.0, 4.6.5
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_USUAL_GAMMA = 1 / 2.2  # sRGB's value in gAMA (45455)
_GAMMA_TOLERANCE = 0.01
# x and y of white, red, green and blue (ITU-R BT.709), as a PNG's cHRM has them.
_SRGB_PRIMARIES = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
_PRIMARIES_TOLERANCE = 0.002
# Bradford's matrix of cone responses, for chromatic adaptation.
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_SCALABLE = ("RGB", "RGBA", "CMYK", "L")
_SIXTEEN_BITS = ("I", "I;16", "I;16L", "I;16B", "I;16N")


def is_turned(image: Image.Image) -> bool:
    """Return whether EXIF requires rotating or mirroring the pixels."""
    return _orientation(image) in _TURNS


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height after rotation; orientations 5 to 8 swap them (Exif 3.0, 4.6.5)."""
    sideways = _orientation(image) in (5, 6, 7, 8)
    return (image.height, image.width) if sideways else image.size


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 for a damaged directory.

    As in browsers, XMP and old PNG text chunks are ignored, and a WebP is never rotated.
    """
    if image.format == "WEBP":
        return 1
    tags = getattr(image, "tag_v2", None)  # of a TIFF
    exif = image.info.get("exif")
    try:
        if tags is None:
            tags = Image.Exif()
            tags.load(exif if isinstance(exif, bytes) else b"")
        value = tags.get(_ORIENTATION, 1)
    except Exception:  # a damaged directory raises any exception; `inspection` reports it
        return 1
    return value if isinstance(value, int) else 1


def upright(image: Image.Image) -> Image.Image:
    """Return a copy with the EXIF orientation applied."""
    turn = _TURNS.get(_orientation(image))
    if turn is None:
        return image.copy()
    turned = image.transpose(turn)
    turned.info.pop("exif", None)
    return turned


def has_alpha(image: Image.Image) -> bool:
    """Return whether a picture has transparency."""
    return "A" in image.getbands() or "transparency" in image.info


def to_scalable(image: Image.Image) -> Image.Image:
    """Return the image in a mode that can be scaled by averaging; most are already."""
    return image if _is_scalable(image) else to_srgb(image)


def _is_scalable(image: Image.Image) -> bool:
    """Return whether pixels can be averaged; a palette or a transparent colour cannot."""
    return image.mode in _SCALABLE and "transparency" not in image.info


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the image converted to sRGB, as RGB or RGBA, without metadata."""
    plain = _to_eight_bits(image)
    if not _is_scalable(plain):
        plain = plain.convert("RGBA" if has_alpha(plain) else "RGB")
    profile = image.info.get("icc_profile")
    plain = _apply_profile(plain, profile) if profile else _apply_gamma(plain, image.info)
    if plain.mode not in ("RGB", "RGBA") or _is_opaque(plain):
        plain = plain.convert("RGB")
    plain.info.clear()
    return plain


def _is_opaque(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the image in sRGB, unchanged when the profile is damaged or for other channels."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.copy()
    return converted or image.copy()


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Return the image with 16-bit grey scaled to 8 bits, which `convert` would clip."""
    if image.mode not in _SIXTEEN_BITS:
        return image
    samples = image.convert("I")
    grey = samples.point(lambda value: value * (255 / 65535) + 0.5).convert("L")
    grey.info.pop("transparency", None)
    if "transparency" not in image.info:
        return grey
    seen = np.asarray(samples) != image.info["transparency"]
    return Image.merge("LA", (grey, Image.fromarray(seen.astype(np.uint8) * 255)))


def _apply_gamma(image: Image.Image, info: Mapping[str | tuple[int, int], Any]) -> Image.Image:
    """Return the image in sRGB by a PNG's gAMA and cHRM chunks.

    As in Chromium, an sRGB chunk takes precedence, and cHRM is used only with gAMA.
    """
    gamma, primaries = info.get("gamma"), info.get("chromaticity") or _SRGB_PRIMARIES
    if not gamma or "srgb" in info:
        return image.copy()
    is_usual = abs(gamma - _USUAL_GAMMA) < _GAMMA_TOLERANCE
    if np.allclose(primaries, _SRGB_PRIMARIES, atol=_PRIMARIES_TOLERANCE):
        return image.copy() if is_usual else _map_samples(image, gamma)
    return _map_colours(image, gamma, primaries)


def _map_samples(image: Image.Image, gamma: float) -> Image.Image:
    """Return the image with its samples converted from gamma to sRGB's transfer function."""
    samples = np.arange(256) / 255
    table = _written(samples ** (1 / gamma)).tolist()
    colours, alpha = _without_alpha(image)
    return _with_alpha(colours.point(table * 3), alpha)


def _map_colours(image: Image.Image, gamma: float, primaries: Sequence[float]) -> Image.Image:
    """Return the image with its colours converted to sRGB's primaries."""
    try:
        matrix = np.linalg.inv(_to_xyz(_SRGB_PRIMARIES)) @ _to_xyz(primaries)
    except (np.linalg.LinAlgError, ZeroDivisionError):  # the primaries are invalid
        return image.copy()
    colours, alpha = _without_alpha(image)
    table = (np.arange(256) / 255).astype(np.float32) ** (1 / gamma)
    light = table[np.asarray(colours)] @ matrix.T.astype(np.float32)
    return _with_alpha(Image.fromarray(_written(light)), alpha)


def _to_xyz(primaries: Sequence[float]) -> NDArray[np.float64]:
    """Return the matrix from linear RGB of these primaries to XYZ with sRGB's white point."""
    white, *others = (
        np.array((x / y, 1, (1 - x - y) / y))
        for x, y in zip(primaries[::2], primaries[1::2], strict=True)
    )
    columns = np.array(others).T
    to_white = columns * np.linalg.solve(columns, white)
    cones = np.array(_BRADFORD)
    x, y = _SRGB_PRIMARIES[:2]
    usual = np.array((x / y, 1, (1 - x - y) / y))
    scaled = np.diag((cones @ usual) / (cones @ white))
    adapted: NDArray[np.float64] = np.linalg.inv(cones) @ scaled @ cones @ to_white
    return adapted


def _written(light: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return linear values, 0 to 1, as 8-bit sRGB samples (IEC 61966-2-1)."""
    light = np.clip(light, 0, 1)
    samples = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    rounded: NDArray[np.uint8] = np.rint(255 * samples).astype(np.uint8)
    return rounded


def _without_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    return image.convert("RGB"), alpha


def _with_alpha(image: Image.Image, alpha: Image.Image | None) -> Image.Image:
    if alpha:
        image.putalpha(alpha)
    return image
