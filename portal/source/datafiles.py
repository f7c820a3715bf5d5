"""Data files read strictly, YAML and CSV alike: each by its table of fields, whole or not at all.

Odd blanks and decomposed letters never reach anybody: what people copy from elsewhere has them.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from portal.language.text import to_nfc
from portal.source.problems import Problem, Severity
from portal.source.schema import (
    DRAFT,
    Field,
    Kind,
    Vocabulary,
    find_faults,
    find_unknown,
    locate,
)
from portal.source.source_text import read_text
from portal.source.tables import TableError
from portal.source.yaml_source import YamlError, read_mapping

MAX_CHARACTERS = 2_000_000
UNKNOWN = Vocabulary()  # nothing that a data file names can be looked up
_DRAFT = re.compile(rf"{re.escape(DRAFT)}[^\]\n]*\]?")
_ODD_BLANK = re.compile(r"[^\S\n\t ]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

Lines = Mapping[str, int]
Record = TypeVar("Record")


@dataclass(frozen=True)
class Row:
    """The values of a data file, or of one entry in it; `lines` are those of all its parts.

    `at` is its place in the file ("phones.0"), `wrong` are the places of the entries with errors:
    `rows` and `named` leave them out.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    at: str = ""
    wrong: frozenset[str] = frozenset()

    @property
    def line(self) -> int:
        """Return its line, from 1."""
        return self.lines.get(self.at, 1)

    def line_of(self, name: str) -> int:
        """Return the line of a part ("tasks.2"), its own when that has none."""
        return self.lines.get(f"{self.at}.{name}", self.line)

    def text(self, name: str) -> str:
        """Return the text of a field, "" when it is empty; of a day or a number as written."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        value = self.values.get(name)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def number(self, name: str) -> int:
        """Return a whole number, 0 when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else 0

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the names of a group with their texts."""
        value = self.values.get(name)
        pairs = value.items() if isinstance(value, dict) else ()
        return tuple((key, str(text)) for key, text in pairs)

    def flag(self, name: str) -> bool:
        """Return whether a field is true."""
        return self.values.get(name) is True

    def make(self, record: Callable[..., Record], **others: object) -> Record:
        """Return a record of a dataclass: fields by their names, `line`, and `others` as given."""
        readers: Mapping[str, Callable[[str], object]] = {
            "str": self.text,
            "int": self.number,
            "bool": self.flag,
            "tuple[str, ...]": self.texts,
            "tuple[tuple[str, str], ...]": self.pairs,
        }
        names = {each.name: str(each.type) for each in fields(cast(Any, record))}
        own = {name: readers[kind](name) for name, kind in names.items() if name not in others}
        return record(**own | ({"line": self.line} if "line" in names else {}), **others)

    def rows(self, name: str = "") -> Iterator[Row]:
        """Yield the entries of a list."""
        value = self.values.get(name)
        for index, values in enumerate(value if isinstance(value, list) else ()):
            yield from self._entry(f"{name}.{index}", values)

    def named(self, name: str) -> Iterator[tuple[str, Row]]:
        """Yield the entries of a group with their names."""
        value = self.values.get(name)
        for key, values in value.items() if isinstance(value, dict) else ():
            yield from ((key, row) for row in self._entry(f"{name}.{key}", values))

    def _entry(self, name: str, values: object) -> Iterator[Row]:
        at = f"{self.at}.{name}" if self.at else name
        if at not in self.wrong and isinstance(values, dict):
            yield replace(self, values=values, at=at)


@dataclass(frozen=True)
class Table:
    """A data file by its path within the project, and the fields that it may have.

    A CSV file has one field without a name: its rows, whose fields are the columns.
    """

    path: str
    fields: tuple[Field, ...]
    is_optional: bool = False

    def read(self, file: Path, vocabulary: Vocabulary = UNKNOWN) -> tuple[Row, list[Problem]]:
        """Return the values of the file, none when it cannot be read, and what is wrong in it."""
        if self.is_optional and not file.exists():
            return Row(), []
        text = read_text(file, self.path)
        if isinstance(text, Problem):
            return Row(), [text]
        parse = _parse_csv if self.fields[0].name == "" else _parse_yaml
        try:
            values, lines = parse(self, with_plain_blanks(text))
        except (YamlError, TableError) as error:
            return Row(), [Problem(self.path, error.line, error.message, error.fix)]
        findings = list(find_faults(self.fields, values, vocabulary))
        errors = (each.part for each in findings if each.severity is Severity.ERROR)
        wrong = {place for part in errors for place in _places_around(part)}
        row = Row(values, lines, wrong=frozenset(wrong))
        problems = [locate(each, lines, self.path) for each in findings]
        return row, problems + _find_drafts(self.path, text)


def with_plain_blanks(text: str) -> str:
    """Return a text in NFC without invisible characters and with no blank but the common ones."""
    return _INVISIBLE.sub("", _ODD_BLANK.sub(" ", to_nfc(text)))


def _find_drafts(path: str, text: str) -> list[Problem]:
    """Return what is still to be filled in, as `Field.line` proposes it."""
    return [
        Problem(path, line, f"còn chỗ chưa điền: {draft[0]}", "viết nội dung vào chỗ đó")
        for line, row in enumerate(text.split("\n"), 1)
        if (draft := _DRAFT.search(row))
    ]


def _places_around(part: str) -> Iterator[str]:
    """Yield "phones.0.tel", "phones.0" and "phones"."""
    while part:
        yield part
        part = part.rpartition(".")[0]


Parsed = tuple[Mapping[str, object], Lines]


@lru_cache(maxsize=32)  # `serve` reads the same few files again for each edit of a page
def _parse_yaml(table: Table, text: str) -> Parsed:
    example = f"thêm vào đầu tệp dòng  {table.fields[0].name}:"
    values, lines = read_mapping(text, MAX_CHARACTERS, example)
    return {name: _tidy(value) for name, value in values.items()}, lines


def _tidy(value: object) -> object:
    """Return a value whose texts have single blanks, and none at their ends."""
    if type(value) is str:
        return " ".join(value.split())
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if isinstance(value, dict):
        return {" ".join(name.split()): _tidy(each) for name, each in value.items()}
    return value


@lru_cache(maxsize=8)
def _parse_csv(table: Table, text: str) -> Parsed:
    """Return the rows of a CSV file under "".

    Raises:
        TableError: see the message.
    """
    columns = table.fields[0].fields
    records = csv_records(text)
    _, names = next(records, (1, []))
    if faults := list(find_unknown(columns, names)):
        message, fix = ("; ".join(each) for each in zip(*faults, strict=True))
        raise TableError(1, message, fix)
    rows, lines = list[dict[str, object]](), dict[str, int]()
    for line, cells in records:
        if len(cells) != len(names):
            message = f"dòng này có {len(cells)} ô, dòng đầu có {len(names)} cột"
            fix = "đặt ô có dấu phẩy trong ngoặc kép; ô trống cũng giữ dấu phẩy"
            raise TableError(line, message, fix)
        lines[f".{len(rows)}"] = line
        given = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
        rows.append(
            {each.name: _cell(each, given[each.name]) for each in columns if each.name in given}
        )
    return {"": rows}, lines


def csv_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row that has any, parted as the first line is.

    Raises:
        TableError: see the message.
    """
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count), strict=True)
    line = 1
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        fix = "xem lại dấu ngoặc kép từ dòng này"
        raise TableError(line, "dòng CSV không đọc được", fix) from None


def _cell(column: Field, text: str) -> object:
    """Return what a cell of a column stands for: a list of pages, a day, else its text."""
    if column.kind is Kind.PAGES:
        return text.split()
    if column.kind is Kind.DATE:
        with suppress(ValueError):
            return datetime.date.fromisoformat(text)
    return text
