"""Copying a release to a folder or a USB stick, to be read without a network or a server."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desk.publishing.portable import PortableSite, portable_site
from desk.publishing.release import VERSION, Release, set_modes
from desk.publishing.target import Publication, PublishError
from portal.system.files import (
    explain_write_error,
    sole_writer,
    swap_folders,
    walk_files,
    write_atomically,
)

NAME = "ky-nang-so"  # our folder in the one named: a stick holds other things, too
START = "Mở Kỹ năng số.html"  # beside it, so that nobody looks for index.html among folders
_START_PAGE = """\
<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={0}/index.html">
<title>Kỹ năng số</title>
<p><a href="{0}/index.html">Mở trang Kỹ năng số</a></p>
</html>
"""


_FILES = "copied"  # in the copy's version.json: the paths of its files
# What systems put into a folder that is looked at.
_SYSTEMS = re.compile(r"(?:^|/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$", re.I)


@dataclass(frozen=True)
class _Copy:
    """What a copy says of itself: its release's digest, and the paths of its files."""

    digest: str = ""
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FolderTarget:
    """A folder that holds the copy and what starts it."""

    folder: Path

    @classmethod
    def at(cls, address: str) -> FolderTarget:
        """Return the target of a path, or of folder://path."""
        return cls(Path(address.removeprefix("folder://")).expanduser().absolute())

    def publish(self, release: Release) -> Publication:
        """Write the copy beside the old one, then put it in its place."""
        if not self.folder.is_dir():
            message = f"không thấy thư mục {self.folder}"
            raise PublishError(message, "cắm USB, xem nó ở đâu bằng lệnh lsblk, rồi chạy lại")
        with sole_copier(self.folder):
            return self._replace(release)

    def _replace(self, release: Release) -> Publication:
        copy = self._copy()
        if copy.digest == release.digest:
            return Publication(release.name)
        site = portable_site(release, with_scripts=False)
        own = copy.files | site.pages.keys() | site.files
        if others := _others_in(self.folder / NAME, own):
            message = f"{self.folder / NAME} giữ tệp không do lệnh này chép: {min(others)}"
            raise PublishError(message, "đổi tên thư mục ấy, hoặc viết thư mục khác trong TO")
        fresh = self.folder / f".{NAME}.moi"
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            sizes = _write(site, fresh)
            write_atomically(self.folder / START, _START_PAGE.format(NAME).encode())
            (self.folder / START).chmod(0o644)
            _flush(self.folder)
            swap_folders(fresh, self.folder / NAME)
            _flush(self.folder)
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise PublishError(*explain_write_error(error, self.folder, self.folder)) from error
        return Publication(release.name, len(sizes), sum(sizes))

    def roll_back(self) -> Publication:
        """Refuse: a stick holds one copy."""
        message = f"{self.folder} chỉ giữ một bản, không trở lại được"
        place = shlex.quote(str(self.folder))
        fix = f".venv/bin/python scripts/publish.py --to {place} --release dist/TEN-BAN-CU"
        raise PublishError(message, fix)

    def _copy(self) -> _Copy:
        """Return the copy that is there; one of nothing without a whole one."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            version = json.loads((self.folder / NAME / VERSION).read_text(encoding="utf-8"))
            return _Copy(str(version["digest"]), frozenset(version[_FILES]))
        return _Copy()


@contextmanager
def sole_copier(folder: Path) -> Iterator[None]:
    """Let nobody else publish to a folder meanwhile.

    Raises:
        PublishError: somebody else is publishing there.
    """
    with sole_writer(folder) as is_alone:
        if not is_alone:
            message = f"một lần đăng khác đang ghi vào {folder}"
            raise PublishError(message, "đợi lần ấy xong rồi chạy lại")
        yield


def _others_in(place: Path, own: Set[str]) -> set[str]:
    """Return what a place holds that no copying put there, or the place when it is no folder."""
    if place.is_symlink() or place.is_file():
        return {place.name}
    found = {path for path, _ in walk_files(place)} if place.exists() else set[str]()
    return {path for path in found - own - {VERSION} if not _SYSTEMS.search(path)}


def _write(site: PortableSite, fresh: Path) -> list[int]:
    """Write the files of a copy; return their sizes. What says that it is whole comes last."""
    sizes = list[int]()
    texts = {path: page.html.encode() for path, page in site.pages.items()}
    paths = sorted({*texts, *site.files} - {VERSION})
    version = json.loads((site.release.folder / VERSION).read_text(encoding="utf-8"))
    texts[VERSION] = f"{json.dumps({**version, _FILES: [*paths, VERSION]})}\n".encode()
    for path in (*paths, VERSION):
        data = texts[path] if path in texts else (site.release.folder / path).read_bytes()
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        sizes.append((fresh / path).write_bytes(data))
    set_modes(fresh)
    return sizes


def _flush(folder: Path) -> None:
    """Write out what the system still holds back: people pull sticks out early."""
    with suppress(OSError):
        subprocess.run(["sync", "-f", folder], check=False, capture_output=True)
