"""An index of pages in Vietnamese alphabetical order, for readers without search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from portal.language.collation import collation_key, first_letter
from portal.library.library import Page


def pages_by_letter(pages: Iterable[Page]) -> list[tuple[str, list[Page]]]:
    """Return (letter, pages) in alphabetical order; "#" for titles without a letter first."""
    ordered = sorted(pages, key=lambda page: collation_key(page.title))
    grouped = groupby(ordered, lambda page: first_letter(page.title))
    return [(letter, list(row)) for letter, row in grouped]
