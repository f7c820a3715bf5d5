"""Files in docs/ that are neither pages nor pictures: MkDocs would publish them unchanged.

A script or HTML file would run in the site's origin, and a linked folder would be copied entirely,
so every type that is not on the allow-list is an error.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from portal.checks.file_names import move_command, page_path
from portal.images.formats import OTHER_PICTURES, SUFFIXES
from portal.library.library import Library
from portal.source.naming import is_reserved, reserved_name
from portal.source.problems import Problem
from portal.system.files import leads_outside, printable

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # in any case
_SAVED = (".md", ".orig", ".bak", ".rej", ".swp")  # backups by editors: ".md~", ".md#"
_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".txt")
_LOCK = "~$"  # of Office, beside a file that is open
_OUTSIDE = "liên kết tượng trưng trỏ ra ngoài thư mục docs/"


def check_stray_files(library: Library) -> Iterator[Problem]:
    """Yield an error for each file of an unknown type, and each symbolic link that leads outside.

    A file name that is not UTF-8 is an error too: no page could link to it.
    """
    for folder, names, files in os.walk(library.docs):
        for name in sorted(names):
            if Path(folder, name).is_symlink():
                path = printable(_path(library, folder, name))
                message = "thư mục là liên kết tượng trưng, có thể dẫn ra ngoài dự án"
                yield Problem(path, 1, message, f"xóa {path}, chép hẳn thư mục vào")
        names[:] = [name for name in names if not name.startswith(".")]  # MkDocs ignores them
        for name in sorted(files):
            if name.startswith("."):
                continue  # MkDocs ignores them
            path = _path(library, folder, name)
            if path != printable(path):
                message = "tên tệp không phải chữ ở bảng mã UTF-8"
                fix = "đổi tên tệp: chỉ chữ thường không dấu, số và gạch nối"
                yield Problem(printable(path), 1, message, fix)
                continue
            if name.endswith(".md"):
                continue  # pages have their own check
            suffix = Path(name).suffix
            if suffix == ".pdf" and is_reserved(name):
                fix = move_command(path, f"{posixpath.dirname(path)}/tep-{name}")
                yield reserved_name(path, fix)
            if suffix.lower() not in (*SUFFIXES, ".pdf"):
                message = f"tệp '{suffix or name}' không phải bài, hình hay PDF, không được đăng"
                yield Problem(path, 1, message, _remedy(path, Path(folder, name)))
            elif suffix == ".pdf" and leads_outside(Path(folder, name), library.docs):
                yield Problem(path, 1, _OUTSIDE, f"xóa {path}")
            elif suffix == ".pdf" and not Path(folder, name).is_file():
                yield Problem(path, 1, "không phải tệp thường, không đọc được", f"xóa {path}")


def _remedy(path: str, file: Path) -> str:
    """Return the remedy for a file of another type; text and pictures are never deleted."""
    name = PurePosixPath(path).name
    suffix, page = Path(path).suffix.lower(), page_path(path.removeprefix("docs/"))
    if name.startswith(_LOCK):
        return f"đóng tệp ấy trong Word, rồi xóa {path}"
    if suffix in _MARKDOWN or _is_page(file):
        stem = path.removesuffix(".").removesuffix(".txt").removesuffix(".")
        return move_command(path, page_path(stem.removeprefix("docs/")))
    if suffix.startswith(_SAVED) or suffix.endswith("~"):
        return f"xem bản tự lưu này có gì cần lấy lại, rồi chuyển {path} ra ngoài thư mục docs/"
    if suffix in _DOCUMENTS:
        return f"chép nội dung sang tệp {page}, rồi chuyển {path} ra ngoài thư mục docs/"
    if suffix in OTHER_PICTURES:
        return f"mở hình rồi lưu thành PNG hay JPEG, và chuyển {path} ra ngoài thư mục docs/"
    return f"xóa {path}"


def _is_page(file: Path) -> bool:
    """Return whether a file without its suffix begins as a page does."""
    try:
        with file.open("rb") as stream:
            return stream.read(4) == b"---\n"
    except OSError:
        return False


def _path(library: Library, folder: str, name: str) -> str:
    return f"docs/{Path(folder, name).relative_to(library.docs).as_posix()}"
