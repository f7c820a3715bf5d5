"""The team that hands out the printed pages: name and telephone, from data/team.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind

BOX = (  # limits: the size of the box on the page
    Field("name", Kind.TEXT, "Tên tổ", "In vào ô cuối tờ hướng dẫn.", "Tổ thôn Lạc Hiền",
          required=False, max_length=45),
    Field("phone", Kind.TEXT, "Số điện thoại", "Để trống thì có dòng chấm để viết tay.",
          '"0912 345 678"', required=False, max_length=20, is_shown=False),
)  # fmt: skip
TEAM = Table("data/team.yml", BOX, is_optional=True)


@dataclass(frozen=True)
class Team:
    """A team; an empty value is printed as a dotted line."""

    name: str = ""
    phone: str = ""


def load_team(file: Path) -> tuple[Team, list[Problem]]:
    """Return the team, empty without the file, and the problems."""
    data, problems = TEAM.read(file)
    return data.make(Team), problems
