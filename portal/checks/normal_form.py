"""Checks of characters: NFC, no invisible ones, consistent placement of tone marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice

from portal.checks.autofix import mend_letters
from portal.language.legacy_encodings import decode_line
from portal.language.letters import INVISIBLE, with_plain_letters, without_superfluous
from portal.language.text import has_house_tone_style, to_house_tone_style, to_nfc
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

FIX_COMMAND = "chạy  make fix"


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
            # Another check names letters that are mended, too; a blank may be among them.
            words = zip(line.split(), styled.split(), strict=False)
            moved = ((old, new) for old, new in words if old != new == to_house_tone_style(old))
            for old, new in islice(moved, 1):
                message = f"viết '{old}' theo kiểu khác với cả trang"
                fix = f"{new}  ({FIX_COMMAND})"
                yield Problem(page.path, number, message, fix, Severity.ADVICE)


def check_invisible(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with an invisible character."""
    if page.has_everyday_characters or not INVISIBLE.search(page.source):
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        if (found := INVISIBLE.search(line)) and not decode_line(line):
            before = INVISIBLE.sub("", line[: found.start()]).strip()[-20:]
            place = f"ngay sau “{before}”" if before else "ở đầu dòng"
            message = f"có ký tự ẩn U+{ord(found[0]):04X} {place}"
            mended = with_plain_letters(without_superfluous(line)).strip()
            words = "xóa rồi gõ lại mấy chữ ở chỗ đó"
            fix = words if INVISIBLE.search(mended) or not mended else mended
            yield Problem(page.path, number, message, fix)


def check_letters(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with letters of other scripts that look like Latin ones."""
    if page.has_everyday_characters:
        return
    plain = with_plain_letters(to_nfc(page.source))
    if plain == to_nfc(page.source):
        return
    for number, line in enumerate(to_nfc(page.source).split("\n"), 1):
        if (mended := with_plain_letters(line)) != line:
            old, new = _difference(line, mended)
            message = f"chữ '{old}' chỉ trông giống '{new}', tìm kiếm không ra"
            yield Problem(page.path, number, message, without_superfluous(mended).strip())


def _difference(line: str, mended: str) -> tuple[str, str]:
    """Return the first word of a line that is mended, as it was and as it is."""
    words = zip(line.split(), mended.split(), strict=False)
    return next(((old, new) for old, new in words if old != new), (line.strip(), mended.strip()))
