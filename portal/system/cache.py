"""The build's cache: files under .cache/, keyed by a hash of everything they are made from.

An entry is a folder of files with a list of their checksums. It is renamed into place when it is
complete, so that a killed build leaves no partial entry. A verified file is not read again while
its size, modification time and inode are unchanged: `remember` stores those, as git's index does.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from portal.system.files import explain_write_error, signature_of, write_atomically

_CHECKSUMS = "checksums.json"
_SEEN = "seen.json"  # key → name → signature of a file whose checksum was last found valid
_UNFINISHED = ".unfinished-"
_UNFINISHED_AGE = 3600  # seconds; no entry takes an hour to write
# Under "mkdocs", so that a build shows its messages; the name alone needs no import.
log = logging.getLogger("mkdocs.portal.cache")


class CacheError(Exception):
    """The cache is not writable; `message` and `fix` are for an editor."""

    def __init__(self, folder: Path, error: OSError) -> None:
        self.message, self.fix = explain_write_error(error, folder, folder)
        super().__init__(f"{self.message}\n    Cách sửa: {self.fix}")


def cache_key(*parts: object) -> str:
    """Return the cache key of these inputs, each bytes or a value with a stable `repr`."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]


class Cache:
    """The entries in one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen = dict[str, dict[str, list[int]]]()
        self._changed = False
        with suppress(OSError, ValueError):
            self._seen = dict(json.loads((folder / _SEEN).read_bytes()))

    def find(self, key: str) -> dict[str, Path] | None:
        """Return name → file of a valid entry, or None; a damaged entry is deleted and logged."""
        whole = self._unchanged_files(key) or self._read_files(self.folder / key)
        if whole:
            with suppress(OSError):  # a read-only cache works, too; `prune` reads this
                os.utime(f"{self.folder}/{key}")
        return whole

    def remember(self) -> None:
        """Store which files were verified, for later builds; a read-only cache stores nothing."""
        if self._changed:
            with suppress(OSError):
                write_atomically(self.folder / _SEEN, json.dumps(self._seen).encode())
            self._changed = False

    def _unchanged_files(self, key: str) -> dict[str, Path] | None:
        """Return the files of an entry that was verified and is unchanged since, else None."""
        seen = self._seen.get(key)
        if not isinstance(seen, dict):
            return None
        entry = f"{self.folder}/{key}/"
        try:
            if any(signature_of(entry + name) != known for name, known in seen.items()):
                return None
        except OSError:
            return None
        return {name: Path(entry + name) for name in seen if name != _CHECKSUMS}

    def _read_files(self, entry: Path) -> dict[str, Path] | None:
        """Return the files if the checksums of all of them match, else None."""
        if not entry.exists():
            return None
        whole = _whole_files(entry)
        if whole is None:
            log.info("bộ nhớ đệm: %s bị hỏng, làm lại", entry)
            self._delete(entry)
            return None
        self._note(entry, whole)
        return whole

    def _note(self, entry: Path, files: Mapping[str, Path]) -> None:
        with suppress(OSError):
            names = (*files, _CHECKSUMS)
            self._seen[entry.name] = {name: signature_of(f"{entry}/{name}") for name in names}
            self._changed = True

    def store(self, key: str, files: Mapping[str, bytes]) -> dict[str, Path]:
        """Write an entry of at least one file and return name → file.

        Raises:
            CacheError: the disk is full or the folder cannot be written to.
        """
        entry = self.folder / key
        checksums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        contents = {**files, _CHECKSUMS: json.dumps(checksums).encode()}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
            try:
                for name, data in contents.items():
                    (fresh / name).write_bytes(data)
                fresh.chmod(0o755)
                _move_into_place(fresh, entry)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
        except OSError as error:
            raise CacheError(self.folder, error) from error
        stored = {name: entry / name for name in files}
        self._note(entry, stored)
        return stored

    def prune(self, days: float) -> int:
        """Delete entries that no build has used for so many days; return their number.

        Partial entries of killed builds are deleted once they are an hour old.
        """
        now, count = time.time(), 0
        for entry in self.folder.iterdir() if self.folder.is_dir() else ():
            unfinished = entry.name.startswith(_UNFINISHED)
            limit = _UNFINISHED_AGE if unfinished else days * 86_400
            if entry.is_dir() and now - entry.stat().st_mtime >= limit:
                self._delete(entry)
                count += not unfinished
        return count

    def _delete(self, entry: Path) -> None:
        try:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        except OSError as error:
            raise CacheError(self.folder, error) from error


def _whole_files(entry: Path) -> dict[str, Path] | None:
    """Return name → file when every checksum matches, else None."""
    try:
        checksums = json.loads((entry / _CHECKSUMS).read_bytes())
        files = {name: entry / name for name in checksums}
        whole = all(_checksum(files[name]) == checksums[name] for name in files)
    except (OSError, ValueError, TypeError):
        return None
    return files if whole else None


def _checksum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _move_into_place(fresh: Path, entry: Path) -> None:
    """Rename into place; an entry that another build stored meanwhile is equal and stays."""
    try:
        fresh.rename(entry)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        shutil.rmtree(fresh)
