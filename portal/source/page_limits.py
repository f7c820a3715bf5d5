"""Limits of a page's content, so that no text takes minutes to parse.

The time to parse Markdown grows with the square of its unclosed marks, and a line of list markers
nests without end. At these limits the worst page takes under a second; the largest page of the site
has 34 of one mark, in 75 lines.
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
    """Return a problem at the line where a limit is exceeded, else None."""
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
