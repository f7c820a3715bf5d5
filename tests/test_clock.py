"""Today is the day in Vietnam on every machine; a clock that is years off is said once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from support.project import BODY, FRONT, TODAY, write

from portal.checks import check_library
from portal.library.clock import build_day
from portal.library.library import load_library


def at(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = datetime.datetime.fromisoformat(moment).timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))


def said(project: Path) -> list[str]:
    return [str(problem) for problem in check_library(load_library(project))]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-29T16:59:59+00:00", "2026-11-29"),
        ("2026-11-29T17:00:00+00:00", "2026-11-30"),
        ("2026-11-29T23:30:00+00:00", "2026-11-30"),
    ],
)
def test_today_is_the_day_in_vietnam(
    moment: str, day: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(moment, monkeypatch)
    monkeypatch.setenv("TZ", zone)
    assert build_day().isoformat() == day


def test_page_checked_this_morning_in_vietnam_is_not_of_tomorrow(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-11-23T23:30:00+00:00", monkeypatch)  # 06:30 of the 24th, the day of the guide
    assert said(project) == []


@pytest.fixture
def many(project: Path) -> Path:
    """Return the project with six guides, all checked on TODAY."""
    for number in range(5):
        text = FRONT.replace("Kích hoạt", f"Cài lần {number}").replace("kich-hoat", f"cai-{number}")
        write(project / f"docs/guides/dinh-danh/cai-{number}.md", text + BODY)
    return project


def test_clock_that_is_behind_is_one_error(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at("1970-01-01T00:00:00+00:00", monkeypatch)
    assert said(many) == [
        "mkdocs.yml:1: đồng hồ của máy ghi ngày 1/1/1970, mà 6 trong 6 bài được kiểm tra sau ngày "
        "ấy, mới nhất là 24/11/2026\n    Cách sửa: chỉnh ngày giờ của máy rồi chạy lại"
    ]


def test_clock_that_is_ahead_is_one_piece_of_advice(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2031-01-01T00:00:00+00:00", monkeypatch)
    assert said(many) == [
        "mkdocs.yml:1: đồng hồ của máy ghi ngày 1/1/2031, mà không bài nào được kiểm tra sau ngày "
        "24/11/2026: đồng hồ sai, hoặc mọi bài đã quá hạn\n"
        "    Cách sửa: xem ngày giờ của máy; đúng thì đối chiếu lại các bài:  make review-list"
    ]


def test_one_date_of_many_that_lies_ahead_is_its_page_s_error(many: Path) -> None:
    guide = many / "docs/guides/dinh-danh/kich-hoat.md"
    write(guide, FRONT.replace("2026-11-24", "2027-11-24") + BODY)
    assert load_library(many).today == TODAY
    assert said(many) == [
        "docs/guides/dinh-danh/kich-hoat.md:6: 'reviewed' là ngày 24/11/2027, sau hôm nay\n"
        "    Cách sửa: ghi đúng ngày đã làm, muộn nhất là hôm nay, 2026-11-24"
    ]
