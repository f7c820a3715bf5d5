"""QR codes that lead from paper to a page: crisp vectors, printed at 25 mm and read from there.

Error level M (15 % may be lost), more where it costs no size: printed at 25 mm, a module of an
address of 40 characters measures 0.6 mm. The quiet zone is the four modules of ISO/IEC 18004.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno

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


def qr_svg(url: str, title: str) -> bytes:
    """Return an SVG file, black on white in any colour scheme, that scales to its place."""
    stream = io.BytesIO()
    _encode(url).save(
        stream, kind="svg", border=QUIET_ZONE, light="#fff", title=title, omitsize=True, nl=False
    )
    return stream.getvalue()


def _encode(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=True)
