"""The date of a build, in Vietnam's time, and a plausibility check of the clock."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from portal.language.dates import VIETNAM, add_months
from portal.language.text import format_day
from portal.source.problems import Problem, Severity

EPOCH = "SOURCE_DATE_EPOCH"  # seconds since 1970, reproducible-builds.org
_MIN_PAGES = 5  # fewer dates in the future are typing errors
_LONGEST_REVIEW = 24  # months; the longest review interval
_CONFIG_FILE = "mkdocs.yml"


def build_day() -> datetime.date:
    """Return the date of this build: that of a valid SOURCE_DATE_EPOCH, else today."""
    return given_day() or datetime.datetime.now(VIETNAM).date()


def given_day() -> datetime.date | None:
    """Return the date in SOURCE_DATE_EPOCH, None when it is unset or invalid."""
    try:
        return datetime.datetime.fromtimestamp(int(os.environ[EPOCH]), VIETNAM).date()
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def judge_clock(
    today: datetime.date, days: Sequence[datetime.date]
) -> tuple[datetime.date, list[Problem]]:
    """Return the date to use, and a problem when the pages' dates contradict the clock.

    `days` are the dates on which pages were reviewed or published. When most are in the future, the
    clock is slow, and the newest of them is used; when the newest is older than the longest review
    interval, the clock may be fast, which is reported once instead of for every page.
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
