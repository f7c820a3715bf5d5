"""Front matter against the schema of the page's kind, and a guide's topic against its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.checks.file_names import move_command
from portal.library import Library, Page, PageKind
from portal.problems import Problem
from portal.schema import GUIDE_FIELDS, PAGE_FIELDS, STORY_FIELDS, check_fields

FIELDS = {
    PageKind.GUIDE: GUIDE_FIELDS,
    PageKind.STORY: STORY_FIELDS,
    PageKind.PAGE: PAGE_FIELDS,
}


def check_front_matter(page: Page, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a page's fields; nothing when the YAML itself was unreadable."""
    if not page.document.lines and any(problem.path == page.path for problem in library.problems):
        return
    yield from check_fields(
        FIELDS[page.kind], page.meta, page.document.lines, page.path, library.vocabulary
    )
    yield from _check_folder(page, library)


def _check_folder(page: Page, library: Library) -> Iterator[Problem]:
    if page.kind is not PageKind.GUIDE:
        return
    topic = page.meta.get("topic")
    folder = PurePosixPath(page.uri).parent.name
    if folder != topic and any(known.id == topic for known in library.topics):
        message = f"bài thuộc chủ đề '{topic}' nhưng nằm trong thư mục '{folder}'"
        fix = move_command(page.path, f"docs/guides/{topic}/{PurePosixPath(page.uri).name}")
        yield Problem(page.path, page.line_of("topic"), message, fix)
