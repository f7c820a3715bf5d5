"""Decoding of the files that people write; an invalid byte is reported with its line."""

from __future__ import annotations

import stat
from pathlib import Path

from portal.language.legacy_encodings import from_cp1252
from portal.source.merge_conflicts import find_conflict
from portal.source.problems import Problem


def read_text(file: Path, path: str) -> str | Problem:
    """Return the text of a file in data/, or the problem with it."""
    data = read_bytes(file, path)
    text = data if isinstance(data, Problem) else decode(data, path)
    if isinstance(text, Problem):
        return text
    return _find_mojibake(text, path) or text


def _find_mojibake(text: str, path: str) -> Problem | None:
    """Return the problem of a file in UTF-8 that was read in another encoding and saved again."""
    for number, line in enumerate(text.split("\n") if not text.isascii() else (), 1):
        if not line.isascii() and from_cp1252(line):
            message = "chữ bị vỡ: tệp UTF-8 đã mở bằng bảng mã khác rồi lưu lại"
            fix = "chép lại từ bản gốc, chọn bảng mã UTF-8 khi mở và khi lưu"
            return Problem(path, number, message, fix)
    return None


def read_bytes(file: Path, path: str) -> bytes | Problem:
    """Return the bytes of a file in data/, or the problem with it.

    Only for a missing file is `git checkout` the remedy: any other may hold new work.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # reading a pipe would block
            message = "không phải tệp thường, không đọc được"
            return Problem(path, 1, message, f"chuyển {path} sang chỗ khác, đặt tệp vào đó")
        return file.read_bytes()
    except FileNotFoundError:
        fix = f"lấy lại từ git: git checkout {path}"
        return Problem(path, 1, "không đọc được tệp dữ liệu", fix)
    except OSError as error:
        message = f"không đọc được tệp dữ liệu ({error.strerror})"
        return Problem(path, 1, message, "kiểm tra quyền đọc của tệp")


def decode(data: bytes, path: str) -> str | Problem:
    """Return the text in UTF-8 with "\\n" line ends, or the problem with it."""
    if conflict := find_conflict(data, path):
        return conflict
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "tệp không phải chữ ở bảng mã UTF-8"
        return Problem(path, line, message, "mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = "tệp chứa ký tự rỗng, có vẻ không phải tệp chữ"
        return Problem(path, line, message, "chép nội dung vào tệp mới, lưu với bảng mã UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")
