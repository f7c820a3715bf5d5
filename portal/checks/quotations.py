"""Paired quotation marks: other checks skip quoted text, which is not the site's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from portal.document.contents import SourceLine
from portal.document.tree import Document
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

_MARK = re.compile("[“”]")


def check_quotations(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for a nested quotation and for an unpaired quotation mark."""
    for _start, rows in groupby(page.contents.rows, lambda row: row.block.start):
        for line, message, fix in _read(list(rows), page.document):
            yield Problem(page.path, line, message, fix, Severity.ADVICE)


def _read(rows: list[SourceLine], document: Document) -> Iterator[tuple[int, str, str]]:
    opened: int | None = None
    for row in rows:
        for mark in _MARK.finditer(row.left):
            place, letter = mark.start(), mark[0]
            if letter == "“" and opened is not None:
                message = "ngoặc kép “ mở trong một ngoặc kép chưa đóng"
                whole = document.line_text(row.line)
                yield row.line, message, _with_single(whole, row.column + place).strip()
                return
            if letter == "“":
                opened = row.line
            elif letter == "”" and opened is None:
                yield row.line, "ngoặc kép ” đóng mà chưa mở", "thêm “ ở đầu lời trích, hoặc xóa ”"
                return
            else:
                opened = None
    if opened is not None:
        yield opened, "ngoặc kép “ mở mà không đóng trong đoạn", "thêm ” ở cuối lời trích"


def _with_single(source: str, inner: int) -> str:
    """Return the line with single marks around the inner quotation, or an instruction."""
    end = source.find("”", inner)
    if end < 0 or "”" not in source[end + 1 :]:
        return "đóng lời trích trước, hoặc dùng ‘ ’ cho lời trích ở trong"
    return f"{source[:inner]}‘{source[inner + 1 : end]}’{source[end + 1 :]}"
