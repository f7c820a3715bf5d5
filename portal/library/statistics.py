"""Statistics with their provenance: indicator, scope, date and source.

Every figure has a scope: the province before and after 1/7/2025 are two scopes, and "latest" never
mixes them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from babel.numbers import format_decimal

from portal.language.dates import add_months
from portal.language.likeness import nearest
from portal.language.text import format_day

MAX_VALUE = (
    Decimal(10) ** 15
)  # above any count or sum of a province: a larger number is a typing error
MAX_DECIMALS = 6
_MONEY_STEPS = ((1_000_000_000, "tỷ đồng"), (1_000_000, "triệu đồng"))


class IndicatorKind(StrEnum):
    """The type of an indicator's values."""

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
    """What is measured; `base` is the base of a percentage, `stale_after` is in months."""

    id: str
    label: str
    kind: IndicatorKind
    unit: str
    base: str
    group: str
    stale_after: int


@dataclass(frozen=True)
class Scope:
    """The area that a figure covers."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class StatisticsSource:
    """A publication with figures."""

    id: str
    title: str
    publisher: str
    url: str
    published: datetime.date


@dataclass(frozen=True)
class Observation:
    """One published value; `value_max` is the upper end of a range."""

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
        """Return the observation's unique key, which is also its anchor."""
        return f"{self.indicator}--{self.scope}--{self.as_of.isoformat()}"


