"""References to statistics: valid syntax, allowed position, existing figure."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.document.tree import FigureReference, Text
from portal.library.figures import EXAMPLE, check_reference
from portal.library.library import Library, Page
from portal.source.problems import Problem


@reads("data/statistics/")
def check_figures(page: Page, library: Library) -> Iterator[Problem]:
    """Yield an error for each unresolved reference, and for one without a date in a story."""
    must_pin = page.kind.tells_of_people
    for node in page.document.walk():
        if isinstance(node, FigureReference):
            line = page.document.line(node)
            yield from check_reference(
                page.path, line, node.source, library.statistics, must_pin=must_pin
            )


def check_figure_places(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error where a reference is not parsed or, since a figure has a link, not allowed."""
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
