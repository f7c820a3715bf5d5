"""QR codes that lead from paper to a page: crisp vectors, printed at 25 mm and read from there.

Error level M (15 % may be lost), more where it costs no size: printed at 25 mm, a module of an
address of 40 characters measures 0.6 mm. The quiet zone is the four modules of ISO/IEC 18004.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno

from portal.cache import cache_key

QUIET_ZONE = 4  # modules
PRINT_SIZE = 25  # mm, quiet zone included


@dataclass(frozen=True)
class QrCode:
    """The modules of a QR code, row by row, true where dark; without the quiet zone."""

    modules: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Return the number of modules a side, quiet zone included."""
        return len(self.modules) + 2 * QUIET_ZONE


def encode_qr(url: str) -> QrCode:
    """Return the code of an address."""
    return QrCode(tuple(tuple(map(bool, row)) for row in _encode(url).matrix))


@dataclass(frozen=True)
class QrPicture:
    """The address that a picture holds, and the words for those who cannot see it."""

    url: str
    title: str


def qr_key(picture: QrPicture) -> str:
    """Return a hash of all that decides a picture: address, words, library, this code."""
    return cache_key(picture.url, picture.title, _tools())


@cache
def _tools() -> str:
    return cache_key(segno.__version__, Path(__file__).read_bytes())


def qr_svg(picture: QrPicture) -> bytes:
    """Return an SVG file, black on white in any colour scheme, that scales to its place."""
    stream = io.BytesIO()
    _encode(picture.url).save(
        stream,
        kind="svg",
        border=QUIET_ZONE,
        light="#fff",
        title=picture.title,
        omitsize=True,
        nl=False,
    )
    return stream.getvalue()


def _encode(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=True)
