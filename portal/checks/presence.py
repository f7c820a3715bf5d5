"""A portal without guides, or with a folder that is no topic, is a mistake, not an empty site."""

from __future__ import annotations

from collections.abc import Iterator

from portal.library import Library
from portal.problems import Problem


def check_presence(library: Library) -> Iterator[Problem]:
    """Yield an error when there is no guide at all, or no home page."""
    if not library.guides and not any(uri.startswith("guides/") for uri in library.unreadable):
        message = "thư mục docs/guides/ chưa có bài hướng dẫn nào"
        yield Problem("docs/guides", 1, message, "lấy lại từ git: git checkout docs/guides")
    if "index.md" not in library.by_uri and "index.md" not in library.unreadable:
        message = "thiếu trang chủ docs/index.md"
        yield Problem("docs/index.md", 1, message, "lấy lại từ git: git checkout docs/index.md")
