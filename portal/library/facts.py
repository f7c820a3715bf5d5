"""The facts that guides cite, and their sources, from data/facts.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from portal.source.datafiles import Row, Table
from portal.source.problems import Problem
from portal.source.schema import NOTE, Field, Kind

CONFIDENCES = ("high", "medium", "low", "memory", "advice")
_CONFIDENCE = Field(
    "confidence", Kind.TEXT, "Độ chắc", "Theo luật in.", "medium", choices=CONFIDENCES
)
FACTS = Table(
    "data/facts.yml",
    (
        Field(
            "sources", Kind.NAMED_RECORDS, "Nguồn", "Nơi đã đọc, theo mã.", "{}", required=False,
            fields=(
                Field("name", Kind.TEXT, "Tên", "Nơi đăng.", "Báo Ninh Bình", required=False),
                Field("kind", Kind.TEXT, "Loại", "báo, văn bản, cơ quan…", "báo", required=False),
                Field("date", Kind.PERIOD, "Ngày", "Để trống khi trang không ghi.", '"2024-09"',
                      required=False),
                Field("url", Kind.ADDRESS, "Địa chỉ", "https://", '"https://…"', required=False),
                NOTE,
            ),
        ),
        Field(
            "facts", Kind.RECORDS, "Dữ kiện", "Câu có nguồn.", "[]", identity=("id",),
            fields=(
                Field("id", Kind.TEXT, "Mã", "Mỗi dữ kiện một mã.", "F1.01"),
                Field("topic", Kind.TEXT, "Chủ đề", "Mục trong sổ.", "vneid", required=False),
                Field("statement", Kind.TEXT, "Nội dung", "Một câu.", "Tổng đài là 1900 0368."),
                _CONFIDENCE,
                Field("as_of", Kind.PERIOD, "Tính đến", "Tháng của dữ kiện.", '"2026-11"',
                      required=False),
                Field("sources", Kind.TEXTS, "Nguồn", "Mã ở mục sources.", "[S00]",
                      required=False),
                Field("old", Kind.TEXTS, "Chữ cũ", "Chữ của quy định cũ.", "[sổ hộ khẩu]",
                      required=False),
                Field("now", Kind.TEXTS, "Chữ mới", "Phải đứng cùng chữ cũ.", "[đã bỏ]",
                      required=False),
                Field("changed", Kind.FLAG, "Đã đổi", "Khác với năm 2024.", "true",
                      required=False),
                NOTE,
            ),
        ),
        Field(
            "changes", Kind.RECORDS, "Điều đã đổi", "Cho người biên tập.", "[]", required=False,
            fields=(
                Field("was", Kind.TEXT, "Trước", "Năm 2024.", "Năm 2024 nói khác."),
                Field("now", Kind.TEXT, "Nay", "Bây giờ.", "Nay đã đổi."),
                _CONFIDENCE,
                Field("facts", Kind.TEXTS, "Dữ kiện", "Mã dữ kiện.", "[F1.01]", required=False),
                NOTE,
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A source; `date` as far as known ("2024", "2024-07", "2024-07-01", "")."""

    id: str
    name: str
    kind: str
    date: str
    url: str


@dataclass(frozen=True)
class Fact:
    """A statement with its confidence, its date and the ids of its sources.

    `old` are words for what the fact has replaced; one of `now` must accompany them.
    """

    id: str
    statement: str
    confidence: str
    as_of: str
    sources: tuple[str, ...]
    old: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactBase:
    """All facts and sources by id."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def replacing(self) -> tuple[Fact, ...]:
        """Return the facts with `old` words."""
        return tuple(fact for fact in self.facts.values() if fact.old)

    def sources_of(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the unique sources of some facts, in the order of the facts."""
        wanted = (source for id in ids if id in self.facts for source in self.facts[id].sources)
        return tuple(self.sources[id] for id in dict.fromkeys(wanted) if id in self.sources)


def load_facts(file: Path) -> tuple[FactBase, list[Problem]]:
    """Return the facts and sources, and the problems, unknown references included."""
    data, problems = FACTS.read(file)
    sources = {id: row.make(Source, id=id) for id, row in data.named("sources")}
    rows = list(data.rows("facts"))
    if not problems:  # an invalid source counts as known
        problems = [each for row in rows for each in _check_sources(row, sources)]
    return FactBase({row.text("id"): row.make(Fact) for row in rows}, sources), problems


def _check_sources(row: Row, sources: Mapping[str, Source]) -> Iterator[Problem]:
    for id in row.texts("sources"):
        if id not in sources:
            message = f"dữ kiện {row.text('id')} nêu nguồn {id} không có"
            yield Problem(FACTS.path, row.line, message, "thêm nguồn vào mục sources")
