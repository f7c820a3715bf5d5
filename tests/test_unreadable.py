"""One file that cannot be read is one error: nobody is told to mend, by it, what is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.pictures import as_bytes, photo
from support.project import BODY, FRONT, HOME, TOPICS, write

from desk.data_guide import tables
from portal.checks import check_library
from portal.library.library import load_library
from portal.source.problems import Problem

TABLES = [
    f"{path}giu-ma.yml" if path.endswith("/") else path  # a file of a folder
    for path in tables()
    if path != "data/readings.csv"  # for the report alone
]
GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
OTHER = FRONT.replace("Kích hoạt VNeID", "Cài VNeID").replace("kich-hoat", "cai") + BODY
WISHES = TOPICS.replace(
    'colour: "#1f5fa8"}', 'colour: "#1f5fa8", wishes: {kich-hoat: mở, cai: cài}}'
)
PATHS = """\
paths:
  - id: buoi-1
    title: Điện thoại
    summary: Một buổi.
    aim: Biết mở máy.
    minutes: 50
    arrival_minutes: 5
    break_minutes: 5
    check_minutes: 10
    lessons:
      - {guide: guides/dinh-danh/kich-hoat.md, minutes: 10, practice_minutes: 20, tasks: [Mở máy]}
    prepare: [Máy]
    take_home: [guides/dinh-danh/cai.md]
    questions:
""" + "".join(
    f'      - {{ask: "{n}?", choices: [a, b, c], answer: {n % 3 + 1}, why: c, facts: [F1.14]}}\n'
    for n in range(5)
)

REHEARSAL = """\
title: Giữ mã
summary: Một việc.
minutes: 2
guides: [guides/dinh-danh/kich-hoat.md]
facts: [F1.14]
screens:
  - {id: mot, title: Một, says: Đọc., rows: [{button: Đi tiếp, to: hai}]}
  - {id: hai, title: Hai, says: Đọc., rows: [{button: Đi tiếp, to: xong}]}
