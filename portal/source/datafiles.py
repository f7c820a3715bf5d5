"""Data files, YAML and CSV, parsed strictly by one description of their fields.

Unusual spaces, full-width forms and decomposed letters, common in copied text, are normalised.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from portal.language.letters import plain_cell, without_superfluous
from portal.language.text import to_nfc
from portal.source.problems import Problem, Severity
from portal.source.schema import (
    DRAFT,
    Fault,
    Field,
    Kind,
    Vocabulary,
    find_faults,
    find_lost_texts,
    find_unknown,
    locate,
)
from portal.source.source_text import read_text
from portal.source.tables import TableError, csv_records
from portal.source.yaml_source import YamlError, read_mapping, read_part

MAX_CHARACTERS = 2_000_000
UNKNOWN = Vocabulary()  # references in data files are not resolved here
_DRAFT = re.compile(rf"{re.escape(DRAFT)}[^\]\n]*\]?")
_ODD_BLANK = re.compile(r"[^\S\n\t ]")

LineNumbers = Mapping[str, int]
Record = TypeVar("Record")


@dataclass(frozen=True)
class Row:
    """The values of a data file, or of one entry in it; `lines` maps every path to its line.

    `at` is the entry's path in the file ("phones.0"); `wrong` holds the paths of entries with
    errors, which `rows` and `named` leave out.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    lines: LineNumbers = field(default_factory=dict)
    at: str = ""
    wrong: frozenset[str] = frozenset()

    @property
    def line(self) -> int:
        """Return the entry's line, from 1."""
        return self.lines.get(self.at, 1)

    def line_of(self, name: str) -> int:
        """Return the line of a part ("tasks.2"), by default the entry's own."""
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
        """Return (name, text) of each entry of a group."""
        value = self.values.get(name)
        pairs = value.items() if isinstance(value, dict) else ()
        return tuple((key, str(text)) for key, text in pairs)

    def flag(self, name: str) -> bool:
        """Return whether a field is true."""
        return self.values.get(name) is True

    def make(self, record: Callable[..., Record], **others: object) -> Record:
        """Return a dataclass instance from the fields of the same names, `line` and `others`."""
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


class ShownText(NamedTuple):
    """A text that readers see, and its line; a quoted one is in other people's words."""

    text: str
    line: int
    is_quoted: bool


@dataclass(frozen=True)
class Table:
    """A data file: its path in the project and its fields.

    A CSV file has one field with an empty name, its rows; their fields are the columns. Of a file
    that `is_part`, only its one field is read: the others have another reader.
    """

    path: str
    fields: tuple[Field, ...]
    is_optional: bool = False
    is_part: bool = False

    @property
    def is_csv(self) -> bool:
        """Return whether this is a CSV file; any other is YAML."""
        return self.fields[0].name == ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of a CSV file's columns."""
        return tuple(each.name for each in self.fields[0].fields)

    def read(self, file: Path, vocabulary: Vocabulary = UNKNOWN) -> tuple[Row, list[Problem]]:
        """Return the values of the file, empty when it is invalid, and its problems."""
        if self.is_optional and not file.exists():
            return Row(), []
        text = read_text(file, self.path)
        if isinstance(text, Problem):
            return Row(), [text]
        try:
            values, lines = self._parse(text)
        except (YamlError, TableError) as error:
            return Row(), [Problem(self.path, error.line, error.message, error.fix)]
        row, findings = self.judge(values, lines, vocabulary)
        problems = [locate(each, lines, self.path) for each in findings]
        if not self.is_csv and not self.is_part:
            problems += find_lost_texts(self.fields, text, self.path)
        return row, problems + _find_drafts(self.path, text)

    def judge(
        self, values: Mapping[str, object], lines: LineNumbers, vocabulary: Vocabulary = UNKNOWN
    ) -> tuple[Row, list[Fault]]:
        """Return the values with the paths of the invalid ones, and the faults."""
        findings = list(find_faults(self.fields, values, vocabulary))
        if self.is_csv:
            findings = [replace(each, fix=_as_cell(each)) for each in findings]
        errors = (each.part for each in findings if each.severity is Severity.ERROR)
        wrong = {place for part in errors for place in _places_around(part)}
        return Row(values, lines, wrong=frozenset(wrong)), findings

    def _parse(self, text: str) -> Parsed:
        if self.is_part:  # not cached: it reads the environment, too
            values, lines = read_part(with_plain_blanks(text), self.fields[0].name)
            return {plain_cell(name): _tidy(value) for name, value in values.items()}, lines
        parse = _parse_csv if self.is_csv else _parse_yaml
        return parse(self, with_plain_blanks(text))

    def shown_texts(self, text: str) -> list[ShownText]:
        """Return the texts of a valid file that readers see, in order."""
        values, lines = self._parse(text)
        found = _shown_texts(self.fields, Row(values, lines))
        return sorted(found, key=lambda each: each.line)


