"""The advice in a new page's template, which must be removed before publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library.library import Library, Page
from portal.source.problems import Problem
from portal.source.schema import DRAFT

_ADVICE = re.compile(rf"{re.escape(DRAFT)}[^\]\n]*\]?")


def advise(text: str) -> str:
    """Return advice in the form that `check_advice_text` finds."""
    return f"{DRAFT}{text}]"


def check_advice_text(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line that still has the template's advice."""
    if DRAFT not in page.source:
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        if advice := _ADVICE.search(line):
            message = f"còn lời dặn của khung bài: {advice[0]}"
            fix = "viết nội dung vào chỗ đó; mục nào không cần thì xóa cả tiêu đề"
            yield Problem(page.path, number, message, fix)
