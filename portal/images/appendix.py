"""Data appended behind the end of a picture: phones append videos, and anybody anything.

No browser shows it, but whoever downloads the file can read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.images import formats
from portal.images.formats import Format

_PADDING = b"\x00\xff\n\r"
# A marker with a length, or the end: not a stuffed 00, a fill byte FF or a bare marker between
# coded data (ITU-T T.81, B.1.1).
_JPEG_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_JPEG_END = b"\xff\xd9"
_AVIF_BOXES = (b"meta", b"mdat", b"moov", b"free", b"skip", b"uuid", b"pdin")


def read_appendix(data: bytes, kind: Format) -> bytes:
    """Return the bytes behind the picture's end, without padding; b"" for a format without an end.

    A truncated or damaged file has no appendix; decoding it reports the damage.
    """
    find_end = _ENDS.get(kind)
    return data[find_end(data) :].strip(_PADDING) if find_end else b""


def is_film(appendix: bytes) -> bool:
    """Return whether an appendix is a video, as in Android's "motion photos" (ISO 14496-12)."""
    return b"ftyp" in appendix


def _end_of_jpeg(data: bytes) -> int:
    position = 0
    while found := _JPEG_MARKER.search(data, position):
        position = found.end()
        if found[0] == _JPEG_END:
            return position
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2:  # the length includes its own two bytes
            return len(data)
        position += length
    return len(data)


def _end_of_png(data: bytes) -> int:
    """Follow the chunks: length, name, content, checksum (PNG 3rd edition, 5.3)."""
    position = 8
    while position + 12 <= len(data):
        name = data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        if name == b"IEND":
            return position
    return len(data)


def _end_of_webp(data: bytes) -> int:
    return 8 + int.from_bytes(data[4:8], "little")


def _end_of_avif(data: bytes) -> int:
    """Follow the boxes of the file, as far as they belong to a picture (ISO 14496-12, 4.2)."""
    position = int.from_bytes(data[:4], "big")  # after "ftyp": a second one begins a film
    while data[position + 4 : position + 8] in _AVIF_BOXES:
        size = int.from_bytes(data[position : position + 4], "big")
        if size < 8:  # 0: to the end of the file; 1: a 64-bit size, which no picture needs
            return len(data)
        position += size
    return position


_ENDS: dict[Format, Callable[[bytes], int]] = {
    formats.JPEG: _end_of_jpeg,
    formats.PNG: _end_of_png,
    formats.WEBP: _end_of_webp,
    formats.AVIF: _end_of_avif,
}
