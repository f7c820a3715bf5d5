import random

import pytest

from portal.language.collation import collation_key, first_letter


def test_syllables_are_ordered_by_letters_then_tones() -> None:
    ordered = [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mai",
        "măm",
        "mâm",
        "mẹ",
        "mô",
        "mơ",
        "mủ",
        "mư",
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=collation_key) == ordered


def test_first_syllable_decides_before_the_second() -> None:
    ordered = [
        "2 lớp",
        "chữ ký",
        "chứng thực",
        "dân",
        "đăng ký",
        "kỹ năng",
        "mã OTP",
        "mã QR",
        "Zalo",
    ]
    assert sorted(set(ordered), key=collation_key) == ordered


@pytest.mark.parametrize(
    ("text", "letter"),
    [("Ảnh", "A"), ("ăn", "Ă"), ("Ấp", "Â"), ("đăng", "Đ"), ("Ứng", "Ư"), ("156", "#"), ("", "#")],
)
def test_first_letter_drops_the_tone_and_keeps_the_letter(text: str, letter: str) -> None:
    assert first_letter(text) == letter
