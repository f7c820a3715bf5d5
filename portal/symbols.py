"""Icons drawn once a page: places refer to a symbol, and the symbols used stand at the page's end.

Templates and rendered content hold `<i data-icon="…">` until the page is finished: content may hold
no SVG (`portal.checks.markup`), and only a finished page tells which symbols it needs.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_PLACEHOLDER = re.compile(r'<i data-icon="([\w/-]+)"></i>')
_DRAWING = re.compile(r'<svg[^>]*?viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


def icon(name: str) -> str:
    """Return the placeholder of a decorative icon, named as Material does ("material/phone")."""
    return f'<i data-icon="{name}"></i>'


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
    """Return the page with its icons drawn and their symbols, each once, before `</body>`."""
    parts = _PLACEHOLDER.split(html)  # text, name, text, name … text
    names = dict.fromkeys(parts[1::2])
    if not names:
        return html
    symbols = "".join(map(read_symbol, names))
    parts[1::2] = map(_draw, parts[1::2])
    head, end, tail = "".join(parts).rpartition("</body>")
    return f"{head}<svg hidden>{symbols}</svg>{end}{tail}"


def _draw(name: str) -> str:
    return f'<svg class="icon" aria-hidden="true"><use href="#{name}"/></svg>'
