"""The bytes of a file that people write, as text; whoever must mend one learns where it broke."""

from __future__ import annotations

from pathlib import Path

from portal.problems import Problem


def read_text(file: Path, path: str) -> str | Problem:
    """Return the text of a file in data/, or why it cannot be read.

    Only a file that is not there is taken from git again: any other may hold new work.
    """
    try:
        return decode(file.read_bytes(), path)
    except FileNotFoundError:
        return Problem(
            path, 1, "không đọc được tệp dữ liệu", f"lấy lại từ git: git checkout {path}"
        )
    except OSError as error:
        return unreadable(path, error)


def unreadable(path: str, error: OSError) -> Problem:
    """Return what to say of a file in data/ that is there and cannot be read."""
    message = f"không đọc được tệp dữ liệu ({error.strerror})"
    return Problem(path, 1, message, "kiểm tra quyền đọc của tệp")


def decode(data: bytes, path: str) -> str | Problem:
    """Return the text in UTF-8 with "\\n" line ends, or the problem that forbids it."""
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
