"""Strict parsing of front matter: MkDocs publishes a page with invalid YAML, this module does not.

It ends where MkDocs ends it: at a line "---" or "..." with a line end.

The YAML is composed into nodes, so that every field keeps its line. Aliases, tags and duplicate
keys are errors: they are never needed here and often mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.source.problems import Problem
from portal.source.yaml_source import YamlError, read_mapping

MAX_CHARACTERS = 20_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_CLOSING = re.compile(r"\n(---|\.\.\.)[ \t]*\Z")
_COMMA_ID = re.compile(r"\b(F\d+),[ ]?(\d+\w?)\b")  # of a fact
_DASHES = re.compile("[-–—]{2,}|—")  # some keyboards replace two or three hyphens by a dash
_LATE = re.compile(r"[\s\ufeff\u200b]+---[ \t]*\n[\w-]+:")


@dataclass(frozen=True)
class SourceFile:
    """A Markdown file's fields and body; `lines` maps "title" or "people.0.name" to its line."""

    path: str
    meta: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def read_source(text: str, path: str) -> tuple[SourceFile, list[Problem]]:
    """Return a file's fields and body, and the problems of the fields; the body is always kept."""
    match = _FRONT_MATTER.match(text)
    if not match and text.startswith("---") and (end := _CLOSING.search(text)):
        return SourceFile(path), [_bodiless(path, text, end)]
    if not match:
        return SourceFile(path, body=text), [_missing(path, text)]
    body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    try:
        meta, lines = read_mapping(match[1], MAX_CHARACTERS)
    except YamlError as refusal:
        problem = _refused(path, refusal, match[1].split("\n"))
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


def _missing(path: str, text: str) -> Problem:
    first = text.split("\n", 1)[0].strip()
    if _DASHES.fullmatch(first) and first != "---":
        return _wrong_dashes(path, 1, first)
    if text.startswith("---"):
        message = "phần đầu trang mở bằng --- nhưng không có dòng --- để đóng"
        for line, row in enumerate(text.split("\n"), 1):
            if line > 1 and _DASHES.fullmatch(row.strip()):
                return _wrong_dashes(path, line, row.strip())
        return Problem(path, 1, message, "thêm một dòng --- ngay sau trường cuối cùng")
    if _LATE.match(text):
        message = "trước dòng --- đầu tiên có dòng trống, dấu cách hoặc ký tự ẩn"
        return Problem(path, 1, message, "xóa hết những gì đứng trước dấu --- ở đầu tệp")
    message = "thiếu phần đầu trang (các trường giữa hai dòng ---)"
    return Problem(path, 1, message, "thêm vào đầu tệp:  --- ⏎ title: Tên bài ⏎ ---")


def _wrong_dashes(path: str, line: int, dashes: str) -> Problem:
    message = f"dòng '{dashes}' phải là đúng ba dấu gạch nối, không có gì ở trước"
    return Problem(path, line, message, "---")
