from pathlib import Path

from conftest import REPOSITORY, write

from portal.library.glossary import Term, load_glossary


def test_term_without_an_explanation_is_reported_with_its_line(tmp_path: Path) -> None:
    text = "terms:\n  - {id: a, prefer: A}\n  - {id: b, prefer: B, def: Chữ B., abbr: [BB]}\n"
    terms, problems = load_glossary(write(tmp_path / "glossary.yml", text))
    assert terms == (Term("b", "B", "Chữ B.", abbreviations=("BB",)),)
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        (
            "data/glossary.yml",
            2,
            "mục 1 của 'terms' thiếu 'def' (Giải thích)",
            'thêm rồi điền:  def: "[Viết: Một câu dễ hiểu.]"',
        )
    ]


def test_the_glossary_of_this_repository_is_whole() -> None:
    terms, problems = load_glossary(REPOSITORY / "data/glossary.yml")
    assert problems == []
    assert len(terms) == len({term.id for term in terms}) > 60


def test_the_glossary_prints_no_site_as_a_name_and_no_abbreviation_twice() -> None:
    """A site is named where a guide can say how certain it is; no name is short for itself."""
    terms, _ = load_glossary(REPOSITORY / "data/glossary.yml")
    sites = [name for term in terms for name in term.variants if name.endswith(".vn")]
    assert sites == []
    doubled = [
        name
        for term in terms
        for name in term.abbreviations
        if name in (term.prefer, *term.variants) or not any(map(str.isupper, name))
    ]
    assert doubled == []
