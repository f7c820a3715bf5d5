"""Front matter against the schema of the page's kind, and a guide's topic against its folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.library import Library, Page, PageKind
from portal.problems import Problem
from portal.schema import GUIDE_FIELDS, PAGE_FIELDS, STORY_FIELDS, Vocabulary, check_fields

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
        FIELDS[page.kind], page.meta, page.document.lines, page.path, vocabulary_of(library)
    )
    yield from _check_folder(page, library)


def vocabulary_of(library: Library) -> Vocabulary:
    """Return what the fields of this library's pages may refer to."""
    return Vocabulary(
        topics=tuple(topic.id for topic in library.topics),
        facts={fact.id: fact.confidence for fact in library.facts.facts.values()},
        sources=tuple(library.facts.sources),
        today=library.today,
    )


def _check_folder(page: Page, library: Library) -> Iterator[Problem]:
    topic = page.meta.get("topic")
    folder = PurePosixPath(page.uri).parent.name
    is_topic = any(known.id == topic for known in library.topics)
    if page.kind is PageKind.GUIDE and is_topic and folder != topic:
        message = f"bài thuộc chủ đề '{topic}' nhưng nằm trong thư mục '{folder}'"
        fix = f"git mv {page.path} docs/guides/{topic}/{PurePosixPath(page.uri).name}"
        yield Problem(page.path, page.line_of("topic"), message, fix)
