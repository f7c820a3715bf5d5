"""Letters: composed Unicode (NFC), visible ones only, and the one placement of tones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from portal.checks.mending import mend_letters
from portal.language.text import has_house_tone_style, to_nfc
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

FIX_COMMAND = "chạy  make fix"
# Nobody sees them: they break words for a search, turn the order of letters round (U+202E), or are
# the placeholders of Markdown itself (U+0002). Joiners of emoji (U+200D) are left alone.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def check_normal_form(page: Page, _: Library) -> Iterator[Problem]:
    """Yield one error for a page with decomposed letters, at the first such line."""
    if page.has_everyday_characters or unicodedata.is_normalized("NFC", page.source):
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
    mended = mend_letters(page.source, page.path)
    lines = zip(to_nfc(page.source).split("\n"), mended.split("\n"), strict=True)
    for number, (line, styled) in enumerate(lines, 1):
        if styled != line:
            words = zip(line.split(), styled.split(), strict=True)
            old, new = next((old, new) for old, new in words if old != new)
            message = f"viết '{old}' theo kiểu khác với cả trang"
            yield Problem(page.path, number, message, f"{new}  ({FIX_COMMAND})", Severity.ADVICE)


def check_invisible(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with a character that nobody can see."""
    if page.has_everyday_characters or not INVISIBLE.search(page.source):
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        if found := INVISIBLE.search(line):
            before = INVISIBLE.sub("", line[: found.start()]).strip()[-20:]
            place = f"ngay sau “{before}”" if before else "ở đầu dòng"
            message = f"có ký tự ẩn U+{ord(found[0]):04X} {place}"
            yield Problem(page.path, number, message, "xóa rồi gõ lại mấy chữ ở chỗ đó")
