"""Advice of a new page's template: it helps the writer and must not reach a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library.library import Library, Page
from portal.source.problems import Problem
from portal.source.schema import DRAFT

_ADVICE = re.compile(rf"{re.escape(DRAFT)}[^\]\n]*\]?")


def advise(text: str) -> str:
    """Return a sentence of advice in the form that `check_advice_text` finds."""
    return f"{DRAFT}{text}]"


def check_advice_text(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line that still holds the template's advice."""
    if DRAFT not in page.source:
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        if advice := _ADVICE.search(line):
            message = f"còn lời dặn của khung bài: {advice[0]}"
            fix = "viết nội dung vào chỗ đó; mục nào không cần thì xóa cả tiêu đề"
            yield Problem(page.path, number, message, fix)
