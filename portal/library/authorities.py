"""Authorities that scam messages impersonate, from data/authorities.yml; for the domain check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.source.datafiles import Row, Table
from portal.source.problems import Problem
from portal.source.schema import ID, Fault, Field, Kind

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def _check_host(host: str) -> Iterator[Fault]:
    if not _HOST.fullmatch(host):
        found = _HOST.search(host.lower())
        fix = f"host: {found[0]}" if found else "ghi tên trang, dạng:  host: ten-trang.vn"
        yield Fault(f"host ghi '{host}', không phải tên trang", fix)


AUTHORITIES = Table(
    "data/authorities.yml",
    (
        Field(
            "authorities", Kind.RECORDS, "Cơ quan", "Kẻ lừa đảo hay xưng tên.", "[]",
            identity=("id",),
            fields=(
                ID,
                Field("name", Kind.TEXT, "Tên", "Tên in ra.", "Công an"),
                Field("state", Kind.FLAG, "Cơ quan nhà nước", "Có trang .gov.vn.", "true",
                      required=False),
                Field("words", Kind.TEXTS, "Chữ xưng danh", "Viết có dấu.", "[công an, cảnh sát]",
                      is_shown=False),
                Field("unless", Kind.TEXTS, "Trừ khi", "Cụm chứa chữ ấy mà không xưng danh.",
                      "[công an toàn]", required=False, is_shown=False),
                Field(
                    "addresses", Kind.RECORDS, "Trang ngoài .gov.vn", "Của chính cơ quan ấy.", "[]",
                    required=False,
                    fields=(
                        Field("host", Kind.TEXT, "Tên trang", "Không có https://", "ten-trang.vn",
                              check=_check_host, is_shown=False),
                        Field("source", Kind.TEXT, "Nguồn", "Tên báo, tên cơ quan.", "Kenh14",
                              is_shown=False),
                        Field("date", Kind.PERIOD, "Ngày", "Ngày của nguồn.", '"2025-11"',
                              required=False),
                        Field("url", Kind.ADDRESS, "Địa chỉ nguồn", "https://", '"https://…"'),
                    ),
                ),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


@dataclass(frozen=True)
class OwnAddress:
    """A domain outside .gov.vn that belongs to an authority; `date` as far as known."""

    host: str
    source: str
    date: str
    url: str

    @property
    def citation(self) -> str:
        """Return source and date: "Kenh14, 1/11/2025"."""
        parts = [part.lstrip("0") for part in reversed(self.date.split("-")) if part]
        return ", ".join(filter(None, (self.source, "/".join(parts))))


@dataclass(frozen=True)
class Authority:
    """An authority: a message with one of `words` claims to come from it.

    `unless` are phrases that contain such a word without the claim. `addresses` are its own outside
    .gov.vn, where an authority that `is_state` has its sites.
    """

    id: str
    name: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    is_state: bool = True
    addresses: tuple[OwnAddress, ...] = ()

    def as_rule(self) -> dict[str, object]:
        """Return the rule for the browser."""
        return {
            "name": self.name,
            "words": self.words,
            "unless": self.unless,
            "state": self.is_state,
            "addresses": [[each.host, each.citation] for each in self.addresses],
        }


def load_authorities(file: Path) -> tuple[tuple[Authority, ...], list[Problem]]:
    """Return the authorities, none without the file, and the problems."""
    data, problems = AUTHORITIES.read(file)
    return tuple(map(_authority, data.rows("authorities"))), problems


def _authority(row: Row) -> Authority:
    return row.make(
        Authority,
        words=tuple(map(str.lower, row.texts("words"))),
        unless=tuple(map(str.lower, row.texts("unless"))),
        is_state=row.values.get("state") is not False,
        addresses=tuple(each.make(OwnAddress) for each in row.rows("addresses")),
    )
