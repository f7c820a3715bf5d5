"""Random edits by habit: what the checks let through is still the page its writer meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.mistakes import errors_in
from support.project import TODAY, write_project

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.document.tree import Heading, List, Node, Words, plain, walk
from portal.library.library import Library, load_library

BODY = """\
## Cần có trước

- Thẻ Alpha.
- Máy Beta.

## Các bước

Tên mục có thể khác.

1. Mở Gamma.
2. Bấm **Delta** rồi đợi.

   ![Màn hình chính của máy](a.svg)

3. Chọn:
   - nút Epsilon;
   - nút Zeta.
4. Gõ Eta, bấm **Theta**.

| Nơi | Giờ |
|---|---|
| Iota | sáng |

## Vẫn không được

Hỏi Kappa ở tổ 5.
"""
STEP_WORDS = ("Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta")
ALL_WORDS = (*STEP_WORDS, "Alpha", "Beta", "Iota", "Kappa")
PRINTED = re.compile(
    r"\*\*|^\s*(?:[•–\-+»✓→]|[=-]>|\d+[.)/,;°º]|B\d|[vØü] [A-Z]|o [A-Z])|\[ ?\]|\||\\$"
    r"|[\uff10-\uff5e]|\u00ad|\u200b",
    re.MULTILINE,
)
BULLETS = (
    "• ",
    "– ",
    "* ",
    "+ ",
    "-",
    "✓ ",
    "1) ",
    "a) ",
    "o ",
    "=> ",
    "-> ",
    "→ ",
    "» ",
    "v ",
    "Ø ",
    "\\- ",
    "-\u00a0",
    "&nbsp;- ",
    "▸ ",
    "✔️ ",
    "**-** ",
    "-. ",
)
NUMBERS = (
    "{}) ",
    "{}/ ",
    "{}.",
    "Bước {}: ",
    "({}) ",
    "{} - ",
    "{}. {}. ",
    "\\{}. ",
    "{}\\. ",
    "B{}: ",
    "B.{} ",
    "Bước {} ",
    "BƯỚC {}: ",
    "**{}.** ",
    "*Bước {}:* ",
    "{} ",
    "{}, ",
    "#{} ",
    "[{}] ",
    "{}.- ",
    "- ",
    "- {}. ",
    "Bước thứ {}: ",
    "{}: ",
    "Step {}. ",
    "{}.\u00a0",
    "{}º ",
)


def drop_blank(lines: list[str], at: int, _: int) -> None:
    blanks = [number for number, line in enumerate(lines) if not line.strip()]
    if blanks:
        del lines[blanks[at % len(blanks)]]


def add_blank(lines: list[str], at: int, _: int) -> None:
    lines.insert(at % len(lines), "")


def indent(lines: list[str], at: int, way: int) -> None:
    lines[at % len(lines)] = " " * (1 + way % 5) + lines[at % len(lines)]


def outdent(lines: list[str], at: int, _: int) -> None:
    lines[at % len(lines)] = lines[at % len(lines)].lstrip()


def bold_with_blanks(lines: list[str], at: int, way: int) -> None:
    forms = (r"** \1 **", r"**\1 **", r"** \1**", r"__\1__", r"<b>\1</b>", r"**\1:**", r"**\1")
    line = lines[at % len(lines)]
    lines[at % len(lines)] = re.sub(r"\*\*([^*]+)\*\*", forms[way % len(forms)], line)


def other_bullet(lines: list[str], at: int, way: int) -> None:
    mark = BULLETS[way % len(BULLETS)]
    lines[at % len(lines)] = re.sub(r"^(\s*)- ", rf"\g<1>{mark}", lines[at % len(lines)])


def other_number(lines: list[str], at: int, way: int) -> None:
    form = NUMBERS[way % len(NUMBERS)]
    line = lines[at % len(lines)]
    if found := re.match(r"\s*(\d+)\. ", line):
        lines[at % len(lines)] = form.replace("{}", found[1]) + line[found.end() :]


def renumber(lines: list[str], at: int, way: int) -> None:
    line = lines[at % len(lines)]
    lines[at % len(lines)] = re.sub(r"^(\s*)\d+\. ", rf"\g<1>{way % 9}. ", line)


def join_lines(lines: list[str], at: int, _: int) -> None:
    if at % len(lines):
        lines[at % len(lines) - 1] += " " + lines.pop(at % len(lines)).strip()


def split_line(lines: list[str], at: int, way: int) -> None:
    words = lines[at % len(lines)].split(" ")
    if len(words) > 2:
        middle = 1 + way % (len(words) - 1)
        lines[at % len(lines) : at % len(lines) + 1] = (
            " ".join(words[:middle]),
            " ".join(words[middle:]),
        )


def change_heading(lines: list[str], at: int, way: int) -> None:
    forms = (
        "## 2. {}",
        "## {}:",
        "**{}**",
        "{}",
        "{}:",
        "##{}",
        "### {}",
        "## {} ##",
        "## {}",
        "I. {}",
    )
    headings = [number for number, line in enumerate(lines) if line.startswith("## ")]
    if headings:
        place = headings[at % len(headings)]
        form = forms[way % len(forms)]
        title = lines[place][3:]
        lines[place] = form.replace("{}", title.upper() if way % 3 == 0 else title)


def other_letters(lines: list[str], at: int, way: int) -> None:
    line = lines[at % len(lines)]
    forms = (
        line.replace("a", "\u0430"),
        line.replace("1", "\uff11").replace("5", "\uff15"),
        line.replace("a", "a\u00ad"),
        unicodedata.normalize("NFD", line),
        line.replace(" ", "\u00a0"),
        line.replace(" ", "\u200b "),
        line.replace("ư", "ƣ"),
    )
    lines[at % len(lines)] = forms[way % len(forms)]


def cut_word(lines: list[str], at: int, _: int) -> None:
    line = lines[at % len(lines)]
    words = re.search(r"\w\w\w(?=\w\w)", line)
    if words:
        lines[at % len(lines) : at % len(lines) + 1] = (
            line[: words.end()] + "-",
            line[words.end() :],
        )


def quote(lines: list[str], at: int, way: int) -> None:
    lines[at % len(lines)] = ("> ", ">> ", ">")[way % 3] + lines[at % len(lines)]


def end_line(lines: list[str], at: int, way: int) -> None:
    ends = ("\\", "  ", "¶", "… Xem thêm", "[1]", "<br>", " **")
    lines[at % len(lines)] += ends[way % len(ends)]


def number_bullets(lines: list[str], at: int, way: int) -> None:
    for place, line in enumerate(lines):
        lines[place] = re.sub(r"^\d+\. ", ("- ", "• ", "")[way % 3], line) if at % 2 else line


def paste_line(lines: list[str], at: int, way: int) -> None:
    pasted = (
        "Trang 2",
        "Thích · Phản hồi",
        "=====",
        "---",
        "[Hình ảnh]",
        "***",
        "Họ tên: Ba",
        "##",
    )
    lines.insert(at % len(lines), pasted[way % len(pasted)])


def paste_table(lines: list[str], at: int, way: int) -> None:
    tables = ("Nơi\tGiờ\nA\tsáng", "<table><tr><td>A</td></tr></table>", "| a | b |\n| c | d |")
    lines.insert(at % len(lines), tables[way % len(tables)])


HABITS: tuple[Callable[[list[str], int, int], None], ...] = (
    drop_blank,
    add_blank,
    indent,
    outdent,
    bold_with_blanks,
    other_bullet,
    other_number,
    renumber,
    join_lines,
    split_line,
    paste_table,
    change_heading,
    other_letters,
    cut_word,
    quote,
    end_line,
    number_bullets,
    paste_line,
)
EDITS = st.lists(
    st.tuples(st.sampled_from(HABITS), st.integers(0, 40), st.integers(0, 40)),
    min_size=1,
    max_size=4,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = write_project(tmp_path_factory.mktemp("project"))
    return replace(load_library(root), today=TODAY)


def words_in(nodes: tuple[Node, ...], body: str) -> str:
    contents = Contents(parse(body))
    blocks = (node for node in walk(nodes) if isinstance(node, Words | Heading))
    return "\n".join(
        contents.own_words_of(block).strip() or plain(block.children) for block in blocks
    )


def test_the_page_itself_is_clean(library: Library) -> None:
    assert errors_in(BODY, "guide", library) == []


@given(EDITS)
@settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_clean_page_keeps_its_steps_and_shows_no_marks(
    library: Library, edits: list[tuple[Callable[[list[str], int, int], None], int, int]]
) -> None:
    lines = BODY.split("\n")
    for habit, at, way in edits:
        habit(lines, at, way)
    body = "\n".join(lines)
    if errors_in(body, "guide", library):
        return
    document = parse(body)
    ordered = (node for node in document.blocks if isinstance(node, List))
    steps = [node for node in ordered if node.first is not None]
    in_steps = words_in(tuple(steps), body)
    shown = words_in(document.blocks, body)
    assert [word for word in ALL_WORDS if word not in shown] == []
    assert [word for word in STEP_WORDS if word not in in_steps] == []
    without_headings = tuple(node for node in document.blocks if not isinstance(node, Heading))
    assert PRINTED.findall(words_in(without_headings, body)) == []
    assert "5" in shown
