"""Static bars that follow the page: its colours in light, dark and print, and its text size.

Bars are SVG, names and figures beside them are text of the page: it wraps where letters are large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, its length, and the figure as written beside it."""

    label: str
    value: Decimal
    text: str


def draw_bars(bars: Sequence[Bar]) -> str:
    """Return one named row a bar, on one axis from 0 to the largest.

    Hidden from screen readers: the page says the same in a table.
    """
    maximum = max((bar.value for bar in bars), default=Decimal(0))
    rows = "".join(
        f"<p><span>{escape(bar.label)}</span> <span>{escape(bar.text)}</span></p>"
        f"{draw_bar(bar.value, maximum)}"
        for bar in bars
    )
    return f'<div class="chart" aria-hidden="true">{rows}</div>'


def draw_bar(value: Decimal, maximum: Decimal) -> str:
    """Return an SVG of one bar as long as `value` is of `maximum`; CSS gives it its height."""
    length = round(value / maximum * 100, 2).normalize() if maximum else Decimal(0)
    return (
        '<svg class="bar" width="100%" aria-hidden="true" focusable="false">'
        '<rect width="100%" height="100%" rx="4"/>'
        f'<rect class="value" width="{length:f}%" height="100%" rx="4"/></svg>'
    )
