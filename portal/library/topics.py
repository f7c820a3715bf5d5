"""The topics under which guides stand, from data/topics.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.source.data_rows import find_row_faults
from portal.source.datafiles import read_datafile
from portal.source.problems import Problem
from portal.system.bundled_icons import has_icon

_COLOUR = re.compile("#[0-9a-f]{6}")

_TEXTS = ("id", "title", "summary", "icon", "colour")
_FIELDS = {**dict.fromkeys(_TEXTS, str), "wishes": dict}


@dataclass(frozen=True)
class Topic:
    """One topic; `icon` names one of Material's bundled icons, `colour` is a hex colour.

    `wishes` pairs a guide (the name of its file without .md) with what its reader wants: this
    completes "Bà con đang muốn …" and puts the guides in order on the topic's page.
    """

    id: str
    title: str
    summary: str
    icon: str
    colour: str
    wishes: tuple[tuple[str, str], ...] = ()
    line: int = 1


def load_topics(file: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics in menu order, and what is wrong with the rows that are left out."""
    data, problems = read_datafile(file, "topics")
    topics, ids = list[Topic](), dict[str, int]()
    for line, row in data.rows("topics"):
        findings = list(find_row_faults(line, row, _FIELDS, ids)) or list(_check_row(row))
        problems += [data.problem(line, *finding) for finding in findings]
        if not findings:
            texts = {name: str(row[name]) for name in _TEXTS}
            topics.append(Topic(**texts, wishes=_wishes(row.get("wishes")), line=line))
    return tuple(topics), problems


def _check_row(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield (message, fix) for a field that is missing, or that cards could not be drawn with."""
    missing = [name for name in _TEXTS if not row.get(name)]
    if missing:
        yield f"chủ đề thiếu {missing[0]}", f"thêm {missing[0]}: …"
        return
    if not _COLOUR.fullmatch(str(row["colour"])):
        yield f"màu '{row['colour']}' không phải mã màu", 'colour: "#1f5fa8"'
    if not has_icon(str(row["icon"])):
        message = f"không có biểu tượng '{row['icon']}' trong bộ của Material"
        yield message, "icon: material/cellphone-cog"


def _wishes(value: object) -> tuple[tuple[str, str], ...]:
    rows = value.items() if isinstance(value, dict) else ()
    return tuple((str(slug), str(wish)) for slug, wish in rows)
