"""Answers of a page about its printed sheets: whether their facts are current, or what changed.

The page's script (theme/assets/js/printed-sheet.js) looks up the mark of the scanned QR code.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from portal.language.text import format_day
from portal.library.fact_history import HistoryRow
from portal.library.library import Library
from portal.library.printed_facts import (
    NUMBERS,
    MarkedSheet,
    marked_sheets,
    poster_sheet,
    stated_facts,
)
from portal.library.published_addresses import redirects_of

ANSWERS = "to-in.json"  # within the page's folder
_UNCERTAIN = "Một điều chưa chắc đã được viết lại; bà con theo bài dưới đây."
_Versions = Mapping[str, Sequence[HistoryRow]]  # id → its rows in order of time


@dataclass(frozen=True)
class _Print:
    """A published state of a sheet: `facts` maps ids to indices of their versions then."""

    row: HistoryRow
    facts: Mapping[str, int]


@dataclass(frozen=True)
class _Change:
    """A fact on a sheet, in words then and now ("" where it may not be told)."""

    id: str
    then: str
    now: str = ""
    note: str = ""
    is_given_up: bool = False

    @property
    def is_of_number(self) -> bool:
        """Return whether a number to call was replaced."""
        return self.id.startswith(NUMBERS) and not self.is_given_up

    @property
    def told(self) -> str:
        """Return the editor's note, or "Số gọi Công an: trước là 111, nay là 156."."""
        if self.note:
            return self.note
        if self.is_given_up and self.then:
            return f"Nay không còn ghi: {self.then}"
        if not self.then or not self.now:
            return _UNCERTAIN
        name, colon, old = self.then.partition(": ")
        if not colon or not self.now.startswith(name + colon):
            return f"Trước: {self.then} Nay: {self.now}"
        new = self.now.removeprefix(name + colon)
        return f"{name}: trước là {old.rstrip('.')}, nay là {new.rstrip('.')}."


def sheet_answers(library: Library) -> dict[str, str]:
    """Return path within the site → JSON of each page with sheets: code → the lines to show.

    The poster leads to guides too, another choice of them on each day: all answer for it.
    """
    sheets = list(marked_sheets(library))
    newest = max((page.day for page in library.pages if page.day), default=library.today)
    # Not the day of the build, on which its bytes must not depend.
    rows = [*library.fact_history, *rows_to_add(library, newest)]
    versions, prints = _replay(rows, _pages_by_address(sheets, library))
    known, answers = stated_facts(library).keys(), dict[str, str]()
    guides, posters = {page.url for page in library.guides}, prints[poster_sheet(library).page]
    for sheet in sheets:
        shown = [*posters, *prints[sheet.page]] if sheet.page in guides else prints[sheet.page]
        # The first of those alike: a sheet is seldom newer than it says.
        firsts = {each.row.code: each for each in reversed(shown)}
        lines = {code: _lines(firsts[code], known, versions) for code in sorted(firsts)}
        text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
        answers[sheet.page + ANSWERS] = text
    return answers


def rows_to_add(library: Library, day: datetime.date) -> Iterator[HistoryRow]:
    """Yield what a release of a day adds to the history: facts, then sheets, that differ."""
    date, last = day.isoformat(), {row.id: row.code for row in library.fact_history}
    for id, fact in stated_facts(library).items():
        if last.get(id) != fact.code:
            yield HistoryRow(date, id, fact.code, fact.words)
    for sheet in marked_sheets(library):
        id, ids = f"/{sheet.address}", " ".join(sorted({fact.id for fact in sheet.facts}))
        if last.get(id) != sheet.code:
            yield HistoryRow(date, id, sheet.code, ids)


def _pages_by_address(sheets: Iterable[MarkedSheet], library: Library) -> dict[str, str]:
    """Return address of a QR code, old ones included → address of the page it opens."""
    pages = {redirect.old: redirect.new for redirect in redirects_of(library)}
    return {**pages, **{sheet.page: sheet.page for sheet in sheets}}


def _replay(
    rows: Iterable[HistoryRow], pages: Mapping[str, str]
) -> tuple[_Versions, Mapping[str, list[_Print]]]:
    """Return the versions of each fact, and page → its published sheets in order of time."""
    versions, prints = (
        defaultdict[str, list[HistoryRow]](list),
        defaultdict[str, list[_Print]](list),
    )
    for row in rows:
        if row.address is None:
            versions[row.id].append(row)
        elif (page := pages.get(row.address)) is not None:
            facts = {id: len(versions[id]) - 1 for id in row.words.split() if id in versions}
            prints[page].append(_Print(row, facts))
    return versions, prints


def _lines(sheet: _Print, known: Set[str], versions: _Versions) -> list[str]:
    """Return what to tell the holder of a sheet: a sentence, then each change since."""
    day = format_day(datetime.date.fromisoformat(sheet.row.date))
    changes = list(dict.fromkeys(_tell_changes(sheet, known, versions)))
    if not changes:
        return [f"Tờ này in theo bản ngày {day}, còn đúng."]
    return [f"Tờ này in theo bản ngày {day}. Từ đó có {len(changes)} điều đã đổi:", *changes]


def _tell_changes(sheet: _Print, known: Set[str], versions: _Versions) -> Iterator[str]:
    """Yield each change in words, numbers to call first."""
    changes = sorted(_changes(sheet, known, versions), key=lambda each: not each.is_of_number)
    calls = [each for each in changes if each.is_of_number]
    for each in changes:
        renumbered = each.then
        for call in calls:
            renumbered = renumbered.replace(_number_in(call.then), _number_in(call.now))
        # A sentence with nothing new but a number that is named already says it twice.
        if each.is_of_number or each.note or not each.now or renumbered != each.now:
            yield each.told


def _changes(sheet: _Print, known: Set[str], versions: _Versions) -> Iterator[_Change]:
    for id, index in sheet.facts.items():
        then, *later = versions[id][index:]
        if id not in known:
            yield _Change(id, then.words, is_given_up=True)
        elif later and later[-1].code != then.code:
            note = later[0].note if len(later) == 1 else ""
            yield _Change(id, then.words, later[-1].words, note)


def _number_in(words: str) -> str:
    """Return the number of "Số gọi Công an: 113, miễn cước."."""
    return words.partition(": ")[2].partition(",")[0].rstrip(".")
