"""Reviews of pages against the facts: when, with what result, from data/readings.csv.

A reading is valid for one wording: it stores a hash of the page's text, so an edited page counts as
unread. Only the editors' report uses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.library.library import Page
from portal.library.page_kinds import SHOWN_TEXTS
from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind

READINGS = Table(
    "data/readings.csv",
    (
        Field(
            "", Kind.RECORDS, "Lần đọc", "Mỗi dòng một lần đọc một bài.", "",
            fields=(
                Field("page", Kind.TEXT, "Bài", "Tệp trong docs/.", "guides/zalo/cai-zalo.md"),
                Field("read", Kind.DATE, "Ngày đọc", "Năm-tháng-ngày.", "2026-11-25"),
                Field("code", Kind.TEXT, "Mã của chữ", "Mã in trong báo cáo.", "0b388da0"),
                Field("found", Kind.TEXT, "Đã sửa gì", "Để trống khi đúng.", "Bỏ một câu.",
                      required=False),
                Field("unverified", Kind.TEXT, "Chưa rõ", "Điều chưa có nguồn.", "Phí hiện nay.",
                      required=False),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One review of a page ("2026-11-25"); `found` is what was corrected, "" for nothing.

    `unverified` is what no available source could confirm.
    """

    page: str
    read: str
    code: str
    found: str
    unverified: str


def load_readings(file: Path) -> tuple[Mapping[str, Reading], list[Problem]]:
    """Return path within docs/ → last reading of the page, and the problems."""
    data, problems = READINGS.read(file)
    readings = [row.make(Reading) for row in data.rows()]
    return {each.page: each for each in sorted(readings, key=lambda one: one.read)}, problems


def code_of(page: Page) -> str:
    """Return a hash, eight hexadecimal digits, of all the words that readers see."""
    fields = "\n".join(str(page.meta.get(name) or "") for name in SHOWN_TEXTS)
    return hashlib.sha256(f"{fields}\n{page.file.body}".encode()).hexdigest()[:8]
