"""Vietnamese text: normal forms, slugs, folding and counting, shared by every other module."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

from slugify import slugify as _slugify

# style.vi.md §9: the fifteen pairs, new style → the site's style, only at the end of a syllable.
_NEW_STYLE = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
_OLD_STYLE = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
TONE_PAIRS = dict(zip(_NEW_STYLE, _OLD_STYLE, strict=True))
_AFTER_O, _AFTER_U = ("".join(r[1] for r in _NEW_STYLE if r[0] == vowel) for vowel in "ou")
# A character class first, then look-arounds: seven times faster than matching words on a whole
# page.
_TONE_STYLE = re.compile(
    rf"[oOuU](?:(?<=[oO])[{_AFTER_O}{_AFTER_O.upper()}]|(?<=[uU])[{_AFTER_U}{_AFTER_U.upper()}])"
    r"(?<![qQ]..)(?![^\W\d_])"
)
# The characters of nearly every page: composed, visible, and every letter outside ASCII is a vowel
# or đ. A page with no other character skips several checks.
_VOWELS = {
    letter
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", *"\u0300\u0301\u0303\u0309\u0323")
    if not (letter := unicodedata.normalize("NFC", vowel + mark)).isascii()
}
_UNUSUAL = re.compile(rf"[^\n -~{''.join(sorted(_VOWELS))}đĐ“”–…→]")
# Every upper-case letter of Vietnamese, for a character class.
UPPER_CASE = "A-ZĐ" + "".join(sorted(letter for letter in _VOWELS if letter.isupper()))
_TO_LOWER = bytes(range(256)).lower()
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")
_SYLLABLE = re.compile(r"\w+(?:[.,/:]\d+)*", re.UNICODE)


def to_nfc(text: str) -> str:
    """Return the text with composed letters (Unicode NFC), the only form the site stores."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return lower-case text without any accent and with đ as d ("Định" gives "dinh")."""
    return unicodedata.normalize("NFC", _MARKS.sub("", _decompose(text)))


def fold_to_ascii(text: str) -> bytes:
    """Return the ASCII characters of `fold(text)`, in half the time."""
    return _decompose(text).encode("ascii", "ignore")


def has_everyday_characters(text: str) -> bool:
    """Return whether a text has only ASCII, Vietnamese letters in NFC and a few common signs."""
    return _UNUSUAL.search(text) is None


def consonants_of(letters: bytes) -> bytes:
    """Return ASCII characters in lower case without vowels and d.

    A text of everyday characters gives the same result with and without its accents.
    """
    return letters.translate(_TO_LOWER, b"aeiouydAEIOUYD")


def _decompose(text: str) -> str:
    return unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))


@lru_cache(maxsize=4096)  # headings repeat; python-slugify is slow
def slugify(text: str) -> str:
    """Return a lower-case ASCII slug ("Đăng ký" gives "dang-ky"), without losing đ."""
    return _slugify(to_nfc(text))


def shorten(text: str, limit: int = 80) -> str:
    """Return a text cut to at most one line, to be quoted in a message."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text: runs of letters, digits and underscores."""
    return frozenset(_WORD.findall(text))


def syllable_count(text: str) -> int:
    """Return the number of syllables ("tiếng") of a text; a number with separators counts once."""
    return len(_SYLLABLE.findall(text))


def to_house_tone_style(text: str) -> str:
    """Return the text with "hoà, khoẻ, thuỷ" written "hòa, khỏe, thủy" (style.vi.md §9).

    Only whole open syllables change: "hoàn", "quý" and "loại" stay as they are.
    """
    return _TONE_STYLE.sub(lambda match: _in_case_of(match[0]), text)


def has_house_tone_style(text: str) -> bool:
    """Return whether every syllable, quotations included, is in the site's tone style."""
    return _TONE_STYLE.search(text) is None


def _in_case_of(rhyme: str) -> str:
    styled = TONE_PAIRS[rhyme.lower()]
    if rhyme.isupper():
        return styled.upper()
    return styled[0].upper() + styled[1:] if rhyme[0].isupper() else styled


def format_day(day: datetime.date) -> str:
    """Return a day as the site writes it ("15/8/2024"; style.vi.md §6)."""
    return f"{day.day}/{day.month}/{day.year}"
