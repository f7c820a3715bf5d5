"""Compares the search index with the pages as written: what is found must be there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from portal.search import SearchPage

_NOINDEX = '<meta name="robots" content="noindex">'
UNFOUND = frozenset({"404.html"})


def find_disagreements(site: Path, pages: Sequence[SearchPage]) -> list[str]:
    """Return, in Vietnamese, each page or anchor that the index and the site do not share.

    Pages that ask not to be indexed (redirects of short links) are not to be found here either.
    """
    found = [line for page in pages for line in _missing(site, page)]
    indexed = {_file_of(page.url) for page in pages}
    written = set(_html_files(site))
    return found + [
        f"{file}: trang không có trong mục lục"
        for file in sorted(written - indexed - UNFOUND)
        if _NOINDEX not in (site / file).read_text(encoding="utf-8")
    ]


def _html_files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        start = "" if folder == str(site) else f"{folder[len(str(site)) + 1 :]}/".replace("\\", "/")
        yield from (start + name for name in names if name.endswith(".html"))


def _missing(site: Path, page: SearchPage) -> Iterator[str]:
    file = site / _file_of(page.url)
    if not file.is_file():
        yield f"{page.url}: mục lục có, trang không có"
        return
    anchors = [section.anchor for section in page.sections if section.anchor]
    yield from _missing_anchors(page.url, anchors, file.read_text(encoding="utf-8"))


def _missing_anchors(url: str, anchors: Iterable[str], html: str) -> Iterator[str]:
    yield from (
        f"{url}#{anchor}: trang không có mục này"
        for anchor in anchors
        if f' id="{anchor}"' not in html
    )


def _file_of(url: str) -> str:
    path = unquote(url)
    return path if path.endswith(".html") else f"{path}index.html"
