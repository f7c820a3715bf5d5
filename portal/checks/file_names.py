"""File names become addresses: lower-case ASCII, so that they can be read aloud and typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.library import Library, Page
from portal.problems import Problem
from portal.text import slugify

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_URI = re.compile(rf"{_NAME}(?:/{_NAME})*\.md")


def check_file_name(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error when a file's or folder's name is no slug."""
    if not _URI.fullmatch(page.uri):
        parts = PurePosixPath(page.uri).with_suffix("").parts
        slug = "/".join(slugify(part) or "bai" for part in parts)
        message = "tên tệp, thư mục chỉ được có chữ thường không dấu, số và gạch nối"
        yield Problem(page.path, 1, message, f'git mv "{page.path}" docs/{slug}.md')
