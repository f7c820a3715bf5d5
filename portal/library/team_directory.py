"""The directory of community digital teams, from data/teams.csv.

A team is reached through an office, never a private number: no column has one, and a number in the
text of a row is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.source.datafiles import UNKNOWN, Table
from portal.source.problems import Problem
from portal.source.schema import FACT, ID, Fault, Field, Kind, Vocabulary

# Vietnamese mobile and landline numbers begin with 0 or +84; hotlines such as 1900 0368 do not.
_PRIVATE_NUMBER = re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)")


def _check_privacy(row: Mapping[str, object]) -> Iterator[Fault]:
    for name in ("name", "place_then", "contact"):
        if number := _PRIVATE_NUMBER.search(str(row.get(name))):
            message = f"'{number[0]}' giống số điện thoại riêng, trang này không in"
            yield Fault(message, "ghi nơi hỏi: trưởng thôn, Ủy ban nhân dân xã, phường", name)


TEAMS = Table(
    "data/teams.csv",
    (
        Field(
            "", Kind.RECORDS, "Tổ", "Mỗi dòng một tổ.", "", identity=("id",), check=_check_privacy,
            fields=(
                ID,
                Field("name", Kind.TEXT, "Tên tổ", "Tên đủ.", "Tổ công nghệ số cộng đồng xóm Chùa"),
                Field("place_then", Kind.TEXT, "Nơi, lúc đó", "Tên cũ.", "xóm Chùa, xã Khánh Hòa"),
                Field("commune_now", Kind.TEXT, "Nay thuộc", "Xã, phường.", "phường Đông Hoa Lư"),
                Field("district_then", Kind.TEXT, "Huyện cũ", "Tên huyện.", "Yên Khánh",
                      required=False),
                Field("contact", Kind.TEXT, "Hỏi ai", "Không ghi số riêng.", "Hỏi trưởng xóm."),
                Field("story", Kind.PAGE, "Câu chuyện", "Tệp trong docs/.", "stories/lac-hien.md",
                      required=False),
                Field("guides", Kind.PAGES, "Bài hợp với tổ", "Cách nhau bằng dấu cách.",
                      "guides/zalo/cai-zalo.md", required=False),
                FACT,
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


@dataclass(frozen=True)
class ListedTeam:
    """A team with a page of its own; `fact` is the id of the fact about its present commune.

    `story` and `guides` are paths within docs/, `line` is the line in the file.
    """

    id: str
    name: str
    place_then: str
    commune_now: str
    contact: str
    fact: str
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
    """A present commune with its teams."""

    name: str
    teams: tuple[ListedTeam, ...]


def load_teams(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[ListedTeam, ...], list[Problem]]:
    """Return the teams in file order, and the problems."""
    data, problems = TEAMS.read(file, vocabulary)
    return tuple(row.make(ListedTeam) for row in data.rows()), problems


def communes_of(teams: Sequence[ListedTeam]) -> tuple[Commune, ...]:
    """Return the teams grouped by present commune, in file order."""
    order = list(dict.fromkeys(team.commune_now for team in teams))
    ranked = sorted(teams, key=lambda team: order.index(team.commune_now))
    return tuple(
        Commune(name, tuple(group)) for name, group in groupby(ranked, lambda t: t.commune_now)
    )
