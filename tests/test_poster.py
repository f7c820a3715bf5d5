"""The poster of the culture house, and the sheets of many teams from a private list."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

from support.paper import codes_on, draw, page_texts, pages_of
from support.project import REPOSITORY, write

from desk.team_batch import load_batch, sheets_for
from portal.drawn.paper.handouts import Hotline, Imprint
from portal.drawn.paper.posters import Poster, PosterGuide
from portal.library.library import load_library
from portal.library.site_identity import Site
from portal.library.team import Team

HOME = "https://x.vn/"
IMPRINT = Imprint("Cổng", "Bản dựng thử.", "Tổ xóm Đình", "0912 345 678")
POSTER = Poster(
    "a4",
    "Kỹ năng số cho bà con",
    "Hướng dẫn từng bước.",
    HOME,
    IMPRINT,
    (PosterGuide("Lỡ chuyển tiền", f"{HOME}lo-chuyen-tien/", "#TK3QA"),),
    (Hotline("113", "Công an"), Hotline("115", "Cấp cứu")),
)


def test_poster_has_codes_numbers_and_the_team_on_one_side() -> None:
    pages = draw({"a4": POSTER, "a3": dataclasses.replace(POSTER, paper="a3")})
    for name in ("a4", "a3"):
        (text,) = page_texts(pages[name])
        for words in ("Kỹ năng số cho bà con", "Lỡ chuyển tiền", "113", "Tổ xóm Đình"):
            assert words in text
        assert "0912 345 678" in text.replace("\u00a0", " ")
        (page,) = pages_of(pages[name])
        assert sorted(codes_on(page)) == [HOME, f"{HOME}lo-chuyen-tien/#TK3QA"]


def test_a_list_of_teams_tells_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = write(tmp_path / "to.csv", f"name,phone\nTổ A,1\n,2\nTổ a,3\n{'Tổ ' * 20},4\n")
    teams, problems = load_batch(file)
    assert [team.name for team in teams][:1] == ["Tổ a"]
    assert [str(problem).split(str(file))[-1] for problem in problems] == [
        ":3: dòng này thiếu 'name' (Tên tổ)\n    Cách sửa: ghi ô ở cột name",
        ":4: tên tổ 'Tổ a' có hai lần\n    Cách sửa: thêm tên thôn, xóm vào tên tổ",
        ":5: 'name' dài 59 ký tự, nhiều nhất 45\n    Cách sửa: bớt ít nhất 14 ký tự",
    ]
    assert load_batch(write(tmp_path / "rong.csv", "name,phone\n"))[1][0].message == (
        "danh sách chưa có tổ nào"
    )


def test_each_team_has_its_booklets_and_posters_with_its_number(project: Path) -> None:
    team = Team("Tổ xóm Đình", "0912 345 678")
    sheets = dict(sheets_for(team, load_library(project), Site("Cổng", "Cho bà con", HOME), []))
    assert list(sheets) == [
        f"to-xom-dinh/{name}.pdf" for name in ("ap-phich-a4", "ap-phich-a3", "dinh-danh")
    ]
    told = [sheet.data()["team"] for sheet in sheets.values()]
    assert told == [{"name": "Tổ xóm Đình", "phone": "0912\u00a0345\u00a0678"}] * 3


def test_a_list_that_git_would_keep_is_refused(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    file = write(tmp_path / "to.csv", "name,phone\nTổ A,1\n")
    command = [sys.executable, "scripts/print_teams.py", str(file), "--root", str(tmp_path)]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == (
        f"{file}: git sẽ lưu tệp này, trong đó có số điện thoại riêng\n"
        "    Cách sửa: chuyển tệp vào thư mục rieng/ của dự án\n"
    )
