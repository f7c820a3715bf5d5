"""References to statistics: each is whole, stands where it can be shown, and leads to a figure."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.document.tree import FigureReference, Text
from portal.library.figures import EXAMPLE, check_reference
from portal.library.library import Library, Page, PageKind
from portal.source.problems import Problem


@reads("data/statistics/")
def check_figures(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each reference that shows no figure, and for a story's without a day."""
    is_story = page.kind is PageKind.STORY
    for node in page.document.walk():
        if isinstance(node, FigureReference):
            line = page.document.line(node)
            yield from check_reference(
                page.path, line, node.source, library.statistics, must_pin=is_story
            )


def check_figure_places(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error where a figure, which carries a link of its own, cannot stand or is none."""
    for node in page.document.walk():
        if isinstance(node, Text) and "{{" in node.text:
            message = "dấu {{ không mở ra số liệu nào"
            line = page.document.line(node)
            yield Problem(page.path, line, message, f"viết như {EXAMPLE}")
    for field, value in page.meta.items():
        if "{{" in str(value):
            message = f"trường '{field}' không nhận số liệu"
            yield Problem(page.path, page.line_of(field), message, "viết số liệu trong thân bài")
    for link in page.contents.references:
        if "{{" in link.text + link.title:
            fix = "đặt số liệu ra ngoài dấu [ ]"
            yield Problem(page.path, link.line, "số liệu nằm trong đường dẫn hoặc hình", fix)
