"""Dates: the clock of Vietnam, counting months as people do."""

from __future__ import annotations

import calendar
import datetime

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))  # without daylight saving since 1975


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
