"""Conflict markers in files that are not parsed as content, such as CODEOWNERS."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from portal.library.library import Library
from portal.source.merge_conflicts import find_conflict
from portal.source.problems import Problem
from portal.system.files import walk_files

_MAX_BYTES = 5_000_000


def check_merge_conflicts(library: Library) -> Iterator[Problem]:
    """Yield one error for each file in data/ and in the project's folder with markers."""
    for path, file in _files_of(library.docs.parent):
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            continue
        with suppress(OSError):  # its own reader reports it
            if conflict := find_conflict(file.read_bytes(), path):
                yield conflict


def _files_of(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the project's folder itself and of data/, without hidden ones."""
    for file in root.iterdir():
        if not file.name.startswith("."):
            yield file.name, file
    if (root / "data").is_dir():
        for path, entry in walk_files(root / "data", lambda _, name: name.startswith(".")):
            yield f"data/{path}", Path(entry.path)
