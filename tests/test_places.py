import re
from pathlib import Path

from conftest import REPOSITORY, write
from mkdocs.commands.build import build
from mkdocs.config import load_config

from portal.facts import load_facts
from portal.places import Place, districts_of, load_places

HEAD = "old_kind,old_name,within,district,new_kind,new_name,fact,note\n"


def real_places() -> tuple[Place, ...]:
    return load_places(REPOSITORY / "data/places.csv")[0]


def test_real_table_has_every_unit_of_the_three_districts() -> None:
    """facts.vi.md §12: nineteen units of today, made of fifty-seven former ones."""
    places, problems = load_places(REPOSITORY / "data/places.csv")
    assert problems == []
    assert len({place.now for place in places}) == 19
    assert sum(not place.is_hamlet for place in places) == 57
    assert [place.full_name for place in places if place.is_hamlet] == [
        "xóm Chùa", "phố Thượng Kiệm", "thôn Lạc Hiền",
    ]  # fmt: skip


def test_real_table_agrees_with_the_guide_row_by_row() -> None:
    guide = (REPOSITORY / "docs/guides/to-cong-nghe-so/tra-ten-xa-moi.md").read_text("utf-8")
    rows = dict(
        line.strip("| ").split(" | ") for line in guide.splitlines() if line.startswith("| ")
    )
    for place in real_places():
        if not place.is_hamlet:
            assert place.name in rows[place.now]


def test_confidence_comes_from_the_fact() -> None:
    facts = load_facts(REPOSITORY / "data/facts.yml")[0].facts
    sure = {place.now for place in real_places() if facts[place.fact].confidence == "high"}
    assert sure == {"phường Đông Hoa Lư", "xã Phát Diệm"}


def test_a_name_with_two_targets_is_two_places(tmp_path: Path) -> None:
    rows = "xã,Yên Hòa,,Yên Mô,xã,Yên Mô,F1,\nxã,Yên Hòa,,Yên Mô,xã,Yên Từ,F1,\n"
    places, problems = load_places(write(tmp_path / "places.csv", HEAD + rows))
    assert [(place.full_name, place.now) for place in places] == [
        ("xã Yên Hòa", "xã Yên Mô"),
        ("xã Yên Hòa", "xã Yên Từ"),
    ]
    assert problems == []


def test_keys_are_what_people_type() -> None:
    chua = next(place for place in real_places() if place.name == "Chùa")
    assert chua.keys == ("chua", "khanh hoa", "yen khanh", "dong hoa lu")


def test_districts_keep_their_units() -> None:
    names = [district.name for district in districts_of(real_places())]
    assert names == ["huyện Yên Khánh", "huyện Kim Sơn", "huyện Yên Mô", "Hoa Lư", "Tam Điệp"]
    assert districts_of(real_places())[3].units_now == ("phường Đông Hoa Lư",)


def test_without_a_table_there_are_no_places(tmp_path: Path) -> None:
    assert load_places(tmp_path / "places.csv") == ((), [])


def test_a_table_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(b"old_kind\n\xff\xfe")
    assert [str(problem) for problem in load_places(tmp_path / "places.csv")[1]] == [
        "data/places.csv:2: tệp không phải CSV, XLSX hay JSON ở bảng mã UTF-8\n"
        "    Cách sửa: trong Excel chọn Lưu thành: CSV UTF-8, hoặc XLSX"
    ]


def test_page_shows_both_targets_of_a_name_and_what_a_longer_table_covers(
    site_project: Path,
) -> None:
    table = site_project / "data/places.csv"
    more = "xã,Yên Hòa,,huyện Yên Mô,xã,Yên Từ,F12.16,\nxã,Gia A,,huyện Gia B,xã,Gia C,F12.16,\n"
    table.write_text(table.read_text("utf-8") + more, "utf-8")
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    page = (site_project / "site/toi-o-dau/index.html").read_text("utf-8")
    rows = re.findall(r'<tr data-keys="yen hoa.*?</tr>', page, re.DOTALL)
    assert [re.findall(r"<b>(.*?)</b>", row) for row in rows] == [["xã Yên Mô"], ["xã Yên Từ"]]
    assert "và một số nơi của Hoa Lư, Tam Điệp, huyện Gia B." in page
    units = re.findall(r'<p class="units">(.*?)</p>', page)
    assert all(line.startswith("Không còn cấp huyện này trong địa chỉ") for line in units[:3])
    assert units[3:] == [
        f"Bảng chỉ có một nơi của {name} (cũ). "
        f"Nơi khác của {name} thì hỏi Ủy ban nhân dân xã, phường."
        for name in ("Hoa Lư", "Tam Điệp", "huyện Gia B")
    ]
