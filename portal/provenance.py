"""Where a page's statements come from: the sources to print at its foot, and how old they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.facts import FactBase
from portal.library import Page


@dataclass(frozen=True)
class Citation:
    """A source as the page prints it; `date` in ISO form as far as known, "" when it is not."""

    name: str
    url: str
    date: str


def citations(page: Page, facts: FactBase) -> tuple[Citation, ...]:
    """Return the sources of a page, each once, in the order of its front matter."""
    return tuple(dict.fromkeys(_citations(page, facts)))


def _citations(page: Page, facts: FactBase) -> Iterator[Citation]:
    entries = page.meta.get("sources")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield Citation(*(str(entry.get(name, "")) for name in ("name", "url", "date")))
        else:
            for source in facts.sources_of([str(entry)]):
                yield Citation(source.name, source.url, source.date)


def oldest_date(cited: tuple[Citation, ...]) -> str:
    """Return the oldest known date among the sources ("" when none has one).

    A source that names only a year or month counts by its beginning: "2024" is before "2024-07".
    """
    return min((citation.date for citation in cited if citation.date[:4].isdigit()), default="")


def spoken_date(date: str) -> str:
    """Return an ISO date of any precision as people read it ("2024-07-01" gives "1/7/2024")."""
    parts = [part.lstrip("0") for part in date.split("-")]
    return ("tháng " if len(parts) == 2 else "") + "/".join(reversed(parts))
