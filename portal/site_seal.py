"""Whether a build would write what stands already: a look at every file that goes in or came out.

A seal holds the content of every input and the names, sizes and dates of every file of the site. As
git does, a file is read only when its size, date or number has changed, or when it is so young that
a change might not show in them.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from portal.files import walk_files, write_atomically
from portal.page_cache import digest, digest_bytes

Message = tuple[str, int, str]  # logger, level, text
Inputs = Mapping[str, tuple[str, str]]  # path → how it looks, digest of its content
_YOUNG = 2_000_000_000  # nanoseconds; file systems note dates by ticks, some by seconds
_LEFT_OUT = frozenset(("__pycache__", "node_modules"))
_BUILT = ("site", "dist")  # by `make build` and `make release`


@dataclass(frozen=True)
class SiteSeal:
    """What a build read and wrote; `key` stands for its configuration, packages, code and day.

    `messages` are those to be said again when the site is left as it is.
    """

    key: str
    inputs: Inputs
    site: str
    messages: tuple[Message, ...] = ()

    def save(self, file: Path) -> None:
        """Write the seal; one that cannot be written costs time and nothing else."""
        data = [self.key, self.site, self.messages, dict(self.inputs)]
        with suppress(OSError):
            write_atomically(file, json.dumps(data).encode())


def read_seal(file: Path) -> SiteSeal | None:
    """Return the seal of the last build, None when there is none or it is damaged."""
    try:
        key, site, messages, inputs = json.loads(file.read_bytes())
        return SiteSeal(
            key,
            {path: (look, content) for path, (look, content) in inputs.items()},
            site,
            tuple((name, level, text) for name, level, text in messages),
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def read_inputs(root: Path, site: Path, known: Inputs) -> Inputs:
    """Return every file of the project but what git ignores; `known` saves reading the same again.

    Links and what else is no file count, as the checks have something to say of them. Hidden
    folders of the project itself, sites and what is being built are left out.
    """
    youngest = time.time_ns() - _YOUNG
    left_out = _left_out(root, site)
    entries = walk_files(root, lambda path, name: path in left_out or name in _LEFT_OUT)
    return {path: _read_input(entry, known.get(path), youngest) for path, entry in entries}


def _read_input(
    entry: os.DirEntry[str], before: tuple[str, str] | None, youngest: int
) -> tuple[str, str]:
    """Return how a file looks and its content; of a link, where it leads is content too."""
    link = str(Path(entry.path).readlink()) if entry.is_symlink() else ""
    try:
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):
            return "", digest(link, stat.S_IFMT(status.st_mode))
        changed = max(status.st_mtime_ns, status.st_ctime_ns)
        look = f"{status.st_size} {changed} {status.st_ino}" if changed < youngest else ""
        if look and not link and before and before[0] == look:
            return before
        content = digest_bytes(Path(entry.path).read_bytes())
        return ("", digest(link, content)) if link else (look, content)
    except OSError as error:  # it leads nowhere or in a circle, or must not be read
        return "", digest(link, error.errno)


def are_equal(first: Inputs, second: Inputs) -> bool:
    """Return whether the same files have the same content."""
    return first.keys() == second.keys() and all(
        content == second[path][1] for path, (_, content) in first.items()
    )


def changed_inputs(first: Inputs, second: Inputs) -> list[str]:
    """Return the paths that are in only one of both, or whose content differs, sorted."""
    none = ("", "")
    paths = first.keys() | second.keys()
    return sorted(p for p in paths if first.get(p, none)[1] != second.get(p, none)[1])


def site_digest(site: Path) -> str:
    """Return the digest of names, sizes, dates and numbers of all files of a site, "" without one.

    A site that is given another name keeps it.
    """
    files = list[tuple[str, int, int, int]]()
    with suppress(FileNotFoundError):
        for path, entry in walk_files(site):
            if not entry.is_file():
                continue
            status = entry.stat()
            files.append((path, status.st_size, status.st_mtime_ns, status.st_ino))
    return digest(repr(sorted(files))) if files else ""


def _left_out(root: Path, site: Path) -> frozenset[str]:
    hidden = (path.name for path in root.iterdir() if path.name.startswith(".") and path.is_dir())
    own = [site.relative_to(root).as_posix()] if site.is_relative_to(root) else []
    return frozenset((*hidden, *own, *_BUILT))
