"""Vietnamese typed or saved in another encoding: readers would see letters that are no word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library.library import Library, Page
from portal.source.problems import Problem

# What TCVN3 (ABC) and VNI fonts put within words, and Unicode Vietnamese never does.
_FOREIGN = re.compile(
    r"(?<=[^\W\d_])[ßñÜÖ®µ¹»¾¼½Æ©ÇËÎÏÑ×ÞÄÅäåæçëîï÷øûüþöÿ·¸¶¨](?=\w|\W|$)|[®ÑñÖö](?=[^\W\d_])"
)
_ENOUGH = 3  # on a line; a foreign name has one or two, beside words with letters of Unicode


def check_legacy_encodings(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for the first line in another encoding, mended where that is sure."""
    if page.has_everyday_characters:
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        if not line.isascii() and (mended := _decoded(line)):
            message = "chữ bị vỡ: tệp UTF-8 đã mở bằng bảng mã khác rồi lưu lại"
            yield Problem(page.path, number, message, mended.strip())
            return
        if len(_FOREIGN.findall(line)) >= _ENOUGH and max(line) < "\u0100":
            message = "chữ gõ bằng bảng mã cũ (TCVN3, VNI), trên trang sẽ vỡ"
            yield Problem(page.path, number, message, "gõ lại bằng bảng mã Unicode dựng sẵn")
            return


def _decoded(line: str) -> str:
    """Return a line whose UTF-8 was read as Windows-1252, "" when it was not.

    Other Vietnamese has letters that Windows-1252 lacks, or is no UTF-8 in its bytes.
    """
    try:
        data = [_byte(letter) for letter in line]
        return b"".join(data).decode()
    except UnicodeError:
        return ""


def _byte(letter: str) -> bytes:
    """Return the byte that Windows-1252 shows as a letter; it leaves five bytes as they are."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
