import re

from conftest import REPOSITORY

from portal.library.team_directory import communes_of, load_teams


def test_teams_of_the_article_by_commune_of_today() -> None:
    teams, problems = load_teams(REPOSITORY / "data/teams.csv")
    assert problems == []
    assert [
        (commune.name, [team.id for team in commune.teams]) for commune in communes_of(teams)
    ] == [
        ("xã Phát Diệm", ["pho-thuong-kiem"]),
        ("phường Đông Hoa Lư", ["xa-khanh-hoa-cu"]),
        ("xã Yên Mô", ["thon-lac-hien"]),
    ]


def test_the_real_file_holds_no_telephone_number() -> None:
    text = (REPOSITORY / "data/teams.csv").read_text("utf-8")
    assert re.findall(r"\d{6,}|\d[ .]\d{3}[ .]\d{3}", text) == []
