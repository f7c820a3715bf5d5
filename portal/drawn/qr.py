"""QR codes as SVG, for print at 30 mm.

Error correction level M (15 %), higher where the size stays the same: at 30 mm, a module of an
address of 40 characters measures 0.6 mm. The quiet zone is the four modules of ISO/IEC 18004.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

from portal.drawn.drawing_cache import drawing_key

QUIET_ZONE = 4  # modules


@dataclass(frozen=True)
class QrPicture:
    """The encoded address, and the alternative text."""

    url: str
    title: str


def qr_key(picture: QrPicture) -> str:
    """Return the cache key of a picture."""
    return drawing_key(picture)


def qr_svg(picture: QrPicture) -> bytes:
    """Return a scalable SVG file, black on white in any colour scheme."""
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


def qr_text(url: str) -> str:
    """Return the SVG of an address for a sheet, whose template names it."""
    return qr_svg(QrPicture(url, "")).decode()


def _encode(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=True)
