"""Verifies the search index against the built pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from portal.search.index import SearchPage
from portal.system.files import walk_files

_NOINDEX = b'<meta name="robots" content="noindex">'
UNFOUND = frozenset({"404.html"})


def read_written(site: Path, url: str) -> bytes | None:
    """Return the content of the file at a page's address, None when it is missing."""
    try:
        with open(f"{site}/{_file_of(url)}", "rb") as stream:  # noqa: PTH123 - a Path costs as much as reading
            return stream.read()
    except FileNotFoundError:
        return None


def find_missing(page: SearchPage, written: bytes | None) -> list[str]:
    """Return, in Vietnamese, what is in the index but not in the page's file."""
    if written is None:
        return [f"{page.url}: mục lục có, trang không có"]
    missing, place = list[str](), 0
    for anchor in (section.anchor for section in page.sections if section.anchor):
        mark = f' id="{anchor}"'.encode()
        place = written.find(mark, place)  # fast path: sections come in order
        if place < 0 and mark not in written:
            missing.append(f"{page.url}#{anchor}: trang không có mục này")
    return missing


def find_unindexed(site: Path, urls: Iterable[str]) -> list[str]:
    """Return, in Vietnamese, the pages of a site that are missing in the index.

    Pages with noindex (redirects of short links) are left out.
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
