"""Titles and short links are unique."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.language.text import fold
from portal.library.library import Library, Page
from portal.source.problems import Problem


def check_unique_fields(library: Library) -> Iterator[Problem]:
    """Yield an error for each page whose title or short link another page has."""
    yield from _check_unique(library, "title", "tên bài", lambda value: fold(value))
    yield from _check_unique(library, "shortlink", "đường dẫn ngắn", str)


def _check_unique(
    library: Library, name: str, label: str, normalise: Callable[[str], str]
) -> Iterator[Problem]:
    first: dict[str, Page] = {}
    for page in library.pages:
        value = page.meta.get(name)
        if not isinstance(value, str) or not value:
            continue
        holder = first.setdefault(normalise(value), page)
        if holder is not page:
            message = f"{label} '{value}' đã dùng ở {holder.path}:{holder.line_of(name)}"
            yield Problem(page.path, page.line_of(name), message, f"đặt {label} khác")
