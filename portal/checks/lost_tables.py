"""Rows of tables from Word, Excel or other Markdown that are parsed as a paragraph."""

from __future__ import annotations

import re

from portal.document.contents import SourceLine

_PIPES = re.compile(r"\|.*|.*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]+){2,}\s*$")
_GAP = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")  # between columns aligned by blanks


def lost_table(row: SourceLine, siblings: list[SourceLine]) -> tuple[str, str] | None:
    """Return why the table that begins here is not parsed as one, and the remedy.

    `siblings` are all rows of the paragraph.
    """
    if _PIPES.match(row.left) and _is_first(row, [r for r in siblings if _PIPES.match(r.left)]):
        return _why_no_table(row, siblings)
    parted = [each for each in siblings if "\t" in each.left.strip()]
    if len(parted) > 1 and _is_first(row, parted):
        return _pasted([cell.strip() for cell in row.source.split("\t")])
    gaps = [each for each in siblings if _GAP.search(each.left)]
    if len(gaps) > 1 and _is_first(row, gaps):
        return _pasted(_GAP.split(row.source.strip()))
    return None


def _is_first(row: SourceLine, rows: list[SourceLine]) -> bool:
    return rows[0].line == row.line


def _pasted(cells: list[str]) -> tuple[str, str]:
    message = "bảng dán từ Word hay Excel không thành bảng"
    return message, f"viết mỗi hàng như:  | {' | '.join(cells)} |"


def _why_no_table(row: SourceLine, siblings: list[SourceLine]) -> tuple[str, str]:
    """Return why lines with pipes are not a table, and the remedy."""
    columns = row.left.strip().strip("|").count("|") + 1
    rule = f"|{'---|' * columns}"
    below = next((each for each in siblings if each.line == row.line + 1), None)
    marks = below.source.strip() if below else ""
    if "-" not in marks or not set(marks) <= set("|-: "):
        message = "bảng chưa thành bảng: thiếu dòng |---| ngay dưới dòng đầu"
        return message, f"thêm dòng  {rule}  dưới dòng đầu"
    if marks.strip("|").count("|") + 1 != columns:
        message = "bảng chưa thành bảng: thiếu dòng |---| ngay dưới dòng đầu"
        return message, f"thay dòng  {marks}  ở dưới bằng  {rule}"
    return "bảng dính vào đoạn trên nên không thành bảng", "để một dòng trống ở trên dòng này"
