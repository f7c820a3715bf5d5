"""Booklets and posters for many teams, each with the team's name and telephone.

The list has private telephone numbers: neither the list nor the output is committed to git.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portal.drawn.paper.compiler import Sheet
from portal.drawn.paper.sources import booklets_of, handouts_of, posters_of
from portal.images.usage import shown_images
from portal.language.text import slugify
from portal.library.library import Library
from portal.library.site_identity import Site
from portal.library.team import BOX, Team
from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind


def load_batch(file: Path) -> tuple[tuple[Team, ...], list[Problem]]:
    """Return the teams of a CSV file with the columns name and phone, and its problems."""
    columns = (replace(BOX[0], required=True), *BOX[1:])
    listed = Field("", Kind.RECORDS, "Tổ", "Mỗi dòng một tổ.", "", fields=columns)
    data, problems = Table(str(file), (listed,), is_optional=True).read(file)
    teams = dict[str, Team]()
    for row in data.rows():
        team = Team(row.text("name"), row.text("phone"))
        slug = slugify(team.name)
        if slug in teams:
            fix = "thêm tên thôn, xóm vào tên tổ"
            problems.append(Problem(str(file), row.line, f"tên tổ '{team.name}' có hai lần", fix))
        teams[slug] = team
    if not problems and not teams:
        fix = "dòng đầu ghi name,phone; mỗi dòng sau một tổ"
        problems.append(Problem(str(file), 1, "danh sách chưa có tổ nào", fix))
    return tuple(teams.values()), sorted(problems)


def sheets_for(
    team: Team, library: Library, site: Site, urgent: Sequence[str]
) -> Iterator[tuple[str, Sheet]]:
    """Yield (path, sheet) of everything that a team hands out, in the team's own folder."""
    own = replace(library, team=team)
    handouts = handouts_of(own, site, shown_images(own))
    sheets: dict[str, Sheet] = {
        **posters_of(own, site, urgent),
        **booklets_of(own, site, handouts),
    }
    for path, sheet in sheets.items():
        yield f"{slugify(team.name)}/{Path(path).name}", sheet
