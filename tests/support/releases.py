"""Tiny releases."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from desk.publishing.release import STAGED, Release, seal
from support.project import write

DAY = datetime.date(2026, 11, 30)


def release_of(dist: Path, files: Mapping[str, str]) -> Release:
    """Seal a release of these files: path → text."""
    for path, text in files.items():
        write(dist / STAGED / path, text)
    return seal(dist / STAGED, dist, DAY, "abc")
