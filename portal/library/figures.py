"""Figures in running text: `{{ so_lieu.KEY ngay=15/8/2024 pham_vi=SCOPE dang=so }}`.

A reference is a look-up in the statistics: no expressions, no code. It is rendered as the number
with its date and scope and a link to its row on the statistics page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.document.tree import Document, FigureReference
from portal.language.text import format_day
from portal.library.statistics import Figure, Statistics, UnknownFigureError
from portal.source.problems import Problem

STATISTICS_PAGE = "so-lieu.md"
EXAMPLE = "{{ so_lieu.dinh_danh_kich_hoat }}"
_LOOK_UP = re.compile(r"so_lieu\.([\w-]+)((?:\s+\w+=\S+)*)")
_ARGUMENTS = ("ngay", "pham_vi", "dang")
_FORMS = ("day-du", "so")


@dataclass(frozen=True)
class FigureLookup:
    """A parsed reference; with `number_only`, date and scope are in the link's title only."""

    id: str
    as_of: datetime.date | None = None
    scope: str | None = None
    number_only: bool = False


def parse_reference(source: str) -> FigureLookup:
    """Return the reference written between the braces.

    Raises:
        UnknownFigureError: its syntax is not that of this module's first line.
    """
    match = _LOOK_UP.fullmatch(source.strip())
    if not match:
        message = f"không hiểu '{{{{ {' '.join(source.split())} }}}}'"
        raise UnknownFigureError(message, f"viết như {EXAMPLE}")
    arguments = dict(part.split("=", 1) for part in match[2].split())
    for name in arguments:
        if name not in _ARGUMENTS:
            message = f"số liệu không có tham số '{name}'"
            raise UnknownFigureError(message, f"chỉ dùng: {', '.join(_ARGUMENTS)}")
    form = arguments.get("dang", "day-du")
    if form not in _FORMS:
        raise UnknownFigureError(f"không có dạng '{form}'", f"dang={' hoặc dang='.join(_FORMS)}")
    day = _parse_day(arguments["ngay"]) if "ngay" in arguments else None
    return FigureLookup(match[1], day, arguments.get("pham_vi"), form == "so")


def _parse_day(text: str) -> datetime.date:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if match:
            return datetime.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise UnknownFigureError(f"'{text}' không phải ngày có thật", "ngay=15/8/2024")


def find_figure(source: str, statistics: Statistics) -> tuple[Figure, FigureLookup]:
    """Return the figure of a reference, and the parsed reference.

    Raises:
        UnknownFigureError: see `parse_reference` and `Statistics.find`.
    """
    reference = parse_reference(source)
    return statistics.find(reference.id, reference.as_of, reference.scope), reference


def figures_in(
    document: Document, statistics: Statistics
) -> Iterator[tuple[str, Figure, FigureLookup]]:
    """Yield each valid reference as written, its figure, and the parsed reference."""
    nodes = (node for node in document.walk() if isinstance(node, FigureReference))
    for source in dict.fromkeys(node.source for node in nodes):
        try:
            yield source, *find_figure(source, statistics)
        except UnknownFigureError:
            continue


def check_reference(
    path: str, line: int, source: str, statistics: Statistics, must_pin: bool
) -> Iterator[Problem]:
    """Yield a problem when a reference cannot be resolved, or (`must_pin`) has no date."""
    try:
        figure, reference = find_figure(source, statistics)
    except UnknownFigureError as error:
        yield Problem(path, line, error.message, error.fix)
        return
    if must_pin and reference.as_of is None:
        day = format_day(figure.observation.as_of)
        message = f"câu chuyện phải ghim ngày của số liệu '{reference.id}'"
        yield Problem(path, line, message, f"{{{{ {source.strip()} ngay={day} }}}}")


def link_of(figure: Figure) -> str:
    """Return the link to a figure's row; MkDocs makes it relative and validates it."""
    return f"/{STATISTICS_PAGE}#{figure.observation.key}"
