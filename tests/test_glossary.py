from pathlib import Path

from conftest import REPOSITORY, write

from portal.glossary import Term, load_glossary


def test_term_without_an_explanation_is_reported_with_its_line(tmp_path: Path) -> None:
    text = "terms:\n  - {id: a, prefer: A}\n  - {id: b, prefer: B, def: Chữ B., abbr: [BB]}\n"
    terms, problems = load_glossary(write(tmp_path / "glossary.yml", text))
    assert terms == (Term("b", "B", "Chữ B.", abbreviations=("BB",)),)
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        ("data/glossary.yml", 2, "từ thiếu def", 'thêm def: "…"')
    ]


def test_the_glossary_of_this_repository_is_whole() -> None:
    terms, problems = load_glossary(REPOSITORY / "data/glossary.yml")
    assert problems == []
    assert len(terms) == len({term.id for term in terms}) > 60
