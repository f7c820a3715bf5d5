"""Due reviews: pages by review date, figures by age, each with its owner.

The output is text, or a calendar (iCalendar, RFC 5545) for editors' phones.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from portal.checks.review import review_due
from portal.language.text import format_day
from portal.library.library import Library

FIGURES_OWNER = "người phụ trách số liệu"
NO_OWNER = "chưa có người phụ trách"
_MAX_LINE = 75  # octets a line; RFC 5545 §3.1


@dataclass(frozen=True, order=True)
class Duty:
    """One review, to be done by the end of the day `due`; `path` is the file to open."""

    due: datetime.date
    owner: str
    title: str
    path: str


def duties(library: Library) -> tuple[Duty, ...]:
    """Return all duties, the most urgent first."""
    return tuple(sorted((*_page_duties(library), *_figure_duties(library))))


def _page_duties(library: Library) -> Iterator[Duty]:
    for page in library.pages:
        if due := review_due(page):
            yield Duty(due, str(page.meta.get("owner") or NO_OWNER), page.title, page.path)


def _figure_duties(library: Library) -> Iterator[Duty]:
    """Yield one duty for each stale figure."""
    for figure in library.statistics.stale(library.today):
        title = f"Số liệu: {figure.indicator.label}, {figure.scope.label}"
        path = "data/statistics/observations.csv"
        yield Duty(figure.stale_after, FIGURES_OWNER, title, path)


def duties_as_text(found: Iterable[Duty], today: datetime.date) -> str:
    """Return the duties grouped by owner, each group sorted by date."""
    by_owner = sorted(found, key=lambda duty: (duty.owner, duty))
    blocks = [
        "\n".join([owner, *(_row(duty, today) for duty in group)])
        for owner, group in groupby(by_owner, key=lambda duty: duty.owner)
    ]
    return "\n\n".join(blocks)


def _row(duty: Duty, today: datetime.date) -> str:
    late = " (đã quá hạn)" if duty.due < today else ""
    return f"  {format_day(duty.due)}{late}  {duty.title}  [{duty.path}]"


def as_calendar(found: Iterable[Duty], today: datetime.date) -> str:
    """Return the duties as all-day events; a duty's UID is stable."""
    events = (line for duty in found for line in _event(duty, today))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ky nang so Ninh Binh//Lich kiem tra lai//VI",
        "X-WR-CALNAME:Kiểm tra lại bài",
        *events,
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(duty: Duty, today: datetime.date) -> Iterator[str]:
    identifier = hashlib.sha256(f"{duty.path} {duty.title}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{identifier}@kiem-tra-lai"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{duty.due:%Y%m%d}"
    yield f"SUMMARY:Kiểm tra lại: {_escaped(duty.title)}"
    yield f"DESCRIPTION:{_escaped(duty.owner)}\\n{_escaped(duty.path)}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Return a line folded at 75 octets, never within a character."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _MAX_LINE:
            pieces.append("")
            size = 1  # the space of a continuation line
        pieces[-1] += letter
        size += octets
    return "\r\n ".join(pieces)
