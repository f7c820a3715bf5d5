"""The topics under which guides stand, from data/topics.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.datafiles import read_datafile
from portal.problems import Problem


@dataclass(frozen=True)
class Topic:
    """One topic; `icon` names one of Material's bundled icons, `colour` is a hex colour."""

    id: str
    title: str
    summary: str
    icon: str
    colour: str


def load_topics(file: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics in menu order, and the rows that lack something."""
    data, problems = read_datafile(file)
    topics = list[Topic]()
    for line, row in data.rows("topics"):
        missing = [name for name in Topic.__dataclass_fields__ if not row.get(name)]
        if missing:
            problems.append(
                data.problem(line, f"chủ đề thiếu {missing[0]}", f"thêm {missing[0]}: …")
            )
        else:
            topics.append(Topic(**{name: str(row[name]) for name in Topic.__dataclass_fields__}))
    return tuple(topics), problems
