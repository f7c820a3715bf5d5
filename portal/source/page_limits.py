"""Limits of a page's content, so that no text takes minutes to parse.

The time to parse Markdown grows with the square of its unclosed marks, and a line of list markers
nests without end. At these limits the worst page takes under a second; the largest page of the site
has 52 of one mark, in 75 lines.
"""

from __future__ import annotations

import re

from portal.source.problems import Problem

MAX_LINES = 3000
MAX_LINE = 5000  # characters; the longest line of the site has 508
MAX_MARKS = 1000  # of each kind
MAX_NESTING = 20  # lists and quotations begun on one line
_MARKS = ("[", "`", "<", '"', "“", "{", "\\", "~~~", "*", "_")
_PICTURE = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=-]*")
_NESTED = re.compile(rf"\n(?:[ \t]*(?:>|(?:[-*+]|\d{{1,9}}[.)])[ \t])){{{MAX_NESTING + 1}}}")


def find_excess(text: str, path: str) -> Problem | None:
    """Return a problem at the line where a limit is exceeded, else None."""
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        message = f"bài dài {lines} dòng, nhiều nhất {MAX_LINES}"
        return Problem(path, MAX_LINES, message, "tách thành nhiều trang ngắn")
    for line, row in enumerate(text.split("\n") if len(text) > MAX_LINE else (), 1):
        if len(row) > MAX_LINE:
            return _long_line(row, line, path)
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


def _long_line(row: str, line: int, path: str) -> Problem:
    if picture := _PICTURE.search(row):
        return pasted_picture(len(picture[0]), line, path)
    message = f"dòng dài {len(row)} ký tự, nhiều nhất {MAX_LINE}"
    return Problem(path, line, message, "ngắt thành nhiều đoạn, giữa hai đoạn để một dòng trống")


def pasted_picture(length: int, line: int, path: str) -> Problem:
    """Return the error of a picture that stands in the text as base64."""
    message = f"hình dán thẳng vào chữ (base64), dài {length} ký tự"
    return Problem(path, line, message, "lưu hình thành tệp cạnh bài, ghi tên tệp vào chỗ đó")
