"""QR codes that lead from paper to a page: crisp vectors, printed at 30 mm and read from there.

Error level M (15 % may be lost), more where it costs no size: printed at 30 mm, a module of an
address of 40 characters measures 0.6 mm. The quiet zone is the four modules of ISO/IEC 18004.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

from portal.drawn.derived_files import drawing_key

QUIET_ZONE = 4  # modules


@dataclass(frozen=True)
class QrPicture:
    """The address that a picture holds, and the words for those who cannot see it."""

    url: str
    title: str


def qr_key(picture: QrPicture) -> str:
    """Return a hash of all that decides a picture: address, words, library, this code."""
    return drawing_key(picture)


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
