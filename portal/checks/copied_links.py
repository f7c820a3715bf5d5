"""Copied addresses: no tracking parameters, no redirecting site, no private documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.language.copied_address import is_shortened
from portal.library.library import Library, Page
from portal.source.address_faults import fault_of
from portal.source.problems import Problem

_BARE = re.compile(r"(?<![\w@/.-])(?:https?://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)[^\s\0<>“”\"…]*")
_END = ".,;:!?)]}"


def check_copied_links(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each address with tracking, through a redirecting site, or not public."""
    for link in page.contents.references:
        if link.target.startswith(("https:", "http:")) and (wrong := fault_of(link.target)):
            yield Problem(page.path, link.line, *wrong)
    yield from _check_bare(page)


def _check_bare(page: Page) -> Iterator[Problem]:
    """Yield an error for each such address that stands in the site's own words."""
    own = page.contents.own_words
    if "/" not in own:
        return
    for found in _BARE.finditer(own):
        written = found[0].rstrip(_END)
        address = written if written.startswith("http") else f"https://{written}"
        is_path = written.count("/") > 2 * written.count("://") or is_shortened(address)
        wrong = fault_of(address) if is_path or "://" in written else None
        if wrong:
            message, right = wrong
            line = page.contents.line_at(found.start())
            source = page.document.line_text(line)
            is_right = right.startswith(("http", "mailto:")) and written in source
            fix = (
                source.replace(written, right.removeprefix("mailto:")).strip()
                if is_right
                else right
            )
            yield Problem(page.path, line, message, fix)
