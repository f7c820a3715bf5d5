"""What checks ask of a document: every find has its place in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.document.contents import Contents, Reference, Sentence
from portal.document.parser import parse


def contents(source: str, first_line: int = 1) -> Contents:
    return Contents(parse(source, first_line))


def test_headings_are_named_without_marks() -> None:
    found = contents("## Các bước\n\n## Các bước\n\n### Mở `máy` **ngay** {#mo}\n", 10)
    assert [(h.level, h.name, h.anchor, found.document.line(h)) for h in found.headings] == [
        (2, "Các bước", "cac-buoc", 10),
        (2, "Các bước", "cac-buoc_1", 12),
        (3, "Mở máy ngay", "mo", 14),
    ]


def test_links_of_every_kind_in_order_with_their_lines() -> None:
    body = (
        '[**a**](b.md)\n![Ảnh](c.jpg "Chú thích"){.trang-tri}\n[d][e] <https://f.vn> <g@h.vn>\n\n'
        '[e]: g.md "h"\n'
    )
    assert contents(body).references == (
        Reference("a", "b.md", 1),
        Reference("Ảnh", "c.jpg", 2, "Chú thích", is_image=True, is_decorative=True),
        Reference("d", "g.md", 3, "h"),
        Reference("https://f.vn", "https://f.vn", 3),
        Reference("g@h.vn", "mailto:g@h.vn", 3),
    )


def test_picture_inside_a_link_is_found_as_both() -> None:
    found = contents("[![Ảnh](a.png)](b.md)")
    assert [link.target for link in found.links] == ["b.md"]
    assert [image.target for image in found.images] == ["a.png"]


def test_code_holds_no_links_headings_or_sentences() -> None:
    found = contents("```\n# a\n[b](c)\n```\n\nGõ `[d](e)` rồi gửi.\n\n~~~\n## f\n~~~\n")
    assert found.headings == ()
    assert found.references == ()
    assert found.sentences == (Sentence("Gõ rồi gửi.", 6),)


def test_own_words_leave_out_quotations_targets_addresses_and_figures() -> None:
    source = (
        "Ông nói: “bấm link”. Xem [bài](bam-link.md), <https://a.vn>, {{ so_lieu.x }}.\n\n"
        "> lời trích\n\n![tả](b.svg){.trang-tri}\n"
    )
    found = contents(source)
    assert found.own_words.split() == ["Ông", "nói:", ".", "Xem", "bài", ",", ",", "."]
    assert len(found.own_words) == len(source)
    assert [found.is_quoted(source.index(word)) for word in ("Ông", "bấm", "lời")] == [
        False,
        True,
        True,
    ]


def test_what_is_said_holds_code_and_alt_text() -> None:
    said = contents("1. Gọi `156`, xem [bài](b.md) {{ so_lieu.x }}\n2. ![Số 5](c.svg)\n").said
    assert said.split() == ["Gọi", "`156`,", "xem", "bài", "Số", "5"]


def test_escaped_characters_are_no_marks() -> None:
    assert contents(r"a \*\* b ** c \\* d").marks.split() == ["a", "b", "**", "c", "*", "d"]


def test_sentences_end_with_items_and_paragraphs_but_not_in_tables() -> None:
    body = (
        "Một câu. Hai **câu**,\nxuống dòng!\n\n- Mục một\n- Mục **hai**.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n"
    )
    assert contents(body, 5).sentences == (
        Sentence("Một câu.", 5),
        Sentence("Hai câu, xuống dòng!", 5),
        Sentence("Mục một", 8),
        Sentence("Mục hai.", 9),
    )


def test_a_sentence_is_named_by_the_line_on_which_it_begins() -> None:
    assert contents("Một.\nHai *ba*. Bốn\nnăm.\n").sentences == (
        Sentence("Một.", 1),
        Sentence("Hai ba.", 2),
        Sentence("Bốn năm.", 2),
    )


PIECES = (
    "a",
    "ờ ",
    "**",
    "*",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "    ",
    "> ",
    "|",
    "| a | b |\n|---|---|\n",
    "{{",
    "}}",
    "{.trang-tri}",
    "\\",
    "&amp;",
    "“",
    "”",
    "<https://a.vn>",
    "<details>\n<summary>b</summary>\n",
    "</details>\n",
    "# ",
    "\0",
    "\ud800",
    ": ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_texts_have_the_length_and_the_lines_of_any_source(source: str) -> None:
    found = contents(source)
    for text in (found.text, found.marks, found.said, found.own_words):
        assert len(text) == len(source)
        assert [len(line) for line in text.split("\n")] == [
            len(line) for line in source.split("\n")
        ]
    assert all(sentence.text and sentence.line >= 1 for sentence in found.sentences)


@pytest.mark.parametrize("source", ["a\n\nb\n", "\n\na"])
def test_lines_count_from_the_first(source: str) -> None:
    found = contents(source, 4)
    assert found.line_at(len(source)) == 4 + source.count("\n")
