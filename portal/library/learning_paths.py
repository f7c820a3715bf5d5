"""Lesson plans of one evening each, from data/learning-paths.yml.

Each has an aim, a few lessons with tasks, guides to take home, what to prepare and five questions;
it becomes a page and a printed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portal.source.datafiles import UNKNOWN, Row, Table
from portal.source.problems import Problem
from portal.source.schema import ID, Fault, Field, Kind, Vocabulary

QUESTION_COUNT = 5
LETTERS = "ABCDEF"
EVENINGS = "buoi-hoc/"


def sheet_of(address: str) -> str:
    """Return the path of the printed sheet of the evening at an address ("buoi-hoc/x/")."""
    return f"{address}to-buoi-hoc.pdf"


def _minutes(name: str, label: str) -> Field:
    return Field(name, Kind.MINUTES, label, "Số phút, từ 1 đến 240.", "15")


def _check_answer(question: Mapping[str, object]) -> Iterator[Fault]:
    answer, choices = question.get("answer"), question.get("choices")
    if isinstance(answer, int) and isinstance(choices, list) and answer > len(choices):
        fix = f"answer: số từ 1 đến {len(choices)}"
        yield Fault("answer không chỉ vào lựa chọn nào", fix, "answer")


PATHS = Table(
    "data/learning-paths.yml",
    (
        Field(
            "paths", Kind.RECORDS, "Buổi học", "Theo thứ tự dạy.", "[]", identity=("id",),
            fields=(
                ID,
                Field("title", Kind.TEXT, "Tên buổi", "Không ghi số.", "Điện thoại của tôi"),
                Field("summary", Kind.TEXT, "Tóm tắt", "Một câu.", "Chữ to, vào mạng, khóa máy."),
                Field("aim", Kind.TEXT, "Mục đích", "Hết buổi, bà con làm được gì.",
                      "Hết buổi, bà con tự làm chữ to."),
                _minutes("minutes", "Cả buổi"),
                _minutes("arrival_minutes", "Đón bà con"),
                _minutes("break_minutes", "Nghỉ"),
                _minutes("check_minutes", "Câu hỏi cuối buổi"),
                Field(
                    "lessons", Kind.RECORDS, "Bài dạy", "Theo thứ tự.",
                    "[]", counts=(1, 30),
                    fields=(
                        Field("guide", Kind.PAGE, "Bài", "Tệp trong docs/.",
                              "guides/zalo/cai-zalo.md"),
                        _minutes("minutes", "Làm mẫu"),
                        _minutes("practice_minutes", "Tự làm"),
                        Field("tasks", Kind.TEXTS, "Việc tập", "Bà con tự làm.",
                              '["Làm chữ to thêm."]'),
                    ),
                ),
                Field("take_home", Kind.PAGES, "Tờ mang về", "Tệp trong docs/.",
                      "[guides/zalo/cai-zalo.md]", required=False),
                Field("prepare", Kind.TEXTS, "Chuẩn bị", "Việc của người dạy.", '["Ổ cắm điện."]'),
                Field(
                    "scenes", Kind.RECORDS, "Màn đóng vai", "Cho hai người.", "[]", required=False,
                    fields=(
                        Field("title", Kind.TEXT, "Tên màn", "Vài chữ.", "Người gọi lạ"),
                        Field(
                            "lines", Kind.RECORDS, "Lời thoại", "Ai nói gì.",
                            "[]", counts=(1, 30),
                            fields=(
                                Field("who", Kind.TEXT, "Ai", "Vai.", "Người gọi"),
                                Field("says", Kind.TEXT, "Nói", "Một câu.", "A lô."),
                            ),
                        ),
                        Field("after", Kind.TEXT, "Lời dặn", "Nói khi hết màn.", "Tắt máy ngay."),
                    ),
                ),
                Field(
                    "questions", Kind.RECORDS, "Câu hỏi", "Đúng năm câu.",
                    "[]",
                    counts=(QUESTION_COUNT, QUESTION_COUNT), check=_check_answer,
                    fields=(
                        Field("ask", Kind.TEXT, "Lời hỏi", "Một câu.", '"Ai gọi hỏi mã OTP?"'),
                        Field("choices", Kind.TEXTS, "Lựa chọn", "Từ hai đến sáu.",
                              '["Kẻ lừa đảo.", "Công an."]', counts=(2, len(LETTERS))),
                        Field("answer", Kind.ORDINAL, "Câu đúng", "Số thứ tự từ 1.", "1"),
                        Field("why", Kind.TEXT, "Vì sao", "Một câu.", '"Không cơ quan nào hỏi."'),
                        Field("facts", Kind.FACTS, "Dữ kiện", "Chỗ dựa.", "[F1.14]"),
                    ),
                ),
            ),
        ),
    ),
    is_optional=True,
)  # fmt: skip


class Activity(StrEnum):
    """The activity of a part of an evening, named as in lesson plans."""

    ARRIVAL = "Đón bà con, xếp chỗ"
    SHOW = "Người dạy làm mẫu"
    PRACTICE = "Bà con tự làm"
    BREAK = "Nghỉ, uống nước"
    QUESTIONS = "Câu hỏi cuối buổi"


@dataclass(frozen=True)
class Lesson:
    """A guide (path within docs/), minutes of demonstration, then of practice with its tasks."""

    guide: str
    minutes: int
    practice_minutes: int
    tasks: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Slot:
    """A part of an evening from `start` to `end`, in minutes, and its lesson."""

    start: int
    end: int
    activity: Activity
    lesson: Lesson | None = None

    @property
    def guide(self) -> str:
        """Return the guide demonstrated, "" for none."""
        shown = self.activity is Activity.SHOW and self.lesson
        return shown.guide if shown else ""

    @property
    def tasks(self) -> tuple[str, ...]:
        """Return the tasks of this part."""
        practised = self.activity is Activity.PRACTICE and self.lesson
        return practised.tasks if practised else ()


@dataclass(frozen=True)
class TakeHome:
    """A guide (path within docs/) whose handout participants take home."""

    guide: str
    line: int


@dataclass(frozen=True)
class Speech:
    """A line of a scene."""

    who: str
    says: str


@dataclass(frozen=True)
class Scene:
    """A role play for two; `after` is the conclusion for the group."""

    title: str
    lines: tuple[Speech, ...]
    after: str


@dataclass(frozen=True)
class Question:
    """A question with its choices; `answer` is an index from 0, `facts` are ids."""

    ask: str
    choices: tuple[str, ...]
    answer: int
    why: str
    facts: tuple[str, ...]
    line: int

    @property
    def letter(self) -> str:
        """Return the letter of the correct choice ("B")."""
        return LETTERS[self.answer]

    @property
    def lettered(self) -> tuple[tuple[str, str], ...]:
        """Return (letter, choice) of each choice."""
        return tuple(zip(LETTERS, self.choices, strict=False))

    @property
    def right(self) -> str:
        """Return the correct choice."""
        return self.choices[self.answer]


@dataclass(frozen=True)
class LearningPath:
    """The plan of one evening, numbered from 1; `minutes` is its announced length."""

    number: int
    id: str
    title: str
    summary: str
    aim: str
    minutes: int
    arrival_minutes: int
    lessons: tuple[Lesson, ...]
    break_minutes: int
    check_minutes: int
    prepare: tuple[str, ...]
    take_home: tuple[TakeHome, ...]
    scenes: tuple[Scene, ...]
    questions: tuple[Question, ...]
    line: int
    minutes_line: int

    @property
    def full_title(self) -> str:
        """Return the title with its number ("Buổi 1: Điện thoại của tôi")."""
        return f"Buổi {self.number}: {self.title}"

    @property
    def uri(self) -> str:
        """Return the path of the page within docs/."""
        return f"{EVENINGS}{self.id}.md"

    @property
    def url(self) -> str:
        """Return the address within the site."""
        return f"{EVENINGS}{self.id}/"

    @property
    def sheet(self) -> str:
        """Return the path of the printed sheet within the site."""
        return sheet_of(self.url)

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the unique ids of the facts behind the questions."""
        return tuple(dict.fromkeys(id for question in self.questions for id in question.facts))

    @property
    def guides(self) -> tuple[Lesson | TakeHome, ...]:
        """Return the guides of the lessons, then those to take home."""
        return (*self.lessons, *self.take_home)

    @property
    def tasks(self) -> tuple[str, ...]:
        """Return the tasks of all lessons, in order."""
        return tuple(task for lesson in self.lessons for task in lesson.tasks)

    @property
    def practice_minutes(self) -> int:
        """Return the minutes of practice."""
        return sum(lesson.practice_minutes for lesson in self.lessons)

    @property
    def timetable(self) -> tuple[Slot, ...]:
        """Return the parts in order, with a break after two thirds of the lessons."""
        slots, start = list[Slot](), 0
        for activity, minutes, lesson in self._parts():
            slots.append(Slot(start, start + minutes, activity, lesson))
            start += minutes
        return tuple(slots)

    def _parts(self) -> Iterator[tuple[Activity, int, Lesson | None]]:
        yield Activity.ARRIVAL, self.arrival_minutes, None
        for number, lesson in enumerate(self.lessons, 1):
            yield Activity.SHOW, lesson.minutes, lesson
            yield Activity.PRACTICE, lesson.practice_minutes, lesson
            if number == (2 * len(self.lessons) + 1) // 3:
                yield Activity.BREAK, self.break_minutes, None
        yield Activity.QUESTIONS, self.check_minutes, None


def load_learning_paths(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[LearningPath, ...], list[Problem]]:
    """Return the plans in order, none without the file, and the problems."""
    data, problems = PATHS.read(file, vocabulary)
    return tuple(_path(*each) for each in enumerate(data.rows("paths"), 1)), problems


def _path(number: int, row: Row) -> LearningPath:
    take_home = (
        TakeHome(uri, row.line_of(f"take_home.{order}"))
        for order, uri in enumerate(row.texts("take_home"))
    )
    return row.make(
        LearningPath,
        number=number,
        lessons=tuple(each.make(Lesson) for each in row.rows("lessons")),
        take_home=tuple(take_home),
        minutes_line=row.line_of("minutes"),
        scenes=tuple(map(_scene, row.rows("scenes"))),
        questions=tuple(
            each.make(Question, answer=each.number("answer") - 1) for each in row.rows("questions")
        ),
    )


def _scene(row: Row) -> Scene:
    return row.make(Scene, lines=tuple(each.make(Speech) for each in row.rows("lines")))
