"""Vietnamese alphabetical order: ă and â after a, đ after d, ê after e, ô and ơ after o, ư after u.

Words are compared syllable by syllable, by letters first and by tone only between equal letters, as
dictionaries do: ma, mà, mả, mã, má, mạ, mai.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; level comes first
_WORD = re.compile(r"\w+")

CollationKey = tuple[tuple[tuple[int, ...], int], ...]


def collation_key(text: str) -> CollationKey:
    """Return the sort key of Vietnamese alphabetical order; digits come before letters."""
    return tuple(_syllable_key(word) for word in _WORD.findall(text.casefold()))


def first_letter(text: str) -> str:
    """Return the capital letter that a text is listed under ("Ảnh" gives "A"), else "#"."""
    letters, _ = _split_tone(text.casefold()[:1])
    return letters.upper() if letters and letters in ALPHABET else "#"


@lru_cache(maxsize=8192)  # a language has few syllables
def _syllable_key(syllable: str) -> tuple[tuple[int, ...], int]:
    letters, tone = _split_tone(syllable)
    # Letters of other alphabets come last, by code point; digits come first.
    ranks = (
        -1000 + ord(c) if c.isdigit() else ALPHABET.find(c) if c in ALPHABET else ord(c)
        for c in letters
    )
    return tuple(ranks), tone


def _split_tone(syllable: str) -> tuple[str, int]:
    """Return the letters without tone marks, and the rank of the tone, 0 for the level one."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = max((_TONES.find(c) + 1 for c in decomposed), default=0)
    letters = "".join(c for c in decomposed if c not in _TONES)
    return unicodedata.normalize("NFC", letters), tone
