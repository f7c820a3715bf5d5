"""The sources printed at a page's foot, and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.library.facts import Fact, FactBase
from portal.library.library import Page

# Other kinds (law blogs, forums, mirrors) are named but not linked: pages warn of unknown
# addresses.
LINKED_KINDS = ("văn bản", "cơ quan", "báo")


class Citation(NamedTuple):
    """A source as printed; `url` and `date` (ISO, as far as known) may be ""."""

    name: str
    url: str
    date: str


def cited_facts(page: Page, facts: FactBase) -> tuple[Fact, ...]:
    """Return the existing facts that a page cites, in its order."""
    entries = page.meta.get("sources")
    ids = [id for id in entries if isinstance(id, str)] if isinstance(entries, list) else []
    return tuple(facts.facts[id] for id in ids if id in facts.facts)


def citations(page: Page, facts: FactBase) -> tuple[Citation, ...]:
    """Return the unique sources of a page, in front matter order."""
    return tuple(dict.fromkeys(_citations(page, facts)))


def _citations(page: Page, facts: FactBase) -> Iterator[Citation]:
    entries = page.meta.get("sources")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield Citation(*(str(entry.get(name, "")) for name in ("name", "url", "date")))
        else:
            yield from cite_facts([str(entry)], facts)


def cite_facts(ids: Iterable[str], facts: FactBase) -> Iterator[Citation]:
    """Yield the unique sources of some facts."""
    for source in facts.sources_of(ids):
        url = source.url if source.kind in LINKED_KINDS else ""
        yield Citation(source.name, url, source.date)


def date_range(cited: tuple[Citation, ...]) -> tuple[str, str]:
    """Return the oldest and the newest date of the sources ("" when none has one).

    Dates are compared as text: "2024" is before "2024-07".
    """
    dates = [each.date for each in cited if each.date.replace("-", "").isdigit()]
    return min(dates, default=""), max(dates, default="")


def spoken_month(date: str) -> str:
    """Return month and year of an ISO date of any precision ("2024-07-01"), or the year alone."""
    year, _, rest = date.partition("-")
    month = rest[:2].lstrip("0")
    return f"tháng {month}/{year}" if month else f"năm {year}"


def spoken_date(date: str) -> str:
    """Return an ISO date of any precision as displayed ("2024-07-01" gives "1/7/2024")."""
    parts = [part.lstrip("0") for part in date.split("-")]
    return ("tháng " if len(parts) == 2 else "") + "/".join(reversed(parts))
