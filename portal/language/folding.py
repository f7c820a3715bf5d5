"""Vietnamese text folded for the search index; theme/assets/search/fold.js does the same.

tests/data/folding-cases.json holds the cases on which both must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGIT_MARK = re.compile("([0-9])[.,](?=[0-9])")
# Separators within a phrase: spaces, hyphens, slashes, quotation marks.
_PHRASE_END = re.compile("[^\\w\u0300-\u036f \t\r\f\u00a0\\-\u2013/'’\"“”]+")
_BETWEEN_WORDS = "-\u2013/'’\"“”_"  # of one phrase, besides spaces
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_MARKS = re.compile("[\u0300-\u036f]")
_OPEN_Y = re.compile("([hklmst]|qu)y")


def split_phrases(text: str) -> list[list[str]]:
    """Return the lower-case words of each phrase; punctuation and line ends close a phrase."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).lower()
    plain = plain.replace("\u00f0", "đ").replace("\u0256", "đ")  # ð and ɖ, typed for đ
    plain = _DIGIT_MARK.sub(r"\1 ", plain)
    words_of: Callable[[str], list[str]] = _WORD.findall
    if not _MARKS.search(plain):  # fast path, nearly always taken after NFC
        words_of = str.split
        for mark in _BETWEEN_WORDS:
            plain = plain.replace(mark, " ")
    return [words for words in map(words_of, _PHRASE_END.split(plain)) if words]


@cache  # a language has few syllables
def key_of(word: str) -> str:
    """Return a word without accents, đ as d, y as i where both are valid ("kỹ" gives "ki")."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d")
    return bare[:-1] + "i" if _OPEN_Y.fullmatch(bare) else bare
