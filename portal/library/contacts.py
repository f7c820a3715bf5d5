"""Whom residents can call and which sites are official, from data/contacts.yml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.language.telephone import DIALLED, EMERGENCY, is_same_number, plain_number
from portal.language.web_address import is_web_address
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem


@dataclass(frozen=True)
class Phone:
    """A number to call: `number` as printed, `tel` as dialled; `cost` is "" while unknown.

    `calls` is False for a number that only takes messages; `as_of` is the month of the fact,
    `guide` the path within docs/ of the guide that goes with it.
    """

    id: str
    name: str
    number: str
    tel: str
    purpose: str
    cost: str
    as_of: str
    calls: bool
    guide: str

    @property
    def is_emergency(self) -> bool:
        """Return whether somebody may be in danger: nobody is to weigh the cost of this call."""
        return self.tel in EMERGENCY


@dataclass(frozen=True)
class Site:
    """An official site: `address` as residents type it."""

    id: str
    name: str
    address: str
    url: str
    purpose: str


@dataclass(frozen=True)
class Contacts:
    """All contacts, in the order of the file."""

    phones: tuple[Phone, ...] = ()
    sites: tuple[Site, ...] = ()


def load_contacts(file: Path) -> tuple[Contacts, list[Problem]]:
    """Return the contacts, and the rows that lack something."""
    data, problems = read_datafile(file, "phones", "sites")
    phones = [
        Phone(
            row["id"], row["name"], row["number"], row["tel"], row["for"],
            row.get("cost", ""), row.get("as_of", ""), "gọi" in row.get("ways", "gọi"),
            row.get("guide", ""),
        )
        for row in _rows(data, "phones", ("id", "name", "number", "tel", "for"), problems)
    ]  # fmt: skip
    problems += [each for row in data.rows("phones") for each in _check_phone(data, *row)]
    sites = [
        Site(row["id"], row["name"], row["address"], row["url"], row["for"])
        for row in _rows(data, "sites", ("id", "name", "address", "url", "for"), problems)
    ]
    problems += [each for row in data.rows("sites") for each in _check_site(data, *row)]
    return Contacts(tuple(phones), tuple(sites)), problems


def _check_phone(data: DataFile, line: int, row: dict[str, object]) -> Iterator[Problem]:
    """Yield an error when a telephone would not dial the number that is printed."""
    number, tel = (str(row.get(name) or "") for name in ("number", "tel"))
    if number and tel and not (DIALLED.fullmatch(tel) and is_same_number(number, tel)):
        message = f"liên hệ in số {number} nhưng bấm vào gọi {tel}"
        yield data.problem(line, message, f'tel: "{plain_number(number)}"')


def _check_site(data: DataFile, line: int, row: dict[str, object]) -> Iterator[Problem]:
    """Yield an error when the address that a reader would open is none."""
    url = str(row.get("url") or "")
    if url and not is_web_address(url):
        message = f"trang chính thức ghi địa chỉ '{url}', không phải https://"
        yield data.problem(line, message, f'url: "https://{row.get("address") or "…"}/"')


def _rows(
    data: DataFile, key: str, required: tuple[str, ...], problems: list[Problem]
) -> list[dict[str, str]]:
    """Return the rows as text, and report those that lack a required field."""
    rows = list[dict[str, str]]()
    for line, row in data.rows(key):
        texts = {name: _text(value) for name, value in row.items() if value is not None}
        missing = [name for name in required if not texts.get(name)]
        if missing:
            message = f"liên hệ thiếu {missing[0]}"
            problems.append(data.problem(line, message, f'thêm {missing[0]}: "…"'))
        else:
            rows.append(texts)
    return rows


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
