"""Compares the search index with the pages as written: what is found must be there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from urllib.parse import unquote

from portal.search import SearchPage

_NOINDEX = b'<meta name="robots" content="noindex">'
UNFOUND = frozenset({"404.html"})


def find_disagreements(site: Path, pages: Sequence[SearchPage]) -> list[str]:
    """Return, in Vietnamese, each page or anchor that the index and the site do not share.

    Pages that ask not to be indexed (redirects of short links) are not to be found here either.
    """
    written = set(_html_files(str(site)))
    found = [line for page in pages for line in _missing(site, page, written)]
    indexed = {_file_of(page.url) for page in pages}
    return found + [
        f"{file}: trang không có trong mục lục"
        for file in sorted(written - indexed - UNFOUND)
        if _NOINDEX not in _content(site, file)
    ]


def _html_files(site: str) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        start = "" if folder == site else f"{folder[len(site) + 1 :]}/".replace("\\", "/")
        yield from (start + name for name in names if name.endswith(".html"))


def _missing(site: Path, page: SearchPage, written: Set[str]) -> Iterator[str]:
    file = _file_of(page.url)
    if file not in written:
        yield f"{page.url}: mục lục có, trang không có"
        return
    html, place = _content(site, file), 0
    for anchor in (section.anchor for section in page.sections if section.anchor):
        mark = f' id="{anchor}"'.encode()
        place = html.find(mark, place)  # where the sections before it end, as nearly always
        if place < 0 and mark not in html:
            yield f"{page.url}#{anchor}: trang không có mục này"


def _content(site: Path, file: str) -> bytes:
    with open(f"{site}/{file}", "rb") as stream:  # noqa: PTH123 - a Path costs as much as reading
        return stream.read()


def _file_of(url: str) -> str:
    path = unquote(url)
    return path if path.endswith(".html") else f"{path}index.html"