class UnknownFigureError(LookupError):
    """No such figure: a Vietnamese message and the remedy."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message, self.fix = message, fix


@dataclass(frozen=True)
class Figure:
    """An observation with its indicator, scope and source, ready to be shown.

    `is_old`: the figure was already stale on the newest date in the content.
    """

    observation: Observation
    indicator: Indicator
    scope: Scope
    source: StatisticsSource
    is_old: bool = False

    @property
    def number(self) -> str:
        """Return the figure as published: "808.810", "khoảng 91%", "trên 5,2 tỷ đồng", "5–7"."""
        text = format_value(self.observation.value, self.indicator.kind)
        if self.observation.value_max is not None:
            text += f"–{format_value(self.observation.value_max, self.indicator.kind)}"
        return f"{self.observation.qualifier} {text}".strip()

    @property
    def date_note(self) -> str:
        """Return the date with its precision and basis."""
        day = format_day(self.observation.as_of)
        if self.observation.date_basis is DateBasis.ARTICLE:
            return f"theo bài báo ngày {day}, không ghi ngày số liệu"
        if self.observation.date_basis is DateBasis.INHERITED:
            return f"đến ngày {day}, ngày ghi ở câu trước"
        return f"đến ngày {day}"

    @property
    def note(self) -> str:
        """Return date and scope for use in brackets, so "(cũ)" is written without its own."""
        return f"{self.date_note}; {self.scope.label.replace('(', '').replace(')', '')}"

    @property
    def machine_value(self) -> str:
        """Return the machine-readable number: "83.95", a range as "5-7"."""
        high = self.observation.value_max
        return f"{self.observation.value:f}" + (f"-{high:f}" if high is not None else "")

    @property
    def text(self) -> str:
        """Return the figure as plain text, for cards, handouts, descriptions."""
        return f"{self.number} ({self.note})"

    @property
    def stale_after(self) -> datetime.date:
        """Return the date from which the figure is stale."""
        return _stale_after(self.observation, self.indicator)


def _stale_after(observation: Observation, indicator: Indicator) -> datetime.date:
    return add_months(observation.as_of, indicator.stale_after)


def format_value(value: Decimal, kind: IndicatorKind) -> str:
    """Return a number as Vietnamese writes it (CLDR `vi`): 1.000,5. Nothing is rounded."""
    if kind is IndicatorKind.PERCENT:
        return f"{_write(value)}%"
    if kind is not IndicatorKind.MONEY:
        return _write(value)
    for step, name in _MONEY_STEPS:
        if value >= step and value % (step // 100) == 0:
            return f"{_write(value / step)} {name}"
    return f"{_write(value)} đồng"


def _write(value: Decimal) -> str:
    return format_decimal(value, locale="vi", decimal_quantization=False)


def observation_faults(
    observation: Observation, indicator: Indicator, today: datetime.date
) -> Iterator[tuple[str, str]]:
    """Yield (message, remedy) for each value of an observation that its indicator forbids."""
    numbers = [each for each in (observation.value, observation.value_max) if each is not None]
    if observation.as_of > today:
        yield f"ngày {format_day(observation.as_of)} ở tương lai", "ghi ngày của số liệu"
    if not all(0 <= each < MAX_VALUE and each == round(each, MAX_DECIMALS) for each in numbers):
        yield "số âm, quá lớn hoặc có quá nhiều chữ số lẻ", "sửa giá trị"
    elif (len(numbers) == 2) != (indicator.kind is IndicatorKind.RANGE):
        yield "chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số", "viết như 5-7, hoặc một số"
    elif numbers[0] > numbers[-1]:
        yield f"khoảng {numbers[0]}–{numbers[-1]} ngược", f"viết {numbers[-1]}-{numbers[0]}"
    elif indicator.kind is IndicatorKind.PERCENT and numbers[0] > 100:
        yield f"tỷ lệ {numbers[0]}% nằm ngoài khoảng 0–100", "sửa giá trị"
    elif indicator.kind is IndicatorKind.COUNT and numbers[0] % 1:
        message = f"số đếm {numbers[0]} phải là số nguyên"
        yield message, "viết 1.234 hoặc 1234, không viết 1,234"


@dataclass(frozen=True)
class Statistics:
    """The whole package, by id; `known_day` is the newest date in the site's content.

    Figures stale on that date are marked in the built page, whatever the date of the build.
    """

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    sources: Mapping[str, StatisticsSource] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    known_day: datetime.date = datetime.date.min

    @cached_property
    def by_key(self) -> dict[str, Observation]:
        """Return key → observation, in file order."""
        return {each.key: each for each in self.observations}

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        """Return indicator → observations, oldest first."""
        known: dict[str, list[Observation]] = {id: [] for id in self.indicators}
        for observation in self._in_order():
            known[observation.indicator].append(observation)
        return {id: tuple(observations) for id, observations in known.items()}

    def _in_order(self) -> list[Observation]:
        return sorted(self.observations, key=lambda each: (each.as_of, each.scope))

    def figure(self, observation: Observation) -> Figure:
        """Return an observation with its indicator, scope and source."""
        indicator = self.indicators[observation.indicator]
        return Figure(
            observation,
            indicator,
            self.scopes[observation.scope],
            self.sources[observation.source],
            is_old=_stale_after(observation, indicator) < self.known_day,
        )

    def stale(self, today: datetime.date) -> list[Figure]:
        """Return the latest figures, one an indicator and scope, that are stale."""
        latest = {(each.indicator, each.scope): each for each in self._in_order()}
        figures = map(self.figure, latest.values())
        return [figure for figure in figures if figure.stale_after < today]

    def find(self, id: str, as_of: datetime.date | None = None, scope: str | None = None) -> Figure:
        """Return the figure of an indicator: on a date, or the latest within one scope.

        Raises:
            UnknownFigureError: the indicator, scope or date does not exist, or several scopes have
            the indicator and none is given.
        """
        if id not in self.indicators:
            raise UnknownFigureError(*describe_unknown("chỉ tiêu", id, self.indicators))
        found = self._within_scope(id, scope)
        if as_of is None:
            return self.figure(found[-1])
        for observation in found:
            if observation.as_of == as_of:
                return self.figure(observation)
        near = sorted(found, key=lambda each: abs(each.as_of - as_of))[:3]
        days = ", ".join(format_day(each.as_of) for each in near)
        message = f"'{id}' không có số liệu ngày {format_day(as_of)}"
        raise UnknownFigureError(message, f"dùng một trong các ngày: {days}")

    def _within_scope(self, id: str, scope: str | None) -> list[Observation]:
        known = self.by_indicator[id]
        scopes = list(dict.fromkeys(each.scope for each in known))
        if not known:
            raise UnknownFigureError(f"chỉ tiêu '{id}' chưa có số liệu nào", f"bỏ so_lieu.{id}")
        if scope is not None and scope not in scopes:
            raise UnknownFigureError(*describe_unknown("phạm vi", scope, scopes))
        if scope is None and len(scopes) > 1:
            message = f"'{id}' có ở nhiều nơi, phải nói rõ nơi nào"
            raise UnknownFigureError(message, " hoặc ".join(f"pham_vi={each}" for each in scopes))
        return [each for each in known if scope in (None, each.scope)]


def describe_unknown(what: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return (message, remedy) for an unknown name; the remedy names the nearest."""
    near = nearest(name, list(known), 3)
    fix = f"tên gần nhất: {', '.join(near)}" if near else "xem các mã trong data/statistics"
    return f"không có {what} '{name}'", fix
