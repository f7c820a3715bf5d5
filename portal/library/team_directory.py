"""The community digital teams that the portal knows, from data/teams.csv.

A team is found through an office, never through a private number: no column holds one, and a number
in the text of a row is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.language.text import slugify
from portal.source.datafiles import read_csv_datafile
from portal.source.problems import Problem

_REQUIRED = ("id", "name", "place_then", "commune_now", "contact", "fact")
_OPTIONAL = ("district_then", "story", "guides")
# Vietnamese mobile and landline numbers begin with 0 or +84; hotlines such as 1900 0368 do not.
_PRIVATE_NUMBER = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")


@dataclass(frozen=True)
class ListedTeam:
    """A team with a page of its own; `fact` is the id of what says where its place lies now.

    `story` and `guides` are paths within docs/, `line` is the row of the table.
    """

    id: str
    name: str
    place_then: str
    commune_now: str
    contact: str
    fact: str
    district_then: str
    story: str
    guides: tuple[str, ...]
    line: int

    @property
    def uri(self) -> str:
        """Return the path of the team's page within docs/."""
        return f"cac-to/{self.id}.md"

    @property
    def url(self) -> str:
        """Return the address within the site."""
        return f"cac-to/{self.id}/"


@dataclass(frozen=True)
class Commune:
    """A commune of today with its teams."""

    name: str
    teams: tuple[ListedTeam, ...]


def load_teams(file: Path) -> tuple[tuple[ListedTeam, ...], list[Problem]]:
    """Return the teams in the order of the file, and the rows that cannot be used."""
    rows, problems = read_csv_datafile(file, _REQUIRED, _OPTIONAL)
    teams = dict[str, ListedTeam]()
    for line, cells in rows:
        texts = {name: text for name, text in cells.items() if name != "guides"}
        team = ListedTeam(**texts, guides=tuple(cells["guides"].split()), line=line)
        problems += [Problem(f"data/{file.name}", line, *each) for each in _check(team, teams)]
        teams.setdefault(team.id, team)
    return tuple(teams.values()), problems


def _check(team: ListedTeam, known: dict[str, ListedTeam]) -> Iterator[tuple[str, str]]:
    if team.id != slugify(team.id):
        yield f"mã tổ '{team.id}' không dùng làm địa chỉ được", f"id: {slugify(team.id)}"
    if first := known.get(team.id):
        yield f"mã tổ '{team.id}' đã có ở dòng {first.line}", "đặt mã khác cho tổ thứ hai"
    if number := _PRIVATE_NUMBER.search(" ".join((team.name, team.place_then, team.contact))):
        message = f"'{number[0]}' giống số điện thoại riêng, trang này không in"
        yield message, "ghi nơi hỏi: trưởng thôn, Ủy ban nhân dân xã, phường"


def communes_of(teams: Sequence[ListedTeam]) -> tuple[Commune, ...]:
    """Return the teams by commune of today, both in the order of the file."""
    order = list(dict.fromkeys(team.commune_now for team in teams))
    ranked = sorted(teams, key=lambda team: order.index(team.commune_now))
    return tuple(
        Commune(name, tuple(group)) for name, group in groupby(ranked, lambda t: t.commune_now)
    )