remember: [Nhớ.]
"""


@pytest.fixture
def linked(project: Path) -> Path:
    """Return the project with all that may lead to its guide: links, wishes, an evening, a list."""
    write(project / "data/topics.yml", WISHES)
    write(project / "data/learning-paths.yml", PATHS)
    write(project / "data/practice/giu-ma.yml", REHEARSAL)
    write(
        project / "data/redirects.yml", "redirects:\n  - {from: cu/, to: guides/dinh-danh/cai/}\n"
    )
    place = "old_kind,old_name,district,new_kind,new_name,fact\nxã,A,huyện B,xã,C,F1.14\n"
    write(project / "data/places.csv", place)
    team = "id,name,place_then,commune_now,contact,fact,guides\n"
    row = "to-a,Tổ A,xóm A,xã C,Hỏi xã.,F1.14,guides/dinh-danh/kich-hoat.md\n"
    write(project / "data/teams.csv", team + row)
    write(project / "data/team.yml", "name: Tổ A\n")
    write(project / "data/loudspeaker.yml", "weeks: []\n")
    write(
        project / "data/fact-history.csv", "date,id,code,words\n2026-11-24,F1.14,K3QA,Các bước.\n"
    )
    authorities = "authorities:\n  - {id: a, name: Công an, words: [công an]}\n"
    write(project / "data/authorities.yml", authorities)
    home = "  home_urgent: [guides/dinh-danh/kich-hoat.md]\n  home_figures: [so_lieu.so_to]\n"
    write(project / "mkdocs.yml", f"extra:\n{home}")
    addresses = "/kich-hoat/\n/cu/\n/guides/dinh-danh/\n/guides/dinh-danh/kich-hoat/\n"
    write(project / "data/published.txt", addresses)
    links = (
        "[Kích hoạt](guides/dinh-danh/kich-hoat.md), [chủ đề](guides/dinh-danh/index.md), "
        "[từ khó](tu-kho.md), [các buổi](buoi-hoc/index.md), [buổi 1](buoi-hoc/buoi-1.md), "
        "[tập](tap-thu/giu-ma.md), "
        "[xã nay](toi-o-dau/huyen-b.md), [tổ](cac-to/to-a.md). "
        "Cần mã OTP."
    )
    write(project / "docs/index.md", f"{HOME}\n{links}\n")
    write(project / "docs/guides/dinh-danh/cai.md", OTHER)
    return project


def problems_of(project: Path) -> list[Problem]:
    return check_library(load_library(project))


def test_project_with_links_is_sound(linked: Path) -> None:
    assert problems_of(linked) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.encode("utf-16"),
        lambda text: b"\xe0" + text.encode(),
        lambda text: text.encode() + b"\0",
        lambda text: (text + "a\n" * 3000).encode(),
        lambda text: text.replace("title: ", 'title: "').encode(),
        lambda text: text.replace("summary: ", "tags: [").encode(),
        lambda text: text.replace("\n---\n", "\n", 1).encode(),
    ],
    ids=["utf-16", "latin-1", "null", "long", "quote", "bracket", "end"],
)
def test_page_that_cannot_be_read_is_one_error(linked: Path, spoil: Callable[[str], bytes]) -> None:
    (linked / "docs/guides/dinh-danh/man-hinh.webp").write_bytes(as_bytes(photo(), "WEBP"))
    shown = "\n![Màn hình VNeID lúc mở](man-hinh.webp)\n"
    (linked / GUIDE).write_bytes(spoil(FRONT + BODY + shown))
    assert [problem.path for problem in problems_of(linked)] == [GUIDE]


def test_only_guide_that_cannot_be_read_is_not_taken_from_git(project: Path) -> None:
    (project / GUIDE).write_bytes((FRONT + BODY).encode("utf-16"))
    assert [problem.path for problem in problems_of(project)] == [GUIDE]


@pytest.mark.parametrize("name", [*TABLES, "data/published.txt", "data/statistics/scopes.csv"])
def test_data_file_with_a_bad_byte_is_one_error(linked: Path, name: str) -> None:
    file = linked / name
    file.write_bytes(b"\xe0" + file.read_bytes())
    assert [problem.path for problem in problems_of(linked)] == [name]


@pytest.mark.parametrize(
    "name", [name for name in TABLES if name.startswith("data/") and name.endswith(".yml")]
)
def test_data_file_with_a_field_too_many_is_one_error(linked: Path, name: str) -> None:
    file = linked / name
    file.write_text(file.read_text(encoding="utf-8") + "la: 1\n", encoding="utf-8")
    assert [problem.path for problem in problems_of(linked)] == [name]


def test_misspelt_short_link_is_one_error(linked: Path) -> None:
    write(linked / GUIDE, (FRONT + BODY).replace("shortlink:", "shortlnk:"))
    assert [problem.path for problem in problems_of(linked)] == [GUIDE]


def test_misspelt_topic_leaves_the_wish_alone(linked: Path) -> None:
    write(linked / GUIDE, (FRONT + BODY).replace("topic: dinh-danh", "topic: dinh-dan"))
    assert [problem.path for problem in problems_of(linked)] == [GUIDE]


def test_row_of_a_topic_that_lacks_a_field_is_one_error(linked: Path) -> None:
    write(linked / "data/topics.yml", WISHES.replace("icon: material/card, ", ""))
    assert [str(problem) for problem in problems_of(linked)] == [
        "data/topics.yml:2: mục 1 của 'topics' thiếu 'icon' (Biểu tượng)\n"
        '    Cách sửa: thêm rồi điền:  icon: "[Viết: Của Material.]"'
    ]


def test_search_words_that_cannot_be_read_are_one_error(linked: Path) -> None:
    write(linked / "data/search-words.yml", "fillers: [\n")
    assert len(problems_of(linked)) == 1


def test_statistics_with_a_damaged_row_are_one_error(linked: Path) -> None:
    write(linked / "docs/index.md", f"{HOME}\nCó {{{{ so_lieu.so_to[tinh-cu@2024-09-08] }}}}.\n")
    file = linked / "data/statistics/observations.csv"
    write(file, file.read_text(encoding="utf-8").replace(",1679,", ",1.679.0,"))
    assert [problem.path for problem in problems_of(linked)] == ["data/statistics/observations.csv"]


def test_no_topic_at_all_has_a_remedy(project: Path) -> None:
    write(project / "data/topics.yml", "topics: []\n")
    assert [str(problem) for problem in problems_of(project)] == [
        f"{GUIDE}:4: không có chủ đề 'dinh-danh'\n    Cách sửa: thêm chủ đề vào data/topics.yml"
    ]


@pytest.mark.parametrize(
    ("table", "link"),
    [
        ("learning-paths.yml", "buoi-hoc/index.md"),
        ("practice/", "tap-thu/index.md"),
        ("places.csv", "toi-o-dau.md"),
        ("teams.csv", "cac-to/index.md"),
    ],
)
def test_link_to_a_page_of_a_missing_table_says_which(project: Path, table: str, link: str) -> None:
    write(project / "docs/index.md", f"{HOME}\n[Trang này]({link})\n")
    assert [str(problem) for problem in problems_of(project)] == [
        f"docs/index.md:8: đường dẫn '{link}' không tới trang nào\n"
        f"    Cách sửa: lấy lại data/{table} từ git (git checkout data/{table}), "
        "hoặc bỏ đường dẫn này"
    ]
