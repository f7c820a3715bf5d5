"""Written numbers, days, money and telephone numbers in an announcer's words."""

from __future__ import annotations

import pytest

from portal.language.speech import (
    Pronunciation,
    count_spoken,
    find_unsayable,
    parse_numbers,
    said_numbers,
    say_number,
    sentences_in,
)

PRONUNCIATION = Pronunciation(
    {"OTP": "ô tê pê", "VNeID": "vê nờ e ai đi", "CH Play": "xê hát pờ lây", "4G": "bốn gờ"},
    frozenset({"156", "5656"}),
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (115, "một trăm mười lăm"),
        (1005, "một nghìn không trăm linh năm"),
        (1010, "một nghìn không trăm mười"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (50_000, "năm mươi nghìn"),
        (808_810, "tám trăm linh tám nghìn tám trăm mười"),
        (20_050_000, "hai mươi triệu năm mươi nghìn"),
        (5_200_000_000, "năm tỷ hai trăm triệu"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (2_000_000_000_000, "hai nghìn tỷ"),
    ],
)
def test_numbers_are_said_in_words(number: int, words: str) -> None:
    assert say_number(number) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Gọi 113 ngay.", "Gọi một một ba ngay."),
        ("gửi 156, 5656", "gửi một năm sáu, năm sáu năm sáu"),
        ("113,5 nghìn", "một trăm mười ba phẩy năm nghìn"),
        ("1900 9068", "một chín không không, chín không sáu tám"),
        ("0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("bấm *101# gọi", "bấm sao một không một thăng gọi"),
        ("từ 1/7/2026", "từ ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        ("Ngày 30/4 nghỉ", "Ngày ba mươi tháng tư nghỉ"),
        ("ngày 5 tháng 4", "ngày mùng năm tháng tư"),
        ("Tháng 4/2024", "Tháng tư năm hai nghìn không trăm hai mươi tư"),
        ("quý III/2025", "quý ba năm hai nghìn không trăm hai mươi lăm"),
        ("7 giờ 30, 7h30, 19h", "bảy giờ ba mươi, bảy giờ ba mươi, mười chín giờ"),
        ("thứ 2, thứ 4, lần thứ 1", "thứ hai, thứ tư, lần thứ nhất"),
        ("50.000 đ", "năm mươi nghìn đồng"),
        ("1.000 đồng/phút", "một nghìn đồng một phút"),
        ("5,2 tỷ đồng", "năm phẩy hai tỷ đồng"),
        ("83,95%", "tám mươi ba phẩy chín mươi lăm phần trăm"),
        ("0,05 %", "không phẩy không năm phần trăm"),
        ("2–3 ngày, 5-7 người", "hai đến ba ngày, năm đến bảy người"),
        ("24/7", "hai mươi tư trên bảy"),
        ("lễ 30/4, 01/07, 1/2", "lễ ngày ba mươi tháng tư, ngày mùng một tháng bảy, một trên hai"),
        ("ngày 1–3/7", "ngày mùng một đến ngày mùng ba tháng bảy"),
        ("tháng 5–7/2026", "tháng năm đến tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        ("10-7-2026", "ngày mùng mười tháng bảy năm hai nghìn không trăm hai mươi sáu"),
        ("rét -5 độ, −2 độ, 2-3 độ", "rét âm năm độ, âm hai độ, hai đến ba độ"),
        ("24h, 20%/năm", "hai mươi tư giờ, hai mươi phần trăm một năm"),
        ("mã 012345", "mã không một hai ba bốn năm"),
        (
            "Nghị định 42/2022/NĐ-CP",
            "Nghị định bốn mươi hai năm hai nghìn không trăm hai mươi hai",
        ),
        ("mã OTP, VNeID, 4G ở CH Play", "mã ô tê pê, vê nờ e ai đi, bốn gờ ở xê hát pờ lây"),
        ("vneid.gov.vn, 12.5, XOTP", "vneid.gov.vn, 12.5, XOTP"),
    ],
)
def test_what_is_written_is_said_as_people_say_it(written: str, said: str) -> None:
    assert PRONUNCIATION.say(written) == said


def test_a_number_to_call_is_said_by_digits_and_any_other_as_a_number() -> None:
    assert PRONUNCIATION.say("5657") == "năm nghìn sáu trăm năm mươi bảy"
    assert PRONUNCIATION.with_phones(["5657"]).say("5657") == "năm sáu năm bảy"
    assert PRONUNCIATION.with_phones(["156"]) is PRONUNCIATION


def test_syllables_are_counted_as_said() -> None:
    assert count_spoken("Mở Zalo, gọi Viettel: “khoanh, nghiêng”.") == 8


def test_sentences_end_at_marks_with_a_blank_behind() -> None:
    assert list(sentences_in("Tắt máy! Gọi ai? 1.000 đồng. …")) == [
        "Tắt máy!",
        "Gọi ai?",
        "1.000 đồng.",
    ]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Gọi một một ba, một một ba.", ["113113"]),
        ("Một chín không không, năm bốn, một ba", ["19005413"]),
        ("Gọi một một ba không mất tiền", ["1130"]),
        ("Mỗi tháng một, năm không đóng; bước một, hai, ba", []),
        ("tháng bảy năm hai nghìn, ba bốn năm trăm", []),
        ("hai ba ngày", []),
    ],
)
def test_numbers_are_heard_in_words(text: str, digits: list[str]) -> None:
    assert list(said_numbers(text)) == digits


def test_digits_said_one_after_the_other_are_split_into_known_numbers() -> None:
    assert parse_numbers("113156113", {"113", "156"}) == ["113", "156", "113"]
    assert parse_numbers("11345", {"113"}) == ["113", "45"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mở VNeID, iPhone 5", ["VNeID", "iPhone", "5"]),
        ("vneid.gov.vn, a@b.vn, 1/7", ["vneid.gov.vn", "a@b.vn", "1/7"]),
        ("50% & A4", ["50", "%", "&", "A4"]),
        ("Ko đọc sđt, stk, 3 kg", ["sđt", "stk", "3", "kg"]),
        ("30 km/h, m², thế kỷ XX, lần II", ["30", "km/h", "m²", "XX", "II"]),
        ("Đi Ủy ban, “nói” (khẽ) – rồi về… Zalo!", []),
    ],
)
def test_what_cannot_be_said_as_written_is_found(text: str, found: list[str]) -> None:
    assert list(find_unsayable(text)) == found
