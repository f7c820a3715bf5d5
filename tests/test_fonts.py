from __future__ import annotations

import io
import struct
import unicodedata
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

import portal.checks.lettering
import portal.drawn.fonts
from portal.checks import check_library
from portal.drawn.fonts import (
    MissingFontError,
    Weight,
    font_file,
    mapped_characters,
    to_drawable,
    undrawable,
)
from portal.library.library import load_library
from portal.source.problems import as_text

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
    monkeypatch.setattr(portal.drawn.fonts, "PACKAGE", "fontpkg_khong_co")
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


def font_of(glyphs: dict[int, int]) -> bytes:
    """Return a font without outlines whose characters have these glyphs, by number."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", *(f"g{number}" for number in range(1, 40))])
    builder.setupCharacterMap({code: f"g{number}" for code, number in glyphs.items()})
    stream = io.BytesIO()
    builder.font.save(stream)
    return stream.getvalue()


def characters_by_fonttools(font: bytes) -> list[str]:
    return sorted(map(chr, TTFont(io.BytesIO(font)).getBestCmap()))


@pytest.mark.parametrize("weight", Weight)
def test_mapped_characters_are_those_that_fonttools_reads(weight: Weight) -> None:
    font = font_file(weight).read_bytes()
    assert sorted(mapped_characters(font)) == characters_by_fonttools(font)


# Few codes and glyphs: so segments with gaps, in order, out of order, and up to the last code come.
CODES = st.integers(0x20, 0x50) | st.integers(0xFFF0, 0xFFFE)


@given(st.dictionaries(CODES, st.integers(1, 39), min_size=1))
def test_mapped_characters_of_any_font(glyphs: dict[int, int]) -> None:
    font = font_of(glyphs)
    assert sorted(mapped_characters(font)) == characters_by_fonttools(font)
    assert sorted(map(ord, mapped_characters(font))) == sorted(glyphs)


def test_a_segment_may_leave_out_characters() -> None:
    ends, starts, deltas, offsets = (0x43, 0xFFFF), (0x41, 0xFFFF), (5, 1), (4, 0)
    glyphs = (1, 0, 2)
    columns = (*ends, 0, *starts, *deltas, *offsets, *glyphs)
    font = (
        struct.pack(">4xH6x4s4xI4x", 1, b"cmap", 28)
        + struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">H4xH6x", 4, 4)
        + struct.pack(f">{len(columns)}H", *columns)
    )
    assert list(mapped_characters(font)) == ["A", "C"]


def test_a_table_of_another_format_is_refused() -> None:
    font = font_of({0x20: 1, 0x1F389: 2})
    table = TTFont(io.BytesIO(font))
    table["cmap"].tables = [each for each in table["cmap"].tables if each.format == 12]
    stream = io.BytesIO()
    table.save(stream)
    with pytest.raises(ValueError, match="cmap of format 12"):
        list(mapped_characters(stream.getvalue()))
