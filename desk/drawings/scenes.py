"""Draws a picture from its description, a list of blocks (see data/drawings/README.md).

A block is a mapping with one known key, its type: `phone`, `list`, `flow`, `compare`, `card`,
`heading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from desk.drawings.canvas import WIDTH, Canvas, wrap_text
from desk.drawings.widgets import WIDGETS

BlockPainter = Callable[[Canvas, Any, float], float]
_GAP = 12
_PHONE_LEFT, _PHONE_WIDTH = 7.0, 194.0
_NOTE_LEFT = 212
_NOTE_WIDTH = WIDTH - _NOTE_LEFT - 4.0
_TONES = {"good": ("good", "check-circle"), "bad": ("bad", "close-circle")}


class SceneError(ValueError):
    """An invalid description; the message says what is unknown."""


def draw_scene(blocks: list[Mapping[str, Any]], title: str) -> str:
    """Return the SVG of a picture.

    Raises:
        SceneError: the type of a block or widget is unknown. FileNotFoundError: there is no icon of
        a name.
    """
    canvas = Canvas()
    y = float(_GAP)
    for before, block in pairwise([{}, *blocks]):
        draw, value = _choose(BLOCKS, block)
        if "phone" in before and "phone" in block:
            canvas.end_part(y - 8)
            y += _lead_on(canvas, y)
            canvas.begin_part(y - 6)
        y += draw(canvas, value, y) + _GAP
    return canvas.as_svg(round(y), title)


def _lead_on(canvas: Canvas, top: float) -> float:
    """Draw an arrow from one phone down to the next."""
    middle = _PHONE_LEFT + _PHONE_WIDTH / 2
    canvas.path(f"M{middle:g} {top - 7:g}v18m-7-7l7 7 7-7", "mark", 3)
    return 18


def _choose(known: Mapping[str, Any], spec: Mapping[str, Any]) -> tuple[Any, Any]:
    for name, value in spec.items():
        if name in known:
            return known[name], value
    raise SceneError(f"không có loại nào trong {', '.join(spec)}; có: {', '.join(known)}")


def paint_phone(canvas: Canvas, phone: Mapping[str, Any], top: float) -> float:
    """Draw {title, rows}: a phone with its screen, and notes to the right of it."""
    rows = phone["rows"]
    with_notes = any("note" in row or "step" in row for row in rows)
    left = _PHONE_LEFT if with_notes else (WIDTH - _PHONE_WIDTH) / 2
    height = _screen(Canvas(), phone, left, top)
    canvas.rect(left, top, _PHONE_WIDTH, height, "frame", 20)
    canvas.rect(left + 5, top + 5, _PHONE_WIDTH - 10, height - 10, "paper", 15)
    with canvas.screen():
        _screen(canvas, phone, left, top)
    return height


def _screen(canvas: Canvas, phone: Mapping[str, Any], left: float, top: float) -> float:
    """Draw the rows and return the height of the whole phone."""
    x, width = left + 14, _PHONE_WIDTH - 28
    y = top + 5 + _title_bar(canvas, phone.get("title", ""), left + 5, top + 5)
    least = y  # the minimum y of the next note
    for row in phone["rows"]:
        draw, value = _choose(WIDGETS, row)
        height = draw(Canvas(), value, x, y, width)
        note = _note_height(row)
        y = max(y + (5 if row.get("mark") else 0), least + (note - height) / 2 if note else 0)
        draw(canvas, value, x, y, width)
        _point_at(canvas, row, x, y, width, height)
        if note:
            _draw_note(canvas, row, x + width + 3, y + height / 2)
            least = y + (height + note) / 2 + 8
        y += height + (18 if row.get("tap") else _GAP)
    return max(y, least) + 8 - top


def _point_at(
    canvas: Canvas, row: Mapping[str, Any], x: float, y: float, width: float, height: float
) -> None:
    if row.get("mark"):
        canvas.outline(x - 5, y - 4, width + 10, height + 8, "mark", 10, 3)
    if row.get("tap"):
        canvas.icon("gesture-tap", x + width - 30, y + height - 18, 36, "mark")


def _title_bar(canvas: Canvas, title: str, x: float, y: float) -> float:
    width = _PHONE_WIDTH - 10
    if not title:
        canvas.rect(x + width / 2 - 20, y + 8, 40, 5, "line", 2.5)
        return 24
    height = 16 + 20.3 * len(wrap_text(title, width - 20, 15, bold=True))
    canvas.rect(x, y, width, height, "brand", 15)
    canvas.rect(x, y + 18, width, height - 18, "brand")
    canvas.paragraph(x + 10, y + 9, width - 20, title, "white", 15, bold=True, anchor="middle")
    return height + 13


def _note_height(row: Mapping[str, Any]) -> float:
    words = wrap_text(str(row["note"]), _NOTE_WIDTH, 14) if "note" in row else []
    return 18.9 * len(words) + (30 if "step" in row else 0)


def _draw_note(canvas: Canvas, row: Mapping[str, Any], edge: float, middle: float) -> None:
    """Draw the number and text of a row's note, with an arrow to the row."""
    y = middle - _note_height(row) / 2
    canvas.path(f"M{_NOTE_LEFT - 6} {middle:g}H{edge + 3:g}m6-5l-6 5 6 5", "mark", 2)
    if "step" in row:
        canvas.circle(_NOTE_LEFT + 13, y + 13, 13, "mark")
        number = str(row["step"])
        canvas.text(_NOTE_LEFT + 13, y + 18.5, number, "on-mark", 15, True, "middle", "step")
        y += 30
    if "note" in row:
        canvas.paragraph(_NOTE_LEFT, y - 1, _NOTE_WIDTH, str(row["note"]), role="note")


