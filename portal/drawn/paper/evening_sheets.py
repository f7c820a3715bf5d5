"""The sheet of an evening to teach: its plan on one side, the attendance list on the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import QrPicture, qr_svg
from portal.system.cache import cache_key

if TYPE_CHECKING:
    from portal.library.learning_paths import LearningPath

COLOUR = "#0b4f47"  # the brand's: an evening belongs to no topic


@dataclass(frozen=True)
class EveningSheet:
    """An evening with the titles of its guides in order; `address` is its page."""

    template: ClassVar = "evening"

    path: LearningPath
    guides: tuple[str, ...]
    address: str
    imprint: Imprint

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the sheet for its template."""
        path = self.path
        plan: Data = {
            "title": to_printable(path.full_title),
            "topic": f"Kế hoạch buổi học, khoảng {path.minutes} phút",
            "colour": COLOUR,
            "audience": "",
            "address": self.address,
            "qr": qr_svg(QrPicture(self.address, "")).decode(),
            "hotlines": [],
            "reviewed": "",
            "sections": [
                _section("Mục đích", "", [_paragraph(path.aim)]),
                _section("Cần có trước", "needs", [_list(path.prepare)]),
                _section("Kế hoạch", "steps", [_list(tuple(self.timetable()), first=1)]),
                _section("Bà con tự làm", "", [_list(path.tasks)]),
            ],
        }
        return {
            "title": plan["title"],
            "name": to_printable(path.title),
            "tasks": [to_printable(task) for task in path.tasks],
            "guides": [plan],
            **self.imprint.data(),
        }

    def timetable(self) -> Iterator[str]:
        """Yield "0–10 phút: what is done" for the lessons, practice and questions."""
        path = self.path
        minutes = [lesson.minutes for lesson in path.lessons]
        parts = list(zip(self.guides, minutes, strict=True))
        parts.append(("Bà con tự làm", path.practice_minutes))
        questions = f"{len(path.questions)} câu hỏi, đọc từ trang của buổi học"
        parts.append((questions, path.check_minutes))
        start = 0
        for what, length in parts:
            yield f"{start}–{start + length} phút: {what}"
            start += length


def _section(title: str, kind: str, blocks: list[Data]) -> Data:
    return {"title": title, "kind": kind, "blocks": blocks, "pictures": []}


def _paragraph(text: str) -> Data:
    return {"k": "p", "c": [["text", to_printable(text)]]}


def _list(texts: Sequence[str], first: int | None = None) -> Data:
    return {"k": "list", "first": first, "items": [[_paragraph(text)] for text in texts]}
