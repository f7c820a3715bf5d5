from pathlib import Path

from support.project import write

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
