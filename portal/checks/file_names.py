"""File names become addresses: lower-case ASCII, so that they can be read aloud and typed."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.library.library import Library, Page
from portal.source.naming import file_slug, is_reserved, reserved_name
from portal.source.problems import Problem

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_URI = re.compile(rf"{_NAME}(?:/{_NAME})*\.md")


def check_file_name(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error when a file's or folder's name is not a slug."""
    if not _URI.fullmatch(page.uri):
        message = "tên tệp, thư mục chỉ được có chữ thường không dấu, số và gạch nối"
        yield Problem(page.path, 1, message, move_command(page.path, page_path(page.uri)))
    elif any(map(is_reserved, PurePosixPath(page.uri).parts)):
        fix = move_command(page.path, page_path(page.uri))
        yield reserved_name(page.path, fix)


def page_path(uri: str) -> str:
    """Return the valid path of a page ("docs/guides/x/y.md")."""
    parts = PurePosixPath(uri).with_suffix("").parts
    return f"docs/{'/'.join(file_slug(part, 'bai') for part in parts)}.md"


def move_command(old: str, new: str) -> str:
    """Return the command that renames a file, tracked or not; it asks before overwriting."""
    folder = posixpath.dirname(new)
    start = "" if folder == posixpath.dirname(old) else f"mkdir -p {shlex.quote(folder)} && "
    return f"{start}mv -i {shlex.quote(old)} {shlex.quote(new)}"
