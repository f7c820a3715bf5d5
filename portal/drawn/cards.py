"""Share cards: the 1200×630 preview pictures of links in Zalo and elsewhere.

Text is set with Pillow's basic layout, which is correct for NFC Vietnamese and, unlike layout by a
system library, gives the same result on every machine.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from portal.drawn.drawing_cache import drawing_key
from portal.drawn.fonts import Weight, font_file, to_drawable
from portal.drawn.silhouettes import icon_mask
from portal.drawn.sitemark import draw_mark
from portal.drawn.typesetting import SetText, fit_text

SIZE = (1200, 630)  # pixels; previews show 1.91:1 uncropped
MAX_BYTES = 120_000
DEFAULT_COLOUR = "#0b4f47"  # the brand's, for pages without a topic

_MARGIN = 72
_TEXT_WIDTH = SIZE[0] - 2 * _MARGIN
_LABEL_TOP, _LABEL_HEIGHT = 48, 60
_MARK_SIZE = 60
_FOOT_TOP = SIZE[1] - 92  # of the white strip with the site's name
_STACK_TOP, _STACK_BOTTOM = _LABEL_TOP + _LABEL_HEIGHT + 26, _FOOT_TOP - 28
_STACK_GAP = 22
_PALE, _FAINT = 0.86, 0.10  # share of white in secondary text and in the large icon
_PALETTE = 128  # colours: enough for white on one colour with antialiasing
_SPLIT_NUMBER = re.compile(r"(?<=\d) (?=\d)")  # "1900 0368" stays on one line

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Headline:
    """A large number ("808.810") and its label."""

    value: str
    label: str


@dataclass(frozen=True)
class CardContent:
    """The content of a card; `colour` is "#rrggbb", `icon` names a bundled icon of Material.

    `mark` is the site's logo as SVG elements (see `portal.drawn.sitemark`).
    """

    title: str
    site: str
    label: str = ""
    colour: str = DEFAULT_COLOUR
    icon: str = ""
    summary: str = ""
    place: str = ""
    figure: Headline | None = None
    mark: str = ""


def card_key(content: CardContent) -> str:
    """Return the cache key of a card."""
    return drawing_key(content)


def draw_card(content: CardContent) -> bytes:
    """Return the card of a page as a PNG file.

    Raises:
        MissingFontError: the brand font is not installed. MissingIconError: Material has no icon of
        that name. ValueError: the colour is invalid.
    """
    colour = ImageColor.getrgb(content.colour)[:3]
    image = Image.new("RGB", SIZE, colour)
    if content.icon:
        _draw_watermark(image, content.icon, colour)
    _draw_foot(image, content, colour)
    _draw_label(image, content, _mix(colour, _PALE))
    _draw_stack(image, _stack(content), _mix(colour, _PALE))
    return _to_png(image)


@cache
def _font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(weight)), size, layout_engine=ImageFont.Layout.BASIC)


def _clean(text: str) -> str:
    return to_drawable(text).strip()


def _fit(text: str, weight: Weight, height: int, sizes: range, width: int = _TEXT_WIDTH) -> SetText:
    text = _SPLIT_NUMBER.sub("\u00a0", text)
    return fit_text(text, lambda size: _font(weight, size), (width, height), sizes)


def _stack(content: CardContent) -> list[SetText]:
    """Return the texts below the label, fitted to the space; the first is white and large."""
    room = _STACK_BOTTOM - _STACK_TOP
    title = _clean(content.title) or _clean(content.site)
    if content.figure:
        value = _fit(_clean(content.figure.value), Weight.BOLD, 170, range(168, 59, -4))
        label = _fit(_clean(content.figure.label), Weight.REGULAR, 90, range(36, 27, -2))
        room -= value.height + label.height + 2 * _STACK_GAP
        return [_fit(title, Weight.BOLD, room, range(60, 31, -2)), value, label]
    summary = _clean(content.summary)
    below = [_fit(summary, Weight.REGULAR, 112, range(36, 27, -2))] if summary else []
    room -= sum(setting.height + _STACK_GAP for setting in below)
    return [_fit(title, Weight.BOLD, room, range(108, 31, -2)), *below]


def _draw_stack(image: Image.Image, settings: list[SetText], pale: Colour) -> None:
    """Draw the texts, centred vertically between label and footer."""
    height = sum(setting.height for setting in settings) + _STACK_GAP * (len(settings) - 1)
    top = _STACK_TOP + (_STACK_BOTTOM - _STACK_TOP - height) // 2
    pen = ImageDraw.Draw(image)
    for setting in settings:
        for line, baseline in zip(setting.lines, setting.baselines, strict=True):
            fill = pale if setting.font.getname()[1] == Weight.REGULAR else "white"
            pen.text((_MARGIN, top + baseline), line, fill, setting.font, anchor="ls")
        top += setting.height + _STACK_GAP


def _draw_label(image: Image.Image, content: CardContent, pale: Colour) -> None:
    """Draw icon and topic (for a story its place) on one line at the top."""
    left = _MARGIN
    if content.icon:
        image.paste(pale, (left, _LABEL_TOP), icon_mask(content.icon, _LABEL_HEIGHT))
        left += _LABEL_HEIGHT + 20
    text = " · ".join(filter(None, map(_clean, (content.label, content.place))))
    if text:
        width = SIZE[0] - _MARGIN - left
        setting = _fit(text, Weight.SEMIBOLD, _LABEL_HEIGHT, range(38, 23, -2), width)
        middle = _LABEL_TOP + _LABEL_HEIGHT // 2
        pen = ImageDraw.Draw(image)
        pen.text((left, middle), setting.lines[0], pale, setting.font, anchor="lm")


def _draw_watermark(image: Image.Image, icon: str, colour: Colour) -> None:
    side = 360
    image.paste(
        _mix(colour, _FAINT), (SIZE[0] - side - 36, _FOOT_TOP - side - 24), icon_mask(icon, side)
    )


def _draw_foot(image: Image.Image, content: CardContent, colour: Colour) -> None:
    """Draw the footer with the site's logo and name."""
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, _FOOT_TOP, *SIZE), fill="white")
    left, middle = _MARGIN, (_FOOT_TOP + SIZE[1]) // 2
    if content.mark:
        mark = draw_mark(content.mark, _MARK_SIZE)
        image.paste(mark, (left, middle - _MARK_SIZE // 2), mark)
        left += _MARK_SIZE + 20
    font = _font(Weight.BOLD, 36)
    pen.text((left, middle), _clean(content.site), colour, font, anchor="lm")


def _mix(colour: Colour, white: float) -> Colour:
    """Return the colour mixed with a share of white."""
    red, green, blue = (round(part + (255 - part) * white) for part in colour)
    return red, green, blue


def _to_png(image: Image.Image) -> bytes:
    """Return the picture as PNG with a palette: a third of the bytes, without visible loss."""
    stream = io.BytesIO()
    image.quantize(_PALETTE, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        stream, "PNG", compress_level=6
    )
    return stream.getvalue()
