"""Redirects, and the list of all addresses published so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Fault, Field, Kind
from portal.source.source_text import read_text

REDIRECTS = "data/redirects.yml"
PUBLISHED = "data/published.txt"
_PART = re.compile(r"[\w-]+", re.ASCII)
_FILE = re.compile(r"[\w-]+\.(?:csv|json|pdf|xml)", re.ASCII)


@dataclass(frozen=True)
class Redirect:
    """A redirect between two addresses within the site ("guides/x/y/"), from `path`, `line`.

    Of two files, the old one becomes a copy of the new one.
    """

    old: str
    new: str
    path: str = REDIRECTS
    line: int = 1

    @property
    def is_file(self) -> bool:
        """Return whether the old address is that of a file ("to-roi/x/y.pdf")."""
        return is_file(self.old)


@dataclass(frozen=True)
class AddressBook:
    """The redirects, and published address → line in the list."""

    redirects: tuple[Redirect, ...] = ()
    published: Mapping[str, int] = field(default_factory=dict)


def load_addresses(root: Path) -> tuple[AddressBook, list[Problem]]:
    """Return redirects and published addresses of a project; a missing file is empty."""
    redirects, problems = _load_redirects(root / REDIRECTS)
    published, unread = read_published(root / PUBLISHED)
    return AddressBook(tuple(redirects), published), [*problems, *unread]


def is_address(text: str) -> bool:
    """Return whether a text is an address within the site.

    "guides/x/y/" is a page, "" home, "to-roi/x/y.pdf" a file that people keep.
    """
    *parts, end = text.split("/")
    return (not end or bool(_FILE.fullmatch(end))) and all(map(_PART.fullmatch, parts))


def is_file(address: str) -> bool:
    """Return whether a valid address is that of a file."""
    return bool(address) and not address.endswith("/")


def _check_address(address: str) -> Iterator[Fault]:
    if not is_address(address.removeprefix("/")):
        message = f"'{address}' không phải địa chỉ trong trang"
        yield Fault(message, "- {from: guides/chu-de/ten-cu/, to: guides/chu-de/ten-moi/}")


_TABLE = Table(
    REDIRECTS,
    (
        Field(
            "redirects", Kind.RECORDS, "Địa chỉ cũ", "Để đường link đã gửi vẫn mở được.", "[]",
            fields=(
                Field("from", Kind.TEXT, "Địa chỉ cũ", "Trong trang.", "guides/chu-de/ten-cu/",
                      check=_check_address),
                Field("to", Kind.TEXT, "Nay ở", "Trong trang.", "guides/chu-de/ten-moi/",
                      check=_check_address),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


def _load_redirects(file: Path) -> tuple[list[Redirect], list[Problem]]:
    data, problems = _TABLE.read(file)
    return [
        Redirect(
            row.text("from").removeprefix("/"), row.text("to").removeprefix("/"), line=row.line
        )
        for row in data.rows("redirects")
    ], problems


def read_published(file: Path) -> tuple[dict[str, int], list[Problem]]:
    """Return address → line of a list with one address a line, and its problems.

    "/" is the home page.
    """
    if not file.exists():
        return {}, []
    text = read_text(file, PUBLISHED)
    if isinstance(text, Problem):
        return {}, [text]
    return {
        line.strip().removeprefix("/"): number
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    }, []
