"""A release: a finished site in a folder of its own, dist/<date>-<digest>/, which never changes.

`make release` builds into a staging folder and seals it: modes do not depend on the umask, files
that did not change keep their times, and `version.json` says what the release is.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from desk.cms import FOLDER
from desk.publishing.http_headers import KEPT_FOR_GOOD, cache_control
from desk.publishing.target import PublishError
from portal.system.files import swap_folders, walk_files

VERSION = "version.json"
STAGED = ".next"  # the built site that is not sealed yet, in dist/
LATEST = "latest"  # a symbolic link in dist/ to the release sealed last
KEPT = 5  # releases in dist/
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
_COPIES = (".br", ".gz")
_RELEASE_NAME = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}")


class Role(IntEnum):
    """What a file is to readers; a target that cannot switch all at once sends them in this order.

    ASSET has a name that carries a digest of its content, FILE is any other file that pages name
    (paper, QR codes), PAGE is HTML, POINTER says what the site holds (sw.js, feeds, indexes).
    """

    ASSET = 1
    FILE = 2
    PAGE = 3
    POINTER = 4


@dataclass(frozen=True)
class ReleaseFile:
    """A file of a release: path within it, SHA-256 in hexadecimal digits, size in bytes, role."""

    path: str
    sha256: str
    size: int
    role: Role


@dataclass(frozen=True)
class Release:
    """A sealed release; `files` are sorted by path and include version.json.

    `digest` is of all other files' paths and contents. `commit` is "" outside git and ends in
    "+" when files were changed after it.
    """

    folder: Path
    digest: str
    date: datetime.date
    commit: str
    counts: Mapping[str, int]
    files: tuple[ReleaseFile, ...]

    @property
    def name(self) -> str:
        """Return the name of its folder, such as "2026-11-30-0123456789ab"."""
        return f"{self.date.isoformat()}-{self.digest}"

    @property
    def address(self) -> str:
        """Return the address that it was built for."""
        return address_in(self.folder)

    def with_role(self, role: Role) -> tuple[ReleaseFile, ...]:
        """Return its files of one role."""
        return tuple(file for file in self.files if file.role is role)


def address_in(site: Path) -> str:
    """Return the address that the home page of a built site names as its own; "" for none."""
    with suppress(OSError):
        home = (site / "index.html").read_text(encoding="utf-8")
        if found := re.search(r'<link rel="canonical" href="([^"]+)">', home):
            return html.unescape(found[1])
    return ""


def role_of(path: str) -> Role:
    """Return the role of a file by its path; compressed copies have that of their original."""
    for suffix in _COPIES:
        path = path.removesuffix(suffix)
    if cache_control(path) == KEPT_FOR_GOOD:
        return Role.ASSET
    if path.endswith(".html"):
        return Role.PAGE
    names_others = path.endswith((".js", ".json", ".xml")) and not path.startswith(f"{FOLDER}/")
    return Role.POINTER if names_others else Role.FILE


def seal(staged: Path, dist: Path, day: datetime.date, commit: str) -> Release:
    """Make a release of a staged site and return it; the same site of the same day is one release.

    Raises:
        OSError: `dist` cannot be written to; the releases in it are untouched.
    """
    (staged / VERSION).unlink(missing_ok=True)
    files = _files_in(staged)
    digest = _digest_of(files)
    folder = dist / f"{day.isoformat()}-{digest}"
    if _holds(folder, digest):
        shutil.rmtree(staged)
        os.utime(folder)
    else:
        _write_version(staged, digest, day, commit, files)
        set_modes(staged)
        if (dist / LATEST).exists():
            _keep_times(staged, dist / LATEST)
        swap_folders(staged, folder)  # one that was changed by hand is replaced
    _point_latest(dist, folder.name)
    _delete_old(dist)
    return read_release(folder)


def read_release(folder: Path) -> Release:
    """Return the release in a folder, after comparing its files with its digest.

    Raises:
        PublishError: there is none, or its files were changed.
    """
    folder = folder.resolve()
    fix = "SITE_URL=https://ten-mien-cua-trang.vn/ make release"
    try:
        version = json.loads((folder / VERSION).read_text(encoding="utf-8"))
        digest, commit, counts = version["digest"], version["commit"], version["counts"]
        date = datetime.date.fromisoformat(version["date"])
    except (OSError, ValueError, KeyError, TypeError):
        raise PublishError(f"chưa có bản dựng để đăng ở {folder}", fix) from None
    files = _files_in(folder)
    if _digest_of(files) != digest:
        raise PublishError(f"bản dựng {folder} đã bị sửa sau khi dựng, không đăng", fix)
    return Release(folder, digest, date, commit, counts, tuple(files))


def _holds(folder: Path, digest: str) -> bool:
    """Return whether a folder holds the release of a digest, unchanged."""
    try:
        return read_release(folder).digest == digest
    except PublishError:
        return False


def _files_in(folder: Path) -> list[ReleaseFile]:
    return [
        ReleaseFile(path, hashlib.sha256(data).hexdigest(), len(data), role_of(path))
        for path in sorted(path for path, _ in walk_files(folder))
        if (data := (folder / path).read_bytes()) is not None
    ]


def _digest_of(files: Iterable[ReleaseFile]) -> str:
    lines = (f"{file.sha256} {file.path}\n" for file in files if file.path != VERSION)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]


def _write_version(
    folder: Path, digest: str, day: datetime.date, commit: str, files: list[ReleaseFile]
) -> None:
    pages = sum(file.path.endswith(".html") for file in files)
    counts = {"pages": pages, "files": len(files), "bytes": sum(file.size for file in files)}
    version = {"digest": digest, "date": day.isoformat(), "commit": commit, "counts": counts}
    (folder / VERSION).write_text(f"{json.dumps(version)}\n", encoding="utf-8")


def set_modes(folder: Path) -> None:
    """Make a folder and all in it readable for everybody, whatever the umask was."""
    folder.chmod(_FOLDER_MODE)
    for path in folder.rglob("*"):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _keep_times(staged: Path, previous: Path) -> None:
    """Give files that are as in the previous release the times that they have there."""
    for path, _ in walk_files(staged):
        old, new = previous / path, staged / path
        if old.is_file() and old.read_bytes() == new.read_bytes():
            moment = old.stat().st_mtime_ns
            os.utime(new, ns=(moment, moment))


def _point_latest(dist: Path, name: str) -> None:
    fresh = dist / f".{LATEST}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.replace(dist / LATEST)


def _delete_old(dist: Path) -> None:
    """Delete all releases but those sealed last; a folder's own time is that of its sealing."""
    releases = sorted(_releases_in(dist), key=lambda each: each.stat().st_mtime_ns)
    current = (dist / LATEST).resolve()
    for folder in releases[:-KEPT]:
        if folder.resolve() != current:
            shutil.rmtree(folder)


def _releases_in(dist: Path) -> Iterator[Path]:
    return (each for each in dist.iterdir() if _RELEASE_NAME.fullmatch(each.name))
