"""Figures in running text: `{{ so_lieu.KEY ngay=15/8/2024 pham_vi=SCOPE dang=so }}`.

A reference is a look-up in the statistics and nothing else: no expressions, no code. It becomes the
number with its date and scope and a link to its row on the statistics page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.language.text import format_day
from portal.library.statistics import Figure, Statistics, UnknownFigureError
from portal.source.problems import Problem

STATISTICS_PAGE = "so-lieu.md"
EXAMPLE = "{{ so_lieu.dinh_danh_kich_hoat }}"
_LOOK_UP = re.compile(r"so_lieu\.([\w-]+)((?:\s+\w+=\S+)*)")
_ARGUMENTS = ("ngay", "pham_vi", "dang")
_FORMS = ("day-du", "so")


@dataclass(frozen=True)
class Reference:
    """A parsed reference; `number_only` leaves date and scope to the link's title."""

    id: str
    as_of: datetime.date | None = None
    scope: str | None = None
    number_only: bool = False


def parse_reference(source: str) -> Reference:
    """Return the reference written between the braces.

    Raises:
        UnknownFigureError: it is not of the form of this module's first line.
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
    return Reference(match[1], day, arguments.get("pham_vi"), form == "so")


def _parse_day(text: str) -> datetime.date:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if match:
            return datetime.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise UnknownFigureError(f"'{text}' không phải ngày có thật", "ngay=15/8/2024")


def find_figure(source: str, statistics: Statistics) -> tuple[Figure, Reference]:
    """Return the figure that a reference names, and the reference.

    Raises:
        UnknownFigureError: see `parse_reference` and `Statistics.find`.
    """
    reference = parse_reference(source)
    return statistics.find(reference.id, reference.as_of, reference.scope), reference


def check_reference(
    path: str, line: int, source: str, statistics: Statistics, must_pin: bool
) -> Iterator[Problem]:
    """Yield why a reference cannot be resolved, or (`must_pin`) that it lacks its day."""
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
    """Return the link to a figure's row; MkDocs makes it relative to the page and checks it."""
    return f"/{STATISTICS_PAGE}#{figure.observation.key}"
