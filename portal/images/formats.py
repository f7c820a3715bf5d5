"""Picture formats, detected from a file's first bytes, never from its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

SNIFFED_BYTES = 4096  # an SVG may begin with a long comment


@dataclass(frozen=True)
class Format:
    """A format: its valid suffixes (the first is preferred) and Pillow's name."""

    name: str
    suffixes: tuple[str, ...] = ()
    pillow: str = ""


JPEG = Format("JPEG", (".jpg", ".jpeg"), "JPEG")
PNG = Format("PNG", (".png",), "PNG")
WEBP = Format("WebP", (".webp",), "WEBP")
AVIF = Format("AVIF", (".avif",), "AVIF")
GIF = Format("GIF", (".gif",), "GIF")
SVG = Format("SVG", (".svg",))
BMP = Format("BMP", (".bmp",), "BMP")
TIFF = Format("TIFF", (".tif", ".tiff"), "TIFF")
HEIC = Format("HEIC", (".heic", ".heif"))
PROGRAM = Format("chương trình")
UNKNOWN = Format("không rõ loại")

ALLOWED = (JPEG, PNG, WEBP, AVIF, SVG, GIF, BMP, TIFF)
CONVERTIBLE = (
    BMP,
    TIFF,
)  # heavy: `make fix` converts them to PNG
LOSSLESS = (PNG, GIF, BMP, TIFF)  # probably drawn: also encoded without loss
PILLOW_FORMATS = tuple(each.pillow for each in ALLOWED if each.pillow)
# Suffixes of pictures in docs/; other files are downloads.
SUFFIXES = frozenset((*(s for each in (*ALLOWED, HEIC) for s in each.suffixes), ".jfif", ".jpe"))

# Of cameras and drawing programs; no browser or mender reads them.
OTHER_PICTURES = frozenset(
    ".psd .ai .eps .cdr .ico .jxl .svgz .raw .cr2 .nef .dng .arw .xcf .wmf .emf .tga .jp2".split()
)

_HEADS = (
    (JPEG, re.compile(rb"\xff\xd8\xff")),
    (PNG, re.compile(rb"\x89PNG\r\n\x1a\n")),
    (WEBP, re.compile(rb"RIFF....WEBP", re.DOTALL)),
    (AVIF, re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    (HEIC, re.compile(rb"....ftyp(?:hei[a-z]|hev[a-z]|mif1|msf1)", re.DOTALL)),
    (GIF, re.compile(rb"GIF8[79]a")),
    (BMP, re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL)),
    (TIFF, re.compile(rb"II\*\x00|MM\x00\*")),
    (PROGRAM, re.compile(rb"MZ|\x7fELF|#!")),
    (SVG, re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:svg|[?!][^\x00]*<svg)[\s>]")),
)


def sniff(head: bytes) -> Format:
    """Return the format of a file from its first `SNIFFED_BYTES`."""
    found = (each for each, pattern in _HEADS if pattern.match(head))
    return next(found, UNKNOWN)
