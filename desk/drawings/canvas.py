"""What every picture is drawn with: few colours, light and dark, text in the reader's own font."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from portal.drawn.fonts import Weight, font_file

TEXT_SIZE = 14
WIDTH = 328  # units; a phone of 360 CSS pixels shows the picture about as large as this
# Name: on light, on dark ground. Text reaches 7:1 and lines 3:1 on the ground they stand on.
COLOURS = {
    "ground": ("#e6eeea", "#1a2421"),
    "paper": ("#ffffff", "#0d1513"),
    "tint": ("#eef3f0", "#1f2c28"),
    "frame": ("#2b3a35", "#8a9c93"),
    "line": ("#76877f", "#7d9087"),
    "ink": ("#15211d", "#eef3f0"),
    "soft": ("#3b4944", "#c5d1cb"),
    "brand": ("#0b4f47", "#13625a"),
    "brand-ink": ("#0b4f47", "#7fd1c2"),
    "white": ("#ffffff", "#ffffff"),
    "mark": ("#8f3d00", "#ffc163"),
    "on-mark": ("#ffffff", "#2b1a00"),
    "good": ("#0d5229", "#8fe0aa"),
    "bad": ("#8f160d", "#ffb3a8"),
    "good-ground": ("#dff2e5", "#12301d"),
    "bad-ground": ("#fbe3df", "#3a1612"),
}
_FONT = 'system-ui,Roboto,"Noto Sans",sans-serif'
_MONO = "ui-monospace,monospace"
_SPARE = 1.04  # a reader's font may be this much wider than the one that is measured with
_PATH = re.compile(r' d="([^"]+)"')


@cache
def icon_path(name: str) -> str:
    """Return the path of an icon of Material Design Icons, drawn on 24 × 24 units.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    spec = find_spec("material")
    folders = (spec.submodule_search_locations if spec else None) or ["."]
    file = Path(folders[0], "templates/.icons/material", f"{name}.svg")
    match = _PATH.search(file.read_text(encoding="utf-8"))
    return match[1] if match else ""


@cache
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    weight = Weight.SEMIBOLD if bold else Weight.REGULAR
    return ImageFont.truetype(str(font_file(weight)), size, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a text is set, in units; rather too wide than too narrow."""
    return _font(size, bold).getlength(text) * _SPARE


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Return the lines of a text that is at most so wide; a longer word stays whole.

    A "|" in the text breaks the line there.
    """
    lines = list[str]()
    for part in text.split("|"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and text_width(longer, size, bold) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


class Canvas:
    """Collects what is drawn; `fill` and `stroke` are names in `COLOURS`."""

    def __init__(self) -> None:
        self._parts = list[str]()
        self._icons = dict[str, int]()
        self._fills = set[str]()
        self._strokes = set[str]()

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0
    ) -> None:
        """Draw a filled rectangle."""
        self._add("rect", fill, x=x, y=y, width=width, height=height, rx=radius)

    def outline(
        self, x: float, y: float, width: float, height: float, stroke: str,
        radius: float = 0, thickness: float = 1.5, dash: str = "",
    ) -> None:  # fmt: skip
        """Draw the border of a rectangle."""
        self._strokes.add(stroke)
        place = _attributes(x=x, y=y, width=width, height=height, rx=radius)
        self._parts.append(
            f'<rect class="s-{stroke}"{place} stroke-width="{thickness:g}"{_dash(dash)}/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """Draw a filled circle around a point."""
        self._add("circle", fill, cx=x, cy=y, r=radius)

    def path(self, data: str, stroke: str, thickness: float = 2, dash: str = "") -> None:
        """Draw a line along a path."""
        self._strokes.add(stroke)
        self._parts.append(
            f'<path class="s-{stroke}" d="{data}" stroke-width="{thickness:g}"{_dash(dash)}/>'
        )

    def icon(self, name: str, x: float, y: float, size: float, fill: str) -> None:
        """Draw an icon in a square whose upper left corner is given."""
        icon_path(name)
        self._fills.add(fill)
        number = self._icons.setdefault(name, len(self._icons))
        place = f"translate({x:g} {y:g}) scale({size / 24:.4g})"
        self._parts.append(f'<use href="#i{number}" class="{fill}" transform="{place}"/>')

    def text(
        self, x: float, y: float, text: str, fill: str = "ink", size: float = TEXT_SIZE,
        bold: bool = False, anchor: str = "start", mono: bool = False,
    ) -> None:  # fmt: skip
        """Write one line whose baseline begins (or is centred, or ends) at a point."""
        self._fills.add(fill)
        extra = f' font-size="{size:g}"' if size != TEXT_SIZE else ""
        extra += ' font-weight="600"' if bold else ""
        extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
        extra += f' font-family="{_MONO}"' if mono else ""
        self._parts.append(
            f'<text class="{fill}"{_attributes(x=x, y=y)}{extra}>{escape(text, quote=False)}</text>'
        )

    def paragraph(
        self, x: float, y: float, width: float, text: str, fill: str = "ink",
        size: float = TEXT_SIZE, bold: bool = False, anchor: str = "start",
    ) -> float:  # fmt: skip
        """Write lines from `y` downwards and return their height."""
        left = x if anchor == "start" else x + width / 2
        lines = wrap(text, width, size, bold)
        for number, line in enumerate(lines):
            baseline = round(y + size * (1.35 * number + 1), 1)
            self.text(left, baseline, line, fill, size, bold, anchor)
        return round(size * 1.35 * len(lines), 1)

    def _add(self, tag: str, fill: str, **attributes: float) -> None:
        self._fills.add(fill)
        self._parts.append(f'<{tag} class="{fill}"{_attributes(**attributes)}/>')

    def as_svg(self, height: float, title: str) -> str:
        """Return the file: what was drawn, on a ground of this height."""
        self._fills.add("ground")
        icons = "".join(
            f'<path id="i{number}" d="{icon_path(name)}"/>' for name, number in self._icons.items()
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"'
            f" font-family='{_FONT}' font-size=\"{TEXT_SIZE}\">"
            f"<title>{escape(title, quote=False)}</title>"
            f"<style>{self._style()}</style>"
            f"{f'<defs>{icons}</defs>' if icons else ''}"
            f'<rect class="ground" width="{WIDTH}" height="{height:g}" rx="12"/>'
            f"{''.join(self._parts)}</svg>\n"
        )

    def _style(self) -> str:
        light, dark = (self._rules(shade) for shade in (0, 1))
        lines = ",".join(f".s-{name}" for name in sorted(self._strokes))
        if lines:
            lines += "{fill:none;stroke-linecap:round;stroke-linejoin:round}"
        in_dark = f"@media(prefers-color-scheme:dark){{{dark}}}"
        return f"{lines}{light}{in_dark}"

    def _rules(self, shade: int) -> str:
        fills = "".join(f".{n}{{fill:{COLOURS[n][shade]}}}" for n in sorted(self._fills))
        return fills + "".join(
            f".s-{n}{{stroke:{COLOURS[n][shade]}}}" for n in sorted(self._strokes)
        )


def _attributes(**values: float) -> str:
    return "".join(f' {name}="{round(value, 1):g}"' for name, value in values.items() if value)


def _dash(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
