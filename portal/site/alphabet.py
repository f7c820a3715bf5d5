"""Pages in the order of the Vietnamese alphabet, for readers without search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from portal.language.collation import collation_key, first_letter
from portal.library.library import Page


def by_letter(pages: Iterable[Page]) -> list[tuple[str, list[Page]]]:
    """Return (letter, pages) in alphabetical order; what begins with no letter stands under "#"."""
    ordered = sorted(pages, key=lambda page: collation_key(page.title))
    grouped = groupby(ordered, lambda page: first_letter(page.title))
    return [(letter, list(row)) for letter, row in grouped]
