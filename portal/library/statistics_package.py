"""The open-data package in data/statistics/: four CSV files, parsed strictly.

`datapackage.json` beside them describes the same columns to other programs.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol, TypeVar, cast

from portal.language.vietnamese_numbers import QUALIFIERS
from portal.library.statistics import (
    DateBasis,
    Indicator,
    IndicatorKind,
    Observation,
    Scope,
    Statistics,
    StatisticsSource,
    describe_unknown,
    observation_faults,
)
from portal.source.datafiles import Row, Table
from portal.source.problems import Problem, summarise_rows
from portal.source.schema import NOTE, Fault, Field, Kind

MAX_MONTHS = 120  # until a figure is stale
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*")  # used in references and anchors


def _check_id(text: str) -> Iterator[Fault]:
    if not _ID.fullmatch(text):
        message = f"mã '{text}' chỉ được có chữ không dấu, chữ số, '-' và '_'"
        yield Fault(message, "đổi mã, cả ở những dòng khác ghi mã ấy")


def _check_months(text: str) -> Iterator[Fault]:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= MAX_MONTHS:
        yield Fault(f"'{text}' không phải số tháng từ 1 đến {MAX_MONTHS}", "ghi một số nguyên")


def _check_number(text: str) -> Iterator[Fault]:
    if not _NUMBER.fullmatch(text):
        message = f"'{text}' không phải số (trong tệp dùng dấu chấm thập phân)"
        yield Fault(message, "chỉ ghi chữ số và dấu chấm thập phân, ví dụ 1679 hoặc 83.95")


def _table(name: str, label: str, *fields: Field, identity: tuple[str, ...] = ("id",)) -> Table:
    """Return the description of one file of the package, with a row for each entry."""
    rows = Field("", Kind.RECORDS, label, "Mỗi dòng một mục.", "", fields=fields, identity=identity)
    return Table(f"data/statistics/{name}.csv", (rows,))


_CODE = Field("id", Kind.TEXT, "Mã", "Không dấu, không đổi.", "so_to", check=_check_id)
INDICATORS = _table(
    "indicators", "Chỉ tiêu", _CODE,
    Field("label", Kind.TEXT, "Tên", "Đếm cái gì.", "Tổ công nghệ số cộng đồng"),
    Field("kind", Kind.TEXT, "Loại", "Loại số.", "count", choices=tuple(IndicatorKind)),
    Field("unit", Kind.TEXT, "Đơn vị", "Viết sau số.", "tổ", required=False),
    Field("base", Kind.TEXT, "Của ai", "Tỷ lệ của ai.", "người dân", required=False),
    Field("group", Kind.TEXT, "Nhóm", "Đầu mục trên trang Số liệu.", "Định danh và chữ ký số"),
    Field("stale_after", Kind.TEXT, "Cũ sau (tháng)", f"1 đến {MAX_MONTHS}.", "12",
          check=_check_months),
    Field("source_key", Kind.TEXT, "Mã ở nguồn", "Cho người nhập.", "teams", required=False),
)  # fmt: skip
SCOPES = _table(
    "scopes", "Phạm vi", _CODE,
    Field("label", Kind.TEXT, "Tên", "Số nói về nơi nào.", "tỉnh Ninh Bình (cũ)"), NOTE,
)  # fmt: skip
SOURCES = _table(
    "sources", "Nguồn", _CODE,
    Field("title", Kind.TEXT, "Tên bài", "Như đã đăng.", "Phát huy vai trò của Tổ"),
    Field("publisher", Kind.TEXT, "Nơi đăng", "Báo hay cơ quan.", "Báo Ninh Bình"),
    Field("url", Kind.ADDRESS, "Địa chỉ", "Bắt đầu bằng https://", "https://baoninhbinh.org.vn/"),
    Field("published", Kind.DATE, "Ngày đăng", "Năm-tháng-ngày.", "2024-09-08"), NOTE,
)  # fmt: skip
OBSERVATIONS = _table(
    "observations", "Số liệu",
    Field("indicator", Kind.TEXT, "Chỉ tiêu", "Mã trong indicators.csv.", "so_to"),
    Field("scope", Kind.TEXT, "Phạm vi", "Mã trong scopes.csv.", "tinh-ninh-binh"),
    Field("as_of", Kind.DATE, "Ngày của số", "Năm-tháng-ngày.", "2024-08-15"),
    Field("date_basis", Kind.TEXT, "Ngày lấy từ đâu", "Câu có số, câu trước, hay ngày đăng.",
          "explicit", choices=tuple(DateBasis)),
    Field("value", Kind.TEXT, "Giá trị", "Dấu chấm thập phân.", "83.95", check=_check_number),
    Field("value_max", Kind.TEXT, "Số lớn của khoảng", "Chỉ khi là khoảng.", "7", required=False,
          check=_check_number),
    Field("qualifier", Kind.TEXT, "Chữ trước số", "Như nguồn viết.", "trên", required=False,
          choices=tuple(QUALIFIERS)),
    Field("source", Kind.TEXT, "Nguồn", "Mã trong sources.csv.", "S00"),
    Field("ambiguous", Kind.FLAG, "Chưa rõ", "Nguồn viết chưa rõ.", "false"),
    NOTE,
    identity=("indicator", "scope", "as_of"),
)  # fmt: skip


def load_statistics(
    folder: Path, today: datetime.date = datetime.date.max
) -> tuple[Statistics, list[Problem]]:
    """Return the package in a folder without its invalid rows, and the problems.

    Figures dated after `today` are invalid. Where indicators, scopes or sources are invalid, only
    that is reported, and no observations are returned.
    """
    indicators, problems = _read_named(folder, INDICATORS, _indicator)
    scopes, scope_problems = _read_named(folder, SCOPES, lambda row: row.make(Scope))
    sources, source_problems = _read_named(folder, SOURCES, _source)
    known = Statistics(indicators, scopes, sources)
    data, observation_problems = _read(folder, OBSERVATIONS)
    if damaged := [*problems, *scope_problems, *source_problems]:
        return known, [*damaged, *observation_problems]
    usable, unusable = _sort_out(data, known, today)
    found = summarise_rows(unusable, len(usable) + len({each.line for each in unusable}))
    return replace(known, observations=usable), [*observation_problems, *found]


def _read(folder: Path, table: Table) -> tuple[Row, list[Problem]]:
    """Return the rows of a file, and its problems; one that was cut short is one."""
    file = folder / Path(table.path).name
    data, problems = table.read(file)
    if problems:
        given = data.values.get("")
        return data, summarise_rows(problems, len(given) if isinstance(given, list) else 1)
    rows = list(data.rows())
    if not rows:
        message, fix = "tệp chỉ còn dòng tên cột", "chép lại các dòng ở dưới, từ bản còn đủ"
        return data, [Problem(table.path, 1, message, fix)]
    if not file.read_bytes().endswith((b"\n", b"\r")):
        message = "tệp dừng ở giữa dòng cuối: sau nó không có dấu xuống dòng"
        fix = "xem dòng cuối có còn đủ không, rồi xuống dòng ở cuối tệp"
        return data, [Problem(table.path, rows[-1].line, message, fix)]
    return data, problems


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=_Identified)


def _read_named(
    folder: Path, table: Table, make: Callable[[Row], Named]
) -> tuple[dict[str, Named], list[Problem]]:
    data, problems = _read(folder, table)
    named, lines = dict[str, Named](), dict[str, int]()
    for row in data.rows():
        entry = make(row)
        named[entry.id] = entry
        label = getattr(entry, "label", entry.id)  # an imported table may use either
        if (first := lines.setdefault(label, row.line)) != row.line:
            message = f"tên '{label}' đã có ở dòng {first}"
            problems.append(Problem(table.path, row.line, message, "đổi tên, hoặc xóa dòng"))
    return named, problems


def _sort_out(
    data: Row, known: Statistics, today: datetime.date
) -> tuple[tuple[Observation, ...], list[Problem]]:
    usable, problems = list[Observation](), list[Problem]()
    for row in data.rows():
        observation = _observation(row)
        found = list(_observation_faults(observation, known, today))
        problems += [Problem(OBSERVATIONS.path, row.line, *each) for each in found]
        if not found:
            usable.append(observation)
    return tuple(usable), problems


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
        yield from observation_faults(observation, known.indicators[observation.indicator], today)


def _indicator(row: Row) -> Indicator:
    kind, months = IndicatorKind(row.text("kind")), int(row.text("stale_after"))
    return row.make(Indicator, kind=kind, stale_after=months)


def _source(row: Row) -> StatisticsSource:
    return row.make(StatisticsSource, published=_day(row, "published"))


def _observation(row: Row) -> Observation:
    high = row.text("value_max")
    return row.make(
        Observation,
        as_of=_day(row, "as_of"),
        date_basis=DateBasis(row.text("date_basis")),
        value=Decimal(row.text("value")),
        value_max=Decimal(high) if high else None,
    )


def _day(row: Row, name: str) -> datetime.date:
    return cast(datetime.date, row.values[name])


def as_observations_csv(statistics: Statistics) -> str:
    """Return the content of observations.csv."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, OBSERVATIONS.columns, lineterminator="\n")
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
