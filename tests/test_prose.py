from portal.prose import Heading, Link, Prose, Sentence


def test_headings_have_the_anchors_of_the_table_of_contents() -> None:
    prose = Prose("## Các bước\n\n## Các bước\n\n### Mở `máy` **ngay** {#mo}\n", 10)
    assert prose.headings == (
        Heading(2, "Các bước", "cac-buoc", 10),
        Heading(2, "Các bước", "cac-buoc_1", 12),
        Heading(3, "Mở máy ngay", "mo", 14),
    )


def test_links_of_every_kind_with_their_lines() -> None:
    body = '[a](b.md)\n![Ảnh](c.jpg "Chú thích")\n[d][e] <https://f.vn>\n\n[e]: g.md "h"\n'
    assert Prose(body).references == (
        Link("a", "b.md", 1),
        Link("Ảnh", "c.jpg", 2, "Chú thích", is_image=True),
        Link("e", "g.md", 5, "h"),
        Link("https://f.vn", "https://f.vn", 3),
    )


def test_picture_inside_a_link_is_found_as_link() -> None:
    assert [link.target for link in Prose("[![Ảnh](a.png)](b.md)").links] == ["b.md"]


def test_code_holds_no_links_headings_or_sentences() -> None:
    prose = Prose("```\n# a\n[b](c)\n```\n\nGõ `[d](e)` rồi gửi.\n\n~~~\n## f\n~~~\n")
    assert prose.headings == ()
    assert prose.references == ()
    assert prose.sentences == (Sentence("Gõ rồi gửi.", 6),)


def test_a_fence_that_is_not_closed_hides_nothing() -> None:
    assert Prose("```\n\n## a\n").headings == (Heading(2, "a", "a", 3),)


def test_own_words_leave_out_quotations_and_link_targets() -> None:
    prose = Prose("Ông nói: “bấm link”. Xem [bài](bam-link.md).\n\n> lời trích\n")
    assert prose.own_words.split() == ["Ông", "nói:", ".", "Xem", "bài", "."]
    assert len(prose.own_words) == len(prose.body)


def test_sentences_end_with_items_and_paragraphs_but_not_in_tables() -> None:
    body = "Một câu. Hai câu,\nxuống dòng!\n\n- Mục một\n- Mục **hai**\n\n| a | b |\n|---|---|\n"
    assert Prose(body, 5).sentences == (
        Sentence("Một câu.", 5),
        Sentence("Hai câu, xuống dòng!", 5),
        Sentence("Mục một", 8),
        Sentence("Mục hai", 9),
    )


def test_first_line_and_first_letter_count_like_all_others() -> None:
    assert [heading.line for heading in Prose("# Một\n## Hai", 4).headings] == [4, 5]
    assert [link.is_image for link in Prose("![a](b.png)![c](d.png)![e] [f](g)").references] == [
        True,
        True,
        False,
    ]
    assert Prose("a\n\nb\n").line_at(5) == 4


def test_blanked_quotation_keeps_its_lines() -> None:
    assert Prose("“một\nhai” ba").own_words == "    \n     ba"


def test_pictures_lose_their_marks_and_links_keep_their_words() -> None:
    prose = Prose('![a](b.png)[c](d)!\n![e](f "g") x![h] [i](j)\n[k]: l')
    assert [(link.text, link.is_image, link.line) for link in prose.references] == [
        ("a", True, 1),
        ("c", False, 1),
        ("e", True, 2),
        ("i", False, 2),
        ("k", False, 3),
    ]
    blank = " " * len("![a](b.png)")
    assert prose.own_words == f"{blank} c    !\n{' ' * 11} x![h]  i    \n[k]: l"
