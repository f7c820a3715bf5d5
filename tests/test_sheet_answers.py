"""What a page says of its printed sheets, at each release after that of the sheet."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path

import pytest
from support.project import FRONT, write

from desk.fact_record import record_facts
from portal.drawn.paper.sources import booklets_of, handouts_of, posters_of, story_form_of
from portal.library.fact_history import load_history
from portal.library.library import Library, load_library
from portal.library.printed_facts import (
    handout_sheet,
    marked_sheets,
    poster_sheet,
    story_form_sheet,
)
from portal.library.site_identity import Site
from portal.library.team_stories import QUESTIONS
from portal.site.sheet_answers import sheet_answers

GUIDE = "guides/dinh-danh/kich-hoat/"
PAGE = f"docs/{GUIDE[:-1]}.md"
BODY = "\n## Các bước\n\n1. Gọi [1900 0368](tel:19000368).\n"
NEXT_DAY = datetime.date(2026, 12, 20)
HELD = "Tờ này in theo bản ngày 24/11/2026, còn đúng."
CHANGED = "Tờ này in theo bản ngày 24/11/2026. Từ đó có 1 điều đã đổi:"


@pytest.fixture
def project(project: Path) -> Path:
    """Return a project whose guide has a number to call, released on 24/11/2026."""
    write(project / PAGE, FRONT + BODY)
    record_facts(project, load_library(project))
    return project


def later(project: Path) -> Library:
    return dataclasses.replace(load_library(project), today=NEXT_DAY)


def change(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    write(project / name, text.replace(old, new))


def code_of(library: Library) -> str:
    return handout_sheet(library.by_uri[f"{GUIDE[:-1]}.md"], library).code


def answer(library: Library, code: str) -> list[str]:
    lines = json.loads(sheet_answers(library)[f"{GUIDE}to-in.json"])
    assert isinstance(lines[code], list)
    return list(lines[code])


def test_every_sheet_has_a_mark_of_its_facts(project: Path) -> None:
    sheets = {sheet.address: sheet for sheet in marked_sheets(load_library(project))}
    guides = ["kich-hoat/", "guides/dinh-danh/", "guides/an-toan/"]
    assert list(sheets) == [*guides, "", "stories/"]
    assert [fact.id for fact in sheets["kich-hoat/"].facts] == ["F1.14", "so-goi/vneid"]
    assert sheets["kich-hoat/"].mark == "#T" + sheets["guides/dinh-danh/"].code
    assert len(sheets[""].mark) == 6


def test_each_sheet_is_printed_with_its_mark(project: Path) -> None:
    library, site = load_library(project), Site("Cổng", "Cho bà con", "https://x.vn/")
    marks = {sheet.address: sheet.mark for sheet in marked_sheets(library)}
    handouts = handouts_of(library, site, {})
    booklets = booklets_of(library, site, handouts)
    posters = posters_of(library, site, [f"{GUIDE[:-1]}.md"])
    assert [each.mark for each in handouts.values()] == [marks["kich-hoat/"]]
    assert [each.mark for each in booklets.values()] == [marks["guides/dinh-danh/"]]
    assert {each.mark for each in posters.values()} == {marks[""]}
    assert {guide.mark for each in posters.values() for guide in each.guides} == {marks[""]}
    assert story_form_of(library, site).mark == marks["stories/"]


def test_a_poster_is_answered_by_the_guides_that_it_leads_to(project: Path) -> None:
    vneid = "id: vneid,"
    children = "  - {id: tre-em, name: Trẻ em, number: '111', tel: '111', for: Cứu trẻ.}"
    change(project, "data/contacts.yml", "sites: []", f"{children}\nsites: []")
    record_facts(project, load_library(project))
    code = poster_sheet(load_library(project)).code
    assert answer(later(project), code) == [HELD]
    change(project, "data/contacts.yml", vneid, "id: vneid-moi,")  # not on the poster
    change(project, "data/contacts.yml", "name: Trẻ em,", "name: Bảo vệ trẻ em,")
    told = "Trước: Số gọi Trẻ em: 111. Nay: Số gọi Bảo vệ trẻ em: 111."
    assert answer(later(project), code) == [CHANGED, told]


def test_a_story_form_tells_what_is_asked_otherwise(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = story_form_sheet().code
    name = next(iter(QUESTIONS))
    monkeypatch.setitem(QUESTIONS, name, "Tổ ở đâu?")
    told = json.loads(sheet_answers(later(project))["stories/to-in.json"])[code]
    assert told[0] == CHANGED
    assert told[1].startswith(f"{name}: trước là Tổ ở thôn")
    assert told[1].endswith("nay là Tổ ở đâu?.")


@pytest.mark.parametrize(
    ("name", "old", "new", "lines"),
    [
        ("data/facts.yml", "Các bước kích hoạt.", "Các bước kích hoạt", [HELD]),
        ("data/facts.yml", "Địa chỉ mới.", "Địa chỉ khác.", [HELD]),
        (
            "data/facts.yml",
            "Các bước kích hoạt.",
            "Chỉ còn hai bước.",
            [CHANGED, "Trước: Các bước kích hoạt. Nay: Chỉ còn hai bước."],
        ),
        (
            "data/facts.yml",
            "Các bước kích hoạt., confidence: high",
            "Ba bước., confidence: medium",
            [CHANGED, "Trước: Các bước kích hoạt. Nay: Ba bước (theo Xã Ea Phê, tháng 1/2024)."],
        ),
        (
            "data/facts.yml",
            "Các bước kích hoạt., confidence: high",
            "Còn 2 bước., confidence: memory",
            [CHANGED, "Một điều chưa chắc đã được viết lại; bà con theo bài dưới đây."],
        ),
        (
            "data/contacts.yml",
            "number: 1900 0368,",
            "number: 1900 0368, cost: miễn cước,",
            [
                CHANGED,
                "Số gọi Tổng đài VNeID: trước là 1900 0368, nay là 1900 0368, miễn cước.",
            ],
        ),
        (
            PAGE,
            "sources: [F1.14]",
            "sources: [F1.14, F12.03]",
            [HELD],
        ),
        (PAGE, "sources: [F1.14]", "sources: [F12.03]", [HELD]),
    ],
)
def test_an_old_sheet_is_told_what_changed_and_only_that(
    project: Path, name: str, old: str, new: str, lines: list[str]
) -> None:
    code = code_of(load_library(project))
    change(project, name, old, new)
    assert answer(later(project), code) == lines


def test_a_fact_that_is_given_up_is_named(project: Path) -> None:
    code = code_of(load_library(project))
    change(project, PAGE, "sources: [F1.14]", "sources: [F12.03]")
    change(project, "data/facts.yml", "id: F1.14", "id: F1.15")
    assert answer(later(project), code) == [CHANGED, "Nay không còn ghi: Các bước kích hoạt."]


def renumber(project: Path, old: str, new: str) -> None:
    """Give the number to call other last digits, in the contacts and in the guide."""
    change(project, "data/contacts.yml", old, new)
    change(project, PAGE, old, new)


def test_each_release_is_kept_and_the_words_of_the_editor_are_used(project: Path) -> None:
    first = code_of(load_library(project))
    renumber(project, "0368", "0369")
    second = code_of(later(project))
    assert record_facts(project, later(project)) == 3  # the number, the guide, its topic
    told = "Số gọi Tổng đài VNeID: trước là 1900 0368, nay là 1900 0369."
    assert answer(later(project), first) == [CHANGED, told]
    assert answer(later(project), second) == ["Tờ này in theo bản ngày 20/12/2026, còn đúng."]
    text = (project / "data/fact-history.csv").read_text(encoding="utf-8")
    line = next(row for row in text.splitlines() if row.startswith("2026-12-20,so-goi/vneid,"))
    change(project, "data/fact-history.csv", line, f"{line}Tổng đài đổi số.")
    assert answer(later(project), first) == [CHANGED, "Tổng đài đổi số."]


def test_what_is_put_back_is_right_again(project: Path) -> None:
    first = code_of(load_library(project))
    renumber(project, "0368", "0369")
    second = code_of(later(project))
    record_facts(project, later(project))
    renumber(project, "0369", "0368")
    assert answer(later(project), first) == [HELD]
    assert answer(later(project), second)[1:] == [
        "Số gọi Tổng đài VNeID: trước là 1900 0369, nay là 1900 0368."
    ]


def test_a_renamed_guide_answers_for_its_old_sheets(project: Path) -> None:
    code = code_of(load_library(project))
    text = (project / PAGE).read_text(encoding="utf-8")
    write(project / "docs/guides/dinh-danh/moi.md", text.replace(": kich-hoat", ": moi"))
    (project / PAGE).unlink()
    redirect = "redirects:\n  - {from: kich-hoat/, to: guides/dinh-danh/moi/}\n"
    write(project / "data/redirects.yml", redirect)
    answers = json.loads(sheet_answers(later(project))["guides/dinh-danh/moi/to-in.json"])
    assert answers == {code: [HELD], poster_sheet(load_library(project)).code: [HELD]}


def test_a_day_that_has_not_come_is_refused(project: Path) -> None:
    file = project / "data/fact-history.csv"
    last = file.read_text(encoding="utf-8").splitlines()[-1]
    write(file, f"{file.read_text(encoding='utf-8')}{last.replace('2026-11-24', '2026-11-25')}\n")
    library = load_library(project)
    line = len(file.read_text(encoding="utf-8").splitlines())
    assert [str(problem) for problem in library.problems] == [
        f"data/fact-history.csv:{line}: ngày 2026-11-25 chưa tới, hôm nay là 2026-11-24\n"
        "    Cách sửa: xem ngày của máy; máy đúng ngày thì lấy lại các dòng cũ từ git; "
        "tệp này chỉ sửa cột note, máy thêm dòng ở cuối"
    ]


def test_a_history_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "x.csv", "date,id,code,words,note\nhôm qua,F1,K3QA,,\n")
    rows, problems = load_history(file)
    assert rows == ()
    assert [str(problem) for problem in problems] == [
        "data/fact-history.csv:2: 'date' phải là ngày, đang là hôm qua\n"
        "    Cách sửa: viết ngày thật, dạng năm-tháng-ngày:  ghi vào ô ở cột date:  NĂM-THÁNG-NGÀY"
    ]


def test_a_history_that_was_edited_by_hand_calls_no_old_sheet_right(project: Path) -> None:
    file = project / "data/fact-history.csv"
    fact = next(
        row for row in file.read_text(encoding="utf-8").splitlines() if ",so-goi/vneid," in row
    )
    change(project, "data/fact-history.csv", f"{fact}\n", "")
    write(file, f"{file.read_text(encoding='utf-8')}{fact.replace('2026-11-24', '2026-11-23')}\n")
    fix = "    Cách sửa: lấy lại các dòng cũ từ git; tệp này chỉ sửa cột note, máy thêm dòng ở cuối"
    assert [str(problem) for problem in load_history(file)[1]] == [
        f"data/fact-history.csv:{line}: {message}\n{fix}"
        for line, message in (
            (13, "mã của tờ '/kich-hoat/' không khớp các dữ kiện ghi trên nó"),
            (14, "mã của tờ '/guides/dinh-danh/' không khớp các dữ kiện ghi trên nó"),
            (18, "dòng ngày 2026-11-23 đứng sau dòng ngày 2026-11-24"),
        )
    ]
