"""Overdue reviews: such a guide is still published, with a label."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from portal.language.dates import add_months
from portal.language.text import format_day
from portal.library.library import Library, Page
from portal.library.page_kinds import DEFAULT_REVIEW_MONTHS
from portal.source.problems import Problem, Severity


def review_due(page: Page) -> datetime.date | None:
    """Return the date of a page's next review, None if unknown."""
    reviewed, months = page.meta.get("reviewed"), page.meta.get("review_in", DEFAULT_REVIEW_MONTHS)
    if type(reviewed) is not datetime.date or type(months) is not int or not 1 <= months <= 24:
        return None
    return add_months(reviewed, months)


def check_review_date(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice when a page's review is overdue."""
    due = review_due(page)
    if due and due < library.today:
        message = f"bài đã quá hạn kiểm tra lại từ ngày {format_day(due)}"
        fix = f"đối chiếu với data/facts.yml rồi ghi  reviewed: {library.today.isoformat()}"
        yield Problem(page.path, page.line_of("reviewed"), message, fix, Severity.ADVICE)
