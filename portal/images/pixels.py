"""Pixels as a browser needs them: upright, 8 bits, sRGB, with nothing of the camera attached."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

_ORIENTATION = 0x0112
_SCALABLE = ("RGB", "RGBA", "CMYK", "L")
_SIXTEEN_BITS = ("I", "I;16", "I;16L", "I;16B", "I;16N")


def is_turned(image: Image.Image) -> bool:
    """Return whether EXIF says that the pixels must be turned or mirrored to stand upright."""
    return _orientation(image) not in (0, 1)


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height as seen; orientations 5 to 8 lie on their side (Exif 3.0, 4.6.5)."""
    sideways = _orientation(image) in (5, 6, 7, 8)
    return (image.height, image.width) if sideways else image.size


def _orientation(image: Image.Image) -> int:
    """Return what EXIF says of it, 1 to 8; 1 for a broken directory, as browsers do."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken directory raises anything; `inspection` reports it
        return 1
    return value if isinstance(value, int) else 1


def upright(image: Image.Image) -> Image.Image:
    """Return a copy with the turn that EXIF asks for carried out."""
    return ImageOps.exif_transpose(image) if is_turned(image) else image.copy()


def has_alpha(image: Image.Image) -> bool:
    """Return whether any pixel can be seen through."""
    return "A" in image.getbands() or "transparency" in image.info


def to_scalable(image: Image.Image) -> Image.Image:
    """Return the image in a mode whose pixels can be averaged; most are so already."""
    return image if image.mode in _SCALABLE else to_srgb(image)


def to_srgb(image: Image.Image) -> Image.Image:
    """Return RGB, or RGBA where it can be seen through, that looks the same and carries no data."""
    plain = _to_eight_bits(image)
    if plain.mode not in _SCALABLE:
        plain = plain.convert("RGBA" if has_alpha(plain) else "RGB")
    profile = image.info.get("icc_profile")
    plain = _apply_profile(plain, profile) if profile else plain.copy()
    if plain.mode not in ("RGB", "RGBA") or _is_opaque(plain):
        plain = plain.convert("RGB")
    plain.info.clear()
    return plain


def _is_opaque(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the image in sRGB, or as it is when the profile is broken or of other channels."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.copy()
    return converted or image.copy()


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Return the image with 16-bit grey scaled to 8 bits, which `convert` alone would cut off."""
    if image.mode not in _SIXTEEN_BITS:
        return image
    return image.convert("I").point(lambda value: value * (255 / 65535)).convert("L")
