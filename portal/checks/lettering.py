"""The brand font of cards and handouts: installed, and with a glyph for every character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from portal.drawn.fonts import (
    SUBSTITUTES,
    MissingFontError,
    Weight,
    drawable_characters,
    font_file,
    undrawable,
)
from portal.language.letters import INVISIBLE, with_plain_letters
from portal.language.text import to_nfc
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity


def check_face(library: Library) -> Iterator[Problem]:
    """Yield an error when a file of the brand font is not installed."""
    try:
        for weight in Weight:
            font_file(weight)
    except MissingFontError as error:
        yield Problem("pyproject.toml", 1, str(error), error.fix)


def check_lettering(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice for each line with a character that the font lacks, such as an emoji."""
    if page.has_everyday_characters or not _undrawable(page.source):
        return
    for line, text in enumerate(page.source.split("\n"), 1):
        if missing := _undrawable(text):
            message = f"ảnh chia sẻ và tờ in không vẽ được ký tự {missing}"
            yield Problem(page.path, line, message, f"bỏ {missing}", Severity.ADVICE)


def _undrawable(text: str) -> str:
    try:
        if not _unknown_character().search(to_nfc(text)):
            return ""
        # The other check reports what has a plain form.
        return INVISIBLE.sub("", undrawable(with_plain_letters(text)))
    except MissingFontError:  # reported once, by `check_face`
        return ""


@cache
def _unknown_character() -> re.Pattern[str]:
    """Return the pattern of an unsupported character: eight times faster than a set."""
    drawn = sorted(drawable_characters().union(map(chr, SUBSTITUTES)))
    return re.compile(rf"[^\s{''.join(map(re.escape, drawn))}]")
