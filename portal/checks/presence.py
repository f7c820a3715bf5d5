"""Checks that there are guides and a home page, and that guides and stories have a body."""

from __future__ import annotations

from collections.abc import Iterator

from portal.library.library import Library, Page
from portal.source.problems import Problem


def check_presence(library: Library) -> Iterator[Problem]:
    """Yield an error when there is no guide at all, or no home page."""
    if not library.guides and not any(uri.startswith("guides/") for uri in library.unreadable):
        message = "thư mục docs/guides/ chưa có bài hướng dẫn nào"
        yield Problem("docs/guides", 1, message, "lấy lại từ git: git checkout docs/guides")
    if "index.md" not in library.by_uri and "index.md" not in library.unreadable:
        message = "thiếu trang chủ docs/index.md"
        yield Problem("docs/index.md", 1, message, "lấy lại từ git: git checkout docs/index.md")


def check_body(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for a guide or story without text."""
    is_unread = any(problem.path == page.path for problem in library.problems)
    if not page.kind.is_article or page.file.body.strip() or is_unread:
        return
    message = "bài không có nội dung sau phần đầu trang"
    example = f"; khung bài mẫu:  {page.kind.command}" if page.kind.command else ""
    fix = f"viết nội dung dưới phần đầu trang{example}"
    yield Problem(page.path, max(1, page.file.body_line - 1), message, fix)
