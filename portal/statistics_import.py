"""New statistics from a table: understood, checked against the known, written all or not at all.

A row must name its scope: figures of the new province never continue the series of the old one.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from portal.problems import Problem
from portal.statistics import DateBasis, Kind, Observation, Statistics
from portal.tables import Cell, Row
from portal.text import fold, format_day
from portal.vietnamese_numbers import Quantity, parse_day, parse_quantity

MAX_JUMP = Decimal("0.5")  # a figure that moves by more than half is more often a slip than news

# Header as people write it (folded, words only) → column of observations.csv.
HEADERS: Mapping[str, str] = {
    **dict.fromkeys(("indicator", "chi tieu", "ma chi tieu", "ma"), "indicator"),
    **dict.fromkeys(("scope", "pham vi", "noi", "dia ban"), "scope"),
    **dict.fromkeys(("as of", "ngay", "den ngay", "ngay so lieu", "date"), "as_of"),
    **dict.fromkeys(("value", "gia tri", "so lieu", "ket qua"), "value"),
    **dict.fromkeys(("unit", "don vi", "don vi tinh"), "unit"),
    **dict.fromkeys(("source", "nguon", "ma nguon"), "source"),
    **dict.fromkeys(("date basis", "can cu ngay"), "date_basis"),
    **dict.fromkeys(("ambiguous", "chua ro"), "ambiguous"),
    **dict.fromkeys(("note", "ghi chu", "luu y"), "note"),
}
REQUIRED = ("indicator", "scope", "as_of", "value", "source")
_TRUE = ("true", "1", "co", "x", "yes")


class ChangeKind(StrEnum):
    """What a row does to the package."""

    NEW = "mới"
    CHANGED = "đổi"
    SAME = "như cũ"


@dataclass(frozen=True)
class Change:
    """One row as it would be stored, and what stood there or before it in the same scope."""

    kind: ChangeKind
    observation: Observation
    previous: Observation | None
    line: int


def map_columns(rows: Sequence[Row]) -> dict[str, str]:
    """Return header → column for the headers that are understood."""
    headers = dict.fromkeys(name for row in rows for name in row.cells)
    mapped = {name: HEADERS.get(" ".join(fold(name).replace("_", " ").split())) for name in headers}
    return {name: column for name, column in mapped.items() if column}


def plan_import(
    rows: Sequence[Row],
    known: Statistics,
    path: str,
    today: datetime.date,
    accepted: Collection[str] = (),
) -> tuple[list[Change], list[Problem]]:
    """Return what the rows would change, and every reason to refuse them.

    `accepted` holds the keys (indicator--scope--day) whose jump has been confirmed.
    """
    columns = map_columns(rows)
    problems = list(_check_columns(rows, columns, path))
    if problems:
        return [], problems
    changes, seen = list[Change](), dict[str, int]()
    for row in rows:
        cells = {columns[name]: cell for name, cell in row.cells.items() if name in columns}
        observation, found = _read_row(cells, known, today)
        if observation:
            found += _check_duplicate(observation, row.line, seen)
            change = _compare(observation, known, row.line)
            found += _check_jump(change, accepted)
            changes.append(change)
        problems += [Problem(path, row.line, message, fix) for message, fix in found]
    return changes, problems


Finding = tuple[str, str]
Value = TypeVar("Value")


def _check_columns(rows: Sequence[Row], columns: Mapping[str, str], path: str) -> Iterator[Problem]:
    if not rows:
        yield Problem(path, 1, "tệp không có dòng số liệu nào", "thêm số liệu dưới dòng tên cột")
        return
    for name in (name for name in rows[0].cells if name not in columns):
        near = get_close_matches(fold(name), HEADERS, 1, 0.6)
        fix = f"đổi tên cột thành '{HEADERS[near[0]]}'" if near else "xóa cột này"
        yield Problem(path, 1, f"không hiểu cột '{name}'", fix)
    for column in REQUIRED:
        if column not in columns.values():
            names = [header for header, target in HEADERS.items() if target == column]
            yield Problem(path, 1, f"thiếu cột '{column}'", f"thêm cột: {' hoặc '.join(names[:3])}")
    for column in dict.fromkeys(columns.values()):
        same = [name for name, target in columns.items() if target == column]
        if len(same) > 1:
            yield Problem(path, 1, f"hai cột cùng nghĩa: {', '.join(same)}", "xóa một cột")


def _read_row(
    cells: Mapping[str, Cell], known: Statistics, today: datetime.date
) -> tuple[Observation | None, list[Finding]]:
    """Return the row as an observation, or None with the reasons."""
    found = list(_check_names(cells, known))
    quantity = _attempt(_quantity, cells.get("value"), found)
    day = _attempt(_day, cells.get("as_of"), found)
    if found or quantity is None or day is None:
        return None, found
    observation = Observation(
        indicator=_text(cells, "indicator"),
        scope=_text(cells, "scope"),
        as_of=day,
        date_basis=DateBasis(_text(cells, "date_basis") or "explicit"),
        value=quantity.value,
        value_max=quantity.high,
        qualifier=quantity.qualifier,
        source=_text(cells, "source"),
        ambiguous=fold(_text(cells, "ambiguous")) in _TRUE,
        note=_text(cells, "note"),
    )
    found = list(_check_value(observation, quantity, _text(cells, "unit"), known, today))
    return (None if found else observation), found


def _text(cells: Mapping[str, Cell], name: str) -> str:
    cell = cells.get(name)
    return "" if cell is None else str(cell).strip()


def _attempt(read: Callable[[Cell], Value], cell: Cell, found: list[Finding]) -> Value | None:
    try:
        return read(cell)
    except ValueError as error:
        found.append((str(error), "sửa ô đó rồi chạy lại"))
        return None


def _quantity(cell: Cell) -> Quantity:
    if isinstance(cell, bool) or cell is None or str(cell).strip() == "":
        raise ValueError("ô giá trị để trống")
    if isinstance(cell, int | float):
        return Quantity(Decimal(str(cell)))
    return parse_quantity(str(cell))


def _day(cell: Cell) -> datetime.date:
    if isinstance(cell, datetime.date):
        return cell
    return parse_day("" if cell is None else str(cell))


def _check_names(cells: Mapping[str, Cell], known: Statistics) -> Iterator[Finding]:
    names = {
        "indicator": ("chỉ tiêu", known.indicators),
        "scope": ("phạm vi", known.scopes),
        "source": ("nguồn", known.sources),
        "date_basis": ("căn cứ ngày", dict.fromkeys(map(str, DateBasis))),
    }
    for column, (what, ids) in names.items():
        name = _text(cells, column)
        if not name and column != "date_basis":
            yield f"ô {what} để trống", f"ghi mã {what}, ví dụ {next(iter(ids), '')}"
        elif name and name not in ids:
            near = get_close_matches(name, list(ids), 2, 0.4)
            fix = (
                f"gần nhất: {', '.join(near)}"
                if near
                else f"thêm '{name}' vào data/statistics trước"
            )
            yield f"không có {what} '{name}'", fix


def _check_value(
    observation: Observation,
    quantity: Quantity,
    unit: str,
    known: Statistics,
    today: datetime.date,
) -> Iterator[Finding]:
    indicator = known.indicators[observation.indicator]
    if observation.as_of > today:
        yield f"ngày {format_day(observation.as_of)} ở tương lai", "ghi ngày của số liệu"
    written = unit or quantity.unit
    if written and fold(written) != fold(indicator.unit):
        message = f"đơn vị '{written}' khác đơn vị đã dùng '{indicator.unit}'"
        yield message, "đổi về đơn vị cũ, hoặc lập chỉ tiêu mới"
    if indicator.kind is Kind.PERCENT and not 0 <= observation.value <= 100:
        yield f"tỷ lệ {observation.value}% nằm ngoài khoảng 0–100", "sửa giá trị"
    whole = observation.value == observation.value.to_integral_value()
    if indicator.kind is Kind.COUNT and not whole:
        yield (
            f"số đếm {observation.value} phải là số nguyên",
            "viết 1.234 hoặc 1234, không viết 1,234",
        )
    if (observation.value_max is not None) != (indicator.kind is Kind.RANGE):
        yield "chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số", "viết như 5-7, hoặc một số"


def _check_duplicate(observation: Observation, line: int, seen: dict[str, int]) -> list[Finding]:
    first = seen.setdefault(observation.key, line)
    if first == line:
        return []
    return [(f"trùng với dòng {first} ({observation.key})", "giữ một dòng")]


def _compare(observation: Observation, known: Statistics, line: int) -> Change:
    series = [
        each
        for each in known.by_indicator[observation.indicator]
        if each.scope == observation.scope and each.as_of <= observation.as_of
    ]
    previous = series[-1] if series else None
    if previous is None or previous.as_of != observation.as_of:
        return Change(ChangeKind.NEW, observation, previous, line)
    kind = ChangeKind.SAME if previous == observation else ChangeKind.CHANGED
    return Change(kind, observation, previous, line)


def _check_jump(change: Change, accepted: Collection[str]) -> list[Finding]:
    if change.previous is None or change.observation.key in accepted:
        return []
    old, new = change.previous.value, change.observation.value
    if abs(new - old) <= MAX_JUMP * abs(old):
        return []
    day = format_day(change.previous.as_of)
    message = f"giá trị {new} lệch hơn 50% so với {old} (ngày {day})"
    return [(message, f"nếu đúng, chạy lại với  --accept {change.observation.key}")]


COLUMNS = (
    "indicator",
    "scope",
    "as_of",
    "date_basis",
    "value",
    "value_max",
    "qualifier",
    "source",
    "ambiguous",
    "note",
)


def merged(known: Statistics, changes: Sequence[Change]) -> Statistics:
    """Return the statistics with the changes in them, in the order of the file, new rows last."""
    observations = {each.key: each for each in known.observations}
    observations |= {change.observation.key: change.observation for change in changes}
    return replace(known, observations=tuple(observations.values()))


def as_observations_csv(statistics: Statistics) -> str:
    """Return the content of observations.csv."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_as_row(observation) for observation in statistics.observations)
    return stream.getvalue()


def _as_row(observation: Observation) -> dict[str, str]:
    high = observation.value_max
    return {
        "indicator": observation.indicator,
        "scope": observation.scope,
        "as_of": observation.as_of.isoformat(),
        "date_basis": observation.date_basis.value,
        "value": f"{observation.value:f}",
        "value_max": "" if high is None else f"{high:f}",
        "qualifier": observation.qualifier,
        "source": observation.source,
        "ambiguous": "true" if observation.ambiguous else "false",
        "note": observation.note,
    }