def _shown_texts(fields: tuple[Field, ...], row: Row) -> Iterator[ShownText]:
    for each in fields:
        if each.kind is Kind.RECORDS:
            for inner in row.rows(each.name):
                yield from _shown_texts(each.fields, inner)
        elif each.kind is Kind.NAMED_RECORDS:
            for _, inner in row.named(each.name):
                yield from _shown_texts(each.fields, inner)
        elif each.is_shown:
            yield from _texts_of(each, row)


def _texts_of(field: Field, row: Row) -> Iterator[ShownText]:
    """Yield each text of a field."""
    texts = dict[str, str]()  # by the last part of its place
    if field.kind is Kind.TEXT:
        texts = {field.name: row.text(field.name)}
    elif field.kind is Kind.TEXTS:
        texts = {f"{field.name}.{at}": each for at, each in enumerate(row.texts(field.name))}
    elif field.kind is Kind.PAIRS:
        texts = {f"{field.name}.{name}": each for name, each in row.pairs(field.name)}
    for place, text in texts.items():
        if text:
            yield ShownText(text, row.line_of(place), field.is_quoted)


def _as_cell(fault: Fault) -> str:
    """Return the remedy for a cell, which a line "name: value" of YAML would not be."""
    name = fault.part.rpartition(".")[2]
    words, found, value = fault.fix.rpartition(f"{name}: ")
    if not found or (words and not words.endswith("  ")):
        return fault.fix
    if value.startswith('"'):
        value = str(json.loads(value))
    return f"{words}ghi vào ô ở cột {name}:  {value}"


def with_plain_blanks(text: str) -> str:
    """Return a text in NFC, without invisible characters, with unusual spaces made plain."""
    return without_superfluous(_ODD_BLANK.sub(" ", to_nfc(text)))


def _find_drafts(path: str, text: str) -> list[Problem]:
    """Return the placeholders of `Field.line` that are still to be filled in."""
    return [
        Problem(path, line, f"còn chỗ chưa điền: {draft[0]}", "viết nội dung vào chỗ đó")
        for line, row in enumerate(text.split("\n"), 1)
        if (draft := _DRAFT.search(row))
    ]


def _places_around(part: str) -> Iterator[str]:
    """Yield a path and its parents: "phones.0.tel", "phones.0" and "phones"."""
    while part:
        yield part
        part = part.rpartition(".")[0]


Parsed = tuple[Mapping[str, object], LineNumbers]


@lru_cache(maxsize=32)  # `serve` reads the same few files again for each edit of a page
def _parse_yaml(table: Table, text: str) -> Parsed:
    example = f"thêm vào đầu tệp dòng  {table.fields[0].name}:"
    values, lines = read_mapping(text, MAX_CHARACTERS, example)
    return {plain_cell(name): _tidy(value) for name, value in values.items()}, lines


def _tidy(value: object) -> object:
    """Return a value with the characters of its texts as `plain_cell` has them."""
    if type(value) is str:
        return plain_cell(value)
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if isinstance(value, dict):
        return {plain_cell(name): _tidy(each) for name, each in value.items()}
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
    if names and not {each.name for each in columns}.intersection(names):
        message = "dòng đầu không phải các tên cột, cách nhau bằng dấu phẩy"
        raise TableError(1, message, f"đặt ở đầu tệp dòng  {','.join(table.columns)}")
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


def _cell(column: Field, text: str) -> object:
    """Return the value of a cell by its column's kind: pages, true or false, a day, else text."""
    if column.kind is Kind.PAGES:
        return text.split()
    if column.kind is Kind.FLAG:  # a spreadsheet writes TRUE
        return {"true": True, "false": False}.get(text.lower(), text)
    if column.kind is Kind.DATE:
        with suppress(ValueError):
            return datetime.date.fromisoformat(text)
    return text
