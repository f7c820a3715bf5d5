"""The brand font for headings: one weight, subset to Vietnamese, as WOFF2."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from portal.drawn.fonts import Weight, font_file
from portal.language.text import to_nfc
from portal.system.files import write_atomically

WEIGHT = Weight.BOLD
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_VOWELS = "aăâeêioôơuưy"


def heading_characters() -> str:
    """Return the characters of Vietnamese headings, in NFC."""
    toned = (to_nfc(vowel + tone) for vowel in _VOWELS for tone in _TONES)
    letters = "".join((*toned, _VOWELS, "đ"))
    ascii_ = "".join(map(chr, range(0x20, 0x7F)))
    return "".join(sorted({*ascii_, *letters, *letters.upper(), *"–“”…·"}))


def heading_font(cache: Path) -> bytes:
    """Return the font as WOFF2, cached by version of the font and character set."""
    source = font_file(WEIGHT).read_bytes()
    key = hashlib.sha256(source + heading_characters().encode()).hexdigest()
    file = cache / f"{key[:16]}.woff2"
    if not file.is_file():
        write_atomically(file, _subset(source))
    return file.read_bytes()


def _subset(source: bytes) -> bytes:
    from fontTools import subset  # slow to import, seldom needed
    from fontTools.ttLib import TTFont

    options = subset.Options(
        flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True
    )
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=heading_characters())
    cutter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    return buffer.getvalue()
