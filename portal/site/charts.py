"""Static bar charts with the page's colours (light, dark, print) and text size.

Bars are SVG; labels and figures are HTML text, which wraps at large text sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value, and the figure as displayed."""

    label: str
    value: Decimal
    text: str


def draw_bars(bars: Sequence[Bar]) -> str:
    """Return a labelled row for each bar, on one axis from 0 to the maximum.

    Hidden from screen readers: the page has a table with the same data.
    """
    maximum = max((bar.value for bar in bars), default=Decimal(0))
    rows = "".join(
        f"<p><span>{escape(bar.label)}</span> <span>{escape(bar.text)}</span></p>"
        f"{draw_bar(bar.value, maximum)}"
        for bar in bars
    )
    return f'<div class="chart" aria-hidden="true">{rows}</div>'


def draw_bar(value: Decimal, maximum: Decimal) -> str:
    """Return an SVG of a bar with the length `value` / `maximum`; CSS sets its height."""
    length = round(value / maximum * 100, 2).normalize() if maximum else Decimal(0)
    return (
        '<svg class="bar" width="100%" aria-hidden="true" focusable="false">'
        '<rect width="100%" height="100%" rx="4"/>'
        f'<rect class="value" width="{length:f}%" height="100%" rx="4"/></svg>'
    )
