import unicodedata

from conftest import BODY, FRONT
from hypothesis import given
from hypothesis import strategies as st

from portal.checks.mending import mend_page


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
