from __future__ import annotations

import io
from xml.etree import ElementTree

import pypdfium2
import pytest
import zxingcpp
from fpdf import FPDF

from portal.qr import PRINT_SIZE, QUIET_ZONE, QrPicture, encode_qr, qr_svg

ADDRESS = "https://kynangso.example.vn/lo-chuyen-tien-ke-lua/"  # 50 characters


def test_svg_printed_at_25_mm_is_read_by_a_scanner() -> None:
    page = FPDF(unit="mm", format=(60, 60))
    page.add_page()
    page.image(io.BytesIO(qr_svg(QrPicture(ADDRESS, "Mã QR"))), 15, 15, PRINT_SIZE, PRINT_SIZE)
    picture = pypdfium2.PdfDocument(bytes(page.output()))[0].render(scale=300 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == ADDRESS
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.ec_level == "M"
    width_mm = (found.position.top_right.x - found.position.top_left.x) * 25.4 / 300
    side = encode_qr(ADDRESS).side
    assert width_mm == pytest.approx(PRINT_SIZE * (side - 2 * QUIET_ZONE) / side, abs=0.3)


def test_error_level_survives_a_blot() -> None:
    page = FPDF(unit="mm", format=(60, 60))
    page.add_page()
    page.image(io.BytesIO(qr_svg(QrPicture(ADDRESS, "Mã QR"))), 15, 15, PRINT_SIZE, PRINT_SIZE)
    page.set_fill_color(0)
    page.circle(27.5, 27.5, 2.2, style="F")
    picture = pypdfium2.PdfDocument(bytes(page.output()))[0].render(scale=300 / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_svg_is_black_on_white_named_and_without_a_fixed_size() -> None:
    root = ElementTree.fromstring(qr_svg(QrPicture(ADDRESS, 'Bài "A" & B')))
    side = encode_qr(ADDRESS).side
    assert root.get("viewBox") == f"0 0 {side} {side}"
    assert root.get("width") is None
    assert root[0].text == 'Bài "A" & B'
    assert root[1].get("fill") == "#fff"


def test_modules_have_finders_in_three_corners() -> None:
    modules = encode_qr(ADDRESS).modules
    assert all(modules[0][:7] + modules[0][-7:] + modules[-1][:7])
    assert not all(modules[-1][-7:])
