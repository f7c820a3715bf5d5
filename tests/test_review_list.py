"""Duties: which pages and figures are to be looked at again, as text and as a calendar."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from support.project import BODY, FRONT, REPOSITORY, write

from desk.review_list import Duty, as_calendar, duties, duties_as_text
from portal.library.library import load_library

sys.path.insert(0, str(REPOSITORY / "scripts"))
import list_reviews

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
TODAY = datetime.date(2026, 11, 24)


def page_duties(project: Path) -> list[Duty]:
    return [duty for duty in duties(load_library(project)) if duty.path.startswith("docs/")]


def test_guide_is_due_after_its_months(project: Path) -> None:
    write(project / GUIDE, FRONT.replace("reviewed: 2026-11-24", "reviewed: 2026-08-31") + BODY)
    due = datetime.date(2027, 2, 28)
    assert page_duties(project) == [Duty(due, "ban-bien-tap", "Kích hoạt VNeID", GUIDE)]


def test_figures_past_their_date_are_duties_of_whoever_keeps_them(project: Path) -> None:
    library = load_library(project)
    stale = library.statistics.stale(library.today)
    found = [duty for duty in duties(library) if duty.owner == "người phụ trách số liệu"]
    assert len(found) == len(stale) > 0
    assert {duty.due for duty in found} == {figure.stale_after for figure in stale}


def test_text_is_by_owner_and_says_what_is_late() -> None:
    found = [
        Duty(datetime.date(2027, 1, 5), "an", "Bài hai", "docs/b.md"),
        Duty(datetime.date(2026, 10, 1), "an", "Bài một", "docs/a.md"),
        Duty(datetime.date(2026, 12, 1), "ai", "Bài ba", "docs/c.md"),
    ]
    assert duties_as_text(found, TODAY) == (
        "ai\n  1/12/2026  Bài ba  [docs/c.md]\n\n"
        "an\n  1/10/2026 (đã quá hạn)  Bài một  [docs/a.md]\n  5/1/2027  Bài hai  [docs/b.md]"
    )


def test_calendar_has_an_all_day_event_for_each_duty() -> None:
    duty = Duty(datetime.date(2027, 1, 5), "an", "Gọi; hỏi, đợi", "docs/b.md")
    assert as_calendar([duty], TODAY) == (
        "BEGIN:VCALENDAR\r\n"
        "VERSION:2.0\r\n"
        "PRODID:-//Ky nang so Ninh Binh//Lich kiem tra lai//VI\r\n"
        "X-WR-CALNAME:Kiểm tra lại bài\r\n"
        "BEGIN:VEVENT\r\n"
        "UID:15b991f4c0163fa5e9a798563acd12e4@kiem-tra-lai\r\n"
        "DTSTAMP:20261124T000000Z\r\n"
        "DTSTART;VALUE=DATE:20270105\r\n"
        "SUMMARY:Kiểm tra lại: Gọi\\; hỏi\\, đợi\r\n"
        "DESCRIPTION:an\\ndocs/b.md\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def test_long_line_of_a_calendar_is_folded_between_letters() -> None:
    duty = Duty(TODAY, "an", "Đ" * 80, "docs/b.md")
    calendar = as_calendar([duty], TODAY)
    assert max(len(line.encode()) for line in calendar.split("\r\n")) <= 75
    assert "Đ" * 80 in calendar.replace("\r\n ", "")


def test_command_lists_what_comes_soon_and_writes_the_calendar(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / GUIDE, FRONT.replace("reviewed: 2026-11-24", "reviewed: 2026-05-01") + BODY)
    arguments = ["--root", str(project), "--ics", str(project / "lich.ics")]
    assert list_reviews.main(arguments) == 0
    shown = capsys.readouterr().out
    assert f"  1/11/2026 (đã quá hạn)  Kích hoạt VNeID  [{GUIDE}]\n" in shown
    assert "DTSTART;VALUE=DATE:20261101" in (project / "lich.ics").read_text()
    assert list_reviews.main([*arguments, "--fail"]) == 1


def test_nothing_late_passes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / GUIDE, FRONT + BODY)
    list_reviews.main(["--root", str(project), "--months", "1"])
    assert GUIDE not in capsys.readouterr().out
