"""Vietnamese text in a legacy encoding or wrongly decoded (mojibake)."""

from __future__ import annotations

from collections.abc import Iterator

from portal.language.legacy_encodings import decode_line, from_cp1252, looks_encoded
from portal.library.library import Library, Page
from portal.source.problems import Problem


def check_legacy_encodings(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line in another encoding, mended where that is sure."""
    if page.has_everyday_characters:
        return
    for number, line in enumerate(page.source.split("\n"), 1):
        mended = decode_line(line)
        if mended and mended == from_cp1252(line):
            message = "chữ bị vỡ: tệp UTF-8 đã mở bằng bảng mã khác rồi lưu lại"
            yield Problem(page.path, number, message, mended.strip())
        elif mended or looks_encoded(line):
            message = "chữ gõ bằng bảng mã cũ (TCVN3, VNI), trên trang sẽ vỡ"
            fix = mended.strip() if mended else "gõ lại bằng bảng mã Unicode dựng sẵn"
            yield Problem(page.path, number, message, fix)
