"""Copied links: no tracking parameters, no redirecting site, no private documents."""

from __future__ import annotations

from collections.abc import Iterator

from portal.document.contents import Reference
from portal.language.copied_address import (
    is_own_machine,
    sender_of,
    shown_instead_of_edited,
    without_tracking,
)
from portal.library.library import Library, Page
from portal.source.problems import Problem


def check_copied_links(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each link with tracking, through a redirecting site, or not public."""
    for link in page.contents.references:
        if link.target.startswith(("https:", "http:")) and (wrong := _wrong(link)):
            yield Problem(page.path, link.line, *wrong)


def _wrong(link: Reference) -> tuple[str, str] | None:
    target = link.target
    if is_own_machine(target):
        message = f"địa chỉ {target} chỉ mở được trên máy của người viết"
        return message, "ghi địa chỉ thật trên mạng, hoặc đường dẫn tới tệp .md"
    site, true = sender_of(target)
    if site:
        message = f"đường dẫn đi vòng qua {site}, bà con không biết sẽ tới đâu"
        return message, true or "bấm thử, rồi chép địa chỉ thật ở thanh địa chỉ"
    if shown := shown_instead_of_edited(target):
        return "đường dẫn mở bản đang sửa của Google, không phải bản để xem", shown
    if (clean := without_tracking(target)) != target:
        return f"địa chỉ {target} có phần theo dõi người bấm", clean
    return None
