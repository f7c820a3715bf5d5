"""The statistics page: every figure with date, scope, source and caveats; and its downloads."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from portal.language.text import format_day, slugify
from portal.library.statistics import (
    Figure,
    Indicator,
    IndicatorKind,
    Observation,
    Scope,
    Statistics,
)
from portal.site.charts import Bar, draw_bar, draw_bars

INTRODUCTION = (
    "Mỗi con số ở đây có ngày, nơi, nguồn và điều cần lưu ý. Các số năm 2024 thuộc về tỉnh Ninh "
    "Bình trước ngày 1/7/2025, chưa gồm Hà Nam và Nam Định. Đó không phải số hiện tại."
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.vi"
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
DOWNLOADS = """## Tải số liệu

- [Bảng tính, tệp CSV](so-lieu/so-lieu.csv)
- [Dữ liệu, tệp JSON](so-lieu/so-lieu.json)"""


@dataclass(frozen=True)
class Comparison:
    """Indicators of one unit whose figures of the same scope and date share a chart."""

    group: str
    title: str
    indicators: tuple[str, ...]
    short_labels: tuple[str, ...]


COMPARISONS = (
    Comparison(
        group="Định danh và chữ ký số",
        title="Tài khoản định danh điện tử: từ cấp đến kích hoạt",
        indicators=("dinh_danh_da_cap", "dinh_danh_phe_duyet", "dinh_danh_kich_hoat"),
        short_labels=("Đã cấp", "Được phê duyệt", "Đã kích hoạt"),
    ),
)


def render_statistics(statistics: Statistics) -> str:
    """Return the page's body: Markdown headings and lists, everything else HTML."""
    groups = dict.fromkeys(each.group for each in statistics.indicators.values())
    contents = "\n".join(f"- [{group}](#{slugify(group)})" for group in groups)
    blocks = [INTRODUCTION, contents]
    for group in groups:
        members = [each for each in statistics.indicators.values() if each.group == group]
        blocks.append(f"## {group}")
        blocks += _comparisons(statistics, group)
        blocks += [
            _indicator(each, statistics) for each in members if statistics.by_indicator[each.id]
        ]
    return "\n\n".join([*blocks, *_places_and_sources(statistics), DOWNLOADS]) + "\n"


def _comparisons(statistics: Statistics, group: str) -> Iterator[str]:
    for comparison in COMPARISONS:
        if comparison.group == group:
            for scope in statistics.scopes.values():
                if figures := _comparable(comparison, scope, statistics):
                    yield _comparison(comparison, figures)


def _comparable(comparison: Comparison, scope: Scope, statistics: Statistics) -> list[Figure]:
    """Return the figures on the latest date with all indicators in the scope, or none."""
    series = [
        {each.as_of: each for each in statistics.by_indicator.get(id, ()) if each.scope == scope.id}
        for id in comparison.indicators
    ]
    days = set.intersection(*map(set, series))
    return [statistics.figure(by_day[max(days)]) for by_day in series] if days else []


def _comparison(comparison: Comparison, figures: list[Figure]) -> str:
    labelled = list(zip(comparison.short_labels, figures, strict=True))
    bars = [Bar(label, figure.observation.value, figure.number) for label, figure in labelled]
    note = f"{_capitalise(figures[0].date_note)}; {figures[0].scope.label}."
    cautions = [each.observation.note for each in figures if each.observation.ambiguous]
    return _chart(comparison.title, bars, " ".join([note, *cautions]))


def _chart(title: str, bars: Sequence[Bar], note: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(bar.label)}</th><td>{escape(bar.text)}</td></tr>'
        for bar in bars
    )
    return (
        f'<figure class="comparison"><figcaption>{escape(title)}</figcaption>'
        f"{draw_bars(bars)}"
        f"<details><summary>Xem dạng bảng</summary><table>{rows}</table></details>"
        f"<p>{escape(note)}</p></figure>"
    )


def _indicator(indicator: Indicator, statistics: Statistics) -> str:
    observations = statistics.by_indicator[indicator.id]
    figures = [statistics.figure(each) for each in reversed(observations)]
    return (
        f'<section class="indicator" id="{indicator.id}"><h3>{escape(indicator.label)}</h3>'
        f"{''.join(_courses(observations, statistics))}"
        f"{''.join(_observation(figure) for figure in figures)}</section>"
    )


def _courses(observations: Sequence[Observation], statistics: Statistics) -> Iterator[str]:
    """Yield a chart over time for each scope with figures on several dates; never across scopes."""
    for scope in dict.fromkeys(each.scope for each in observations):
        figures = [statistics.figure(each) for each in observations if each.scope == scope]
        if len(figures) > 1 and figures[0].indicator.kind is not IndicatorKind.RANGE:
            bars = [
                Bar(format_day(each.observation.as_of), each.observation.value, each.number)
                for each in figures
            ]
            yield _chart("Theo thời gian", bars, f"{_capitalise(figures[0].scope.label)}.")


