"""Remedies of the golden cases, followed as printed: the problem is gone, and no other comes.

Which messages have a remedy to follow without thinking is read from the code, as CONTRIBUTING's
list is: one that is pasted, renames, or is a command. Each such message is tried, here, in
cases/mistakes/ or by the test that `ELSEWHERE` names.
"""

from __future__ import annotations

import re
import shutil
import subprocess
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

TESTS = Path(__file__).parent
RANGE = re.compile(r"từ dòng này đến dòng (\d+)")
QUOTED = re.compile(r"'([^']+)'|(https?://\S+)")
COMMAND = re.compile(r"(?:mkdir|mv|chmod|unset|git) .*")
RENAMED = re.compile(r"đổi (?:tên cột )?'([^']+)' thành '([^']+)'")
QUOTES = "đặt giá trị trong ngoặc kép:  "
FIELD = re.compile(r"([a-z_]+): (.+)")
IN_WORDS = re.compile(
    r"(?:xóa|chạy|chép|sửa|bỏ|ghi|thêm|viết|đặt chữ|đặt số|không thấy|chọn một|tra mã|tên gần"
    r"|mở hình|đóng tệp|xem bản)\b"
)
HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+")
TO_FILL = r"\[Viết: |MÃ|NĂM-THÁNG|TÊN-NGẮN|THƯ-MỤC|SỐ|ten-bai.md|ten-hinh.jpg|ten-cu|x.jpg"
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
    "thiếu phần đầu trang",  # a file is a page now, and is read
    "được dùng trong bài",
    "chưa nói là của ai",
    "không bấm được",  # advice of its own
)


def pattern(template: str) -> re.Pattern[str]:
    """Return what a message of CONTRIBUTING's list looks like."""
    return re.compile(re.escape(" ".join(template.split())).replace("…", ".*"))


def is_followed(template: str) -> bool:
    """Return whether a remedy of CONTRIBUTING's list, or one of its forms, is without prose."""
    return any(
        bool(re.match(f"{RENAMED.pattern}|{QUOTES}", each))
        or (("…" in each or each == template) and each.replace("…", "").isascii())
        for each in re.split("(?<![;,]) hoặc ", template)
    )


FIXES = {
    message: fix
    for rows in list_messages.messages(REPOSITORY).values()
    for message, fix in rows.items()
    if is_followed(fix)
}
FOLLOWED = {message: pattern(message) for message in FIXES}
ELSEWHERE = {  # what no file of a case can hold → the test that follows the remedy
    "không có quyền đọc tệp": "test_image_checks.py::"
    "test_picture_without_permission_is_an_error_whose_command_cures",
    "không ghi được kết quả kiểm tra hình (…), lần sau phải kiểm lại": "test_image_checks.py::"
    "test_cache_that_cannot_be_written_is_advice_whose_command_cures",
    "biến … ghi '…', phải là số giây kể từ năm 1970": "test_settings.py::"
    "test_variables_of_the_environment_are_settings_too",
    "… đã chuyển hẳn sang địa chỉ khác": "test_external_links.py::"
    "test_page_that_moved_for_good_is_advice_with_the_new_address",
    "tên này Windows giữ cho mình, máy Windows không chép được kho": "test_files_in_docs.py::"
    "test_page_that_windows_cannot_hold_is_refused",
}


def is_plain(fix: str) -> bool:
    """Return whether a remedy is followed as it is printed, though there may be a gap to fill."""
    return bool(fix) and "…" not in fix and (fix.startswith(QUOTES) or not IN_WORDS.match(fix))


def follow(project: Path, problem: Problem) -> None:
    """Do what a remedy says."""
    if COMMAND.fullmatch(problem.fix):
        subprocess.run(["sh", "-c", problem.fix], cwd=project, check=True)
        return
    file = project / problem.path
    text = file.read_text(encoding="utf-8")
    fix = problem.fix.partition(":  ")[2] or problem.fix
    file.write_text(paste(text, problem, fix), encoding="utf-8")


