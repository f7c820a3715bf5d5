"""A release as an object store holds it: which file lies under which key, with which headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from desk.publishing.object_headers import ObjectHeaders, headers_of
from desk.publishing.release import Release, ReleaseFile
from desk.publishing.store_state import StoredObject

_INDEX = "index.html"
_COPIES = (".br", ".gz")
# What browsers load, who all undo gzip; programs that do not read tables and feeds.
_BY_BROWSERS = frozenset((".html", ".css", ".js", ".json", ".svg", ".webmanifest"))


class Compression(StrEnum):
    """Who compresses, for a store itself answers every reader alike.

    GZIP stores what browsers load as gzip, which all of them undo; PLAIN leaves it to the CDN;
    COPIES stores all that compresses as gzip and as brotli beside it, `.br`, for a server before
    the store that negotiates and undoes gzip for who cannot.
    """

    GZIP = "gzip"
    PLAIN = "plain"
    COPIES = "copies"

    def packs(self, path: str) -> bool:
        """Return whether a file of the site lies as gzip under its own name, if it has a copy."""
        by_browsers = PurePosixPath(path).suffix in _BY_BROWSERS
        return self is Compression.COPIES or (self is Compression.GZIP and by_browsers)


@dataclass(frozen=True)
class Upload:
    """An object, the file with its bytes, and its headers."""

    stored: StoredObject
    file: Path
    headers: ObjectHeaders


def uploads_of(release: Release, compression: Compression, folder_keys: bool) -> list[Upload]:
    """Return every object of a release.

    With `folder_keys` each page also lies under its address, "guides/x/", for stores that know no
    index documents.
    """
    files = {file.path: file for file in release.files}
    return [
        Upload(StoredObject(key, headers.token(body.sha256), body.size, body.role), file, headers)
        for name, body, headers in _bodies(files, compression)
        if (file := release.folder / body.path)
        for key in _keys(name, folder_keys)
    ]


def _bodies(
    files: Mapping[str, ReleaseFile], compression: Compression
) -> Iterator[tuple[str, ReleaseFile, ObjectHeaders]]:
    """Yield the name, the file that holds the bytes and the headers of each object."""
    for path, file in files.items():
        suffix = PurePosixPath(path).suffix
        original = path.removesuffix(suffix)
        if suffix in _COPIES and original in files:
            if suffix == ".br" and compression is Compression.COPIES:
                yield path, file, headers_of(original, "br")
        elif (packed := files.get(f"{path}.gz")) and compression.packs(path):
            yield path, packed, headers_of(path, "gzip")
        else:
            yield path, file, headers_of(path)


def _keys(name: str, folder_keys: bool) -> Iterator[str]:
    yield name
    folder = name.removesuffix(_INDEX)
    if folder_keys and folder != name and folder:  # a key is never empty: home needs the CDN
        yield folder
