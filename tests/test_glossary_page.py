from pathlib import Path

import pytest
from support.project import BODY, FRONT, write

from portal.library.glossary import Term, terms_by_letter
from portal.library.library import Library, load_library
from portal.site.term_guides import guides_about


def test_all_terms_stand_under_their_letters_in_order() -> None:
    names = ("đăng nhập", "mã OTP", "dấu", "app", "mã QR", "ảnh")
    groups = terms_by_letter(tuple(Term(name, name, "…") for name in names))
    assert [(group.letter, [term.prefer for term in group.terms]) for group in groups] == [
        ("A", ["ảnh", "app"]),
        ("D", ["dấu"]),
        ("Đ", ["đăng nhập"]),
        ("M", ["mã OTP", "mã QR"]),
    ]


@pytest.fixture
def library(project: Path) -> Library:
    for name, title, summary in (
        ("mo", "Mở máy", "Gõ passcode trên máy."),
        ("quen", "Quên passcode", "Đặt lại mã."),
        ("xa", "Bài xa", "Việc khác."),
    ):
        front = FRONT.replace("Kích hoạt VNeID", title).replace("kich-hoat", name)
        front = front.replace("Làm trên điện thoại của bà con.", summary)
        write(project / f"docs/guides/dinh-danh/{name}.md", front + BODY)
    return load_library(project)


def test_terms_lead_to_the_guides_that_say_most_of_them(library: Library) -> None:
    passcode = guides_about(Term("passcode", "passcode", "…"), library)
    assert [guide.title for guide in passcode] == ["Quên passcode", "Mở máy"]


def test_a_term_is_looked_for_as_whole_words(library: Library) -> None:
    assert guides_about(Term("a", "passcod", "…"), library) == ()
    assert guides_about(Term("b", "passcode VNeID ấy", "…"), library) == ()
    assert guides_about(Term("c", "+ + +", "…"), library) == ()
