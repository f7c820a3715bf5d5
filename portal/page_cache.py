"""What earlier builds made of each page, kept with a digest of everything it was made from.

An entry is found by the page it belongs to and used only when its key is the one that this build
computes, so that nothing is ever stale. The file is read at the start of a build and written once,
in one transaction, at its end: builds that run at once, or are killed, leave a whole file.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import hashlib
import sqlite3
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache, partial
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

import markdown

_SUFFIX = ".sqlite"
_KEPT = 4  # files: the site, its preview, and the same of another branch
_NUMBERS = (bool, int, float, decimal.Decimal)
_BY_TEXT = (type(None), str, *_NUMBERS, datetime.date, datetime.time, PurePath)
_BY_NAME = (type, types.FunctionType, types.BuiltinFunctionType)
_Form = Callable[[Any, list[str]], None]


class UndigestibleError(TypeError):
    """A value has no digest that is the same for equal values in every build."""


def digest(*values: object) -> str:
    """Return a digest that differs whenever a value does: 32 hexadecimal digits.

    Dictionaries count with their order, functions and classes by name, dataclasses by the values of
    their fields: their code is part of the key of the whole cache. A function that has captured
    values has no digest. A class may offer `cache_identity`, a value that stands for all of it.

    Raises:
        UndigestibleError: a value is neither data nor a function.
    """
    parts = list[str]()
    _collect(values, parts)
    return digest_bytes("".join(parts).encode("utf-8", "surrogatepass"))


def digest_bytes(data: bytes) -> str:
    """Return the digest of bytes: 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_files(files: Iterable[Path]) -> str:
    """Return the digest of the names and contents of files, in the order given."""
    parts = hashlib.blake2b(digest_size=16)
    for file in files:
        data = file.read_bytes()
        parts.update(f"{file.as_posix()}\0{len(data)}\0".encode() + data)
    return parts.hexdigest()


@cache  # what is loaded stays loaded, whatever an editor of code does while `serve` runs
def environment_key() -> str:
    """Return the digest of Python, the names and versions of all packages, and this package."""
    packages = Path(markdown.__file__).parent.parent.glob("*.dist-info")
    code = sorted(Path(__file__).parent.rglob("*.py"))
    return digest(sys.version, sorted(folder.name for folder in packages), digest_files(code))


def _collect(values: Iterable[object], parts: list[str]) -> None:
    """Append an unambiguous form of each value: its type, its size, its parts."""
    for value in values:
        if type(value) is str:  # most values are
            parts += (f"str {len(value)}:", value)
        else:
            _form_of(type(value))(value, parts)  # type: ignore[arg-type] # hashable


def _collect_all(kind: str, values: Sequence[object], parts: list[str]) -> None:
    parts.append(f"{kind} {len(values)}:")
    _collect(values, parts)


@cache
def _form_of(kind: type[Any]) -> _Form:
    """Return what appends the form of a value of a type."""
    name = kind.__qualname__
    if issubclass(kind, enum.Enum):
        return lambda value, parts: _collect_all(name, (value.value,), parts)
    if issubclass(kind, bytes):
        return lambda value, parts: _collect_text(name, value.decode("latin-1"), parts)
    if issubclass(kind, _BY_TEXT):
        return lambda value, parts: _collect_text(name, str(value), parts)
    if issubclass(kind, _BY_NAME):
        return _collect_name
    if hasattr(kind, "cache_identity"):
        return lambda value, parts: _collect_all(name, (value.cache_identity,), parts)
    if issubclass(kind, Mapping):
        return lambda value, parts: _collect_all("mapping", [*chain(*value.items())], parts)
    if issubclass(kind, list | tuple):
        return partial(_collect_all, "sequence")
    if issubclass(kind, set | frozenset):
        return lambda value, parts: _collect_all("set", sorted(map(digest, value)), parts)
    if dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind)]
        return lambda value, parts: _collect_all(name, [getattr(value, f) for f in fields], parts)
    return _refuse


def _collect_text(kind: str, text: str, parts: list[str]) -> None:
    parts += (f"{kind} {len(text)}:", text)


def _collect_name(value: Any, parts: list[str]) -> None:  # noqa: ANN401 - one of _BY_NAME
    if getattr(value, "__closure__", None):
        _refuse(value, parts)
    _collect_text("name", f"{value.__module__}.{value.__qualname__}", parts)


def _refuse(value: object, _: list[str]) -> None:
    kind = type(value)
    raise UndigestibleError(f"{kind.__module__}.{kind.__qualname__}")


class PageCache:
    """Entries by name; `notice` is told, in Vietnamese, when the file was of no use."""

    def __init__(self, folder: Path, base_key: str, notice: Callable[[str], None]) -> None:
        self._file = folder / f"{base_key}{_SUFFIX}"
        self._notice = notice
        self._entries: dict[str, bytes] | None = None
        self._changed = dict[str, bytes | None]()

    @property
    def entries(self) -> Mapping[str, bytes]:
        """Return name → entry as this build found them and has since changed them."""
        if self._entries is None:
            self._entries = self._read()
        return self._entries

    def put(self, name: str, data: bytes | None) -> None:
        """Set an entry, or remove it; the file changes with `save`."""
        if self.entries.get(name) == data:
            return
        assert self._entries is not None
        self._changed[name] = data
        if data is None:
            del self._entries[name]
        else:
            self._entries[name] = data

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove every entry that is not named."""
        for name in set(self.entries).difference(names):
            self.put(name, None)

    def save(self) -> None:
        """Write what has changed; a cache that cannot be written costs time and nothing else."""
        if not self._changed:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as database, database:
                self._write(database)
            self._changed.clear()
            self._delete_old_files()
        except (OSError, sqlite3.Error) as error:
            self._notice(f"không ghi được bộ nhớ đệm trang ({error}); lần sau dựng lại từ đầu")

    def _write(self, database: sqlite3.Connection) -> None:
        database.execute(
            "CREATE TABLE IF NOT EXISTS entries (name TEXT PRIMARY KEY, checksum TEXT, data BLOB)"
        )
        rows = [(n, digest_bytes(d), d) for n, d in self._changed.items() if d is not None]
        database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        removed = [(name,) for name, data in self._changed.items() if data is None]
        database.executemany("DELETE FROM entries WHERE name = ?", removed)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=10)  # seconds until another build has written

    def _read(self) -> dict[str, bytes]:
        if not self._file.exists():
            return {}
        try:
            with closing(self._connect()) as database:
                rows = database.execute("SELECT name, checksum, data FROM entries").fetchall()
            if all(digest_bytes(data) == checksum for _, checksum, data in rows):
                return {name: data for name, _, data in rows}
        except (sqlite3.Error, TypeError):
            pass  # said below
        self._notice(f"bộ nhớ đệm trang {self._file.name} bị hỏng, dựng lại từ đầu")
        with suppress(OSError):
            self._file.unlink()
        return {}

    def _delete_old_files(self) -> None:
        """Delete the files of other versions and configurations, except for the newest few."""
        files = sorted(self._file.parent.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)
        for file in files[:-_KEPT]:
            file.unlink(missing_ok=True)
