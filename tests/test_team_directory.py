from pathlib import Path

from support.project import write

from portal.library.team_directory import communes_of, load_teams

HEAD = "id,name,place_then,commune_now,district_then,contact,story,guides,fact\n"
ROW = "{},Tổ {},xóm {},{},,{},,,F1\n"


def write_rows(folder: Path, *rows: tuple[str, str, str]) -> Path:
    table = (ROW.format(id, id, id, commune, contact) for id, commune, contact in rows)
    return write(folder / "teams.csv", HEAD + "".join(table))


def test_teams_are_listed_by_commune_of_today(tmp_path: Path) -> None:
    office = "Hỏi trưởng xóm."
    rows = (("a", "xã X", office), ("b", "phường Y", office), ("c", "xã X", office))
    teams, problems = load_teams(write_rows(tmp_path, *rows))
    assert problems == []
    assert [
        (commune.name, [team.id for team in commune.teams]) for commune in communes_of(teams)
    ] == [
        ("xã X", ["a", "c"]),
        ("phường Y", ["b"]),
    ]


def test_a_telephone_number_of_ones_own_is_refused(tmp_path: Path) -> None:
    rows = (("a", "xã X", "Hỏi ông Ba 0912 345 678."),)
    _, problems = load_teams(write_rows(tmp_path, *rows))
    assert [(each.path, each.line, each.message) for each in problems] == [
        ("data/teams.csv", 2, "'0912 345 678' giống số điện thoại riêng, trang này không in")
    ]
