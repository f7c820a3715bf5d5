"""The day of a build: that in Ninh Bình on every machine, and whether the clock can be believed."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from portal.language.dates import VIETNAM, add_months
from portal.language.text import format_day
from portal.source.problems import Problem, Severity

EPOCH = "SOURCE_DATE_EPOCH"  # seconds since 1970, reproducible-builds.org
_MIN_PAGES = 5  # fewer dates after today are slips of their writers
_LONGEST_REVIEW = 24  # months; when nothing was looked at for so long, everything is overdue
_CONFIG_FILE = "mkdocs.yml"


def build_day() -> datetime.date:
    """Return the day of this build: that of SOURCE_DATE_EPOCH when it can be used, else today."""
    return given_day() or datetime.datetime.now(VIETNAM).date()


def given_day() -> datetime.date | None:
    """Return the day that SOURCE_DATE_EPOCH names; the checks refuse what names none."""
    try:
        return datetime.datetime.fromtimestamp(int(os.environ[EPOCH]), VIETNAM).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def judge_clock(
    today: datetime.date, days: Sequence[datetime.date]
) -> tuple[datetime.date, list[Problem]]:
    """Return the day to go by, and the one problem of a clock that the pages' days disprove.

    `days` are those on which pages were checked or published. When most lie after today, the clock
    is behind, and the newest of them is nearer to the truth; when the newest is older than any
    page may become, the clock may be ahead, and one sentence stands for all.
    """
    later = [day for day in days if day > today]
    if len(later) >= _MIN_PAGES and 2 * len(later) > len(days):
        newest = max(days)
        message = (
            f"đồng hồ của máy ghi ngày {format_day(today)}, mà {len(later)} trong {len(days)} bài "
            f"được kiểm tra sau ngày ấy, mới nhất là {format_day(newest)}"
        )
        return newest, [Problem(_CONFIG_FILE, 1, message, "chỉnh ngày giờ của máy rồi chạy lại")]
    if len(days) >= _MIN_PAGES and add_months(max(days), _LONGEST_REVIEW) < today:
        newest = max(days)
        message = (
            f"đồng hồ của máy ghi ngày {format_day(today)}, mà không bài nào được kiểm tra sau "
            f"ngày {format_day(newest)}: đồng hồ sai, hoặc mọi bài đã quá hạn"
        )
        fix = "xem ngày giờ của máy; đúng thì đối chiếu lại các bài:  make review-list"
        return newest, [Problem(_CONFIG_FILE, 1, message, fix, Severity.ADVICE)]
    return today, []
