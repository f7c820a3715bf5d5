"""Parts that are equal on many pages (header, navigation, footer), rendered once."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from portal.library.generated_pages import GeneratedPage
from portal.library.library import Page, url_of


class SharedParts:
    """The rendered parts of one build, by name and dependencies."""

    def __init__(self) -> None:
        self._parts = dict[tuple[Hashable, ...], str]()

    def __call__(self, name: str, *common: Hashable, caller: Callable[[], str]) -> str:
        """Return the part between `{% call shared(name, …) %}` and `{% endcall %}`.

        It is rendered once for all pages with equal `common` values, and every time when one of
        them is empty. It must not depend on anything else that differs between pages.
        """
        if not all(common):
            return caller()
        key = (name, *common)
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = caller()
        return part


def place_of(page: Page | GeneratedPage | None) -> str:
    """Return the folder of a guide or story, or of a page that repeats one, "" for any other page.

    All pages of a folder have the same relative links to pages outside of it. On other pages,
    header, navigation and footer may link to the page itself.
    """
    if page is None:
        return ""
    is_one_of_many = page.kind.is_article if isinstance(page, Page) else bool(page.canonical)
    return url_of(page.uri).rstrip("/").rpartition("/")[0] if is_one_of_many else ""
