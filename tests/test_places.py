import json
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.project import write

from portal.library.facts import Fact, FactBase
from portal.library.places import Place, districts_of, finder_table, load_places, namesakes

HEAD = "old_kind,old_name,within,district,province,new_kind,new_name,fact,note\n"
ROWS = """xã,Yên Hòa,,huyện Yên Mô,Ninh Bình,xã,Yên Mô,F1,
thôn,Lạc Hiền,xã Yên Hòa,huyện Yên Mô,Ninh Bình,xã,Yên Mô,F1,Trùng tên nhiều nơi.
phường,Hòa Mạc,,thị xã Duy Tiên,Hà Nam,phường,Duy Tân,F2,
phường,Hòa Mạc,,thị xã Duy Tiên,Hà Nam,phường,Duy Tiên,F2,
xã,Yên Hoà,,huyện Ý Yên,Nam Định,xã,Vũ Dương,F1,
"""
FACTS = FactBase(
    {
        "F1": Fact("F1", "Bảng.", "high", "2025-07", ()),
        "F2": Fact("F2", "Một dòng.", "medium", "2025-07", ()),
    }
)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Place, ...]:
    found, problems = load_places(write(tmp_path / "places.csv", HEAD + ROWS))
    assert problems == []
    return found


def test_a_divided_unit_is_two_rows_of_one_former_place(places: tuple[Place, ...]) -> None:
    duy_tien = districts_of(places)[1]
    assert [[part.now for part in parts] for parts in duy_tien.former_places] == [
        ["phường Duy Tân", "phường Duy Tiên"]
    ]


def test_districts_keep_their_order_units_and_addresses(places: tuple[Place, ...]) -> None:
    assert [(each.title, each.province, each.url) for each in districts_of(places)] == [
        ("Huyện Yên Mô (cũ)", "Ninh Bình", "toi-o-dau/huyen-yen-mo/"),
        ("Thị xã Duy Tiên (cũ)", "Hà Nam", "toi-o-dau/thi-xa-duy-tien/"),
        ("Huyện Ý Yên (cũ)", "Nam Định", "toi-o-dau/huyen-y-yen/"),
    ]
    assert districts_of(places)[0].units_now == ("xã Yên Mô",)


def test_namesakes_are_communes_of_one_name_however_its_tone_is_placed(
    places: tuple[Place, ...],
) -> None:
    names = {
        key: [f"{other.full_name}, {other.district}" for other in others]
        for key, others in namesakes(places).items()
    }
    assert names == {
        ("xã", "Yên Hòa", "", "huyện Yên Mô"): ["xã Yên Hoà, huyện Ý Yên"],
        ("xã", "Yên Hoà", "", "huyện Ý Yên"): ["xã Yên Hòa, huyện Yên Mô"],
    }


def test_the_finder_loads_each_row_once_with_what_is_unsure(places: tuple[Place, ...]) -> None:
    assert json.loads(finder_table(places, FACTS)) == {
        "districts": [
            ["huyện Yên Mô", "Ninh Bình"],
            ["thị xã Duy Tiên", "Hà Nam"],
            ["huyện Ý Yên", "Nam Định"],
        ],
        "places": [
            ["xã Yên Hòa", "", 0, "xã Yên Mô", "", 0],
            ["thôn Lạc Hiền", "xã Yên Hòa", 0, "xã Yên Mô", "Trùng tên nhiều nơi.", 0],
            ["phường Hòa Mạc", "", 1, "phường Duy Tân", "", 1],
            ["phường Hòa Mạc", "", 1, "phường Duy Tiên", "", 1],
            ["xã Yên Hoà", "", 2, "xã Vũ Dương", "", 0],
        ],
    }


def test_a_table_without_provinces_is_read(tmp_path: Path) -> None:
    rows = "old_kind,old_name,district,new_kind,new_name,fact\nxã,Gia A,huyện B,xã,C,F1\n"
    places, problems = load_places(write(tmp_path / "places.csv", rows))
    assert [(place.full_name, place.province, place.now) for place in places] == [
        ("xã Gia A", "", "xã C")
    ]
    assert problems == []


def test_without_a_table_there_are_no_places(tmp_path: Path) -> None:
    assert load_places(tmp_path / "places.csv") == ((), [])


def test_a_table_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(b"old_kind\n\xff\xfe")
    assert [str(problem) for problem in load_places(tmp_path / "places.csv")[1]] == [
        "data/places.csv:2: tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8"
    ]


def test_each_former_district_has_a_page_that_reads_without_scripts(site_project: Path) -> None:
    rows = ROWS.replace("F1", "F12.23").replace("F2", "F12.24")
    write(site_project / "data/places.csv", HEAD + rows)
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    site = site_project / "site/toi-o-dau"
    index = (site / "index.html").read_text("utf-8")
    assert re.findall(r'<li><a href="([a-z-]+/)">([^<]+)</a></li>', index) == [
        ("huyen-yen-mo/", "Huyện Yên Mô"),
        ("huyen-y-yen/", "Huyện Ý Yên"),
        ("thi-xa-duy-tien/", "Thị xã Duy Tiên"),
    ]
    assert cells_of(site / "thi-xa-duy-tien/index.html") == [
        "phường Hòa Mạc | Một phần: phường Duy Tân Một phần: phường Duy Tiên "
        "Hỏi Ủy ban nhân dân xem thôn, tổ của mình về nơi nào. Mới có một nguồn nói vậy."
    ]
    assert cells_of(site / "huyen-yen-mo/index.html") == [
        "xã Yên Hòa | xã Yên Mô Trùng tên: xã Yên Hoà, huyện Ý Yên (cũ), nay là xã Vũ Dương.",
        "thôn Lạc Hiền xã Yên Hòa (cũ) | xã Yên Mô Tên thôn có thể đã đổi trong năm 2026. "
        "Trùng tên nhiều nơi.",
    ]


def cells_of(page: Path) -> list[str]:
    """Return the text of each row, its cells parted by a bar."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page.read_text("utf-8"), re.DOTALL)
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row.replace("<td>", "| "))).strip()
        for row in rows
    ]
