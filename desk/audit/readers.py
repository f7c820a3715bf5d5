"""Readers of a published site: pages with every file that they load, judged by the releases."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import HTTPException

from desk.audit.answers import Visitor
from desk.publishing.release import Release, Role
from portal.search.index import LEADS

_NAMED = re.compile(r"""["'(=\s,]((?:\.\./)*(?:assets|search)/[\w./-]+)""")
_TEXTS = re.compile(r"search/[0-9a-f]{10}/[\w.-]+")
_IMPORTED = re.compile(r"""["'`](\.{1,2}/[\w./-]+\.(?:js|css|json))["'`]""")


@dataclass(frozen=True)
class OpenPage:
    """A page in a browser: its path, the names of the releases that have it so, what it loads.

    `releases` is empty when no release has it so: the page is broken.
    """

    path: str
    releases: frozenset[str]
    parts: tuple[str, ...]


class SiteReader:
    """One reader of a site at `root`, on a connection of their own."""

    def __init__(self, root: str, releases: Sequence[Release]) -> None:
        self._root, self._visitor = root, Visitor(root)
        self._known = dict[tuple[str, str], frozenset[str]]()
        self._imports = dict[str, tuple[str, ...]]()
        for release in releases:
            for file in release.files:
                key = (file.path, file.sha256)
                self._known[key] = self._known.get(key, frozenset()) | {release.name}

    def open_page(self, path: str) -> OpenPage:
        """Load the page alone."""
        releases, body = self._load(path)
        return OpenPage(path, releases, self._parts_of(path, body.decode()))

    def load_parts(self, parts: Iterable[str]) -> list[str]:
        """Load what a page names and what that imports; return what is missing or of no release."""
        broken, waiting, seen = list[str](), list(parts), set[str]()
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            releases, body = self._load(path)
            if not releases:
                broken.append(path)
            elif path.endswith(".js"):
                waiting += self._imports_of(path, body)
            elif path == LEADS:
                waiting += _TEXTS.findall(body.decode())
        return broken

    def _load(self, path: str) -> tuple[frozenset[str], bytes]:
        """Return the releases that have a file as it is served, and its bytes."""
        address = path.removesuffix("index.html")
        try:
            answer = self._visitor.get(address, "identity")
        except (HTTPException, OSError):
            self._visitor.close()
            self._visitor = Visitor(self._root)
            return frozenset(), b""
        key = (path, hashlib.sha256(answer.body).hexdigest())
        return self._known.get(
            key, frozenset()
        ) if answer.status == 200 else frozenset(), answer.body

    def _parts_of(self, path: str, text: str) -> tuple[str, ...]:
        return (LEADS, *sorted({_below(path, link) for link in _NAMED.findall(text)}))

    def _imports_of(self, path: str, body: bytes) -> tuple[str, ...]:
        """Return what a script imports; a script's name carries a digest, so it is read once."""
        if path not in self._imports:
            links = _IMPORTED.findall(body.decode())
            self._imports[path] = tuple(_below(path, link) for link in links)
        return self._imports[path]


def readable_pages(release: Release) -> list[str]:
    """Return the paths of a release's pages that readers read: those with scripts."""
    pages = (file.path for file in release.with_role(Role.PAGE) if file.path.endswith(".html"))
    folder = release.folder
    return [
        path
        for path in pages
        if path != "404.html" and b'<script type="module"' in (folder / path).read_bytes()
    ]


def _below(path: str, link: str) -> str:
    """Return the path in the site of what a file names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
