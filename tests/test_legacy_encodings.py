"""Vietnamese of TCVN3, VNI and broken UTF-8 becomes Unicode; what may be anything else stays."""

from __future__ import annotations

import pytest

from portal.language.legacy_encodings import decode_line, looks_encoded
from portal.language.syllables import is_bare_syllable, is_syllable

DECODED = {
    "ThÎ c¨n c\u00adíc cña bµ con.": "Thẻ căn cước của bà con.",
    "§iÒn sè ®iÖn tho¹i, bÊm Göi.": "Điền số điện thoại, bấm Gửi.",
    "- Bµ con më VNeID, bÊm “TiÕp tôc”.": "- Bà con mở VNeID, bấm “Tiếp tục”.",
    "Theû caên cöôùc cuûa baø con.": "Thẻ căn cước của bà con.",
    "ÑIEÀN SOÁ ÑIEÄN THOAÏI": "ĐIỀN SỐ ĐIỆN THOẠI",
    "Tháº» cÄƒn cÆ°á»›c": "Thẻ căn cước",
}
KEPT = (
    "Thẻ căn cước của bà con.",
    "Tổ có bà, có ông, có cả cô.",
    "Café Français, München, niño và Zürich.",
    "Traû phí.",  # TCVN3 or VNI
    "Giá 20 m², 30 °C, § 5.",
    "plain",
)


@pytest.mark.parametrize("line", DECODED)
def test_a_line_of_another_encoding_is_decoded(line: str) -> None:
    assert decode_line(line) == DECODED[line]


@pytest.mark.parametrize("line", KEPT)
def test_what_is_none_or_unsure_is_kept(line: str) -> None:
    assert decode_line(line) == ""
    assert not looks_encoded(line)


def test_a_line_with_one_word_that_is_no_syllable_only_looks_so() -> None:
    assert decode_line("Q§-BYT, qq®, bµ con më m¸y") == ""
    assert looks_encoded("Q§-BYT, qq®, bµ con më m¸y")


def test_syllables_of_vietnamese() -> None:
    words = "nghiêng quý gì giếng khuỷu oằn ương yểng rượu xoong uya ắt TẾT"
    assert [word for word in words.split() if not is_syllable(word)] == []
    others = "niño cafộ mà́ tết́ bàc xyz Mĩller òa̋"
    assert [word for word in others.split() if is_syllable(word)] == []
    bare = "mo may len roi go so vao o tim kiem nghieng quy"
    assert [word for word in bare.split() if not is_bare_syllable(word)] == []
    assert not is_bare_syllable("please")
