"""Compares the search index with the pages as written: what is found must be there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from portal.search.index import SearchPage
from portal.system.files import walk_files

_NOINDEX = b'<meta name="robots" content="noindex">'
UNFOUND = frozenset({"404.html"})


def read_written(site: Path, url: str) -> bytes | None:
    """Return the file of a page's address, None when there is none."""
    try:
        with open(f"{site}/{_file_of(url)}", "rb") as stream:  # noqa: PTH123 - a Path costs as much as reading
            return stream.read()
    except FileNotFoundError:
        return None


def find_missing(page: SearchPage, written: bytes | None) -> list[str]:
    """Return, in Vietnamese, what the index has and the file of the page has not."""
    if written is None:
        return [f"{page.url}: mục lục có, trang không có"]
    missing, place = list[str](), 0
    for anchor in (section.anchor for section in page.sections if section.anchor):
        mark = f' id="{anchor}"'.encode()
        place = written.find(mark, place)  # where the sections before it end, as nearly always
        if place < 0 and mark not in written:
            missing.append(f"{page.url}#{anchor}: trang không có mục này")
    return missing


def find_unindexed(site: Path, urls: Iterable[str]) -> list[str]:
    """Return, in Vietnamese, the pages of a site whose address is none of those of the index.

    Pages that ask not to be indexed (redirects of short links) are not to be found here either.
    """
    written = {path for path, _ in walk_files(site) if path.endswith(".html")}
    return [
        f"{file}: trang không có trong mục lục"
        for file in sorted(written - UNFOUND - set(map(_file_of, urls)))
        if _NOINDEX not in (site / file).read_bytes()
    ]


def _file_of(url: str) -> str:
    path = unquote(url)
    return path if path.endswith(".html") else f"{path}index.html"
