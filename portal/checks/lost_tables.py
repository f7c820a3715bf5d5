"""Rows of tables from Word, Excel or other Markdown that are parsed as a paragraph."""

from __future__ import annotations

import re

from portal.document.contents import SourceLine

_PIPES = re.compile(r"\|.*|.*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]+){2,}\s*$")
_GAP = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")  # between columns aligned by blanks


def find_lost_tables(paragraph: list[SourceLine]) -> dict[int, tuple[str, str]]:
    """Return the lines on which a table begins that is not parsed as one: why, and the remedy."""
    found = dict[int, tuple[str, str]]()
    gaps = [row for row in paragraph if _GAP.search(row.left)]
    if len(gaps) > 1:
        found[gaps[0].line] = _pasted(_GAP.split(gaps[0].source.strip()))
    parted = [row for row in paragraph if "\t" in row.left.strip()]
    if len(parted) > 1:
        found[parted[0].line] = _pasted([cell.strip() for cell in parted[0].source.split("\t")])
    piped = next((row for row in paragraph if _PIPES.match(row.left)), None)
    if piped:
        found[piped.line] = _why_no_table(piped, paragraph)
    return found


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
