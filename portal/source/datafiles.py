"""Data files read strictly, YAML and CSV: whole, within limits, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from portal.language.text import to_nfc
from portal.source.merge_conflicts import find_conflict
from portal.source.problems import Problem
from portal.source.source_text import read_bytes, read_text
from portal.source.tables import TableError, read_table
from portal.source.yaml_source import YamlError, read_mapping

MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class DataFile:
    """A YAML mapping with the line of every value; `path` as problems name it."""

    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def rows(self, key: str) -> list[tuple[int, dict[str, object]]]:
        """Return (line, row) of each mapping in the list `key`."""
        rows = self.values.get(key)
        numbered = enumerate(rows if isinstance(rows, list) else [])
        return [
            (self.lines.get(f"{key}.{index}", 1), row)
            for index, row in numbered
            if isinstance(row, dict)
        ]

    def problem(self, line: int, message: str, fix: str) -> Problem:
        """Return a problem in this file."""
        return Problem(self.path, line, message, fix)


def read_datafile(file: Path, *lists: str) -> tuple[DataFile, list[Problem]]:
    """Return the file's values, empty when it cannot be read, and why.

    Each key of `lists` has to hold a list of mappings; what is none of that is reported.
    """
    path = f"data/{file.name}"
    text = read_text(file, path)
    if isinstance(text, Problem):
        return DataFile(path), [text]
    data, problems = _parse(path, text, f"thêm vào đầu tệp dòng  {(*lists, 'trường')[0]}:")
    return data, [*problems, *(() if problems else _check_lists(data, lists))]


def _check_lists(data: DataFile, keys: tuple[str, ...]) -> Iterator[Problem]:
    for key in keys:
        rows = data.values.get(key)
        if not isinstance(rows, list):
            message = f"mục {key} phải là danh sách" if key in data.values else f"thiếu mục {key}"
            yield data.problem(data.lines.get(key, 1), message, f"{key}: rồi các dòng có dấu -")
            continue
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                line = data.lines.get(f"{key}.{index}", 1)
                message = f"dòng này của mục {key} không có các trường"
                yield data.problem(line, message, "- trường: giá trị")


@lru_cache(maxsize=16)  # `serve` reads the same few files again for each edit of a page
def _parse(path: str, text: str, example: str) -> tuple[DataFile, tuple[Problem, ...]]:
    try:
        values, lines = read_mapping(text, MAX_CHARACTERS, example)
    except YamlError as error:
        return DataFile(path), (Problem(path, error.line, error.message, error.fix),)
    return DataFile(path, values, lines), ()


def read_csv_datafile(
    file: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return (line, cells) of each row of a CSV file in data/, and the rows that lack something.

    A file that is not there has no rows: such a table is something a portal may do without.
    """
    path = f"data/{file.name}"
    if not file.exists():
        return [], []
    data = read_bytes(file, path)
    if isinstance(data, Problem):
        return [], [data]
    if conflict := find_conflict(data, path):
        return [], [conflict]
    try:
        table = read_table(data)
    except TableError as error:
        return [], [Problem(path, error.line, error.message, error.fix)]
    rows, problems = list[tuple[int, dict[str, str]]](), list[Problem]()
    for row in table:
        cells = {
            name: to_nfc(str(row.cells.get(name) or "")).strip() for name in (*required, *optional)
        }
        missing = [name for name in required if not cells[name]]
        if missing:
            fix = f"ghi ô ở cột {missing[0]}"
            problems.append(Problem(path, row.line, f"dòng thiếu {missing[0]}", fix))
        else:
            rows.append((row.line, cells))
    return rows, problems
