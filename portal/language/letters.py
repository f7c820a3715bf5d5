"""Replaces look-alike characters (homoglyphs) by plain letters, and removes invisible ones.

They come from PDF files, decorative fonts on Facebook and other keyboards: readers see the word,
but search does not find it.
"""

from __future__ import annotations

import re
import unicodedata

# Invisible characters: they split words for search, reverse the text direction (U+202E), or are
# Markdown's own placeholders (U+0002). The zero-width joiner of emoji (U+200D) is allowed.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0332-\u0338\u034f\u061c\u115f\u1160\u180e\u2800\u3164\uffa0"
    r"\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Removing these does not change how a text looks.
_SUPERFLUOUS = re.compile(
    "[\u00ad\u0332-\u0338\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]"
    "|\u200d(?![\u2600-\u27bf\u2b1b\U0001f000-\U0001faff])"  # joins nothing but emoji
)
# Compatibility forms of plain letters (UAX #15).
_FORMS = re.compile(
    "[\ufb00-\ufb06\u0132\u0133\u01c4-\u01cc\uff01-\uff5e\u2474-\u24e9\u2160-\u217f"
    "\ufe50-\ufe6b\U0001d400-\U0001d7ff\U0001f110-\U0001f149\u2100-\u2102\u210a-\u2115\u211a-\u211d]"
)
_WIDE_MARK = re.compile("([\uff01\uff0c\uff1a\uff1b\uff1f\u3001\u3002])(?=\\w)")
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms
_BLANK_LETTERS = dict.fromkeys(map(ord, "\u034f\u115f\u1160\u180e\u2800\u3164\uffa0"), " ")
_CHINESE_MARKS = str.maketrans({"\u3001": ",", "\u3002": "."})
# Letters of other Latin alphabets and of phonetics used for Vietnamese ones.
_LATIN = str.maketrans("ƣƢÐðƉɖɑɡǎǍ", "ưƯĐđĐđagăĂ")
_SMALL = str.maketrans("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprtuvwyz")  # capitals in small
_BOXED = {
    first + n: chr(65 + n) for first in (0x1F150, 0x1F170) for n in range(26)
}  # white on black
_SHAPES = _BOXED | dict.fromkeys(map(ord, "\u2800\u3164\uffa0"), " ")
_STARS = re.compile("[∗⁎](?=\\S)|(?<=\\S)[∗⁎]")
# Letters of Cyrillic and Greek that look like Latin ones.
_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһցԛԝ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι"
_LOOK_ALIKE = str.maketrans(
    _CYRILLIC + _GREEK, "ABESIJKMHOPCTYXaesijopcyxdhgqw" + "ABEZHIKMNOPTYXovi"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")


def without_superfluous(text: str) -> str:
    """Return the text without the invisible characters that do not affect its appearance."""
    return _SUPERFLUOUS.sub("", text)


def plain_cell(text: str) -> str:
    """Return the text of a cell in NFC, with single plain blanks and without full-width forms."""
    text = unicodedata.normalize("NFC", without_superfluous(text))
    return " ".join(text.translate(_NARROW | _BLANK_LETTERS).split())


def with_plain_letters(text: str) -> str:
    """Return the text in NFC with look-alikes replaced by the intended letters.

    A Cyrillic or Greek word stays when any of its letters has no Latin look-alike.
    """
    text = _WIDE_MARK.sub(r"\1 ", text).translate(_CHINESE_MARKS)
    text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    text = _STARS.sub("*", text).translate(_LATIN | _SMALL).translate(_SHAPES)
    if _OTHER_SCRIPT.search(text):
        text = _WORD.sub(_as_latin, text)
    return unicodedata.normalize("NFC", text)


def _as_latin(word: re.Match[str]) -> str:
    latin = word[0].translate(_LOOK_ALIKE)
    return word[0] if _OTHER_SCRIPT.search(latin) else latin
