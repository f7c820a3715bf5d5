"""The topics of guides, from data/topics.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import ID, Fault, Field, Kind
from portal.system.bundled_icons import has_icon

_COLOUR = re.compile("#[0-9a-f]{6}")


def _check_colour(colour: str) -> Iterator[Fault]:
    if not _COLOUR.fullmatch(colour):
        yield Fault(
            f"màu '{colour}' không phải mã màu", 'ghi mã sáu số trong ngoặc kép, dạng  "#RRGGBB"'
        )


def _check_icon(icon: str) -> Iterator[Fault]:
    """Yield an error for an icon that Material does not bundle."""
    if not has_icon(icon):
        message = f"không có biểu tượng '{icon}' trong bộ của Material"
        yield Fault(message, "tra tên ở pictogrammers.com/library/mdi, ghi dạng  material/tên")


TOPICS = Table(
    "data/topics.yml",
    (
        Field(
            "topics", Kind.RECORDS, "Chủ đề", "Theo thứ tự trong thực đơn.", "[]",
            identity=("id",),
            fields=(
                ID,
                Field("title", Kind.TEXT, "Tên", "Tên chủ đề.", "Định danh VNeID"),
                Field("summary", Kind.TEXT, "Tóm tắt", "Một câu.", "Kích hoạt, quên mã, mất máy."),
                Field("icon", Kind.TEXT, "Biểu tượng", "Của Material.", "material/cellphone-cog",
                      check=_check_icon, is_shown=False),
                Field("colour", Kind.TEXT, "Màu", "Mã màu.", '"#1f5fa8"', check=_check_colour,
                      is_shown=False),
                Field("wishes", Kind.PAIRS, "Lời mời", "Tên tệp của bài: bà con muốn gì.",
                      '{kich-hoat-vneid: "dùng VNeID lần đầu"}', required=False),
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """One topic; `icon` names one of Material's bundled icons, `colour` is a hex colour.

    `wishes` pairs a guide (the name of its file without .md) with what its reader wants: this
    completes "Bà con đang muốn …" and puts the guides in order on the topic's page.
    """

    id: str
    title: str
    summary: str
    icon: str
    colour: str
    wishes: tuple[tuple[str, str], ...] = ()
    line: int = 1


def load_topics(file: Path) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics in menu order, without invalid rows, and the problems."""
    data, problems = TOPICS.read(file)
    return tuple(row.make(Topic) for row in data.rows("topics")), problems
