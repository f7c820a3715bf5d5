"""Widgets of a drawn phone: each draws itself at a position and returns its height."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desk.drawings.canvas import Canvas, wrap_text

Widget = Callable[[Canvas, Any, float, float, float], float]


def draw_text(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw running text."""
    return canvas.paragraph(x, y, width, text, "soft")


def draw_heading(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a heading of the screen or of a part of it."""
    return canvas.paragraph(x, y, width, text, "ink", 15, bold=True)


def draw_warning(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw text in a highlighted box."""
    height = 16 + 18.9 * len(wrap_text(text, width - 16, 14, bold=True))
    canvas.rect(x, y, width, height, "bad-ground", 6)
    canvas.paragraph(x + 8, y + 7, width - 16, text, "bad", bold=True)
    return height


def draw_button(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw the primary button."""
    lines = wrap_text(text, width - 12, 15, bold=True)
    height = 16 + 20.3 * len(lines)
    canvas.rect(x, y, width, height, "brand", 8)
    canvas.paragraph(x + 6, y + 7, width - 12, text, "white", 15, bold=True, anchor="middle")
    return height


def draw_link(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a secondary button, with a border."""
    height = 14 + 18.9 * len(wrap_text(text, width - 12, 14, bold=True))
    canvas.outline(x, y, width, height, "line", 8)
    canvas.paragraph(x + 6, y + 6, width - 12, text, "ink", bold=True, anchor="middle")
    return height


def draw_field(canvas: Canvas, field: str, x: float, y: float, width: float) -> float:
    """Draw an input; the label of "label: value" is above it, "●" masks letters."""
    label, _, value = field.partition(": ")
    top = canvas.paragraph(x, y, width, label, "soft") + 3
    canvas.rect(x, y + top, width, 32, "paper", 6)
    canvas.outline(x, y + top, width, 32, "line", 6)
    canvas.text(x + 9, y + top + 21.5, value, "ink", 15, role="typed")
    return top + 32


def draw_search(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a search box with a query."""
    canvas.rect(x, y, width, 34, "tint", 17)
    canvas.icon("magnify", x + 9, y + 7, 20, "soft")
    canvas.text(x + 35, y + 22.5, text, "ink", 15)
    return 34


def draw_address(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a browser's address bar."""
    canvas.rect(x - 5, y, width + 10, 34, "tint", 17)
    canvas.text(x + width / 2, y + 22, text, anchor="middle")
    return 34


def draw_row(canvas: Canvas, row: str | Mapping[str, str], x: float, y: float, w: float) -> float:
    """Draw a menu item: text, or {icon, text, end} with `end` at the right."""
    spec = {"text": row} if isinstance(row, str) else row
    left = x + (30 if "icon" in spec else 4)
    end = spec.get("end", "›")
    room = w - (left - x) - 8 - 8 * len(end)
    height = 14 + 18.9 * len(wrap_text(spec["text"], room, 14))
    if "icon" in spec:
        canvas.icon(spec["icon"], x + 2, y + height / 2 - 11, 22, "brand-ink")
    canvas.paragraph(left, y + 5.5, room, spec["text"])
    canvas.text(x + w - 3, y + height / 2 + 5, end, "soft", anchor="end")
    canvas.path(f"M{x:g} {y + height:g}h{w:g}", "tint", 1.5)
    return height


def draw_switch(canvas: Canvas, row: Mapping[str, Any], x: float, y: float, width: float) -> float:
    """Draw {text, lit}: a line with a switch, on or off."""
    height = 18 + 18.9 * len(wrap_text(row["text"], width - 54, 14))
    canvas.paragraph(x + 4, y + 7.5, width - 54, row["text"])
    middle = y + height / 2
    is_lit = row["lit"]
    canvas.rect(x + width - 44, middle - 11, 42, 22, "good" if is_lit else "line", 11)
    canvas.circle(x + width - (13 if is_lit else 33), middle, 8, "paper")
    return height


def draw_check(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a ticked box with its text."""
    canvas.rect(x, y, 20, 20, "brand", 4)
    canvas.path(f"M{x + 4.5:g} {y + 10.5:g}l4 4 7-8", "white", 2.5)
    return max(20.0, canvas.paragraph(x + 28, y + 1, width - 28, text))


def draw_tiles(
    canvas: Canvas, tiles: list[Mapping[str, Any]], x: float, y: float, width: float
) -> float:
    """Draw up to three {icon, text, mark} side by side; `mark` frames the one to tap."""
    step = width / len(tiles)
    heights = [
        canvas.paragraph(x + n * step, y + 42, step, tile["text"], anchor="middle")
        for n, tile in enumerate(tiles)
    ]
    for n, tile in enumerate(tiles):
        middle = x + (n + 0.5) * step
        canvas.rect(middle - 19, y, 38, 38, "tint", 10)
        canvas.icon(tile["icon"], middle - 13, y + 6, 26, "brand-ink")
        if tile.get("mark"):
            canvas.outline(
                middle - step / 2 + 1, y - 5, step - 2, max(heights) + 52, "mark", 9, 2.5
            )
            canvas.icon("gesture-tap", middle + 4, y + 18, 28, "mark")
    return 44 + max(heights)


def draw_code(canvas: Canvas, code: str, x: float, y: float, width: float) -> float:
    """Draw an OTP or passcode, one box a character; "_" is an empty box."""
    step = min(width / len(code), 34)
    left = x + (width - step * len(code)) / 2
    for n, letter in enumerate(code):
        canvas.outline(left + n * step + 2, y, step - 4, 34, "line", 5)
        if letter != "_":
            middle = left + (n + 0.5) * step
            canvas.text(middle, y + 23, letter, "ink", 17, True, "middle", "typed")
    return 34


def draw_message(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a received message."""
    return _bubble(canvas, text, x, y, width - 18, "tint", "ink")


def draw_reply(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a sent message."""
    return _bubble(canvas, text, x + 18, y, width - 18, "brand", "white")


def _bubble(
    canvas: Canvas, text: str, x: float, y: float, width: float, ground: str, ink: str
) -> float:
    height = 14 + 18.9 * len(wrap_text(text, width - 18, 14))
    canvas.rect(x, y, width, height, ground, 12)
    canvas.paragraph(x + 9, y + 5.5, width - 18, text, ink, role="said")
    return height


def draw_icon(canvas: Canvas, name: str, x: float, y: float, width: float) -> float:
    """Draw a large icon in the middle."""
    canvas.icon(name, x + width / 2 - 30, y, 60, "brand-ink")
    return 60


def draw_done(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw a tick above a success message."""
    canvas.icon("check-circle", x + width / 2 - 20, y, 40, "good")
    words = canvas.paragraph(x, y + 44, width, text, "good", 15, bold=True, anchor="middle")
    return 44 + words


def draw_frame(canvas: Canvas, spec: Mapping[str, Any], x: float, y: float, width: float) -> float:
    """Draw {icon, text}: a camera frame with an icon, and an instruction."""
    side = float(spec.get("side", 104))
    left = x + (width - side) / 2
    canvas.rect(left, y, side, side, "tint", 8)
    canvas.icon(spec["icon"], left + side / 2 - side * 0.36, y + side * 0.14, side * 0.72, "ink")
    reach = 18
    for start, turn in (
        (f"M{left:g} {y + reach:g}", f"v-{reach}h{reach}"),
        (f"M{left + side - reach:g} {y:g}", f"h{reach}v{reach}"),
        (f"M{left + side:g} {y + side - reach:g}", f"v{reach}h-{reach}"),
        (f"M{left + reach:g} {y + side:g}", f"h-{reach}v-{reach}"),
    ):
        canvas.path(start + turn, "mark", 3.5)
    words = 0.0
    if "text" in spec:
        words = canvas.paragraph(x, y + side + 7, width, spec["text"], anchor="middle")
    return side + 7 + words if words else side


def draw_call(canvas: Canvas, spec: Mapping[str, str], x: float, y: float, width: float) -> float:
    """Draw {icon, name, says}: a call with a red button to end it."""
    canvas.icon(spec.get("icon", "phone-ring"), x + width / 2 - 22, y, 44, "soft")
    top = 48 + canvas.paragraph(x, y + 48, width, spec["name"], "ink", 15, True, "middle", "said")
    if "says" in spec:
        top += 6 + _bubble(canvas, spec["says"], x, y + top + 6, width, "bad-ground", "ink")
    canvas.circle(x + width / 2, y + top + 32, 20, "bad")
    canvas.icon("phone-hangup", x + width / 2 - 13, y + top + 19, 26, "paper")
    return top + 54


def draw_lines(canvas: Canvas, count: int, x: float, y: float, width: float) -> float:
    """Draw grey bars as placeholder text."""
    for n in range(count):
        canvas.rect(x, y + n * 15, width * (0.6 if n == count - 1 else 1), 8, "tint", 4)
    return count * 15 - 7


def draw_slider(canvas: Canvas, percent: float, x: float, y: float, width: float) -> float:
    """Draw a text size slider."""
    canvas.text(x + 2, y + 21, "A", "ink", 14, role="typed")
    canvas.text(x + width - 2, y + 24, "A", "ink", 24, anchor="end", role="typed")
    left, length = x + 22, width - 50
    canvas.path(f"M{left:g} {y + 16:g}h{length:g}", "line", 4)
    canvas.circle(left + length * percent / 100, y + 16, 11, "brand")
    return 32


def draw_big(canvas: Canvas, text: str, x: float, y: float, width: float) -> float:
    """Draw large words."""
    return canvas.paragraph(x, y, width, text, "ink", 24, anchor="middle")


def draw_keys(canvas: Canvas, typed: str, x: float, y: float, width: float) -> float:
    """Draw a keyboard with the typed text above it, or, without text, a microphone to tap."""
    top = 0.0
    if typed:
        canvas.text(x + width / 2, y + 15, typed, "mark", 16, bold=True, anchor="middle")
        top = 26
    canvas.rect(x - 11, y + top, width + 22, 88, "tint")
    step = width / 8
    for row in range(3):
        canvas.rect(x, y + top + 7 + row * 27, width, 21, "paper")
    gaps = "".join(f"M{x + step * column:g} {y + top + 7:g}v75" for column in range(9))
    canvas.path(gaps, "tint", 3)
    if not typed:
        middle, line = x + 7.5 * step, y + top + 71.5
        canvas.circle(middle, line, 15, "mark")
        canvas.icon("microphone", middle - 10, line - 10, 20, "on-mark")
    return top + 88


WIDGETS: Mapping[str, Widget] = {
    "text": draw_text,
    "heading": draw_heading,
    "warning": draw_warning,
    "button": draw_button,
    "link": draw_link,
    "field": draw_field,
    "search": draw_search,
    "address": draw_address,
    "row": draw_row,
    "switch": draw_switch,
    "check": draw_check,
    "tiles": draw_tiles,
    "code": draw_code,
    "message": draw_message,
    "reply": draw_reply,
    "icon": draw_icon,
    "done": draw_done,
    "frame": draw_frame,
    "call": draw_call,
    "lines": draw_lines,
    "slider": draw_slider,
    "big": draw_big,
    "keys": draw_keys,
}
