"""Whose name swindlers borrow in messages, from data/authorities.yml; read by the domain check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.language.text import to_nfc
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem

_LISTS = ("words", "unless")


@dataclass(frozen=True)
class Authority:
    """An authority: a message that holds one of `words` claims to speak of it or for it.

    `unless` are phrases that hold one of them and claim nothing.
    """

    id: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()

    def as_rule(self) -> dict[str, object]:
        """Return what the browser needs to know of it."""
        return {"name": self.name, "words": self.words, "unless": self.unless}


def load_authorities(file: Path) -> tuple[tuple[Authority, ...], list[Problem]]:
    """Return the authorities, none when there is no file, and the rows that lack something."""
    if not file.exists():
        return (), []
    data, problems = read_datafile(file, "authorities")
    found = list[Authority]()
    for line, row in data.rows("authorities"):
        wrong = list(_check(data, line, row))
        problems += wrong
        if not wrong:
            words, unless = (_phrases(row.get(name)) for name in _LISTS)
            found.append(Authority(str(row["id"]), to_nfc(str(row["name"])), words, unless))
    return tuple(found), problems


def _check(data: DataFile, line: int, row: dict[str, object]) -> Iterator[Problem]:
    """Yield an error for what the row of an authority lacks."""
    for name in ("id", "name", "words"):
        if not row.get(name):
            yield data.problem(line, f"cơ quan thiếu {name}", f"thêm {name}: …")
            return
    for name in _LISTS:
        if not isinstance(row.get(name, []), list):
            message = f"{name} của cơ quan '{row['id']}' phải là danh sách trong ngoặc vuông"
            yield data.problem(line, message, f"{name}: [{row[name]}]")


def _phrases(values: object) -> tuple[str, ...]:
    return tuple(to_nfc(str(each)).lower() for each in values) if isinstance(values, list) else ()
