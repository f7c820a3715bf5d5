"""Pages in the order of the Vietnamese alphabet, for readers without search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from portal.library import Page

_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries


def by_letter(pages: Iterable[Page]) -> list[tuple[str, list[Page]]]:
    """Return (letter, pages) in alphabetical order; what begins with no letter stands under "#"."""
    ordered = sorted(pages, key=lambda page: sort_key(page.title))
    return [
        (letter, list(row)) for letter, row in groupby(ordered, lambda page: _initial(page.title))
    ]


def sort_key(text: str) -> tuple[list[int], list[int]]:
    """Return a key that sorts by letters first (a, ă, â, b …), then by tones."""
    letters, tones = list[int](), list[int]()
    for mark in unicodedata.normalize("NFD", text.lower()):
        if mark in _TONES:
            tones[-1:] = [_TONES.index(mark) + 1]
        elif unicodedata.combining(mark) and letters:
            base = unicodedata.normalize("NFC", _LETTERS[letters[-1] - 1] + mark)
            letters[-1] = _LETTERS.find(base) + 1
        else:
            letters.append(_LETTERS.find(mark) + 1)
            tones.append(0)
    return letters, tones


def _initial(text: str) -> str:
    first = sort_key(text)[0][:1]
    return _LETTERS[first[0] - 1].upper() if first and first[0] > 10 else "#"
