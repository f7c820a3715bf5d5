"""Which of the known names a misspelt one means: one that is hardly like it is no remedy."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKENESS = 0.75  # of difflib's ratio: one wrong letter in four


def nearest(name: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return the names that another resembles enough to be a misspelling, the likest first."""
    return get_close_matches(name, list(known), count, LIKENESS)
