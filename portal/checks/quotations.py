"""Quotation marks in pairs: what stands between them is held to be somebody else's words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from portal.document.contents import Row
from portal.document.tree import Document
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity


def check_quotations(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for a quotation within another, and for one that is not opened or not closed."""
    for _start, rows in groupby(page.contents.rows, lambda row: row.block.start):
        for line, message, fix in _read(list(rows), page.document):
            yield Problem(page.path, line, message, fix, Severity.ADVICE)


def _read(rows: list[Row], document: Document) -> Iterator[tuple[int, str, str]]:
    opened: int | None = None
    for row in rows:
        for place, letter in enumerate(row.left):
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
            elif letter == "”":
                opened = None
    if opened is not None:
        yield opened, "ngoặc kép “ mở mà không đóng trong đoạn", "thêm ” ở cuối lời trích"


def _with_single(source: str, inner: int) -> str:
    """Return a line whose inner quotation has single marks, or what to do when it is not whole."""
    end = source.find("”", inner)
    if end < 0 or "”" not in source[end + 1 :]:
        return "đóng lời trích trước, hoặc dùng ‘ ’ cho lời trích ở trong"
    return f"{source[:inner]}‘{source[inner + 1 : end]}’{source[end + 1 :]}"
