from pathlib import Path

from conftest import REPOSITORY, write

from portal.library.glossary import Term, load_glossary
from portal.library.search_language import SearchWords, language_of, load_search_words

TERM = Term(
    id="can-cuoc",
    prefer="thẻ căn cước (gắn chip)",
    definition="Giấy tờ.",
    abbreviations=("CC", "CCCD"),
    variants=("căn cước công dân",),
    typed=("the can cuoc", "can cuot"),
    avoided=("thẻ ID",),
)


def test_names_lead_to_the_wording_of_the_site_and_short_ones_weigh_less() -> None:
    language = language_of(SearchWords(("làm sao",), (("đt", "điện thoại"),)), [TERM])
    assert language == {
        "fillers": ["làm sao"],
        "synonyms": [
            ("điện thoại", ["đt"], 0.8),
            ("thẻ căn cước", ["cccd", "can cuoc cong dan", "can cuot", "the id"], 0.8),
            ("thẻ căn cước", ["cc"], 0.3),
        ],
    }


def test_a_file_without_its_lists_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    words, problems = load_search_words(write(tmp_path / "search-words.yml", "fillers: x\n"))
    assert words == SearchWords()
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        ("data/search-words.yml", 1, "thiếu mục fillers", "thêm mục fillers:"),
        ("data/search-words.yml", 1, "thiếu mục short", "thêm mục short:"),
    ]


def test_real_words_are_read_whole() -> None:
    words, problems = load_search_words(REPOSITORY / "data/search-words.yml")
    terms, _ = load_glossary(REPOSITORY / "data/glossary.yml")
    assert problems == []
    assert "làm sao để" in words.fillers
    assert ("k", "nghìn") in words.short
    synonyms = language_of(words, terms)["synonyms"]
    assert isinstance(synonyms, list)
    assert any("uai phai" in forms and meant == "Wi-Fi" for meant, forms, _ in synonyms)
