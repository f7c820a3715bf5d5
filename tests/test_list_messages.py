"""The list of messages in CONTRIBUTING.md: complete, current, and true to what checks say."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from support.cases import CASES
from support.project import REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import list_messages

REPORTER = """\
class Problem:
    path: str
    line: int
    message: str
    fix: str
"""
SAYS = """\
from portal.source.problems import Problem

def check(page, near) -> Problem:
    if near:
        message = f"thiếu {near} ở đây"
        return Problem(page, 1, message, f"thêm {near}" if near else "bỏ đi")
    message = "trang đang trống"
    return Problem(page, 1, message, "viết gì đó")

def find(page) -> Iterator[tuple[str, str]]:
    yield "hình rất mờ" + (f": {page}" if page else ""), f"{page}"

def count(page) -> Iterator[tuple[int, str, str]]:
    yield 1, f"có {page} câu hỏi", "bớt một câu"

FORMS = ((1, "mẫu cũ này", "dùng mẫu mới"),)
"""


def listed() -> str:
    return (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_list_is_what_the_code_says() -> None:
    assert list_messages.main(["--check"]) == 0, "run: make messages"


def test_messages_are_read_from_code_with_their_remedies(tmp_path: Path) -> None:
    write(tmp_path / "portal/source/problems.py", REPORTER)
    write(tmp_path / "portal/source/schema.py", SAYS)
    assert list_messages.render_messages(list_messages.messages(tmp_path)) == (
        "\n### Phần đầu trang\n\n| Báo lỗi | Cách sửa |\n|---|---|\n"
        "| `có … câu hỏi` | `bớt một câu` |\n"
        "| `hình rất mờ` | chép dòng “Cách sửa” ở dưới báo lỗi |\n"
        "| `hình rất mờ: …` | chép dòng “Cách sửa” ở dưới báo lỗi |\n"
        "| `mẫu cũ này` | `dùng mẫu mới` |\n"
        "| `thiếu … ở đây` | `thêm … hoặc bỏ đi` |\n"
        "| `trang đang trống` | `viết gì đó` |\n\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_every_message_that_a_check_really_gives_is_listed(case: dict[str, str]) -> None:
    templates = re.findall(r"^\| `([^`]+)` \|", listed(), re.MULTILINE)
    patterns = [re.escape(text.replace("\\|", "|")).replace("…", ".*") for text in templates]
    known = re.compile("|".join(patterns))
    rows = re.findall(r"^\S+?:\d+: (.*)$", case["problems"], re.MULTILINE)
    assert [row for row in rows if not known.fullmatch(row)] == []