def paint_list(canvas: Canvas, items: list[Mapping[str, Any]], top: float) -> float:
    """Draw [{icon, text, tone, step}]: a list with icons."""
    y, with_steps = top, any("step" in item for item in items)
    left = 42.0 if with_steps else 18.0
    room = WIDTH - left - 64
    for item in items:
        tone, badge = _TONES.get(item.get("tone", ""), ("brand-ink", ""))
        words = 20.3 * len(wrap_text(item["text"], room, 15))
        height = max(54.0, 16 + words)
        middle = y + height / 2
        canvas.rect(8, y, WIDTH - 16, height, "paper", 10)
        canvas.icon(item["icon"], left, middle - 18, 36, tone)
        if badge:
            canvas.circle(left + 35, middle + 12, 10, "paper")
            canvas.icon(badge, left + 24, middle + 1, 22, tone)
        if "step" in item:
            canvas.circle(26, middle, 13, "mark")
            number = str(item["step"])
            canvas.text(26, middle + 5.5, number, "on-mark", 15, True, "middle", "step")
        canvas.paragraph(left + 50, middle - words / 2 - 1, room, item["text"], "ink", 15)
        y += height + 7
    return y - 7 - top


def paint_flow(canvas: Canvas, stations: list[Mapping[str, Any]], top: float) -> float:
    """Draw two or three [{icon, text, tone}] side by side with arrows between them."""
    step = (WIDTH - 8.0) / len(stations)
    heights = list[float]()
    for n, station in enumerate(stations):
        middle = 4 + (n + 0.5) * step
        tone = _TONES.get(station.get("tone", ""), ("brand-ink", ""))[0]
        canvas.circle(middle, top + 30, 29, "paper")
        canvas.icon(station["icon"], middle - 19, top + 11, 38, tone)
        if n:
            start = middle - step + 33
            canvas.path(f"M{start:g} {top + 30:g}H{middle - 36:g}m-7-6l7 6-7 6", "mark", 2.5)
        heights.append(
            canvas.paragraph(
                middle - step / 2 + 3, top + 65, step - 6, station["text"], anchor="middle"
            )
        )
    return 65 + max(heights)


def paint_compare(canvas: Canvas, sides: Mapping[str, Any], top: float) -> float:
    """Draw {good, bad}: right above wrong, each {title, lines}."""
    y = top
    for tone in ("good", "bad"):
        if tone in sides:
            y += _side(canvas, sides[tone], tone, y) + 8
    return y - 8 - top


def _side(canvas: Canvas, side: Mapping[str, Any], tone: str, top: float) -> float:
    width = WIDTH - 68.0
    rows = [wrap_text(line, width, 15) for line in side["lines"]]
    height = 38 + 20.3 * sum(map(len, rows)) + 5 * len(rows) + 6
    canvas.rect(8, top, WIDTH - 16, height, f"{tone}-ground", 10)
    canvas.icon(_TONES[tone][1], 16, top + 7, 26, tone)
    canvas.text(50, top + 25.5, side["title"], tone, 16, bold=True)
    y = top + 38
    for line in side["lines"]:
        y += canvas.paragraph(50, y, width, line, "ink", 15) + 5
    return height


def paint_card(canvas: Canvas, card: Mapping[str, Any], top: float) -> float:
    """Draw {title, icon, lines, mark}: a card or paper; the line numbered `mark` is framed."""
    left, width = 34.0, WIDTH - 68.0
    height = 48 + 24.0 * max(len(card["lines"]), 3)
    canvas.rect(left, top, width, height, "paper", 12)
    canvas.outline(left, top, width, height, "line", 12)
    canvas.text(left + width / 2, top + 25, card["title"], "brand-ink", 15, True, "middle")
    canvas.icon(card.get("icon", "account-box"), left + 6, top + 44, 62, "soft")
    for n, line in enumerate(card["lines"], 1):
        y = top + 58 + (n - 1) * 24
        if line:
            canvas.text(left + 76, y, line, "ink", 14, bold=n == card.get("mark"))
        else:
            canvas.rect(left + 76, y - 9, width - 96, 8, "tint", 4)
        if n == card.get("mark"):
            canvas.outline(left + 69, y - 18, width - 77, 26, "mark", 7, 3)
    return height


def paint_heading(canvas: Canvas, text: str, top: float) -> float:
    """Draw text across the whole picture."""
    return canvas.paragraph(12, top, WIDTH - 24, text, "ink", 16, bold=True)


BLOCKS: Mapping[str, BlockPainter] = {
    "phone": paint_phone,
    "list": paint_list,
    "flow": paint_flow,
    "compare": paint_compare,
    "card": paint_card,
    "heading": paint_heading,
}
