import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.drawn.fonts import undrawable
from portal.language.letters import INVISIBLE
from portal.language.text import (
    TONE_PAIRS,
    consonants_of,
    fold,
    fold_to_ascii,
    format_day,
    has_everyday_characters,
    slugify,
    syllable_count,
    to_house_tone_style,
    to_nfc,
    words_of,
)


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("hoà Hoà HOÀ", "hòa Hòa HÒA"),
        ("khoẻ, thuỷ, xoá.", "khỏe, thủy, xóa."),
        ("hoàn toàn loại quý quỳ quỹ huỳnh", "hoàn toàn loại quý quỳ quỹ huỳnh"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("uỷ ban, Uỷ ban", "ủy ban, Ủy ban"),
        ("hòa khỏe thủy", "hòa khỏe thủy"),
    ],
)
def test_tone_style_moves_only_open_syllables(written: str, house: str) -> None:
    assert to_house_tone_style(written) == house


def test_fifteen_pairs_of_the_style_guide() -> None:
    assert len(TONE_PAIRS) == 15
    assert {fold(new) for new in TONE_PAIRS} == {"oa", "oe", "uy"}


@given(st.text())
def test_tone_style_is_idempotent_and_keeps_length(text: str) -> None:
    styled = to_house_tone_style(text)
    assert to_house_tone_style(styled) == styled
    assert len(styled) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Định danh điện tử", "dinh danh dien tu"), ("ĐƯỜNG", "duong"), ("Khoẻ", "khoe")],
)
def test_fold_drops_accents_and_stroke(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(st.sampled_from("aĐđễÔBß–“ Kſ\u0323\u0338\u20d0\ud800") | st.characters()))
def test_quick_fold_has_the_ascii_characters_of_the_whole_one(text: str) -> None:
    assert fold_to_ascii(text).decode() == "".join(each for each in fold(text) if each.isascii())


def test_words_are_told_apart_by_whatever_is_no_letter() -> None:
    assert words_of("Mã QR, mã_số; 1900 - (Đã)") == {"Mã", "QR", "mã_số", "1900", "Đã"}


def test_slugs_keep_d_with_stroke() -> None:
    assert slugify("Đăng ký dịch vụ công") == "dang-ky-dich-vu-cong"
    assert slugify(unicodedata.normalize("NFD", "Đường hòa")) == "duong-hoa"


def test_syllables_count_a_number_once() -> None:
    assert syllable_count("Mất 1.000 đồng, ngày 1/7/2025.") == 5


def test_to_nfc_composes() -> None:
    assert to_nfc("e\u0302\u0301") == "ế"


def test_format_day_has_no_leading_zero() -> None:
    assert format_day(date(2024, 8, 5)) == "5/8/2024"


EVERYDAY = [chr(code) for code in range(0x110000) if has_everyday_characters(chr(code))]


def test_everyday_characters_are_ascii_and_those_of_vietnamese() -> None:
    ascii_ones = [character for character in EVERYDAY if character.isascii()]
    assert "".join(ascii_ones) == "\n" + "".join(map(chr, range(0x20, 0x7F)))
    assert len(EVERYDAY) - len(ascii_ones) == 134 + 5
    assert has_everyday_characters("Đường dẫn: “Ổ khóa” → ừ…\n")
    assert not has_everyday_characters("a\u0300")


def test_everyday_characters_need_no_check_of_letters() -> None:
    for character in EVERYDAY:
        assert unicodedata.is_normalized("NFC", character)
        assert unicodedata.combining(character) == 0
        assert not INVISIBLE.search(character)
    assert undrawable("".join(EVERYDAY)) == ""


def test_everyday_letters_beyond_ascii_fold_to_vowels_or_d() -> None:
    for character in EVERYDAY:
        folded = fold_to_ascii(character).decode()
        assert character.isascii() or folded in ("", *"aeiouyd")


@given(st.text(st.sampled_from(EVERYDAY)))
def test_consonants_are_the_same_with_accents_and_without(text: str) -> None:
    assert consonants_of(text.encode("ascii", "ignore")) == consonants_of(fold_to_ascii(text))
    assert consonants_of(b"Kh\ng Dou") == b"kh\ng "
