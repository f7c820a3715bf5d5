"""Remedies of the golden cases, pasted as printed: the problem is gone, and no other comes.

Which messages have a remedy to paste is read from the code, as CONTRIBUTING's list is: one whose
remedy has no words of its own. Each such message is tried, here or in cases/mistakes/.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.cases import CASES, spoil
from support.mistakes import MISTAKES
from support.project import REPOSITORY

from portal.checks import check_library
from portal.library.library import load_library
from portal.source.problems import Problem

sys.path.insert(0, str(REPOSITORY / "scripts"))
import list_messages

FILES = Path(__file__).parent / "cases"
RANGE = re.compile(r"từ dòng này đến dòng (\d+)")
QUOTED = re.compile(r"'([^']+)'|(https?://\S+)")
IN_WORDS = re.compile(r"(?:mkdir|mv|xóa|chạy|chép|sửa|bỏ|ghi|thêm|đặt chữ|đặt số|không thấy) ")
HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+")
TO_FILL = r"\[Viết: |MÃ|NĂM-THÁNG|TÊN-NGẮN|THƯ-MỤC|SỐ|…|ten-bai.md|ten-hinh.jpg"
FOLLOWS = (  # what is said once a remedy is pasted that asks for more than can be printed
    "để trống",  # a heading is there now, and its text is the writer's
    "không có trong khung bài",
    "mà bài nêu",  # a number is read now, and no fact has it
    "cần một đầu mục riêng",
    "dính vào đoạn trên nên không thành bước",  # the next line's own remedy
    "nhảy từ cấp",
    "lời tả dài",
    "không nói hình vẽ gì",
    "không có hình",
    "phải đứng trước",
    "thiếu trường",
    "chưa nói là của ai",
    "không bấm được",  # advice of its own
)


def pattern(template: str) -> re.Pattern[str]:
    """Return what a message of CONTRIBUTING's list looks like."""
    return re.compile(re.escape(" ".join(template.split())).replace("…", ".*"))


PASTED = {
    message: pattern(message)
    for rows in list_messages.messages(REPOSITORY).values()
    for message, fix in rows.items()
    if not re.search(r"\w", fix.replace("…", ""))
}
UNTRIED = {  # what is computed and yet nothing to paste into the file it is about, and why
    "'…' phải là nhóm trường",  # a form to fill in
    "'…' phải là các dòng 'mã: các trường'",  # the same
    "… đã chuyển hẳn sang địa chỉ khác",  # of other sites: tests/test_external_links.py
    "còn sót dòng dấu '…' khi git ghép hai bản",  # in words: tests/test_merge_conflicts.py
    "hai người sửa cùng một chỗ, git để cả hai bản cho bạn chọn: … chỗ, từ dòng … đến dòng …",
    "tên này Windows giữ cho mình, máy Windows không chép được kho",  # a command
}


def remedies(problems: list[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with what is to be pasted for it."""
    for each in problems:
        is_pasted = any(form.fullmatch(each.message) for form in PASTED.values())
        if is_pasted and not IN_WORDS.match(each.fix) and not re.search(TO_FILL, each.fix):
            yield each, each.fix.partition(":  ")[2] or each.fix


def paste(text: str, problem: Problem, fix: str) -> str:
    """Return a file with a remedy in its place: a word, an address, lines, or the line itself."""
    lines = text.split("\n")
    old = lines[problem.line - 1]
    named = [first or second for first, second in QUOTED.findall(problem.message)]
    part = next((each for each in named if each in old), "")
    if problem.message.startswith("bài chưa có mục"):
        return f"{text.rstrip()}\n\n{fix}\n"
    is_word = problem.message.startswith(("nên tránh", "viết "))
    if part and (is_word or fix.startswith("http")):
        lines[problem.line - 1] = old.replace(part, fix.partition("  (")[0])
        return "\n".join(lines)
    if fix.startswith("http"):
        host = next((each for each in HOST.findall(problem.message) if f"/{each}" in old), "")
        target = rf"\]\([^)]*{re.escape(host)}[^)]*\)"
        lines[problem.line - 1] = re.sub(target, f"]({fix})", old, count=1)
        return "\n".join(lines)
    last = int(found[1]) if (found := RANGE.search(problem.message)) else problem.line
    indent = "" if "bốn dấu cách" in problem.message else old[: len(old) - len(old.lstrip(" "))]
    lines[problem.line - 1 : last] = [indent + row for row in fix.split("\n")]
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES)
def test_a_remedy_of_a_case_works_as_printed(project: Path, case: dict[str, Any]) -> None:
    spoil(project, case)
    before = check_library(load_library(project))
    said = {each.message for each in before}
    for problem, fix in remedies(before):
        file = project / problem.path
        text = file.read_text(encoding="utf-8")
        file.write_text(paste(text, problem, fix), encoding="utf-8")
        after = check_library(load_library(project))
        file.write_text(text, encoding="utf-8")
        key = (problem.path, problem.line, problem.message)
        assert key not in [(each.path, each.line, each.message) for each in after], fix
        new = {each.message for each in after} - said
        assert [each for each in new if not any(part in each for part in FOLLOWS)] == [], fix


def tried_messages() -> Iterator[str]:
    """Yield the messages whose remedies are pasted: of the cases, and of cases/mistakes/."""
    for parameter in CASES:
        yield from re.findall(r"^\S.*?:\d+: (.*)$", parameter.values[0]["problems"], re.MULTILINE)
    for parameter in MISTAKES:
        yield from (each.partition(": ")[2] for each in parameter.values[0].get("says", ()))


def test_each_message_with_a_remedy_to_paste_is_tried() -> None:
    tried = set(tried_messages())
    untried = {text for text, form in PASTED.items() if not any(map(form.fullmatch, tried))}
    assert untried == UNTRIED
