from portal.language.collation import collation_key
from portal.library.library import Page
from portal.site.alphabet import pages_by_letter
from portal.source.frontmatter import read_source


def page(title: str) -> Page:
    document, _ = read_source(f'---\ntitle: "{title}"\n---\n', "docs/x.md")
    return Page("x.md", document, "")


def test_letters_stand_in_the_vietnamese_order() -> None:
    titles = ["Ở", "Ơ", "Đóng", "Dạy", "Ăn", "Ân", "An", "áo", "Zalo", "156", "Ưa", "Úp", "ây"]
    assert sorted(titles, key=collation_key) == [
        "156", "An", "áo", "Ăn", "Ân", "ây", "Dạy", "Đóng", "Ơ", "Ở", "Úp", "Ưa", "Zalo",
    ]  # fmt: skip


def test_titles_are_compared_syllable_by_syllable_as_in_a_dictionary() -> None:
    titles = ["má con", "mạ", "mà", "ma", "má", "mã", "mả"]
    assert sorted(titles, key=collation_key) == ["ma", "mà", "mả", "mã", "má", "má con", "mạ"]


def test_pages_are_grouped_by_first_letter() -> None:
    grouped = pages_by_letter(
        [page("Đóng học phí"), page("156 là gì"), page("Đổi thẻ"), page("Cài Zalo")]
    )
    found = [(letter, [each.title for each in pages]) for letter, pages in grouped]
    assert found == [
        ("#", ["156 là gì"]),
        ("C", ["Cài Zalo"]),
        ("Đ", ["Đóng học phí", "Đổi thẻ"]),
    ]
