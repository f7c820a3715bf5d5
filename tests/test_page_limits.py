"""Pages made to keep a machine busy: refused at once, with the line where it becomes too much."""

import pytest

from portal.source.page_limits import MAX_LINES, MAX_MARKS, find_excess

ONE_PAGE = "docs/a.md"


@pytest.mark.parametrize("mark", ["[", "`", "<", '"', "“", "{", "\\", "~~~"])
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
