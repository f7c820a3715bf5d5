"""Statistics with their provenance: what was counted, of whom, as of when, and who said so.

Read from the open-data package in data/statistics/. A figure belongs to a scope: the province
before 1/7/2025 and the one after it are two scopes, and "latest" never crosses between them.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from babel.numbers import format_decimal

from portal.dates import add_months
from portal.problems import Problem
from portal.text import format_day

_MONEY_STEPS = ((1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng"), (1, "đồng"))


class Kind(StrEnum):
    """What sort of figure an indicator is."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    RANGE = "range"


class DateBasis(StrEnum):
    """Where the date of an observation comes from (see datapackage.json)."""

    EXPLICIT = "explicit"
    INHERITED = "inherited"
    ARTICLE = "article"


@dataclass(frozen=True)
class Indicator:
    """What is counted; `base` says of whom a percentage is, `stale_after` is in months."""

    id: str
    label: str
    kind: Kind
    unit: str
    base: str
    group: str
    stale_after: int


@dataclass(frozen=True)
class Scope:
    """The place a figure is about."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class StatisticsSource:
    """Where figures were published."""

    id: str
    title: str
    publisher: str
    url: str
    published: datetime.date


@dataclass(frozen=True)
class Observation:
    """One figure as published; `value_max` is the upper end of a range."""

    indicator: str
    scope: str
    as_of: datetime.date
    date_basis: DateBasis
    value: Decimal
    value_max: Decimal | None
    qualifier: str
    source: str
    ambiguous: bool
    note: str

    @property
    def key(self) -> str:
        """Return the key by which the observation is one and no other; also its anchor."""
        return f"{self.indicator}--{self.scope}--{self.as_of.isoformat()}"


class UnknownFigureError(LookupError):
    """No such figure: a Vietnamese message and the remedy."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


@dataclass(frozen=True)
class Figure:
    """An observation together with what it is about, ready to be shown."""

    observation: Observation
    indicator: Indicator
    scope: Scope
    source: StatisticsSource

    @property
    def number(self) -> str:
        """Return the figure as published: "808.810", "khoảng 91%", "trên 5,2 tỷ đồng", "5–7"."""
        text = format_value(self.observation.value, self.indicator.kind)
        if self.observation.value_max is not None:
            text += f"–{format_value(self.observation.value_max, self.indicator.kind)}"
        return f"{self.observation.qualifier} {text}".strip()

    @property
    def date_note(self) -> str:
        """Return the date as surely as it is known."""
        day = format_day(self.observation.as_of)
        if self.observation.date_basis is DateBasis.ARTICLE:
            return f"theo bài báo ngày {day}, không ghi ngày số liệu"
        if self.observation.date_basis is DateBasis.INHERITED:
            return f"đến ngày {day}, ngày ghi ở câu trước"
        return f"đến ngày {day}"

    @property
    def note(self) -> str:
        """Return date and scope, as they stand in brackets behind the number."""
        return f"{self.date_note}; {self.scope.label}"

    @property
    def text(self) -> str:
        """Return the figure for plain text: cards, handouts, descriptions."""
        return f"{self.number} ({self.note})"

    @property
    def stale_after(self) -> datetime.date:
        """Return the day from which the figure counts as old."""
        return add_months(self.observation.as_of, self.indicator.stale_after)


def format_value(value: Decimal, kind: Kind) -> str:
    """Return a number as Vietnamese writes it (CLDR `vi`): 1.000,5."""
    if kind is Kind.PERCENT:
        return f"{format_decimal(value, locale='vi')}%"
    if kind is Kind.MONEY:
        step, name = next(pair for pair in _MONEY_STEPS if value >= pair[0] or pair[0] == 1)
        return f"{format_decimal(value / step, locale='vi')} {name}"
    return format_decimal(value, locale="vi")


@dataclass(frozen=True)
class Statistics:
    """The whole package, by id."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    sources: Mapping[str, StatisticsSource] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        """Return the observations of each indicator, oldest first."""
        known: dict[str, list[Observation]] = {id: [] for id in self.indicators}
        for observation in self._in_order():
            known[observation.indicator].append(observation)
        return {id: tuple(observations) for id, observations in known.items()}

    def _in_order(self) -> list[Observation]:
        return sorted(self.observations, key=lambda each: (each.as_of, each.scope))

    def figure(self, observation: Observation) -> Figure:
        """Return an observation with its indicator, scope and source."""
        return Figure(
            observation,
            self.indicators[observation.indicator],
            self.scopes[observation.scope],
            self.sources[observation.source],
        )

    def stale(self, today: datetime.date) -> list[Figure]:
        """Return the latest figure of each indicator and scope that is older than it may be."""
        latest = {(each.indicator, each.scope): each for each in self._in_order()}
        figures = map(self.figure, latest.values())
        return [figure for figure in figures if figure.stale_after < today]

    def find(self, id: str, as_of: datetime.date | None = None, scope: str | None = None) -> Figure:
        """Return the figure of an indicator: of a day, or the latest within one scope.

        Raises:
            UnknownFigureError: there is no such indicator, scope or day, or several scopes have the
                indicator and none is named.
        """
        if id not in self.indicators:
            raise _unknown("chỉ tiêu", id, self.indicators)
        found = self._within_scope(id, scope)
        if as_of is None:
            return self.figure(found[-1])
        for observation in found:
            if observation.as_of == as_of:
                return self.figure(observation)
        days = ", ".join(format_day(each.as_of) for each in found)
        message = f"'{id}' không có số liệu ngày {format_day(as_of)}"
        raise UnknownFigureError(message, f"dùng một trong các ngày: {days}")

    def _within_scope(self, id: str, scope: str | None) -> list[Observation]:
        known = self.by_indicator[id]
        scopes = list(dict.fromkeys(each.scope for each in known))
        if scope is not None and scope not in scopes:
            raise _unknown("phạm vi", scope, scopes)
        if not known:
            raise UnknownFigureError(f"chỉ tiêu '{id}' chưa có số liệu nào", f"bỏ so_lieu.{id}")
        if scope is None and len(scopes) > 1:
            message = f"'{id}' có ở nhiều nơi, phải nói rõ nơi nào"
            raise UnknownFigureError(message, " hoặc ".join(f"pham_vi={each}" for each in scopes))
        return [each for each in known if scope in (None, each.scope)]


def _unknown(what: str, name: str, known: Iterable[str]) -> UnknownFigureError:
    near = get_close_matches(name, list(known), 3, 0.4)
    fix = f"tên gần nhất: {', '.join(near)}" if near else "xem các mã ở trang Số liệu"
    return UnknownFigureError(f"không có {what} '{name}'", fix)


Row = dict[str, str]
Entry = TypeVar("Entry")


def load_statistics(folder: Path) -> tuple[Statistics, list[Problem]]:
    """Return the package in a folder, without the rows that cannot be used, and why not."""
    problems = list[Problem]()
    indicators = _by_id(_read(folder / "indicators.csv", _indicator, problems))
    scopes = _by_id(_read(folder / "scopes.csv", _scope, problems))
    sources = _by_id(_read(folder / "sources.csv", _source, problems))
    observations = _read(folder / "observations.csv", parse_observation, problems)
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


def parse_observation(row: Row) -> Observation:
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
