"""Static SVG bars, drawn in the text's own colour so that they follow light, dark and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDTH = 320  # user units; a phone of 360 px shows them one to one
_ROW = 44
_BAR = 16


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, its length, and the figure as written beside it."""

    label: str
    value: Decimal
    text: str


def draw_bars(bars: Sequence[Bar], maximum: Decimal) -> str:
    """Return an SVG with one row a bar on one axis from 0 to `maximum`.

    Hidden from screen readers: the page says the same in words or in a table.
    """
    height = _ROW * len(bars)
    rows = "".join(_draw_row(bar, index * _ROW, maximum) for index, bar in enumerate(bars))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'aria-hidden="true" focusable="false">{rows}</svg>'
    )


def _draw_row(bar: Bar, top: int, maximum: Decimal) -> str:
    length = max(1, round(WIDTH * float(bar.value / maximum)))
    return (
        f'<text x="0" y="{top + 15}">{escape(bar.label)}</text>'
        f'<text x="{WIDTH}" y="{top + 15}" text-anchor="end">{escape(bar.text)}</text>'
        f'<rect class="track" x="0" y="{top + 22}" width="{WIDTH}" height="{_BAR}" rx="3"/>'
        f'<rect class="bar" x="0" y="{top + 22}" width="{length}" height="{_BAR}" rx="3"/>'
    )
