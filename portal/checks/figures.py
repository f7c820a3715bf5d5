"""References to statistics: each is whole, stands where it can be shown, and leads to a figure."""

from __future__ import annotations

from collections.abc import Iterator

from portal.document.tree import FigureReference, Text
from portal.library.figures import EXAMPLE, check_reference
from portal.library.library import Library, Page, PageKind
from portal.source.problems import Problem


def check_figures(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each reference that shows no figure, and for a story's without a day."""
    yield from _check_places(page)
    is_known = not library.is_damaged("data/statistics/")
    for node in page.document.walk():
        line = page.document.line(node)
        if isinstance(node, Text) and "{{" in node.text:
            message = "dấu {{ không mở ra số liệu nào"
            yield Problem(page.path, line, message, f"viết như {EXAMPLE}")
        elif isinstance(node, FigureReference) and is_known:
            yield from check_reference(
                page.path,
                line,
                node.source,
                library.statistics,
                must_pin=page.kind is PageKind.STORY,
            )


def _check_places(page: Page) -> Iterator[Problem]:
    """Yield an error where a figure, which carries a link of its own, cannot stand."""
    for field, value in page.meta.items():
        if "{{" in str(value):
            message = f"trường '{field}' không nhận số liệu"
            yield Problem(page.path, page.line_of(field), message, "viết số liệu trong thân bài")
    for link in page.contents.references:
        if "{{" in link.text + link.title:
            fix = "đặt số liệu ra ngoài dấu [ ]"
            yield Problem(page.path, link.line, "số liệu nằm trong đường dẫn hoặc hình", fix)
