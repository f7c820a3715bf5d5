"""The open-data package in data/statistics/, read strictly: unusable rows are named, not used."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from portal.problems import Problem
from portal.statistics import (
    DateBasis,
    Indicator,
    Kind,
    Observation,
    Scope,
    Statistics,
    StatisticsSource,
)

Row = dict[str, str]
Entry = TypeVar("Entry")


def load_statistics(folder: Path) -> tuple[Statistics, list[Problem]]:
    """Return the package in a folder, without the rows that cannot be used, and why not."""
    problems = list[Problem]()
    indicators = _by_id(_read(folder / "indicators.csv", _indicator, problems))
    scopes = _by_id(_read(folder / "scopes.csv", _scope, problems))
    sources = _by_id(_read(folder / "sources.csv", _source, problems))
    observations = _read(folder / "observations.csv", _observation, problems)
    path = path_of(folder / "observations.csv")
    usable = dict[str, Observation]()
    for line, observation in observations:
        found = list(_check_references(observation, indicators, scopes, sources))
        if observation.key in usable:
            found.append(f"dòng này trùng với một dòng khác ({observation.key})")
        problems += [Problem(path, line, message, "sửa hoặc xóa dòng này") for message in found]
        if not found:
            usable[observation.key] = observation
    return Statistics(indicators, scopes, sources, tuple(usable.values())), problems


def path_of(file: Path) -> str:
    """Return a data file's path as problems name it."""
    return f"data/statistics/{file.name}"


def _read(
    file: Path, build: Callable[[Row], Entry], problems: list[Problem]
) -> list[tuple[int, Entry]]:
    """Return (line, entry) of each usable row; add the others to `problems`."""
    path, entries = path_of(file), list[tuple[int, Entry]]()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        fix = f"lấy lại từ git: git checkout {path}"
        problems.append(Problem(path, 1, "không đọc được tệp số liệu", fix))
        return []
    reader = csv.DictReader(text.splitlines())
    for row in reader:
        try:
            entries.append((reader.line_num, build(_whole(row))))
        except KeyError as error:
            fix = "giữ đủ các cột như trong datapackage.json"
            problems.append(Problem(path, 1, f"thiếu cột {error}", fix))
            return []
        except ValueError as error:
            problems.append(Problem(path, reader.line_num, str(error), "sửa ô đó"))
    return entries


def _whole(row: Row) -> Row:
    if None in row or None in row.values():
        raise ValueError("dòng này thừa hoặc thiếu ô so với dòng đầu")
    return row


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_Identified)


def _by_id(entries: list[tuple[int, Named]]) -> dict[str, Named]:
    return {entry.id: entry for _, entry in entries}


def _indicator(row: Row) -> Indicator:
    return Indicator(
        id=row["id"],
        label=row["label"],
        kind=_choice(Kind, row["kind"]),
        unit=row["unit"],
        base=row["base"],
        group=row["group"],
        stale_after=int(_number(row["stale_after"])),
    )


def _scope(row: Row) -> Scope:
    return Scope(row["id"], row["label"], row["note"])


def _source(row: Row) -> StatisticsSource:
    day = _day(row["published"])
    return StatisticsSource(row["id"], row["title"], row["publisher"], row["url"], day)


def _observation(row: Row) -> Observation:
    """Return one observation from the cells of a CSV row.

    Raises:
        KeyError: a column is missing.
        ValueError: a cell is unreadable (the message says which, in Vietnamese).
    """
    return Observation(
        indicator=row["indicator"],
        scope=row["scope"],
        as_of=_day(row["as_of"]),
        date_basis=_choice(DateBasis, row["date_basis"]),
        value=_number(row["value"]),
        value_max=_number(row["value_max"]) if row["value_max"] else None,
        qualifier=row["qualifier"],
        source=row["source"],
        ambiguous=row["ambiguous"] == "true",
        note=row["note"],
    )


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(choices: type[Choice], text: str) -> Choice:
    try:
        return choices(text)
    except ValueError:
        raise ValueError(f"'{text}' không phải một trong: {', '.join(choices)}") from None


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"'{text}' không phải số (trong tệp dùng dấu chấm thập phân)") from None
    if not number.is_finite():
        raise ValueError(f"'{text}' không phải số")
    return number


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' không phải ngày dạng 2024-08-15") from None


def _check_references(
    observation: Observation,
    indicators: Mapping[str, Indicator],
    scopes: Mapping[str, Scope],
    sources: Mapping[str, StatisticsSource],
) -> Iterable[str]:
    known = (
        ("chỉ tiêu", observation.indicator, indicators),
        ("phạm vi", observation.scope, scopes),
        ("nguồn", observation.source, sources),
    )
    for what, id, ids in known:
        if id not in ids:
            yield f"không có {what} '{id}'"
    indicator = indicators.get(observation.indicator)
    if indicator and indicator.kind is Kind.PERCENT and not 0 <= observation.value <= 100:
        yield f"tỷ lệ {observation.value} nằm ngoài khoảng 0–100"
