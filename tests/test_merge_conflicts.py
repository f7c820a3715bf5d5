"""What a merge leaves is one error a file, whatever the file; a heading's underline is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.project import BODY, FACTS, FILES, FRONT, INDICATORS, write

from portal.checks import check_library
from portal.library.library import load_library

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
CHOOSE = (
    "ở mỗi chỗ giữ bản trên hay bản dưới dòng =======, hoặc ghép hai bản làm một, rồi xóa các dòng "
    "dấu; cách làm từng bước ở CONTRIBUTING.md, mục “Hai người sửa cùng một chỗ”"
)
REMOVE = "xem chữ ở trên và ở dưới dòng này, giữ một bản, rồi xóa dòng này"


def clash(text: str, old: str, base: str = "") -> str:
    """Return the text after a merge in which two people changed one line."""
    return text.replace(old, f"<<<<<<< HEAD\n{old}\n{base}=======\n{old} \n>>>>>>> bai/khac\n", 1)


def said(project: Path) -> list[tuple[str, int, str, str]]:
    problems = check_library(load_library(project))
    return [(each.path, each.line, each.message, each.fix) for each in problems]


def both(path: str, first: int, last: int, count: int = 1) -> list[tuple[str, int, str, str]]:
    message = (
        f"hai người sửa cùng một chỗ, git để cả hai bản cho bạn chọn: {count} chỗ, "
        f"từ dòng {first} đến dòng {last}"
    )
    return [(path, first, message, CHOOSE)]


@pytest.mark.parametrize(
    ("path", "text", "first", "last", "count"),
    [
        (GUIDE, clash(FRONT, "title: Kích hoạt VNeID") + BODY, 2, 6, 1),
        (GUIDE, FRONT + clash(BODY, "1. Mở **VNeID**."), 18, 22, 1),
        (GUIDE, FRONT + clash(BODY, "Hỏi Công an xã.", "||||||| 1a2b3c\nHỏi xã.\n"), 22, 28, 1),
        (GUIDE, clash(FRONT, "topic: dinh-danh") + clash(BODY, "Hỏi Công an xã."), 4, 31, 2),
        (GUIDE, clash(FRONT + BODY, "## Các bước").replace("\n", "\r\n"), 16, 20, 1),
        ("data/facts.yml", clash(FACTS, "facts:"), 4, 8, 1),
        ("data/teams.csv", "id,name\n<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> x\n", 2, 6, 1),
        ("data/statistics/indicators.csv", clash(INDICATORS, "so_to,Số tổ"), 2, 6, 1),
        ("data/published.txt", "/\n<<<<<<< HEAD\n/a/\n=======\n/b/\n>>>>>>> x\n", 2, 6, 1),
        ("data/drawings/zalo.yml", "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", 1, 5, 1),
        (GUIDE, FRONT + clash(BODY, "1. Mở **VNeID**.").replace("\n", "\n  "), 18, 22, 1),
        (GUIDE, FRONT + "> <<<<<<< HEAD\n> a\n> =======\n> b\n> >>>>>>> x\n", 11, 15, 1),
        (GUIDE, FRONT + "<<<<<<<HEAD\na\n=======\nb\n>>>>>>>x\n", 11, 15, 1),
        (GUIDE, FRONT + "- a\n  <<<<<<< HEAD\n  - b\n  =======\n  >>>>>>> x\n", 12, 15, 1),
        ("CODEOWNERS", "* @a\n<<<<<<< HEAD\n* @b\n=======\n* @c\n>>>>>>> x", 2, 6, 1),
    ],
    ids=[
        "fields", "step", "with the base", "two", "CRLF", "facts", "csv", "statistics", "list",
        "drawings", "indented", "quoted", "joined", "in a list", "owners",
    ],
)  # fmt: skip
def test_conflict_is_one_error(
    project: Path, path: str, text: str, first: int, last: int, count: int
) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_bytes(text.encode())
    assert said(project) == both(path, first, last, count)


@pytest.mark.parametrize("kept", [0, 1])
def test_what_the_remedy_says_cures(project: Path, kept: int) -> None:
    text = FRONT + clash(BODY, "Hỏi Công an xã.")
    write(project / GUIDE, text)
    assert len(said(project)) == 1
    before, _, rest = text.partition("<<<<<<< HEAD\n")
    clashing, _, after = rest.partition(">>>>>>> bai/khac\n")
    write(project / GUIDE, before + clashing.split("=======\n")[kept] + after)
    assert said(project) == []


@pytest.mark.parametrize("path", sorted(FILES))
def test_conflict_in_any_file_of_a_project_is_one_error(project: Path, path: str) -> None:
    text = FILES[path]
    write(project / path, f"{text}<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> x\n")
    lines = text.count("\n")
    assert said(project) == both(path, lines + 1, 3 * lines + 3)


@pytest.mark.parametrize(
    ("path", "text", "line", "mark"),
    [
        (GUIDE, FRONT + BODY + "\n<<<<<<< HEAD\n", 24, "<<<<<<<"),
        (GUIDE, FRONT + BODY + "\n||||||| 1a2b3c\n", 24, "|||||||"),
        ("data/teams.csv", "id,name\n||||||| 1a2b3c\na,b\n", 2, "|||||||"),
        ("data/facts.yml", "\ufeff<<<<<<< HEAD\n" + FACTS, 1, "<<<<<<<"),
        (GUIDE, FRONT + BODY + "\n>>>>>>> 1a2b3c (Sửa bài)\n", 24, ">>>>>>>"),
        (GUIDE, FRONT.replace("topic:", "=======\ntopic:") + BODY, 4, "======="),
        ("data/facts.yml", FACTS.replace("facts:", "=======\nfacts:"), 4, "======="),
        ("data/teams.csv", "id,name\n=======\na,b\n", 2, "======="),
    ],
)
def test_marker_that_was_overlooked_is_one_error(
    project: Path, path: str, text: str, line: int, mark: str
) -> None:
    write(project / path, text)
    message = f"còn sót dòng dấu '{mark}' khi git ghép hai bản"
    assert said(project) == [(path, line, message, REMOVE)]
    lines = text.split("\n")
    write(project / path, "\n".join([*lines[: line - 1], *lines[line:]]))
    assert [each for each in said(project) if each[2] == message] == []


@pytest.mark.parametrize("text", ["Chào bà con\n=======\n", "> > > > > > > sâu\n", "a <<<<<<< b\n"])
def test_text_that_only_looks_like_a_marker_is_none(project: Path, text: str) -> None:
    write(project / "docs/index.md", FILES["docs/index.md"] + "\n" + text)
    assert [each for each in said(project) if "git" in each[2]] == []


def test_conflict_in_a_drawing_is_named(project: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>\n'
    text = svg.format('\n<<<<<<< HEAD\n<path d="M0 0"/>\n=======\n<path/>\n>>>>>>> x\n')
    write(project / "docs/guides/dinh-danh/hinh.svg", text)
    write(project / GUIDE, FRONT + BODY + "\n![Màn hình VNeID](hinh.svg)\n")
    message = both("", 2, 6)[0][2]
    assert said(project) == [("docs/guides/dinh-danh/hinh.svg", 1, message, CHOOSE)]


STOPS = "tệp dừng ngay sau dấu --- đóng phần đầu trang, chưa có nội dung"


@pytest.mark.parametrize(
    ("end", "problem"),
    [
        ("---", (11, STOPS, "xuống dòng sau dấu --- rồi viết nội dung")),
        ("---  ", (11, STOPS, "xuống dòng sau dấu --- rồi viết nội dung")),
        ("...", (11, STOPS.replace("---", "..."), "xuống dòng sau dấu ... rồi viết nội dung")),
    ],
)
def test_page_that_ends_with_its_fields_is_one_error(
    project: Path, end: str, problem: tuple[int, str, str]
) -> None:
    """MkDocs would print the fields as text: to it they end only with a line of their own."""
    write(project / GUIDE, FRONT.replace("owner:", "tags: [a]\nowner:")[:-4] + end)
    assert said(project) == [(GUIDE, *problem)]


@pytest.mark.parametrize("body", ["", "\n", "\n \n\t\n"])
def test_guide_without_a_body_is_an_error(project: Path, body: str) -> None:
    write(project / GUIDE, FRONT + body)
    fix = "viết nội dung dưới phần đầu trang; khung bài mẫu:  make guide"
    assert said(project) == [(GUIDE, 10, "bài không có nội dung sau phần đầu trang", fix)]
