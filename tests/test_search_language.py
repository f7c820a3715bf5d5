from pathlib import Path

from support.project import write

from portal.library.glossary import Term
from portal.library.search_language import SearchWords, load_search_words, synonyms_of

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
    words = SearchWords(
        short=(("đt", "điện thoại"), ("sđt", "số điện thoại"), ("dt", "điện thoại")),
        said=(("bé", "trẻ"),),
    )
    assert synonyms_of(words, [TERM]) == [
        ("điện thoại", ["đt", "dt"], 1.0, True),
        ("số điện thoại", ["sđt"], 1.0, True),
        ("trẻ", ["bé"], 0.8, True),
        ("thẻ căn cước", ["căn cước công dân", "can cuot"], 0.8, True),
        ("thẻ căn cước", ["cccd", "thẻ id"], 0.8, False),
        ("thẻ căn cước", ["cc"], 0.3, False),
    ]


def test_a_file_without_its_lists_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    words, problems = load_search_words(write(tmp_path / "search-words.yml", "fillers: x\n"))
    assert words == SearchWords()
    assert [(p.path, p.line, p.message, p.fix) for p in problems] == [
        ("data/search-words.yml", 1, "'fillers' phải là danh sách chữ", 'fillers: ["x"]'),
        (
            "data/search-words.yml",
            1,
            "thiếu trường 'short' (Viết tắt khi gõ)",
            'thêm vào tệp rồi điền:  short: {MÃ: "[Viết: Chữ gõ: nghĩa.]"}',
        ),
    ]
