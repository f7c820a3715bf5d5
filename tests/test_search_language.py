from pathlib import Path

from support.project import write

from portal.library.glossary import Term
from portal.library.search_language import SearchWords, language_of, load_search_words, synonyms_of

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
        fillers=("làm sao",),
        short=(("đt", "điện thoại"), ("sđt", "số điện thoại"), ("dt", "điện thoại")),
        amounts=(("tr", "triệu"),),
        said=(("bé", "trẻ"),),
    )
    assert language_of(words) == {"fillers": ["làm sao"], "amounts": {"tr": "triệu"}}
    assert synonyms_of(words, [TERM]) == [
        ("điện thoại", ["đt", "dt"], 1.0),
        ("số điện thoại", ["sđt"], 1.0),
        ("trẻ", ["bé"], 0.8),
        ("thẻ căn cước", ["cccd", "căn cước công dân", "can cuot", "thẻ id"], 0.8),
        ("thẻ căn cước", ["cc"], 0.3),
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
            'thêm vào tệp rồi điền:  short: {"đt": "điện thoại"}',
        ),
    ]
