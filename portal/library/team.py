"""Who hands out the printed pages: the team's own name and telephone, from data/team.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.source.datafiles import read_datafile
from portal.source.problems import Problem

_MAX_LENGTH = {"name": 45, "phone": 20}  # what the box on the page holds


@dataclass(frozen=True)
class Team:
    """A team; what is empty is printed as a line to write on."""

    name: str = ""
    phone: str = ""


def load_team(file: Path) -> tuple[Team, list[Problem]]:
    """Return the team, empty when there is no file, and what does not fit its box."""
    if not file.exists():
        return Team(), []
    data, problems = read_datafile(file)
    team = Team(**{name: str(data.values.get(name) or "") for name in _MAX_LENGTH})
    for name in _MAX_LENGTH:
        for misfit in misfits_of(team, name):
            problems.append(data.problem(data.lines.get(name, 1), *misfit))
    return team, problems


def misfits_of(team: Team, *names: str) -> Iterator[tuple[str, str]]:
    """Yield message and remedy for what is too long for its box; all is asked for without names."""
    for name in names or _MAX_LENGTH:
        length, limit = len(getattr(team, name)), _MAX_LENGTH[name]
        if length > limit:
            yield f"'{name}' dài {length} ký tự, ô trên tờ rơi chứa {limit}", "viết ngắn lại"
