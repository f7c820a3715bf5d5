"""Parts of pages that are equal on many of them, rendered once: header, navigation, footer."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from portal.library.library import Page, PageKind


class SharedParts:
    """What templates have rendered in one build, by name and by what it depends on."""

    def __init__(self) -> None:
        self._parts = dict[tuple[Hashable, ...], str]()

    def __call__(self, name: str, *common: Hashable, caller: Callable[[], str]) -> str:
        """Return the part between `{% call shared(name, …) %}` and `{% endcall %}`.

        It is rendered once for all pages that have `common` in common, anew for a page of which
        one of them is empty. It may read nothing else that differs between pages.
        """
        if not all(common):
            return caller()
        key = (name, *common)
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = caller()
        return part


def place_of(page: Page | None) -> str:
    """Return the folder of a guide or story, "" for any other page.

    From all pages of a folder the same relative links lead to the pages outside of it. Of others,
    header, navigation and footer may link to the page itself.
    """
    is_article = page is not None and page.kind is not PageKind.PAGE
    return page.url.rstrip("/").rpartition("/")[0] if page and is_article else ""
