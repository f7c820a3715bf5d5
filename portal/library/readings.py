"""Which pages were read against the facts, when, and what was found, from data/readings.csv.

A reading holds for the wording that was read: its code is that of the page's text, so a page that
was edited since is shown as unread. Nothing but the editors' report uses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.library.library import Page
from portal.source.datafiles import read_csv_datafile
from portal.source.problems import Problem

_REQUIRED = ("page", "read", "code")
_OPTIONAL = ("found", "unverified")
_FIELDS = ("title", "summary", "audience", "team", "place_then", "place_now")


@dataclass(frozen=True)
class Reading:
    """One page as read on a day ("2026-11-25"); `found` is what was mended, "" when it agreed.

    `unverified` is what no source at hand could settle.
    """

    page: str
    read: str
    code: str
    found: str
    unverified: str


def load_readings(file: Path) -> tuple[Mapping[str, Reading], list[Problem]]:
    """Return the last reading of each page by its path within docs/, and rows that lack a cell."""
    rows, problems = read_csv_datafile(file, _REQUIRED, _OPTIONAL)
    readings = (Reading(**cells) for _, cells in rows)
    return {each.page: each for each in sorted(readings, key=lambda one: one.read)}, problems


def code_of(page: Page) -> str:
    """Return eight hexadecimal digits that change with every word a reader sees."""
    fields = "\n".join(str(page.meta.get(name) or "") for name in _FIELDS)
    return hashlib.sha256(f"{fields}\n{page.file.body}".encode()).hexdigest()[:8]
