"""Validates front matter by the schema of the page's kind, and a guide's topic by its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from portal.checks.file_names import move_command
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE
from portal.source.problems import Problem, Severity
from portal.source.schema import check_fields, find_lost_texts


def check_front_matter(page: Page, library: Library) -> Iterator[Problem]:
    """Yield the problems of a page's fields; none when its YAML is invalid."""
    if not page.file.lines and any(problem.path == page.path for problem in library.problems):
        return
    lost = list(_check_lost_text(page)) if page.file.lines else []
    lines = {each.line for each in lost if each.severity is Severity.ERROR}
    for problem in check_fields(
        page.kind.fields, page.meta, page.file.lines, page.path, library.vocabulary
    ):
        if problem.line not in lines:  # a text that is all lost is no empty field
            yield problem
    yield from _check_folder(page, library)
    yield from lost


def _check_lost_text(page: Page) -> Iterator[Problem]:
    """Yield text lost as a YAML comment: an error for text such as "#1", else advice."""
    head = page.source.split("\n")[1 : page.file.body_line - 2]
    found = find_lost_texts(page.kind.fields, "\n".join(head), page.path)
    yield from (replace(each, line=each.line + 1) for each in found)


def _check_folder(page: Page, library: Library) -> Iterator[Problem]:
    if page.kind is not GUIDE:
        return
    topic = page.meta.get("topic")
    folder = PurePosixPath(page.uri).parent.name
    if folder != topic and any(known.id == topic for known in library.topics):
        message = f"bài thuộc chủ đề '{topic}' nhưng nằm trong thư mục '{folder}'"
        fix = move_command(page.path, f"docs/guides/{topic}/{PurePosixPath(page.uri).name}")
        if any(known.id == folder for known in library.topics):
            fix = f"bài đúng chỗ thì ghi  topic: {folder}  còn sai chỗ thì chạy  {fix}"
        yield Problem(page.path, page.line_of("topic"), message, fix)
