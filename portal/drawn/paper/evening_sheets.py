"""The sheets of a lesson plan: plan, role plays, attendance list, questions, answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key

if TYPE_CHECKING:  # imports here are part of the cache key of drawn files
    from portal.library.learning_paths import LearningPath, Question, Scene

COLOUR = "#0b4f47"  # the brand's: an evening has no topic


@dataclass(frozen=True)
class EveningSheet:
    """The sheet of an evening, with the titles of its guides.

    `address` is its page's; with `mark`, which names the facts on it, it is the QR code.
    """

    template: ClassVar = "evening"

    path: LearningPath
    lessons: tuple[str, ...]
    take_home: tuple[str, ...]
    address: str
    imprint: Imprint
    mark: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the template's data."""
        path = self.path
        plan: Data = {
            "title": to_printable(path.full_title),
            "topic": f"Kế hoạch buổi học, khoảng {path.minutes} phút",
            "colour": COLOUR,
            "audience": "",
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "hotlines": [],
            "reviewed": "",
            "sections": list(self._sections()),
        }
        return {
            "title": plan["title"],
            "name": to_printable(path.title),
            "tasks": [to_printable(task) for task in path.tasks],
            "guides": [plan],
            "scenes": [_scene(scene) for scene in path.scenes],
            "questions": [_question(question) for question in path.questions],
            **self.imprint.data(),
        }

    def _sections(self) -> Iterator[Data]:
        yield _section("Mục đích", "", [_paragraph(self.path.aim)])
        yield _section("Cần có trước", "needs", [_list(self.path.prepare)])
        yield _section("Kế hoạch", "steps", [self._plan()])
        if self.take_home:
            advice = "In mỗi bài vài tờ, bày lên bàn. Ai cần bài nào thì cầm bài ấy."
            yield _section("Tờ mang về", "", [_paragraph(advice), _list(self.take_home)])

    def _plan(self) -> Data:
        titles = dict(zip((each.guide for each in self.path.lessons), self.lessons, strict=True))
        items = []
        for slot in self.path.timetable:
            words = f"{slot.start}–{slot.end} phút: {slot.activity}"
            if slot.guide:
                words += f" – {titles[slot.guide]}"
            items.append([_paragraph(words), *([_list(slot.tasks)] if slot.tasks else [])])
        return {"k": "list", "first": 1, "items": items}


def _scene(scene: Scene) -> Data:
    lines = [[to_printable(line.who), to_printable(line.says)] for line in scene.lines]
    return {
        "title": to_printable(scene.title),
        "lines": lines,
        "after": to_printable(scene.after),
    }


def _question(question: Question) -> Data:
    return {
        "ask": to_printable(question.ask),
        "choices": [[letter, to_printable(choice)] for letter, choice in question.lettered],
        "answer": to_printable(f"{question.letter}. {question.right}"),
        "why": to_printable(question.why),
    }


def _section(title: str, kind: str, blocks: list[Data]) -> Data:
    return {"title": title, "kind": kind, "blocks": blocks, "pictures": []}


def _paragraph(text: str) -> Data:
    return {"k": "p", "c": [["text", to_printable(text)]]}


def _list(texts: Sequence[str]) -> Data:
    return {"k": "list", "first": None, "items": [[_paragraph(text)] for text in texts]}
