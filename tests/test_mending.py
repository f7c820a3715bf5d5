import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from support.project import BODY, FRONT

from portal.checks.autofix import mend_page


def test_letters_and_tones_are_mended_and_nothing_else() -> None:
    front = FRONT.replace("Kích hoạt VNeID", "Khoá VNeID")
    extra = "\nNgười khoẻ nói “khoẻ”, gõ `khoẻ`, xem [hoà](khoá.md).\n"
    source = unicodedata.normalize("NFD", front + BODY + extra)
    assert mend_page(source, "a.md") == (
        FRONT.replace("Kích hoạt VNeID", "Khóa VNeID")
        + BODY
        + "\nNgười khỏe nói “khoẻ”, gõ `khoẻ`, xem [hòa](khoá.md).\n"
    )


def test_names_of_sources_keep_their_spelling() -> None:
    front = FRONT.replace("[F1.14]", "\n  - {name: Báo Khánh Hoà}")
    assert mend_page(front + BODY, "a.md") == front + BODY


def test_unreadable_front_matter_is_only_normalised() -> None:
    assert mend_page("---\ntitle: a: khoẻ\n---\n", "a.md") == "---\ntitle: a: khoẻ\n---\n"


@given(st.text())
def test_mending_twice_changes_nothing_more(body: str) -> None:
    once = mend_page(FRONT + body, "a.md")
    assert mend_page(once, "a.md") == once


def test_links_lose_what_tracks_their_readers_and_nothing_else() -> None:
    front = "---\ntitle: Bài\n---\n"
    body = (
        "[a](https://x.vn/?fbclid=1&b=2) <https://x.vn/?utm_source=z> "
        "`(https://y.vn/?fbclid=1)` [b](https://x.vn/?si=1)\n"
    )
    assert mend_page(front + body, "docs/a.md") == front + (
        "[a](https://x.vn/?b=2) <https://x.vn/> "
        "`(https://y.vn/?fbclid=1)` [b](https://x.vn/?si=1)\n"
    )


def test_letters_of_other_encodings_and_scripts_are_mended() -> None:
    body = (
        "ThÎ c¨n c\u00adíc cña bµ con.\nTheû caên cöôùc cuûa baø con.\nTháº» cÄƒn cÆ°á»›c.\n"
        "M\u00adáy\u200b và \u0421ăn cƣớc, ﬁle １５６.\n\u202eđảo, 30 °C, m², ½, Москва.\n"
    )
    assert mend_page(FRONT + body, "a.md") == FRONT + (
        "Thẻ căn cước của bà con.\nThẻ căn cước của bà con.\nThẻ căn cước.\n"
        "Máy và Căn cước, file 156.\n\u202eđảo, 30 °C, m², ½, Москва.\n"
    )
