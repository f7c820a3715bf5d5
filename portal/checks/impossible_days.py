"""Days and times that no calendar and no clock has: slips of a finger, or of reading."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from portal.library.library import Library, Page
from portal.source.problems import Problem

_DAY = re.compile(
    r"(?<![\w/.,-])(\d{1,2})/(\d{1,2})/(\d{3,5})(?![\w/])"
    r"|\bngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?(?!\d)"
    r"|\btháng (\d{1,2})/(\d{4})(?![\d/])",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\w:.,/])(\d{1,2})(?:[h:](\d{2})(?![\d:])| giờ(?: (\d{2})(?= phút))?)")
_BEFORE_TIME = ("lúc ", "Lúc ", "từ ", "Từ ", "đến ", "hồi ")
_LEAP_YEAR = 2024  # where no year is written
_WHOLE_DAY = 24
_MINUTES = 60
_ROUND_THE_CLOCK = "24/7/365"
_YEARS = range(1800, 2200)


def check_impossible_days(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each day or time in the site's own words that cannot be."""
    own = page.contents.own_words
    for found in _DAY.finditer(own):
        if found[0] != _ROUND_THE_CLOCK and not _is_day(found):
            message = f"ngày '{found[0]}' không có thật"
            fix = "xem lại ngày ấy ở nguồn; viết ngày trước, tháng sau"
            yield Problem(page.path, page.contents.line_at(found.start()), message, fix)
    for found in _TIME.finditer(own):
        hours, minutes = int(found[1]), int(found[2] or found[3] or 0)
        if ":" in found[0] and not own[: found.start()].endswith(_BEFORE_TIME):  # a ratio
            continue
        is_span = found[0].endswith("giờ")  # "48 giờ" is how long
        if minutes >= _MINUTES or (hours > _WHOLE_DAY and not is_span):
            message = f"giờ '{found[0]}' không có thật"
            yield Problem(
                page.path, page.contents.line_at(found.start()), message, "xem lại giờ ấy ở nguồn"
            )


def _is_day(found: re.Match[str]) -> bool:
    day, month, year = (found[1] or found[4] or 1, found[2] or found[5] or found[7], found[3])
    year = int(year or found[6] or found[8] or _LEAP_YEAR)
    if year not in _YEARS:
        return False
    try:
        datetime.date(year, int(month), int(day))
    except ValueError:
        return False
    return True
