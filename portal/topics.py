"""The topics under which guides stand, from data/topics.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.datafiles import read_datafile
from portal.problems import Problem

_TEXTS = ("id", "title", "summary", "icon", "colour")


@dataclass(frozen=True)
class Topic:
    """One topic; `icon` names one of Material's bundled icons, `colour` is a hex colour.

    `wishes` pairs a guide (the name of its file without .md) with what its reader wants: this
    completes "Bạn đang muốn …" and puts the guides in order on the topic's page.
    """

    id: str
    title: str
    summary: str
    icon: str
    colour: str
    wishes: tuple[tuple[str, str], ...] = ()
    line: int = 1


def load_topics(file: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics in menu order, and the rows that lack something."""
    data, problems = read_datafile(file)
    topics = list[Topic]()
    for line, row in data.rows("topics"):
        missing = [name for name in _TEXTS if not row.get(name)]
        if missing:
            problems.append(
                data.problem(line, f"chủ đề thiếu {missing[0]}", f"thêm {missing[0]}: …")
            )
        else:
            topics.append(
                Topic(
                    **{name: str(row[name]) for name in _TEXTS},
                    wishes=_wishes(row.get("wishes")),
                    line=line,
                )
            )
    return tuple(topics), problems


def _wishes(value: object) -> tuple[tuple[str, str], ...]:
    rows = value.items() if isinstance(value, dict) else ()
    return tuple((str(slug), str(wish)) for slug, wish in rows)
