"""Drawing primitives: few colours, light and dark scheme, text in the reader's font."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape

from PIL import ImageFont

from portal.drawn.fonts import Weight, font_file
from portal.system.bundled_icons import icon_folder

TEXT_SIZE = 14
WIDTH = 316  # units; a step of a page is at least as wide on a phone of 360 CSS pixels
# Name: colour in the light and the dark scheme. The contrast is 7:1 for text and 3:1 for lines.
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
_LEADING = 1.35
_SPARE = 1.04  # allowance for a font wider than the one measured
_PATH = re.compile(r' d="([^"]+)"')


@cache
def icon_path(name: str) -> str:
    """Return the path of an icon of Material Design Icons, drawn on 24 × 24 units.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    file = icon_folder() / f"material/{name}.svg"
    match = _PATH.search(file.read_text(encoding="utf-8"))
    return match[1] if match else ""


@cache
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    weight = Weight.SEMIBOLD if bold else Weight.REGULAR
    return ImageFont.truetype(str(font_file(weight)), size, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the approximate width of a text in units; never too small."""
    return _font(size, bold).getlength(text) * _SPARE


def wrap_text(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Return a text wrapped to a width; longer words are not broken.

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
    """Collects SVG elements; `fill` and `stroke` are names in `COLOURS`.

    A drawing of several screens has the edges of each, by which paper parts them.
    """

    def __init__(self) -> None:
        self._parts = list[str]()
        self._icons = dict[str, int]()
        self._fills = set[str]()
        self._strokes = set[str]()
        self._edges = [0.0]

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
        bold: bool = False, anchor: str = "start", role: str = "",
    ) -> None:  # fmt: skip
        """Draw one line of text; its baseline starts, is centred or ends at a point.

        `role` is "step" for the number of a step; "note" for words beside a screen, "said" and
        "typed" for those on it that are no label of its own.
        """
        self._write(x, y, [text], fill, size, bold, anchor, role)

    def paragraph(
        self, x: float, y: float, width: float, text: str, fill: str = "ink",
        size: float = TEXT_SIZE, bold: bool = False, anchor: str = "start", role: str = "",
    ) -> float:  # fmt: skip
        """Draw wrapped text below `y` and return its height."""
        left = x if anchor == "start" else x + width / 2
        lines = wrap_text(text, width, size, bold)
        self._write(left, round(y + size, 1), lines, fill, size, bold, anchor, role)
        return round(size * _LEADING * len(lines), 1)

    def _write(
        self, x: float, y: float, lines: list[str], fill: str, size: float,
        bold: bool, anchor: str, role: str,
    ) -> None:  # fmt: skip
        self._fills.add(fill)
        extra = f' font-size="{size:g}"' if size != TEXT_SIZE else ""
        extra += ' font-weight="600"' if bold else ""
        extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
        words = " ".join(
            f"<tspan{_attributes(x=x, y=y + size * _LEADING * number)}>{escape(line, quote=False)}"
            "</tspan>"
            for number, line in enumerate(lines)
        )
        if len(lines) == 1:
            extra = _attributes(x=x, y=y) + extra
            words = escape(lines[0], quote=False)
        named = f"{fill} {role}" if role else fill
        self._parts.append(f'<text class="{named}"{extra}>{words}</text>')

    @contextmanager
    def screen(self) -> Iterator[None]:
        """Mark what is drawn meanwhile as shown by a screen, but for notes and numbers of steps."""
        self._parts.append('<g class="screen">')
        yield
        self._parts.append("</g>")

    def end_part(self, y: float) -> None:
        """End a part of the picture that can stand by itself."""
        self._edges.append(y)

    def begin_part(self, y: float) -> None:
        """Begin the next one."""
        self._edges.append(y)

    def _add(self, tag: str, fill: str, **attributes: float) -> None:
        self._fills.add(fill)
        self._parts.append(f'<{tag} class="{fill}"{_attributes(**attributes)}/>')

    def as_svg(self, height: float, title: str) -> str:
        """Return the SVG file with this height."""
        self._fills.add("ground")
        icons = "".join(
            f'<path id="i{number}" d="{icon_path(name)}"/>' for name, number in self._icons.items()
        )
        edges = " ".join(f"{edge:g}" for edge in (*self._edges, height))
        parts = f' data-parts="{edges}"' if len(self._edges) > 1 else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}"{parts}'
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
