"""Whose name swindlers borrow in messages, from data/authorities.yml; read by the domain check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.language.text import to_nfc
from portal.language.web_address import is_web_address
from portal.library.facts import is_date
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem

_LISTS = ("words", "unless")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True)
class OwnAddress:
    """A name of a site outside .gov.vn that is an authority's own; `date` as far as known."""

    host: str
    source: str
    date: str
    url: str

    @property
    def citation(self) -> str:
        """Return who says so and when: "Kenh14, 1/11/2025"."""
        parts = [part.lstrip("0") for part in reversed(self.date.split("-")) if part]
        return ", ".join(filter(None, (self.source, "/".join(parts))))


@dataclass(frozen=True)
class Authority:
    """An authority: a message that holds one of `words` claims to speak of it or for it.

    `unless` are phrases that hold one of them and claim nothing. `addresses` are its own outside
    .gov.vn, where an authority that `is_state` has its sites.
    """

    id: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    is_state: bool = True
    addresses: tuple[OwnAddress, ...] = ()

    def as_rule(self) -> dict[str, object]:
        """Return what the browser needs to know of it."""
        return {
            "name": self.name,
            "words": self.words,
            "unless": self.unless,
            "state": self.is_state,
            "addresses": [[each.host, each.citation] for each in self.addresses],
        }


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
            name, is_state = to_nfc(str(row["name"])), bool(row.get("state", True))
            own = tuple(_read_address(each) for each in _addresses_of(row))
            found.append(Authority(str(row["id"]), name, words, unless, is_state, own))
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

    for index, address in enumerate(_addresses_of(row)):
        place = next(n for n, (at, _) in enumerate(data.rows("authorities")) if at == line)
        at = data.lines.get(f"authorities.{place}.addresses.{index}", line)
        yield from (data.problem(at, *each) for each in _check_address(address))


def _check_address(row: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield message and remedy of an address that is none or that nobody vouches for."""
    host, url, date = (str(row.get(name) or "") for name in ("host", "url", "date"))
    if not _HOST.fullmatch(host):
        yield f"host ghi '{host}', không phải tên trang", "host: ten-trang.vn"
    if not row.get("source"):
        yield f"địa chỉ '{host}' chưa ghi nguồn", 'source: "tên báo, tên cơ quan"'
    if not is_web_address(url):
        yield f"nguồn của '{host}' ghi địa chỉ '{url}', không phải https://", 'url: "https://…"'
    if date and not is_date(date):
        message = f"nguồn của '{host}' ghi ngày '{date}', không phải ngày có thật"
        yield message, 'date: "2024-09-08", hoặc "2024-09", "2024"; chưa rõ thì null'


def _addresses_of(row: dict[str, object]) -> list[dict[str, object]]:
    rows = row.get("addresses")
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _read_address(row: dict[str, object]) -> OwnAddress:
    host, source, date, url = (str(row.get(n) or "") for n in ("host", "source", "date", "url"))
    return OwnAddress(host, to_nfc(source), date, url)


def _phrases(values: object) -> tuple[str, ...]:
    return tuple(to_nfc(str(each)).lower() for each in values) if isinstance(values, list) else ()
