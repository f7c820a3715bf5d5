"""The nearest known name to a misspelt one; a name that is not similar enough is not proposed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKENESS = 0.75  # of difflib's ratio: one wrong letter in four


def nearest(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return the names of which this one may be a misspelling, the most similar first."""
    return get_close_matches(name, list(known), count, LIKENESS)
