"""Bundles of files for phones, in which each line that files share is stored once.

The service worker reassembles a file on request (theme/assets/sw.js). Concatenated whole pages
would be 6 % larger in brotli, eight times as large in gzip (whose window is shorter than a page),
and four times as large on the phone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.search.index import dump_json

SHORTEST_SHARED = 16  # characters; for shorter lines a reference is as long as the text
# Lines that only crawlers and link previews read; both need the network.
_FOR_MACHINES = (
    '<meta property="',
    '<meta name="twitter:',
    '<link rel="canonical"',
    '<script type="application/ld+json"',
)


@dataclass(frozen=True, slots=True)
class BundledFile:
    """A file by its path from the site's root, and its version."""

    path: str
    text: str
    version: str = ""


def bundle(files: Iterable[BundledFile]) -> bytes:
    """Return files, each read once, as JSON: {"shared": [text], "files": {path: [version, …]}}.

    After the version come the pieces of the text: strings, or indices into `shared`.
    """
    counts = dict[str, int]()
    known = dict[str, str]()  # interned: one object a line
    rows = list[tuple[str, str, list[str]]]()
    for file in files:
        lines = [known.setdefault(line, line) for line in _lines_of(file.text)]
        for line in set(lines):
            counts[line] = counts.get(line, 0) + 1
        rows.append((file.path, file.version, lines))
    shared = (line for line in known if counts[line] > 1 and len(line) >= SHORTEST_SHARED)
    places = {line: place for place, line in enumerate(shared)}
    pieces = {path: [version, *_pieces_of(lines, places)] for path, version, lines in rows}
    return dump_json({"shared": list(places), "files": pieces})


def _lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; each `<symbol>` of an icon counts as a line."""
    parted = text.replace("\n", "\n\0").replace("<symbol", "\0<symbol")
    return (line for line in parted.split("\0") if line)


def _pieces_of(lines: Iterable[str], places: dict[str, int]) -> Iterator[str | int]:
    own = ""
    for line in lines:
        place = places.get(line)
        if place is None:
            own += line
            continue
        if own:
            yield own
        own = ""
        yield place
    if own:
        yield own


def page_to_bundle(html: str) -> str:
    """Return a finished page without the lines for crawlers and link previews."""
    lines = html.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_FOR_MACHINES))


def version_of(html: str, versioned_folder: str) -> str:
    """Return a digest of a page that ignores the name of the scripts' folder."""
    return hashlib.sha256(html.replace(versioned_folder, "").encode()).hexdigest()[:8]
