from __future__ import annotations

from xml.etree import ElementTree

from portal.drawn.qr import QUIET_ZONE, QrPicture, qr_svg

ADDRESS = "https://kynangso.example.vn/lo-chuyen-tien-ke-lua/"  # 50 characters


def test_svg_is_black_on_white_named_and_without_a_fixed_size() -> None:
    """That it is read is tested on paper, in test_paper.py."""
    root = ElementTree.fromstring(qr_svg(QrPicture(ADDRESS, 'Bài "A" & B')))
    side = 33 + 2 * QUIET_ZONE  # version 4, ISO/IEC 18004
    assert root.get("viewBox") == f"0 0 {side} {side}"
    assert root.get("width") is None
    assert root[0].text == 'Bài "A" & B'
    assert root[1].get("fill") == "#fff"
