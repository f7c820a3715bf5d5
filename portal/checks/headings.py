"""Heading levels, and the fixed order of a guide's sections (style.vi.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from portal.document.sections import GUIDE_SECTIONS, section_named
from portal.document.tree import Heading
from portal.language.likeness import nearest
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE
from portal.source.problems import Problem, Severity

SECTIONS = tuple(kind.title for kind in GUIDE_SECTIONS)


def check_headings(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for a heading of level 1 in the body or one that skips a level."""
    previous = 1
    for heading in page.contents.headings:
        if heading.level == 1:
            message = "tiêu đề cấp 1 (#) trong thân bài trùng với tên bài"
            yield _advice(page, page.document.line(heading), message, f"## {heading.name}")
        elif heading.level > previous + 1:
            message = f"tiêu đề nhảy từ cấp {previous} xuống cấp {heading.level}"
            yield _advice(
                page, page.document.line(heading), message, f"{'#' * (previous + 1)} {heading.name}"
            )
        previous = max(heading.level, 2)


def check_sections(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice when a guide's sections are unknown, out of order, or without steps."""
    if page.kind is not GUIDE or not page.file.body.strip():
        return
    sections = [heading for heading in page.contents.headings if heading.level == 2]
    yield from _check_names(page, sections)
    yield from _check_order(page, [h for h in sections if h.name in SECTIONS])
    for needed in (("Các bước", "Làm ngay"), ("Vẫn không được",)):
        if not any(heading.name in needed for heading in sections):
            message = f"bài chưa có mục '{needed[0]}'"
            yield _advice(page, page.document.first_line, message, f"## {needed[0]}")


def _check_names(page: Page, sections: list[Heading]) -> Iterator[Problem]:
    for heading in sections:
        if not section_named(heading.name):  # another spelling of one is an error of its own
            near = nearest(heading.name, SECTIONS)
            fix = f"## {near[0]}" if near else f"dùng một trong: {'; '.join(SECTIONS)}"
            message = f"mục '{heading.name}' không có trong khung bài"
            yield _advice(page, page.document.line(heading), message, fix)


def _check_order(page: Page, sections: list[Heading]) -> Iterator[Problem]:
    for before, after in pairwise(sections):
        if SECTIONS.index(after.name) < SECTIONS.index(before.name):
            message = f"mục '{after.name}' phải đứng trước mục '{before.name}'"
            yield _advice(
                page, page.document.line(after), message, "xếp lại theo khung bài cố định"
            )


def _advice(page: Page, line: int, message: str, fix: str) -> Problem:
    return Problem(page.path, line, message, fix, Severity.ADVICE)
