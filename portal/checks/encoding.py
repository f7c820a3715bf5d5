"""Letters: composed Unicode (NFC), and the one placement of tones that the site uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from portal.library import Library, Page
from portal.mending import mend_page
from portal.problems import Problem, Severity
from portal.text import has_house_tone_style, to_nfc

FIX_COMMAND = "chạy  make fix"


def check_normal_form(page: Page, _: Library) -> Iterator[Problem]:
    """Yield one error for a page with decomposed letters, at the first such line."""
    if unicodedata.is_normalized("NFC", page.source):
        return
    lines = [
        number
        for number, line in enumerate(page.source.split("\n"), 1)
        if not unicodedata.is_normalized("NFC", line)
    ]
    message = f"{len(lines)} dòng có chữ ở dạng tổ hợp (NFD), tìm kiếm và in ra sẽ lỗi"
    yield Problem(page.path, lines[0], message, FIX_COMMAND)


def check_tone_style(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for each line that writes "hoà" where the site writes "hòa"."""
    if has_house_tone_style(page.source):
        return
    mended = mend_page(page.source, page.path)
    lines = zip(to_nfc(page.source).split("\n"), mended.split("\n"), strict=True)
    for number, (line, styled) in enumerate(lines, 1):
        if styled != line:
            words = zip(line.split(), styled.split(), strict=True)
            old, new = next((old, new) for old, new in words if old != new)
            message = f"viết '{old}' theo kiểu khác với cả trang"
            yield Problem(page.path, number, message, f"{new}  ({FIX_COMMAND})", Severity.ADVICE)
