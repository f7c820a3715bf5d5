"""Where a page's statements come from: the sources to print at its foot, and how old they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.library.facts import Fact, FactBase
from portal.library.library import Page

# Other kinds (law blogs, forums, mirrors) are named but not linked: a page that warns of strange
# addresses must not send readers to some.
LINKED_KINDS = ("văn bản", "cơ quan", "báo")


class Citation(NamedTuple):
    """A source as the page prints it; `url` and `date` (ISO, as far as known) may be ""."""

    name: str
    url: str
    date: str


def cited_facts(page: Page, facts: FactBase) -> tuple[Fact, ...]:
    """Return the facts that a page names and that exist, in its order."""
    entries = page.meta.get("sources")
    ids = [id for id in entries if isinstance(id, str)] if isinstance(entries, list) else []
    return tuple(facts.facts[id] for id in ids if id in facts.facts)


def citations(page: Page, facts: FactBase) -> tuple[Citation, ...]:
    """Return the sources of a page, each once, in the order of its front matter."""
    return tuple(dict.fromkeys(_citations(page, facts)))


def _citations(page: Page, facts: FactBase) -> Iterator[Citation]:
    entries = page.meta.get("sources")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield Citation(*(str(entry.get(name, "")) for name in ("name", "url", "date")))
        else:
            yield from cite_facts([str(entry)], facts)


def cite_facts(ids: Iterable[str], facts: FactBase) -> Iterator[Citation]:
    """Yield the sources behind some facts, each once."""
    for source in facts.sources_of(ids):
        url = source.url if source.kind in LINKED_KINDS else ""
        yield Citation(source.name, url, source.date)


def date_range(cited: tuple[Citation, ...]) -> tuple[str, str]:
    """Return the oldest and the newest known date among the sources ("" when none has one).

    A source that names only a year or month counts by its beginning: "2024" is before "2024-07".
    """
    dates = [each.date for each in cited if each.date.replace("-", "").isdigit()]
    return min(dates, default=""), max(dates, default="")


def spoken_month(date: str) -> str:
    """Return the month of an ISO date of any precision ("2024-07-01"), or else its year."""
    year, _, rest = date.partition("-")
    month = rest[:2].lstrip("0")
    return f"tháng {month}/{year}" if month else f"năm {year}"


def spoken_date(date: str) -> str:
    """Return an ISO date of any precision as people read it ("2024-07-01" gives "1/7/2024")."""
    parts = [part.lstrip("0") for part in date.split("-")]
    return ("tháng " if len(parts) == 2 else "") + "/".join(reversed(parts))
