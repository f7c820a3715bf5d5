"""Imports statistics from a table: parsed, validated against the package, all or nothing.

Every row must have its scope: figures of the new province never continue the old one's series.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple, TypeVar

from portal.language.text import fold, format_day
from portal.language.vietnamese_numbers import (
    QUALIFIERS,
    Quantity,
    begins_with_the_day,
    has_two_readings,
    is_grouped_elsewhere,
    parse_day,
    parse_quantity,
    without_idle_zeros,
)
from portal.library.statistics import (
    DateBasis,
    Indicator,
    IndicatorKind,
    Observation,
    Scope,
    Statistics,
    StatisticsSource,
    format_value,
    observation_faults,
)
from portal.source.problems import Problem
from portal.source.tables import Cell, TableRow

MAX_JUMP = Decimal("0.5")  # a larger relative change needs confirmation

# Column of observations.csv (and the unit) → accepted headers, ignoring accents and case.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "indicator": ("chỉ tiêu", "mã chỉ tiêu", "mã", "indicator"),
    "scope": ("phạm vi", "nơi", "địa bàn", "scope"),
    "as_of": ("ngày", "đến ngày", "ngày số liệu", "as of", "date"),
    "value": ("giá trị", "số liệu", "kết quả", "value"),
    "value_max": ("giá trị lớn nhất", "value max"),
    "qualifier": ("chữ đi kèm", "qualifier"),
    "unit": ("đơn vị", "đơn vị tính", "unit"),
    "source": ("nguồn", "mã nguồn", "source"),
    "date_basis": ("căn cứ ngày", "date basis"),
    "ambiguous": ("chưa rõ", "ambiguous"),
    "note": ("ghi chú", "lưu ý", "note"),
}
REQUIRED = ("indicator", "scope", "as_of", "value", "source")
_COLUMN_OF = {fold(header): column for column, names in HEADERS.items() for header in names}
_NAMES = tuple(HEADERS[column][0] for column in REQUIRED)
_ANSWERS = dict.fromkeys(("true", "1", "co", "x", "yes"), True) | dict.fromkeys(
    ("false", "0", "khong", "", "no"), False
)

Cells = Mapping[str, Cell]
MessageAndFix = tuple[str, str]
Value = TypeVar("Value")


class ChangeKind(StrEnum):
    """The effect of a row on the package."""

    NEW = "mới"
    CHANGED = "đổi"
    SAME = "như cũ"


@dataclass(frozen=True)
class RowChange:
    """A row as stored, and the observation that it replaces or follows in its scope."""

    kind: ChangeKind
    observation: Observation
    previous: Observation | None
    line: int


class Plan(NamedTuple):
    """The changes of an import, and its problems.

    `asked` are the keys of the problems that confirmation resolves.
    """

    changes: list[RowChange]
    problems: list[Problem]
    asked: tuple[str, ...] = ()


def map_columns(rows: Sequence[TableRow]) -> dict[str, str]:
    """Return header → column for the known headers."""
    headers = {name: " ".join(fold(name).replace("_", " ").split()) for name in _headers(rows)}
    return {name: _COLUMN_OF[plain] for name, plain in headers.items() if plain in _COLUMN_OF}


def _headers(rows: Sequence[TableRow]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row.cells))


def plan_import(
    rows: Sequence[TableRow],
    known: Statistics,
    path: str,
    today: datetime.date,
    accepted: Collection[str] = (),
) -> Plan:
    """Return the validated changes of an import.

    `accepted` has the keys (indicator--scope--day) whose jump or new series is confirmed.
    """
    columns = map_columns(rows)
    if problems := list(_check_columns(rows, columns, path)):
        return Plan([], problems)
    days_first = any(begins_with_the_day(text) for text in _texts_of(rows, columns, "as_of"))
    lines, read = dict[str, int](), dict[str, Observation]()
    for row in rows:
        cells = {columns[name]: cell for name, cell in row.cells.items() if name in columns}
        observation, found = _read_row(cells, known, today)
        if observation and not days_first:
            found += _check_day_order(_text(cells, "as_of"), observation, known)
        if observation and not found:
            found += _check_duplicate(observation, row.line, lines)
            read.setdefault(observation.key, observation)
        problems += [Problem(path, row.line, *each) for each in found]
    changes = _compare(read, known, lines)
    asked = [change for change in changes if change.observation.key not in accepted]
    questions = [(each, said) for each in asked if (said := _question(each, known))]
    problems += [Problem(path, change.line, *said) for change, said in questions]
    return Plan(changes, problems, tuple(change.observation.key for change, _ in questions))


def _texts_of(rows: Sequence[TableRow], columns: Mapping[str, str], column: str) -> Iterator[str]:
    """Yield the texts of a column, in row order."""
    for row in rows:
        for name, cell in row.cells.items():
            if columns.get(name) == column and isinstance(cell, str):
                yield cell


def _check_day_order(text: str, read: Observation, known: Statistics) -> Iterator[MessageAndFix]:
    """Yield an error for an ambiguous date such as 10/5/2026."""
    if not has_two_readings(text):
        return
    day = read.as_of
    other = datetime.date(day.year, day.day, day.month)
    keys = (read.key, replace(read, as_of=other).key)
    if keys[0] in known.by_key and keys[1] not in known.by_key:
        return
    message = (
        f"'{text}' đọc được hai cách: ngày {day.day} tháng {day.month} hay ngày {day.month} tháng "
        f"{day.day}"
    )
    yield message, f"viết {day.isoformat()} hoặc {other.isoformat()}"


def merged(known: Statistics, changes: Sequence[RowChange]) -> Statistics:
    """Return the statistics with the changes applied, in file order, new rows last."""
    changed = {change.observation.key: change.observation for change in changes}
    return replace(known, observations=tuple((known.by_key | changed).values()))


def _check_columns(
    rows: Sequence[TableRow], columns: Mapping[str, str], path: str
) -> Iterator[Problem]:
    if not rows:
        yield Problem(path, 1, "tệp không có dòng số liệu nào", "thêm số liệu dưới dòng tên cột")
        return
    if not columns:  # a title above the names, or another separator
        message = "dòng đầu không phải các tên cột"
        yield Problem(
            path, 1, message, f"xóa dòng ở trên tên cột; cần các cột: {', '.join(_NAMES)}"
        )
        return
    for name in (name for name in _headers(rows) if name not in columns):
        near = get_close_matches(fold(name), _COLUMN_OF, 1, 0.6)
        fix = f"đổi tên cột thành '{HEADERS[_COLUMN_OF[near[0]]][0]}'" if near else "xóa cột này"
        yield Problem(path, 1, f"không hiểu cột '{name}'", fix)
    for column in REQUIRED:
        if column not in columns.values():
            names = HEADERS[column]
            fix = f"thêm cột: {' hoặc '.join(names[:3])}"
            yield Problem(path, 1, f"thiếu cột '{names[0]}'", fix)
    for column, count in Counter(columns.values()).items():
        if count > 1:
            same = ", ".join(name for name, target in columns.items() if target == column)
            yield Problem(path, 1, f"hai cột cùng nghĩa: {same}", "xóa một cột")


def _read_row(
    cells: Cells, known: Statistics, today: datetime.date
) -> tuple[Observation | None, list[MessageAndFix]]:
    """Return the row as an observation, or None, and the faults.

    Missing columns keep the stored values: a new value must not delete a caveat.
    """
    found = list[MessageAndFix]()
    indicator = _find_named(cells, "indicator", known.indicators, found)
    scope = _find_named(cells, "scope", known.scopes, found)
    source = _find_named(cells, "source", known.sources, found)
    quantity = _attempt(_quantity, cells, found)
    day = _attempt(_day, cells, found)
    if not (indicator and scope and source and quantity and day):
        return None, found
    observation = Observation(
        indicator=indicator.id,
        scope=scope.id,
        as_of=day,
        date_basis=DateBasis.EXPLICIT,
        value=quantity.value,
        value_max=quantity.high,
        qualifier=quantity.qualifier,
        source=source.id,
        ambiguous=False,
        note="",
    )
    stored = known.by_key.get(observation.key, observation)
    is_known = stored is not observation and stored.value == observation.value
    observation = _with_remarks(observation, stored, cells, found)
    found += _check_unit(_text(cells, "unit") or quantity.unit, indicator)
    if not is_known:
        for text in filter(None, (_text(cells, "value"), _text(cells, "value_max"))):
            found += _check_readings(text, quantity, indicator)
    found += observation_faults(observation, indicator, today)
    return (None if found else observation), found


def _text(cells: Cells, column: str) -> str:
    cell = cells.get(column)
    return "" if cell is None else str(cell).strip()


Entry = TypeVar("Entry", Indicator, Scope, StatisticsSource)


def _find_named(
    cells: Cells, column: str, entries: Mapping[str, Entry], found: list[MessageAndFix]
) -> Entry | None:
    """Return the entry whose id or label is in a cell."""
    name, what = _text(cells, column), HEADERS[column][0]
    if not name:
        found.append((f"ô {what} để trống", f"ghi mã {what}, ví dụ {next(iter(entries), '')}"))
        return None
    if name in entries:
        return entries[name]
    names = {fold(getattr(entry, "label", "")): entry for entry in entries.values()}
    names |= {fold(id): entry for id, entry in entries.items()}
    if entry := names.get(fold(name)):
        return entry
    near = [names[each].id for each in get_close_matches(fold(name), names, 3, 0.4)]
    fix = (
        f"gần nhất: {', '.join(dict.fromkeys(near))}" if near else "thêm vào data/statistics trước"
    )
    found.append((f"không có {what} '{name}'", fix))
    return None


def _attempt(
    read: Callable[[Cells], Value], cells: Cells, found: list[MessageAndFix]
) -> Value | None:
    try:
        return read(cells)
    except ValueError as error:
        found.append((str(error), "sửa ô đó rồi chạy lại"))
        return None


def _quantity(cells: Cells) -> Quantity:
    quantity = _parse_cell(cells.get("value"))
    if _text(cells, "value_max"):
        quantity = replace(quantity, high=_parse_cell(cells["value_max"]).value)
    qualifier = _text(cells, "qualifier").lower()
    if qualifier and qualifier not in QUALIFIERS:
        raise ValueError(f"'{qualifier}' không phải một trong: {', '.join(QUALIFIERS)}")
    return replace(quantity, qualifier=qualifier or quantity.qualifier)


def _parse_cell(cell: Cell) -> Quantity:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        number = Decimal(str(cell))
        if not number.is_finite():
            raise ValueError(f"'{cell}' không phải số đọc được")
        return Quantity(Decimal(f"{number.normalize():f}"))
    if cell is None or not str(cell).strip():
        raise ValueError("ô giá trị để trống")
    return parse_quantity(str(cell))


def _day(cells: Cells) -> datetime.date:
    cell = cells.get("as_of")
    return cell if isinstance(cell, datetime.date) else parse_day(_text(cells, "as_of"))


def _with_remarks(
    observation: Observation, stored: Observation, cells: Cells, found: list[MessageAndFix]
) -> Observation:
    basis = _text(cells, "date_basis") or stored.date_basis
    answer = _ANSWERS.get(fold(_text(cells, "ambiguous")))
    if basis not in list(DateBasis):
        found.append((f"không có căn cứ ngày '{basis}'", f"dùng: {', '.join(DateBasis)}"))
    elif answer is None:
        found.append(
            (f"không hiểu 'chưa rõ: {_text(cells, 'ambiguous')}'", "ghi: có, hoặc để trống")
        )
    else:
        return replace(
            observation,
            date_basis=DateBasis(basis),
            ambiguous=answer if "ambiguous" in cells else stored.ambiguous,
            note=_text(cells, "note") if "note" in cells else stored.note,
        )
    return observation


def _check_unit(written: str, indicator: Indicator) -> Iterator[MessageAndFix]:
    if written and fold(written) != fold(indicator.unit):
        message = f"đơn vị '{written}' khác đơn vị đã dùng '{indicator.unit}'"
        yield message, "đổi về đơn vị cũ, hoặc lập chỉ tiêu mới"


def _check_readings(text: str, quantity: Quantity, indicator: Indicator) -> Iterator[MessageAndFix]:
    """Yield an error for an ambiguous number."""
    value = quantity.value
    if indicator.kind is not IndicatorKind.PERCENT and is_grouped_elsewhere(text):
        grouped, plain = text.replace(",", "."), without_idle_zeros(text)
        message = f"'{text}' đọc được hai cách: dấu phẩy ngăn nghìn hay ngăn phần lẻ"
        yield message, f"viết {grouped} nếu là nghìn, {plain} nếu là phần lẻ"
    if indicator.kind is IndicatorKind.PERCENT and quantity.unit != "%" and 0 < value <= 1:
        small, large = (format_value(each, IndicatorKind.PERCENT) for each in (value, value * 100))
        message = f"tỷ lệ '{text}' đọc được hai cách: {large} hay {small}"
        yield message, f"ghi kèm dấu %: {large} hoặc {small}"


def _check_duplicate(
    observation: Observation, line: int, lines: dict[str, int]
) -> list[MessageAndFix]:
    first = lines.setdefault(observation.key, line)
    if first == line:
        return []
    return [(f"trùng với dòng {first} ({observation.key})", "giữ một dòng")]


def _compare(
    read: dict[str, Observation], known: Statistics, lines: Mapping[str, int]
) -> list[RowChange]:
    """Return each observation with the one it replaces, or else the previous one in its scope.

    Rows of the same file count: of two new months the second follows the first.
    """
    before, latest = dict[str, Observation](), dict[tuple[str, str], Observation]()
    for each in sorted((known.by_key | read).values(), key=lambda each: each.as_of):
        series = each.indicator, each.scope
        if series in latest:
            before[each.key] = latest[series]
        latest[series] = each
    return [_change(new, known, before.get(new.key), lines[new.key]) for new in read.values()]


def _change(
    new: Observation, known: Statistics, before: Observation | None, line: int
) -> RowChange:
    stored = known.by_key.get(new.key)
    if stored is None:
        return RowChange(ChangeKind.NEW, new, before, line)
    kind = ChangeKind.SAME if stored == new else ChangeKind.CHANGED
    return RowChange(kind, new, stored, line)


def _question(change: RowChange, known: Statistics) -> MessageAndFix | None:
    """Return the question to confirm for a jump or a new series, else None."""
    old, new = change.previous, change.observation
    fix = f"nếu đúng, chạy lại với  --accept {new.key}"
    if old is None:
        figure = known.figure(new)
        message = f"số đầu tiên của '{figure.indicator.label}', trang sẽ in: {figure.text}"
        return message, fix
    pairs = [(old.value, new.value), (old.value_max or Decimal(0), new.value_max or Decimal(0))]
    kind = known.indicators[new.indicator].kind
    for before, after in pairs:
        if abs(after - before) > MAX_JUMP * abs(before):
            message = (
                f"{format_value(after, kind)} lệch hơn 50% so với {format_value(before, kind)} "
                f"(ngày {format_day(old.as_of)})"
            )
            return message, fix
    return None
