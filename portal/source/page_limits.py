"""How much of everything one page may hold, so that no text keeps a machine busy for minutes.

Markdown, and any pattern that reads it, takes time that grows with the square of unclosed marks,
and nests itself out of memory on a line of list markers. At these limits the worst page takes under
a second; the richest page of the site holds 34 of a mark, in 75 lines.
"""

from __future__ import annotations

import re

from portal.source.problems import Problem

MAX_LINES = 3000
MAX_MARKS = 1000  # of each kind
MAX_NESTING = 20  # lists and quotations begun on one line
_MARKS = ("[", "`", "<", '"', "“", "{", "\\", "~~~")
_NESTED = re.compile(rf"\n(?:[ \t]*(?:>|(?:[-*+]|\d{{1,9}}[.)])[ \t])){{{MAX_NESTING + 1}}}")


def find_excess(text: str, path: str) -> Problem | None:
    """Return what a page holds too much of, at the line where it becomes too much, or None."""
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        message = f"bài dài {lines} dòng, nhiều nhất {MAX_LINES}"
        return Problem(path, MAX_LINES, message, "tách thành nhiều trang ngắn")
    for mark in _MARKS:
        if (count := text.count(mark)) > MAX_MARKS:
            before = text.split(mark, MAX_MARKS + 1)[:-1]
            line = sum(part.count("\n") for part in before) + 1
            message = f"bài có {count} dấu '{mark}', nhiều nhất {MAX_MARKS}"
            return Problem(path, line, message, "tách thành nhiều trang ngắn")
    if nested := _NESTED.search("\n" + text):
        line = text.count("\n", 0, nested.start()) + 1
        message = f"dòng mở hơn {MAX_NESTING} danh sách hay trích dẫn lồng nhau"
        return Problem(path, line, message, "bỏ bớt dấu ở đầu dòng")
    return None
