"""The page on which every figure stands with its date, scope, source and doubts; and its data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from portal.charts import Bar, draw_bars
from portal.statistics import Figure, Indicator, Kind, Statistics
from portal.text import format_day

INTRODUCTION = (
    "Mỗi con số ở đây có ngày, nơi, nguồn và điều cần lưu ý. Các số năm 2024 là của tỉnh Ninh Bình "
    "trước ngày 1/7/2025, chưa gồm Hà Nam và Nam Định. Đó không phải số hiện tại."
)


@dataclass(frozen=True)
class Comparison:
    """Figures that may stand on one axis: same unit, same scope, same day."""

    group: str
    title: str
    indicators: tuple[str, ...]
    short_labels: tuple[str, ...]
    note: str


COMPARISONS = (
    Comparison(
        group="Định danh và chữ ký số",
        title="Tài khoản định danh điện tử: từ cấp đến kích hoạt",
        indicators=("dinh_danh_da_cap", "dinh_danh_phe_duyet", "dinh_danh_kich_hoat"),
        short_labels=("Đã cấp", "Được phê duyệt", "Đã kích hoạt"),
        note="Chữ “cấp” trong bài báo có thể là số hồ sơ đã thu nhận.",
    ),
)


def render_page(statistics: Statistics) -> str:
    """Return the page's body: Markdown headings, everything else HTML."""
    blocks = [INTRODUCTION]
    for group in dict.fromkeys(each.group for each in statistics.indicators.values()):
        blocks.append(f"## {group}")
        blocks += _comparisons(statistics, group)
        members = [each for each in statistics.indicators.values() if each.group == group]
        blocks += [
            _indicator(each, statistics) for each in members if statistics.by_indicator[each.id]
        ]
    return "\n\n".join([*blocks, DOWNLOADS]) + "\n"


def _comparisons(statistics: Statistics, group: str) -> Iterator[str]:
    for comparison in COMPARISONS:
        known = [statistics.by_indicator.get(id) for id in comparison.indicators]
        if comparison.group == group and all(known):
            figures = [statistics.find(id) for id in comparison.indicators]
            if len({(f.scope.id, f.observation.as_of) for f in figures}) == 1:
                yield _comparison(comparison, figures)


def _comparison(comparison: Comparison, figures: list[Figure]) -> str:
    labelled = list(zip(comparison.short_labels, figures, strict=True))
    bars = [Bar(label, figure.observation.value, figure.number) for label, figure in labelled]
    rows = "".join(
        f"<tr><th scope='row'>{escape(label)}</th><td>{escape(figure.number)}</td></tr>"
        for label, figure in labelled
    )
    note = f"{figures[0].note[0].upper()}{figures[0].note[1:]}. {comparison.note}"
    title = escape(comparison.title)
    return (
        f'<figure class="comparison"><figcaption>{title}</figcaption>'
        f"{draw_bars(bars, max(bar.value for bar in bars))}"
        f"<details><summary>Xem dạng bảng</summary><table>{rows}</table></details>"
        f"<p>{escape(note)}</p></figure>"
    )


def _indicator(indicator: Indicator, statistics: Statistics) -> str:
    figures = [statistics.figure(each) for each in reversed(statistics.by_indicator[indicator.id])]
    return (
        f'<section class="indicator" id="{indicator.id}"><h3>{escape(indicator.label)}</h3>'
        f"{''.join(_observation(figure) for figure in figures)}</section>"
    )


def _observation(figure: Figure) -> str:
    unit = (
        "" if figure.indicator.kind in (Kind.PERCENT, Kind.MONEY) else f" {figure.indicator.unit}"
    )
    rows = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in _details(figure).items())
    return (
        f'<div class="observation" id="{figure.observation.key}">'
        f'<p class="figure-number"><data value="{figure.observation.value:f}">'
        f"{escape(figure.number)}</data>{escape(unit)}</p>{_percent_bar(figure)}<dl>{rows}</dl>"
        f'<p data-stale-after="{figure.stale_after.isoformat()}">'
        '<strong class="stale-note" hidden>Số liệu đã cũ, có thể đã khác nhiều.</strong></p></div>'
    )


def _percent_bar(figure: Figure) -> str:
    if figure.indicator.kind is not Kind.PERCENT:
        return ""
    bar = Bar(figure.indicator.base, figure.observation.value, figure.number)
    return draw_bars([bar], Decimal(100))


def _details(figure: Figure) -> Mapping[str, str]:
    source = figure.source
    details = {
        "Ngày": escape(f"{figure.date_note[0].upper()}{figure.date_note[1:]}"),
        "Nơi": escape(figure.scope.label),
        "Của ai": escape(figure.indicator.base),
        "Lưu ý": escape(figure.observation.note),
        "Nguồn": f'<a href="{escape(source.url)}" rel="noopener">{escape(source.publisher)}: '
        f"{escape(source.title)}</a>, {format_day(source.published)}",
    }
    return {name: text for name, text in details.items() if text}


DOWNLOADS = """## Tải số liệu

- [Bảng tính, tệp CSV](so-lieu/so-lieu.csv)
- [Dữ liệu, tệp JSON](so-lieu/so-lieu.json)"""


def as_rows(statistics: Statistics) -> list[dict[str, str]]:
    """Return every observation as one flat row of text, labels included."""
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


def as_csv(statistics: Statistics) -> str:
    """Return the flat rows as CSV; the byte-order mark makes spreadsheets read the accents."""
    rows, stream = as_rows(statistics), io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + stream.getvalue()


def as_json(statistics: Statistics) -> str:
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
        "temporalCoverage": f"{days[0]}/{days[-1]}" if days else "",
        "spatialCoverage": sorted({each.label for each in statistics.scopes.values()}),
        "variableMeasured": [each.label for each in statistics.indicators.values()],
        "isBasedOn": sorted({each.url for each in statistics.sources.values()}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{url}so-lieu.{name}"}
            for kind, name in (("text/csv", "csv"), ("application/json", "json"))
        ],
    }