def _observation(figure: Figure) -> str:
    kind, value = figure.indicator.kind, figure.observation.value
    unit = (
        "" if kind in (IndicatorKind.PERCENT, IndicatorKind.MONEY) else f" {figure.indicator.unit}"
    )
    bar = draw_bar(value, Decimal(100)) if kind is IndicatorKind.PERCENT else ""
    rows = "".join(f"<dt>{name}</dt>{text}" for name, text in _details(figure))
    return (
        f'<div class="observation" id="{figure.observation.key}">'
        f'<p class="figure-number"><data value="{figure.machine_value}">'
        f"{escape(figure.number)}</data>{escape(unit)}</p>{bar}<dl>{rows}</dl></div>"
    )


def _details(figure: Figure) -> Iterator[tuple[str, str]]:
    day = (
        f'<time datetime="{figure.observation.as_of}">{format_day(figure.observation.as_of)}</time>'
    )
    date = _capitalise(escape(figure.date_note)).replace(format_day(figure.observation.as_of), day)
    hidden = "" if figure.is_old else " hidden"
    stale = f'<strong class="stale-note"{hidden}>Số liệu đã cũ.</strong>'
    yield "Ngày", f'<dd data-stale-after="{figure.stale_after}">{date} {stale}</dd>'
    yield "Nơi", f"<dd>{escape(figure.scope.label)}</dd>"
    if figure.indicator.base:
        yield "Của ai", f"<dd>{escape(figure.indicator.base)}</dd>"
    if figure.observation.note:
        name = "Chưa rõ" if figure.observation.ambiguous else "Lưu ý"
        yield name, f"<dd>{escape(figure.observation.note)}</dd>"
    source = figure.source
    text = f"{escape(source.publisher)}, {format_day(source.published)}"
    yield "Nguồn", f'<dd><a href="{escape(source.url)}" rel="noopener">{text}</a></dd>'


def _places_and_sources(statistics: Statistics) -> Iterator[str]:
    yield "## Nơi và nguồn"
    places = "".join(
        f"<dt>{escape(_capitalise(each.label))}</dt><dd>{escape(each.note)}</dd>"
        for each in _used_scopes(statistics)
    )
    sources = "".join(
        f"<dt>{escape(each.publisher)}, {format_day(each.published)}</dt><dd>{escape(each.title)}"
        f'<br><a href="{escape(each.url)}" rel="noopener">{escape(each.url)}</a></dd>'
        for each in statistics.sources.values()
    )
    yield f'<dl class="places">{places}{sources}</dl>'


def _used_scopes(statistics: Statistics) -> list[Scope]:
    """Return the scopes in use."""
    used = {each.scope for each in statistics.observations}
    return [scope for id, scope in statistics.scopes.items() if id in used]


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_rows(statistics: Statistics) -> list[dict[str, str]]:
    """Return every observation as a flat row of text, labels included."""
    return [_flat(statistics.figure(each)) for each in statistics.observations]


def _flat(figure: Figure) -> dict[str, str]:
    observation = figure.observation
    return {
        "indicator": figure.indicator.id,
        "label": figure.indicator.label,
        "kind": figure.indicator.kind.value,
        "value": f"{observation.value:f}",
        "value_max": "" if observation.value_max is None else f"{observation.value_max:f}",
        "qualifier": observation.qualifier,
        "unit": figure.indicator.unit,
        "base": figure.indicator.base,
        "scope": figure.scope.label,
        "as_of": observation.as_of.isoformat(),
        "date_basis": observation.date_basis.value,
        "ambiguous": "true" if observation.ambiguous else "false",
        "note": observation.note,
        "source": figure.source.url,
        "published": figure.source.published.isoformat(),
    }


def rows_as_csv(statistics: Statistics) -> str:
    """Return the flat rows as CSV; the byte-order mark makes spreadsheets read the accents."""
    rows, stream = as_rows(statistics), io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _inert(text) for name, text in row.items()} for row in rows)
    return "\ufeff" + stream.getvalue()


def _inert(text: str) -> str:
    """Return a cell that spreadsheets do not run as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) and not _NUMBER.fullmatch(text) else text


def rows_as_json(statistics: Statistics) -> str:
    """Return the flat rows as a JSON array."""
    return json.dumps(as_rows(statistics), ensure_ascii=False, indent=1) + "\n"


def dataset(statistics: Statistics, url: str) -> dict[str, object]:
    """Return the schema.org `Dataset` of the page at `url`."""
    days = sorted(each.as_of.isoformat() for each in statistics.observations)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Số liệu chuyển đổi số Ninh Bình",
        "description": INTRODUCTION,
        "url": url,
        "inLanguage": "vi",
        "license": LICENCE,
        "temporalCoverage": f"{days[0]}/{days[-1]}" if days else "",
        "spatialCoverage": sorted(each.label for each in _used_scopes(statistics)),
        "variableMeasured": [each.label for each in statistics.indicators.values()],
        "isBasedOn": sorted({each.url for each in statistics.sources.values()}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{url}so-lieu.{name}"}
            for kind, name in (("text/csv", "csv"), ("application/json", "json"))
        ],
    }
