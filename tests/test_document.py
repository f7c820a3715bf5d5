"""The tree of a page's Markdown: what editors write by habit is read as they meant it."""

from typing import Any

import pytest

from portal.document.parser import MAX_DEPTH, parse
from portal.document.tree import Document, Heading, Image, List, Node, walk


def outline(document: Document) -> list[Any]:
    return [shape(node) for node in document.blocks]


def shape(node: Node) -> Any:
    """Return a node as its name, or as {name: what it holds}; words as text."""
    name = getattr(node, "tag", "") or type(node).__name__.lower()
    if type(node) is List:
        name = "ul" if node.first is None else f"ol {node.first}"
    if name in ("text", "code"):
        return node.text
    children = [shape(child) for child in getattr(node, "children", ())]
    return {name: children} if children else name


def test_a_list_may_follow_its_paragraph_closely() -> None:
    document = parse("Mang theo:\n- Thẻ.\n- Máy.\n\nLàm lần lượt:\n1. Mở.\n2. Bấm **Đồng ý**.\n")
    assert outline(document) == [
        {"p": ["Mang theo:"]},
        {"ul": [{"li": [{"words": ["Thẻ."]}]}, {"li": [{"words": ["Máy."]}]}]},
        {"p": ["Làm lần lượt:"]},
        {
            "ol 1": [
                {"li": [{"words": ["Mở."]}]},
                {"li": [{"words": ["Bấm ", {"strong": ["Đồng ý"]}, "."]}]},
            ]
        },
    ]


def test_steps_go_on_after_what_stands_at_the_margin() -> None:
    document = parse("1. Mở.\n\n![Màn hình](a.svg)\n\n2. Gõ:\n  - một\n  - hai\n3. Xong.\n")
    assert outline(document) == [
        {
            "ol 1": [
                {"li": [{"words": ["Mở."]}, {"p": ["image"]}]},
                {
                    "li": [
                        {"words": ["Gõ:"]},
                        {"ul": [{"li": [{"words": ["một"]}]}, {"li": [{"words": ["hai"]}]}]},
                    ]
                },
                {"li": [{"words": ["Xong."]}]},
            ]
        }
    ]


def test_steps_do_not_go_on_after_a_heading_or_with_another_number() -> None:
    lists = [node.first for node in parse("1. a\n\n## B\n\n2. b\n\nc\n\n1. d\n").walk()
             if type(node) is List]  # fmt: skip
    assert lists == [1, 2, 1]


def test_details_are_part_of_the_tree() -> None:
    source = "<details>\n<summary>Máy **cũ**</summary>\nVào Cài đặt.\n\n- một\n\n</details>\n"
    assert outline(parse(source)) == [
        {
            "details": [
                {"summary": ["Máy ", {"strong": ["cũ"]}]},
                {"p": ["Vào Cài đặt."]},
                {"ul": [{"li": [{"words": ["một"]}]}]},
            ]
        }
    ]


@pytest.mark.parametrize("source", ["<details>\n", "</details>\n", "<details open>\na\n</details>"])
def test_details_that_do_not_match_stay_html(source: str) -> None:
    assert "rawhtml" in outline(parse(source))


def test_lines_are_those_of_the_file() -> None:
    document = parse("Đoạn.\n\n<details>\n<summary>Đầu</summary>\nThân\n</details>\n", 10)
    assert [document.line(node) for node in walk(document.blocks)] == [10, 10, 12, 13, 13, 14, 14]
    assert document.line_text(13) == "<summary>Đầu</summary>"


def test_a_decorative_picture_is_marked() -> None:
    document = parse("![](a.svg){.trang-tri} rồi\n")
    assert [node for node in document.walk() if type(node) is Image] == [
        Image("a.svg", "", "", 0, is_decorative=True)
    ]
    assert outline(document) == [{"p": ["image", " rồi"]}]


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000,
        "\n".join("  " * depth + "- a" for depth in range(1_000)),
        "**a " * 20_000,
        "[a](" * 20_000,
        "a" * 500_000,
        "<details>\n" * 3_000 + "</details>\n" * 3_000,
        "|a" * 5_000 + "\n" + "|-" * 5_000,
        "\0\ud800",
    ],
    ids=lambda source: repr(source[:8]),
)
def test_hostile_sources_are_read(source: str) -> None:
    document = parse(source)
    assert sum(1 for _ in document.walk()) < 200_000


def test_what_lies_too_deep_is_left_out_and_named() -> None:
    document = parse("Đầu\n\n" + "> " * (MAX_DEPTH + 5) + "sâu\n")
    assert document.too_deep is not None
    assert document.line_at(document.too_deep) == 3


def test_lists_at_the_edge_of_what_is_read_are_read() -> None:
    quotes = "> " * (MAX_DEPTH - 1)
    document = parse(f"{quotes}1. a\n{quotes}\n{quotes}b\n{quotes}\n{quotes}2. c\n")
    assert document.too_deep is not None


def test_headings_of_one_name_are_numbered() -> None:
    source = "# a\n\n# a\n\n# b {#a_2}\n\n# a\n\n# !\n\n# !\n"
    anchors = [node.anchor for node in parse(source).walk() if isinstance(node, Heading)]
    assert anchors == ["a", "a_1", "a_2", "a_3", "_1", "_2"]
