"""Strict parsing of front matter: MkDocs publishes a page with invalid YAML, this module does not.

It ends where MkDocs ends it: at a line "---" or "..." with a line end.

The YAML is composed into nodes, so that every field keeps its line. Aliases, tags and duplicate
keys are errors: they are never needed here and often mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from portal.source.problems import Problem
from portal.source.schema import DRAFT
from portal.source.yaml_source import YamlError, read_mapping

MAX_CHARACTERS = 20_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_CLOSING = re.compile(r"\n(---|\.\.\.)[ \t]*\Z")
_COMMA_ID = re.compile(r"\b(F\d+),[ ]?(\d+\w?)\b")  # of a fact
# A rule in place of "---": some keyboards replace hyphens by a dash, other makers write "+++".
_RULE = re.compile(r"[\s\ufeff\u200b]*(?:---.*|[-–—]{2,}|—|\+{3}|={3,}|\*{3,}|_{3,}|- - -)\s*")
_FIELD = re.compile(r"[a-z_]+\s*:")
_HELD = re.compile(r"[\w-]+[ \t]*:|[ \t]+[^\s-]|[ \t]+- |- \w|#|[ \t]*$")  # what front matter holds
_BLANK = re.compile(r"[\s\ufeff\u200b]*")
_LATEST = 40  # lines before front matter that stands too low
_EXAMPLE = f'title: "{DRAFT}Tên bài]"'


@dataclass(frozen=True)
class SourceFile:
    """A Markdown file's fields and body; `lines` maps "title" or "people.0.name" to its line.

    `is_cut`: where the fields end is unknown, so that they stand in the body.
    """

    path: str
    meta: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    is_cut: bool = False


def read_source(text: str, path: str) -> tuple[SourceFile, list[Problem]]:
    """Return a file's fields and body, and the problems of the fields; the body is always kept."""
    match = _FRONT_MATTER.match(text)
    if not match and text.startswith("---") and (end := _CLOSING.search(text)):
        return SourceFile(path), [_bodiless(path, text, end)]
    if not match:
        wrong = _wrong_limits(path, text.split("\n"))
        return SourceFile(path, body=text, is_cut=wrong is not None), [wrong or _missing(path)]
    body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    try:
        meta, lines = read_mapping(match[1], MAX_CHARACTERS, _EXAMPLE)
    except YamlError as refusal:
        rows = match[0].split("\n")
        if (late := _wrong_end(rows[:-2])) and late <= refusal.line:
            return SourceFile(path, body=text, is_cut=True), [_wrong_rule(path, late, rows[late])]
        problem = _refused(path, refusal, rows[1:-2])
        return SourceFile(path, body=body, body_line=body_line), [problem]
    shifted = {name: line + 1 for name, line in lines.items()}
    return SourceFile(path, meta, shifted, body, body_line), []


def _bodiless(path: str, text: str, end: re.Match[str]) -> Problem:
    message = f"tệp dừng ngay sau dấu {end[1]} đóng phần đầu trang, chưa có nội dung"
    line = text.count("\n", 0, end.start(1)) + 1
    return Problem(path, line, message, f"xuống dòng sau dấu {end[1]} rồi viết nội dung")


def _refused(path: str, refusal: YamlError, rows: list[str]) -> Problem:
    """Return why the fields are invalid; "F10,02" is a fact id with a comma for its point."""
    row = rows[refusal.line - 1] if refusal.line <= len(rows) else ""
    if _COMMA_ID.search(row):
        message = "mã dữ kiện viết dấu phẩy thay cho dấu chấm"
        return Problem(path, refusal.line + 1, message, _COMMA_ID.sub(r"\1.\2", row.strip()))
    return Problem(path, refusal.line + 1, refusal.message, refusal.fix)


def _wrong_limits(path: str, rows: list[str]) -> Problem | None:
    """Return why front matter does not begin or end where it should; None when there is none."""
    if rows[0].rstrip() == "---":
        end = _wrong_end(rows)
        message = "phần đầu trang mở bằng --- nhưng không có dòng --- để đóng"
        fix = "thêm một dòng --- ngay sau trường cuối cùng"
        return _wrong_rule(path, end, rows[end]) if end else Problem(path, 1, message, fix)
    for at, (row, following) in enumerate(pairwise(rows[:_LATEST])):
        if not (_RULE.fullmatch(row) and _FIELD.match(following)):
            continue
        if at == 0 and row[:1] in "-–—+=*_":
            return _wrong_rule(path, 0, row)
        if _BLANK.fullmatch("".join(rows[:at])):
            message = "trước dòng --- đầu tiên có dòng trống, dấu cách hoặc ký tự ẩn"
            return Problem(path, 1, message, "xóa hết những gì đứng trước dấu --- ở đầu tệp")
        if any(map(_RULE.fullmatch, rows[at + 1 :])):
            message = "trước phần đầu trang có chữ khác; dòng --- phải là dòng đầu tiên của tệp"
            return Problem(path, 1, message, "chuyển chữ ấy xuống dưới dòng --- thứ hai, hoặc xóa")
    return None


def _wrong_end(rows: list[str]) -> int:
    """Return the first row that is no field, when it is a rule to its writer, else 0."""
    for at, row in enumerate(rows[1:], 1):
        if _RULE.fullmatch(row):
            return at
        if not _HELD.match(row):
            break
    return 0


def _missing(path: str) -> Problem:
    message = "thiếu phần đầu trang (các trường giữa hai dòng ---)"
    return Problem(path, 1, message, f"thêm vào đầu tệp:  --- ⏎ {_EXAMPLE} ⏎ ---")


def _wrong_rule(path: str, at: int, row: str) -> Problem:
    message = f"dòng '{row.strip()}' phải là đúng ba dấu gạch nối, không có gì ở trước và ở sau"
    return Problem(path, at + 1, message, "---")
