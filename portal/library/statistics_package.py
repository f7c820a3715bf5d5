"""The open-data package in data/statistics/: four CSV files, read strictly and written back.

`datapackage.json` beside them describes the same columns to other programs.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from portal.language.vietnamese_numbers import QUALIFIERS
from portal.library.statistics import (
    DateBasis,
    Indicator,
    Kind,
    Observation,
    Scope,
    Statistics,
    StatisticsSource,
    describe_unknown,
    find_faults,
)
from portal.source.datafiles import csv_records, with_plain_blanks
from portal.source.problems import Problem
from portal.source.source_text import read_text
from portal.source.tables import TableError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "indicators": ("id", "label", "kind", "unit", "base", "group", "stale_after", "source_key"),
    "scopes": ("id", "label", "note"),
    "sources": ("id", "title", "publisher", "url", "published", "note"),
    "observations": (
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
    ),
}
MAX_MONTHS = 120  # until a figure counts as old
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*")  # written in references, and part of an anchor

Row = dict[str, str]
Entry = TypeVar("Entry")
Lines = list[tuple[int, Entry]]


def load_statistics(
    folder: Path, today: datetime.date = datetime.date.max
) -> tuple[Statistics, list[Problem]]:
    """Return the package in a folder, without the rows that cannot be used, and why not.

    Figures of days after `today` cannot be used. Where indicators, scopes or sources are damaged,
    that is the problem, not every observation that refers to them: none is returned.
    """
    indicators, problems = _read_named(folder, "indicators", _indicator)
    scopes, scope_problems = _read_named(folder, "scopes", _scope)
    sources, source_problems = _read_named(folder, "sources", _source)
    known = Statistics(indicators, scopes, sources)
    observations, observation_problems = _read(folder, "observations", _observation)
    if damaged := [*problems, *scope_problems, *source_problems]:
        return known, [*damaged, *observation_problems]
    usable, unusable = _sort_out(observations, known, today)
    return replace(known, observations=usable), [*observation_problems, *unusable]


def _path_of(name: str) -> str:
    return f"data/statistics/{name}.csv"


def _read(
    folder: Path, name: str, build: Callable[[Row], Entry]
) -> tuple[Lines[Entry], list[Problem]]:
    """Return (line, entry) of each row of a table that can be used, and why others cannot."""
    path = _path_of(name)
    text = read_text(folder / f"{name}.csv", path)
    if isinstance(text, Problem):
        return [], [text]
    records = csv_records(with_plain_blanks(text))
    try:
        _, names = next(records, (1, []))
        if faults := _header_faults(names, COLUMNS[name]):
            fix = f"dòng đầu phải là: {','.join(COLUMNS[name])}"
            return [], [Problem(path, 1, faults, fix)]
        return _read_rows(names, records, build, path)
    except TableError as error:
        return [], [Problem(path, error.line, error.message, error.fix)]


def _header_faults(names: Sequence[str], expected: Sequence[str]) -> str:
    missing = [f"thiếu cột '{name}'" for name in expected if name not in names]
    unknown = [f"không có cột '{name}'" for name in names if name not in expected]
    repeated = [f"cột '{name}' có hai lần" for name in expected if names.count(name) > 1]
    return ", ".join([*missing, *unknown, *repeated])


def _read_rows(
    names: list[str],
    records: Iterable[tuple[int, list[str]]],
    build: Callable[[Row], Entry],
    path: str,
) -> tuple[Lines[Entry], list[Problem]]:
    entries, problems = Lines[Entry](), list[Problem]()
    for line, cells in records:
        try:
            if len(cells) != len(names):
                raise ValueError("dòng này thừa hoặc thiếu ô so với dòng đầu")
            entries.append((line, build(dict(zip(names, cells, strict=True)))))
        except ValueError as error:
            problems.append(Problem(path, line, str(error), "sửa ô đó"))
    return entries, problems


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_Identified)


def _read_named(
    folder: Path, name: str, build: Callable[[Row], Named]
) -> tuple[dict[str, Named], list[Problem]]:
    entries, problems = _read(folder, name, build)
    named, labels = dict[str, Named](), set[str]()
    for line, entry in entries:
        label = getattr(entry, "label", entry.id)  # a table to import may name either
        if entry.id in named or label in labels:
            message = f"mã '{entry.id}' hoặc tên '{label}' đã có ở dòng trên"
            problems.append(Problem(_path_of(name), line, message, "đổi mã và tên, hoặc xóa dòng"))
        named.setdefault(entry.id, entry)
        labels.add(label)
    return named, problems


def _sort_out(
    observations: Lines[Observation], known: Statistics, today: datetime.date
) -> tuple[tuple[Observation, ...], list[Problem]]:
    usable, problems = dict[str, Observation](), list[Problem]()
    for line, observation in observations:
        found = list(_observation_faults(observation, known, today))
        if observation.key in usable:
            found.append((f"trùng với một dòng ở trên ({observation.key})", "xóa một dòng"))
        problems += [Problem(_path_of("observations"), line, *each) for each in found]
        if not found:
            usable[observation.key] = observation
    return tuple(usable.values()), problems


def _observation_faults(
    observation: Observation, known: Statistics, today: datetime.date
) -> Iterator[tuple[str, str]]:
    references: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("chỉ tiêu", observation.indicator, known.indicators),
        ("phạm vi", observation.scope, known.scopes),
        ("nguồn", observation.source, known.sources),
    )
    unknown = [describe_unknown(*each) for each in references if each[1] not in each[2]]
    yield from unknown
    if not unknown:
        yield from find_faults(observation, known.indicators[observation.indicator], today)


def _indicator(row: Row) -> Indicator:
    return Indicator(
        id=_id(row["id"]),
        label=row["label"],
        kind=Kind(_choice(row["kind"], Kind)),
        unit=row["unit"],
        base=row["base"],
        group=row["group"],
        stale_after=_months(row["stale_after"]),
    )


def _scope(row: Row) -> Scope:
    return Scope(_id(row["id"]), row["label"], row["note"])


def _source(row: Row) -> StatisticsSource:
    if not row["url"].startswith("https://"):
        raise ValueError(f"'{row['url']}' không phải địa chỉ https://")
    day = _day(row["published"])
    return StatisticsSource(_id(row["id"]), row["title"], row["publisher"], row["url"], day)


def _observation(row: Row) -> Observation:
    return Observation(
        indicator=row["indicator"],
        scope=row["scope"],
        as_of=_day(row["as_of"]),
        date_basis=DateBasis(_choice(row["date_basis"], DateBasis)),
        value=_number(row["value"]),
        value_max=_number(row["value_max"]) if row["value_max"] else None,
        qualifier=_choice(row["qualifier"], ("", *QUALIFIERS)),
        source=row["source"],
        ambiguous=_choice(row["ambiguous"], ("true", "false")) == "true",
        note=row["note"],
    )


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f"mã '{text}' chỉ được có chữ không dấu, chữ số, '-' và '_'")
    return text


def _choice(text: str, choices: type[StrEnum] | tuple[str, ...]) -> str:
    if text not in list(choices):
        raise ValueError(f"'{text}' không phải một trong: {', '.join(filter(None, choices))}")
    return text


def _months(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MAX_MONTHS:
        raise ValueError(f"'{text}' không phải số tháng từ 1 đến {MAX_MONTHS}")
    return int(text)


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"'{text}' không phải số (trong tệp dùng dấu chấm thập phân)")
    return Decimal(text)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' không phải ngày dạng 2024-08-15") from None


def as_observations_csv(statistics: Statistics) -> str:
    """Return the content of observations.csv."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS["observations"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_as_row(observation) for observation in statistics.observations)
    return stream.getvalue()


def _as_row(observation: Observation) -> Row:
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
