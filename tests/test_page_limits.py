"""Pages made to keep a machine busy: refused at once, with the line where it becomes too much."""

import time
from pathlib import Path

import pytest
from support.mistakes import errors_in
from support.project import write_project

from portal.library.library import load_library
from portal.source.page_limits import MAX_LINE, MAX_LINES, MAX_MARKS, find_excess

ONE_PAGE = "docs/a.md"


@pytest.mark.parametrize("mark", ["[", "`", "<", '"', "“", "{", "\\", "~~~", "*", "_"])
def test_too_many_marks_are_refused_at_the_line_of_the_first_too_many(mark: str) -> None:
    text = f"Chào\n{mark}\n" + f"{mark}\n" * MAX_MARKS
    assert str(find_excess(text, ONE_PAGE)) == (
        f"docs/a.md:1002: bài có 1001 dấu '{mark}', nhiều nhất 1000\n"
        "    Cách sửa: tách thành nhiều trang ngắn"
    )
    assert find_excess(text.replace(mark, "", 1), ONE_PAGE) is None


def test_too_many_lines_are_refused() -> None:
    assert find_excess("\n" * (MAX_LINES - 1), ONE_PAGE) is None
    assert str(find_excess("\n" * MAX_LINES, ONE_PAGE)) == (
        "docs/a.md:3000: bài dài 3001 dòng, nhiều nhất 3000\n"
        "    Cách sửa: tách thành nhiều trang ngắn"
    )


def test_too_long_line_is_refused() -> None:
    assert find_excess("a" * MAX_LINE + "\n\n", ONE_PAGE) is None
    assert str(find_excess("Chào\n" + "a" * (MAX_LINE + 1), ONE_PAGE)) == (
        "docs/a.md:2: dòng dài 5001 ký tự, nhiều nhất 5000\n"
        "    Cách sửa: ngắt thành nhiều đoạn, giữa hai đoạn để một dòng trống"
    )


def test_picture_in_a_long_line_is_named_and_not_shown() -> None:
    text = "![][a]\n\n[a]: <data:image/png;base64," + "iVBO" * 2000 + ">\n"
    assert str(find_excess(text, ONE_PAGE)) == (
        "docs/a.md:3: hình dán thẳng vào chữ (base64), dài 8022 ký tự\n"
        "    Cách sửa: lưu hình thành tệp cạnh bài, ghi tên tệp vào chỗ đó"
    )


@pytest.mark.parametrize("marker", ["1. ", "- ", "> ", ">", "12) "])
def test_line_of_nested_markers_is_refused(marker: str) -> None:
    assert find_excess(f"Chào\n{marker * 20}a", ONE_PAGE) is None
    assert str(find_excess(f"Chào\n{marker * 21}a", ONE_PAGE)) == (
        "docs/a.md:2: dòng mở hơn 20 danh sách hay trích dẫn lồng nhau\n"
        "    Cách sửa: bỏ bớt dấu ở đầu dòng"
    )


def test_nesting_on_the_first_line_is_refused() -> None:
    assert str(find_excess("- " * 21, ONE_PAGE)).startswith("docs/a.md:1: dòng mở hơn 20 danh sách")


def test_rules_and_emphasis_are_not_nesting() -> None:
    assert (
        find_excess("| a |\n|---|\n| **b** |\n\n1. **Mở** - 2. 3.\n\n" + "-" * 60, ONE_PAGE) is None
    )


def test_time_to_check_grows_with_a_text_and_not_with_its_longest_line(tmp_path: Path) -> None:
    library = load_library(write_project(tmp_path))
    tempting = ["a", "1", ".", "1.", "#", ",,a", "%20", "@", "0912 345 678 ", "1.000 ", "0*1"]
    for piece in tempting:
        times = list[float]()
        for length in (MAX_LINE // 4, MAX_LINE):
            line = (piece * MAX_LINE)[:length]
            body = "\n\n".join([line] * (20_000 // length))
            start = time.process_time()
            errors_in(body, "guide", library)
            times.append(time.process_time() - start)
        assert times[1] < 2.5 * times[0] + 0.2, piece


def test_a_page_of_one_long_paragraph_is_checked_at_once(tmp_path: Path) -> None:
    library = load_library(write_project(tmp_path))
    start = time.process_time()
    for line in ("Bước 1: a", "a   b   c", "Tên: a", "a\tb"):
        errors_in(f"{line}\n" * (MAX_LINES - 20), "guide", library)
    assert time.process_time() - start < 20
