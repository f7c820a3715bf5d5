from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import portal.checks.lettering
import portal.fonts
from portal.checks import check_library
from portal.fonts import MissingFontError, Weight, font_file, to_drawable, undrawable
from portal.library import load_library
from portal.problems import as_text

VIETNAMESE = "".join(map(chr, range(0x1EA0, 0x1EFA))) + "ĂÂĐÊÔƠƯăâđêôơư“”–—…•₫·"


def test_every_vietnamese_letter_can_be_drawn() -> None:
    assert undrawable(VIETNAMESE) == ""


@pytest.mark.parametrize(
    ("text", "drawable"),
    [
        (unicodedata.normalize("NFD", "Kỹ năng số Ễ"), "Kỹ năng số Ễ"),
        ("Không có mã → đợi một phút", "Không có mã – đợi một phút"),
        ("Chúc 🎉 mừng 👍🏽", "Chúc mừng "),
        ("hai\ndòng", "hai dòng"),
    ],
)
def test_text_is_composed_and_freed_of_what_has_no_glyph(text: str, drawable: str) -> None:
    assert to_drawable(text) == drawable


def test_characters_without_a_glyph_are_named_once_each() -> None:
    assert undrawable("a 👍 b 🎉 c 👍 →") == "👍🎉"


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.fonts, "PACKAGE", "fontpkg_khong_co")
    message = "không tìm thấy phông chữ BeVietnamPro-Bold.ttf của gói fontpkg-khong-co"
    with pytest.raises(MissingFontError, match=message):
        font_file.__wrapped__(Weight.BOLD)


def test_an_editor_is_told_of_a_missing_font(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Path:
        raise MissingFontError("không tìm thấy phông chữ BeVietnamPro-Bold.ttf")

    monkeypatch.setattr(portal.checks.lettering, "font_file", fail)
    monkeypatch.setattr(portal.checks.lettering, "undrawable", fail)
    assert as_text(check_library(load_library(project))) == (
        "pyproject.toml:1: không tìm thấy phông chữ BeVietnamPro-Bold.ttf\n"
        "    Cách sửa: rm -rf .venv && make build"
    )