def paste(text: str, problem: Problem, fix: str) -> str:
    """Return a file with a remedy in its place: a name, a field, a word, an address, lines."""
    lines = text.split("\n")
    old = lines[problem.line - 1]
    if problem.message.startswith("bài chưa có mục"):
        return f"{text.rstrip()}\n\n{fix}\n"
    new = _in_line(old, problem, fix)
    last = int(found[1]) if (found := RANGE.search(problem.message)) else problem.line
    indent = "" if "bốn dấu cách" in problem.message else old[: len(old) - len(old.lstrip(" "))]
    lines[problem.line - 1 : last] = [new] if new else [indent + row for row in fix.split("\n")]
    return "\n".join(lines)


def _in_line(old: str, problem: Problem, fix: str) -> str:
    """Return a line with the part that a remedy is for replaced; "" when it is for all of it."""
    named = [first or second for first, second in QUOTED.findall(problem.message)]
    part = next((each for each in named if each in old), "")
    if renamed := RENAMED.match(fix):
        return old.replace(*renamed.groups(), 1)
    is_start = problem.message.startswith("trước tên trường")  # the remedy is the line
    if (field := FIELD.fullmatch(fix)) and not is_start and re.search(rf"\b{field[1]}:", old):
        is_inner = re.search(rf"[{{,] *{field[1]}:", old)
        end = r"""(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^,}\]]*)""" if is_inner else ".*"
        return re.sub(rf"\b{field[1]}:\s*{end}", lambda _: fix, old, count=1)
    if part and (problem.message.startswith(("nên tránh", "viết ")) or "docs/" in problem.message):
        return old.replace(part, fix.partition("  (")[0])
    if fix.startswith("http"):
        if part:
            return old.replace(part, fix.partition("  (")[0])
        host = next((each for each in HOST.findall(problem.message) if f"/{each}" in old), "")
        return re.sub(rf"\]\([^)]*{re.escape(host)}[^)]*\)", f"]({fix})", old, count=1)
    return ""


@pytest.mark.parametrize("case", CASES)
def test_a_remedy_of_a_case_works_as_printed(project: Path, case: dict[str, Any]) -> None:
    spoil(project, case)
    before = check_library(load_library(project))
    said = {each.message for each in before}
    for number, problem in enumerate(each for each in before if is_tried(each.message, each.fix)):
        copy = Path(shutil.copytree(project, project.with_name(f"{project.name}-{number}")))
        follow(copy, problem)
        after = check_library(load_library(copy))
        key = (problem.path, problem.line, problem.message)
        assert key not in [(each.path, each.line, each.message) for each in after], problem.fix
        new = {each.message for each in after} - said
        if re.search(TO_FILL, problem.fix):
            assert new, f"accepted before it is filled in: {problem.fix}"
            continue
        unforeseen = [each for each in new if not any(part in each for part in FOLLOWS)]
        assert unforeseen == [], problem.fix


def is_tried(message: str, fix: str) -> bool:
    """Return whether the remedy of a message is followed here."""
    return is_plain(fix) and any(form.fullmatch(message) for form in FOLLOWED.values())


def told_messages() -> Iterator[tuple[str, bool]]:
    """Yield each message of the cases, and whether its remedy is followed."""
    for parameter in CASES:
        problems = parameter.values[0]["problems"]
        told = re.findall(r"^\S.*?:\d+: (.*)\n *Cách sửa: (.*)$", problems, re.MULTILINE)
        yield from ((message, is_plain(fix)) for message, fix in told)
    for parameter in MISTAKES:
        is_pasted = "then" not in parameter.values[0]
        said = parameter.values[0].get("says", ())
        yield from ((each.partition(": ")[2], is_pasted) for each in said)


def test_each_message_with_a_remedy_to_follow_is_tried() -> None:
    told = dict.fromkeys(told_messages())
    untried = set[str]()
    for message, form in FOLLOWED.items():
        found = [is_tried for text, is_tried in told if form.fullmatch(text)]
        is_known = bool(FIXES[message])  # else it is computed, and may be in words
        if not (any(found) if is_known else found):
            untried.add(message)
    assert untried == set(ELSEWHERE)


@pytest.mark.parametrize("test", ELSEWHERE.values())
def test_a_remedy_tried_elsewhere_has_its_test(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")
