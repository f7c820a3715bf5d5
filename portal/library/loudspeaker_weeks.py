"""The plan of a commune's loudspeakers: a guide an evening for a week, from data/loudspeaker.yml.

With it, each guide has a page with its text for the loudspeakers, and there is a page of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portal.source.datafiles import UNKNOWN, Row, Table
from portal.source.problems import Problem
from portal.source.schema import ID, Field, Kind, Vocabulary

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
FOLDER = "loa/"
WEEKS = Table(
    "data/loudspeaker.yml",
    (
        Field(
            "weeks", Kind.RECORDS, "Tuần phát loa", "Mỗi tuần bảy bài.", "[]", identity=("id",),
            fields=(
                ID,
                Field("title", Kind.TEXT, "Tên tuần", "Cả tuần nói chuyện gì.", "Tránh lừa đảo"),
                Field("summary", Kind.TEXT, "Tóm tắt", "Một câu.", "Bảy chiêu hay gặp."),
                Field("guides", Kind.PAGES, "Bài", "Bảy tệp trong docs/, từ thứ hai đến chủ nhật.",
                      "[guides/an-toan/gia-danh-cong-an.md]",
                      counts=(len(WEEKDAYS), len(WEEKDAYS))),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


@dataclass(frozen=True)
class LoudspeakerWeek:
    """A week: `guides` are paths within docs/, one for each of `WEEKDAYS`, `lines` theirs."""

    id: str
    title: str
    summary: str
    guides: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def evenings(self) -> tuple[tuple[str, str], ...]:
        """Return (day, path of its guide within docs/) from Monday to Sunday."""
        return tuple(zip(WEEKDAYS, self.guides, strict=True))

    @property
    def sheet(self) -> str:
        """Return the path of the printed texts within the site."""
        return f"{FOLDER}tuan-{self.id}.pdf"


def load_weeks(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[LoudspeakerWeek, ...], list[Problem]]:
    """Return the weeks in order, none without the file, and the problems."""
    data, problems = WEEKS.read(file, vocabulary)
    return tuple(map(_week, data.rows("weeks"))), problems


def _week(row: Row) -> LoudspeakerWeek:
    lines = (row.line_of(f"guides.{order}") for order in range(len(WEEKDAYS)))
    return row.make(LoudspeakerWeek, lines=tuple(lines))


def announcement_uri(guide: str) -> str:
    """Return the path within docs/ of a guide's text: "guides/x/y.md" gives "loa/x/y.md"."""
    return FOLDER + guide.partition("/")[2]
