"""The errors of a page's body, by the body's own lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from portal.checks import check_page
from portal.library.library import Library, Page
from portal.source.frontmatter import read_source
from portal.source.problems import Problem, Severity
from support.project import FRONT, HOME, STORY_FRONT

MISTAKES = [
    pytest.param(case, id=f"{file.stem}: {case['text'][:40]!r}")
    for file in sorted(Path(__file__).parents[1].glob("cases/mistakes/*.yml"))
    for case in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
]
PAGES = {
    "page": ("trang.md", HOME.replace("Trang chủ", "Một trang")),
    "guide": ("guides/dinh-danh/kich-hoat.md", FRONT),
    "story": ("stories/to.md", STORY_FRONT),
}


def page_of(body: str, kind: str) -> Page:
    uri, front = PAGES[kind]
    front = front.rpartition("---\n")[0] + "---\n"
    source = front + body
    return Page(uri, read_source(source, f"docs/{uri}")[0], source)


def errors_in(body: str, kind: str, library: Library) -> list[Problem]:
    """Return the errors of a body, by its own lines."""
    page = page_of(body, kind)
    before = page.file.body_line - 1
    found = check_page(page, replace(library, pages=(*library.pages, page)))
    return [
        Problem("", each.line - before, each.message, each.fix)
        for each in found
        if each.severity is Severity.ERROR
    ]
