"""Icons as SVG symbols: each symbol is once at the page's end, and `<use>` refers to it.

Templates and rendered content have `<i data-icon="…">` until the page is finished: content may have
no SVG (`portal.checks.raw_html`), and the symbols needed are known only then.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_BEGIN, _END = '<i data-icon="', '"></i>'
_NAME = re.compile(r"[\w/-]+")
_DRAWN_BEGIN, _DRAWN_END = '<svg class="icon" aria-hidden="true"><use href="#', '"/></svg>'
_DRAWING = re.compile(r'<svg[^>]*?viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


def icon(name: str) -> str:
    """Return the placeholder of a decorative icon, named as Material does ("material/phone")."""
    return f"{_BEGIN}{name}{_END}"


def icon_reader(folder: Path) -> Callable[[str], str]:
    """Return a function that reads an icon of Material's `.icons` folder as a `<symbol>`, once.

    The function raises FileNotFoundError for a name that Material does not have.
    """

    @cache
    def read_symbol(name: str) -> str:
        source = (folder / f"{name}.svg").read_text(encoding="utf-8")
        match = _DRAWING.search(source)
        if not match:
            raise FileNotFoundError(errno.ENOENT, "no viewBox", f"{name}.svg")
        return f'<symbol id="{name}" viewBox="{match[1]}">{match[2]}</symbol>'

    return read_symbol


def inline_icons(html: str, read_symbol: Callable[[str], str]) -> str:
    """Return the page with its icons replaced, and their unique symbols before `</body>`."""
    drawn, symbols = list[str](), dict[str, str]()
    before, *pieces = html.split(_BEGIN)  # several times faster than a regular expression
    for piece in pieces:
        name, end, text = piece.partition(_END)
        if name not in symbols:
            if not end or not _NAME.fullmatch(name):
                drawn += (_BEGIN, piece)
                continue
            symbols[name] = read_symbol(name)
        drawn += (_DRAWN_BEGIN, name, _DRAWN_END, text)
    if not symbols:
        return html
    head, end, tail = "".join((before, *drawn)).rpartition("</body>")
    return "".join((head, "<svg hidden>", *symbols.values(), "</svg>", end, tail))
