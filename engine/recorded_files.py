"""What a page's rendering looked up among the files of the site, so that a change can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.structure.files import File, Files

from portal.page_cache import digest, digest_bytes

_ALL = "*"


class RecordedFiles(Files):
    """The same files as `files`, with a note of every look-up in `seen`: path → what was found."""

    def __init__(self, files: Files) -> None:
        self._all = files
        self._src_uris = files._src_uris
        self.seen = dict[str, str]()

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file, and note it."""
        file = super().get_file_from_path(path)
        self.seen[path] = _found(file)
        return file

    def __iter__(self) -> Iterator[File]:
        """Iterate over all files; then any file added or removed is a change."""
        self.seen[_ALL] = _found_all(self._all)
        return super().__iter__()

    @property
    def src_uris(self) -> Mapping[str, File]:
        """Return all files by path; then any file added or removed is a change."""
        self.seen[_ALL] = _found_all(self._all)
        return super().src_uris


def is_unchanged(seen: Mapping[str, str], files: Files) -> bool:
    """Return whether every look-up would find the same again."""
    return all(
        (_found_all(files) if path == _ALL else _found(files.get_file_from_path(path))) == found
        for path, found in seen.items()
    )


def _found(file: File | None) -> str:
    """Return the address of a page; of any other file also what tells its content."""
    if file is None:
        return ""
    if file.is_documentation_page():
        return f"{file.inclusion.name} {file.url}"
    return f"{file.inclusion.name} {file.url} {_content_of(file)}"


def _content_of(file: File) -> str:
    if file.abs_src_path is None:
        return digest_bytes(file.content_bytes)
    status = Path(file.abs_src_path).stat()
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _found_all(files: Files) -> str:
    return digest([(file.src_uri, file.url, file.inclusion.name) for file in files])
