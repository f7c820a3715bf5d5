"""Fits text into a box: balanced lines, smaller sizes before overflow, spacing by ink bounds.

Nominal font heights are not used: Be Vietnam Pro's stacked marks (Ễ, Ợ) rise 17 % of the size above
its ascender, so lines are spaced by their ink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from PIL.ImageFont import FreeTypeFont

FontOfSize = Callable[[int], FreeTypeFont]

_PITCH = 1.2  # line spacing, in font sizes, unless ink needs more
_GAP = 0.06  # minimum gap between the ink of two lines, in font sizes
_DESCENT = 0.22  # height below the last baseline, in font sizes
_ELLIPSIS = "…"


@dataclass(frozen=True)
class SetText:
    """Lines set in one font; `baselines` and `height` in pixels from the top of the first ink.

    `height` includes the descenders, even when the last line has none.
    """

    lines: tuple[str, ...]
    font: FreeTypeFont
    baselines: tuple[int, ...]
    height: int


def fit_text(text: str, font_of: FontOfSize, box: tuple[int, int], sizes: Iterable[int]) -> SetText:
    """Return the text in the first size that fits a box of width × height pixels.

    In the last size, overflow is cut with an ellipsis.
    """
    width, height = box
    for size in sizes:
        font = font_of(size)
        lines = balance(text, font, width)
        if (len(lines) - 1) * _PITCH * size > height:
            continue  # too many lines even without measuring, which is slow
        setting = _set_lines(lines, font)
        if setting.height <= height:
            return setting
    return _cut(lines, font, box)


def balance(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """Return the fewest lines of at most `width` pixels, balanced."""
    words = [piece for word in text.split(" ") for piece in _break_word(word, font, width)]
    widths, space = [_length(word, font) for word in words], _length(" ", font)
    counts = wrap(widths, space, width)
    low, high = int(max(widths)), int(width)
    while low < high:
        middle = (low + high) // 2
        tighter = wrap(widths, space, middle)
        if len(tighter) == len(counts):
            counts, high = tighter, middle
        else:
            low = middle + 1
    remaining = iter(words)
    return [" ".join(islice(remaining, count)) for count in counts]


def wrap(widths: Sequence[float], space: float, limit: float) -> list[int]:
    """Return the number of words on each line, filled greedily."""
    counts, used = [0], 0.0
    for width in widths:
        if counts[-1] and used + space + width > limit:
            counts.append(0)
        used = used + space + width if counts[-1] else width
        counts[-1] += 1
    return counts


def _break_word(word: str, font: FreeTypeFont, width: float) -> Iterator[str]:
    """Yield a word in pieces that fit the width; most words are one piece."""
    start, used = 0, 0.0
    for index, character in enumerate(word):
        used += _advance(character, font)
        if used > width and index > start:
            yield word[start:index]
            start, used = index, _advance(character, font)
    yield word[start:]


def _length(text: str, font: FreeTypeFont) -> float:
    """Return the width of a text: the sum of advances, since the font has no kern table."""
    return sum(_advance(character, font) for character in text)


@cache
def _advance(character: str, font: FreeTypeFont) -> float:
    return font.getlength(character)


def _set_lines(lines: Sequence[str], font: FreeTypeFont) -> SetText:
    inks = [font.getbbox(line, anchor="ls") for line in lines]
    baselines = [-round(inks[0][1])]
    for above, below in pairwise(inks):
        pitch = max(_PITCH * font.size, above[3] - below[1] + _GAP * font.size)
        baselines.append(baselines[-1] + round(pitch))
    height = baselines[-1] + round(max(inks[-1][3], _DESCENT * font.size))
    return SetText(tuple(lines), font, tuple(baselines), height)


def _cut(lines: Sequence[str], font: FreeTypeFont, box: tuple[int, int]) -> SetText:
    """Return as many lines as fit, at least one, with an ellipsis at the end."""
    width, height = box
    for count in range(len(lines) - 1, 0, -1):
        last = lines[count - 1]
        while last and _length(last + _ELLIPSIS, font) > width:
            last = last[:-1].rstrip()
        setting = _set_lines([*lines[: count - 1], last + _ELLIPSIS], font)
        if setting.height <= height or count == 1:
            return setting
    return _set_lines(lines, font)
