"""Converts HTML to equivalent Markdown, for remedies, where that is possible."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.document.tree import RawHtml

_MARKS = {"b": "**", "strong": "**", "kbd": "**", "mark": "**", "i": "*", "em": "*", "code": "`"}
_NOTHING = frozenset("u span font p div center small big section article o:p".split())
_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)([^<>]*)>")
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)")
_BREAK = re.compile(r"<br\s*/?>\s*$", re.IGNORECASE)


def line_as_markdown(line: str, following: str = "") -> str:
    """Return a line with its HTML converted to Markdown, "" when that is not certain.

    A break before an empty line, `following`, is left out.
    """
    text = _BREAK.sub("\\\\" if following.strip() else "", line)
    targets = list[str]()

    def written(tag: re.Match[str]) -> str:
        name, closes = tag[1].lower(), tag[0].startswith("</")
        if name == "a":
            if closes:
                return f"]({targets.pop()})" if targets else tag[0]
            found = _HREF.search(tag[2])
            targets.append(found[1] if found else "")
            return "["
        return _MARKS.get(name, "" if name in _NOTHING else tag[0])

    mended = _TAG.sub(written, text).strip()
    document = parse(mended)
    is_clean = not any(isinstance(node, RawHtml) for node in document.walk())
    is_sure = is_clean and "**" not in Contents(document).marks
    return mended if is_sure and mended != line.strip() else ""


def table_as_markdown(source: str) -> str:
    """Return an HTML table as Markdown, "" when it has no rows."""
    reader = _TableReader()
    reader.feed(source)
    rows = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in reader.rows]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * width, *lines[1:]))


class _TableReader(HTMLParser):
    """Collects the text of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = list[list[str]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; any other tag separates words."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += " "

    def handle_data(self, data: str) -> None:
        """Append to the last cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += html.unescape(data)
