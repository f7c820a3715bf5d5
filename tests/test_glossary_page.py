from conftest import REPOSITORY

from portal.library.glossary import Term, by_letter
from portal.library.library import load_library
from portal.site.term_guides import guides_about


def test_all_terms_stand_under_their_letters_in_order() -> None:
    glossary = load_library(REPOSITORY).glossary
    groups = by_letter(glossary)
    assert sum(len(group.terms) for group in groups) == len(glossary)
    letters = "".join(group.letter for group in groups)
    assert letters.startswith("ABCDĐ")
    assert len(set(letters)) == len(letters)


def test_terms_lead_to_the_guides_that_say_most_of_them() -> None:
    library = load_library(REPOSITORY)
    terms = {term.id: term for term in library.glossary}
    passcode = [guide.uri for guide in guides_about(terms["passcode"], library)]
    assert passcode[0] == "guides/dinh-danh/lay-lai-passcode-vneid.md"
    assert len(passcode) == 2
    [report, *_] = guides_about(terms["to-giac"], library)
    assert report.uri == "guides/an-toan/to-giac-tren-vneid.md"


def test_a_term_is_looked_for_as_whole_words() -> None:
    library = load_library(REPOSITORY)
    assert guides_about(Term("a", "passcod", "…"), library) == ()
    assert guides_about(Term("b", "passcode VNeID ấy", "…"), library) == ()
    assert guides_about(Term("c", "+ + +", "…"), library) == ()
