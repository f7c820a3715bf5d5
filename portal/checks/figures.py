"""References to statistics: each is understood and leads to a figure; stories pin the day."""

from __future__ import annotations

from collections.abc import Iterator

from portal.figures import check_reference, references_in
from portal.library import Library, Page, PageKind
from portal.problems import Problem


def check_figures(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each reference that names no figure, and for a story's without a day."""
    prose = page.prose
    for offset, source in references_in(prose.text):
        yield from check_reference(
            page.path,
            prose.line_at(offset),
            source,
            library.statistics,
            must_pin=page.kind is PageKind.STORY,
        )
