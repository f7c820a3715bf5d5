"""Evenings that a team member can teach, from data/learning-paths.yml.

Each has an aim, a few lessons in order, each with tasks to practise at once, guides to take home,
what to prepare and five questions, and becomes a page and a printed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portal.source.data_rows import find_row_faults
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem

QUESTION_COUNT = 5
LETTERS = "ABCDEF"
_TEXTS = ("id", "title", "summary", "aim")
_LISTS = ("lessons", "prepare", "questions")
_MINUTES = ("minutes", "arrival_minutes", "break_minutes", "check_minutes")
_FIELDS = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys((*_LISTS, "take_home", "scenes"), list),
    **dict.fromkeys(_MINUTES, object),
}
_LESSON = '{guide: guides/zalo/cai-zalo.md, minutes: 10, practice_minutes: 15, tasks: ["…"]}'
_SCENE = 'scenes: [{title: "…", lines: [{who: "…", says: "…"}], after: "…"}]'


class Activity(StrEnum):
    """What a part of an evening is given to, as plans call it."""

    ARRIVAL = "Đón bà con, xếp chỗ"
    SHOW = "Người dạy làm mẫu"
    PRACTICE = "Bà con tự làm"
    BREAK = "Nghỉ, uống nước"
    QUESTIONS = "Câu hỏi cuối buổi"


@dataclass(frozen=True)
class Lesson:
    """A guide, by its path within docs/: minutes of showing it, then of practice with its tasks."""

    guide: str
    minutes: int
    practice_minutes: int
    tasks: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Slot:
    """A part of an evening from `start` to `end`, in minutes, and the lesson that it belongs to."""

    start: int
    end: int
    activity: Activity
    lesson: Lesson | None = None

    @property
    def guide(self) -> str:
        """Return the guide that is shown, "" when none is."""
        shown = self.activity is Activity.SHOW and self.lesson
        return shown.guide if shown else ""

    @property
    def tasks(self) -> tuple[str, ...]:
        """Return what people do by themselves in it."""
        practised = self.activity is Activity.PRACTICE and self.lesson
        return practised.tasks if practised else ()


@dataclass(frozen=True)
class TakeHome:
    """A guide, by its path within docs/, whose sheet people take home."""

    guide: str
    line: int


@dataclass(frozen=True)
class Speech:
    """What one person of a scene says."""

    who: str
    says: str


@dataclass(frozen=True)
class Scene:
    """A short play for two; `after` is what to say to all when it is over."""

    title: str
    lines: tuple[Speech, ...]
    after: str


@dataclass(frozen=True)
class Question:
    """A question with its choices; `answer` counts from 0, `facts` are what it rests on."""

    ask: str
    choices: tuple[str, ...]
    answer: int
    why: str
    facts: tuple[str, ...]
    line: int

    @property
    def letter(self) -> str:
        """Return the letter of the right choice ("B")."""
        return LETTERS[self.answer]

    @property
    def lettered(self) -> tuple[tuple[str, str], ...]:
        """Return (letter, choice) of each choice."""
        return tuple(zip(LETTERS, self.choices, strict=False))

    @property
    def right(self) -> str:
        """Return the right choice, "" when `answer` names none."""
        return self.choices[self.answer] if 0 <= self.answer < len(self.choices) else ""


@dataclass(frozen=True)
class LearningPath:
    """One evening, the `number`th from 1; `minutes` is how long people are told it takes."""

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

    @property
    def full_title(self) -> str:
        """Return the title with its number ("Buổi 1: Điện thoại của tôi")."""
        return f"Buổi {self.number}: {self.title}"

    @property
    def uri(self) -> str:
        """Return the path of the page within docs/."""
        return f"buoi-hoc/{self.id}.md"

    @property
    def url(self) -> str:
        """Return the address within the site."""
        return f"buoi-hoc/{self.id}/"

    @property
    def sheet(self) -> str:
        """Return the path of the printed sheet within the site."""
        return f"buoi-hoc/{self.id}/to-buoi-hoc.pdf"

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the ids of the facts behind the questions, each once."""
        return tuple(dict.fromkeys(id for question in self.questions for id in question.facts))

    @property
    def guides(self) -> tuple[Lesson | TakeHome, ...]:
        """Return the lessons, then what is taken home."""
        return (*self.lessons, *self.take_home)

    @property
    def tasks(self) -> tuple[str, ...]:
        """Return what people do by themselves, lesson by lesson."""
        return tuple(task for lesson in self.lessons for task in lesson.tasks)

    @property
    def practice_minutes(self) -> int:
        """Return how long people hold their own phones."""
        return sum(lesson.practice_minutes for lesson in self.lessons)

    @property
    def timetable(self) -> tuple[Slot, ...]:
        """Return the parts in order; the break comes when two thirds of the lessons are over."""
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


def load_learning_paths(file: Path) -> tuple[tuple[LearningPath, ...], list[Problem]]:
    """Return the evenings in order, and what is missing; without the file there are none."""
    if not file.is_file():
        return (), []
    data, problems = read_datafile(file, "paths")
    paths, ids = list[LearningPath](), dict[str, int]()
    for index, (line, row) in enumerate(data.rows("paths")):
        found = list(find_row_faults(line, row, _FIELDS, ids)) or list(_check_row(row))
        problems += [data.problem(line, *each) for each in found]
        if not found:
            path = _path(data, index, line, row)
            problems += _check_questions(data, path)
            paths.append(path)
    return tuple(paths), problems


def _check_row(row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    name = row.get("id") or "?"
    for field in _TEXTS:
        if not row.get(field):
            yield f"buổi học '{name}' thiếu {field}", f'thêm {field}: "…"'
    for field in _MINUTES:
        if not _is_minutes(row.get(field)):
            yield f"buổi học '{name}' thiếu {field}, tính bằng phút", f"{field}: 15"
    for field in _LISTS:
        if not row.get(field) or not isinstance(row[field], list):
            yield (
                f"buổi học '{name}' thiếu {field}",
                f"thêm {field}: rồi các dòng có dấu -",
            )
    lessons = row.get("lessons")
    for lesson in lessons if isinstance(lessons, list) else ():
        if not isinstance(lesson, dict) or not _is_timed(lesson):
            yield f"buổi học '{name}' có bài chưa ghi số phút", f"- {_LESSON}"
        elif not _texts(lesson.get("tasks")):
            yield f"buổi học '{name}' có bài chưa có việc để bà con tự làm", 'tasks: ["…"]'
    scenes = row.get("scenes")
    if not all(map(_is_scene, scenes if isinstance(scenes, list) else ())):
        yield f"buổi học '{name}' có màn đóng vai thiếu tên, lời thoại hoặc lời dặn", _SCENE


def _is_timed(lesson: Mapping[str, object]) -> bool:
    return _is_minutes(lesson.get("minutes")) and _is_minutes(lesson.get("practice_minutes"))


def _is_scene(scene: object) -> bool:
    if not isinstance(scene, dict) or not scene.get("title") or not scene.get("after"):
        return False
    lines = scene.get("lines")
    return bool(lines) and isinstance(lines, list) and all(map(_is_speech, lines))


def _is_speech(line: object) -> bool:
    return isinstance(line, dict) and bool(line.get("who")) and bool(line.get("says"))


def _is_minutes(value: object) -> bool:
    return type(value) is int and 0 < value <= 240


def _number(value: object) -> int:
    return int(str(value))


def _path(data: DataFile, index: int, line: int, row: Mapping[str, object]) -> LearningPath:
    at = f"paths.{index}"
    return LearningPath(
        number=index + 1,
        **{name: str(row[name]) for name in _TEXTS},
        minutes=_number(row["minutes"]),
        arrival_minutes=_number(row["arrival_minutes"]),
        break_minutes=_number(row["break_minutes"]),
        check_minutes=_number(row["check_minutes"]),
        lessons=tuple(
            _lesson(number, each) for number, each in _rows(data, f"{at}.lessons", row["lessons"])
        ),
        prepare=_texts(row["prepare"]),
        take_home=tuple(
            TakeHome(guide, data.lines.get(f"{at}.take_home.{order}", line))
            for order, guide in enumerate(_texts(row.get("take_home")))
        ),
        scenes=tuple(_scene(each) for each in _mappings(row.get("scenes"))),
        questions=tuple(
            _question(number, each)
            for number, each in _rows(data, f"{at}.questions", row["questions"])
        ),
        line=line,
    )


def _lesson(line: int, row: Mapping[str, object]) -> Lesson:
    return Lesson(
        guide=str(row.get("guide")),
        minutes=_number(row["minutes"]),
        practice_minutes=_number(row["practice_minutes"]),
        tasks=_texts(row["tasks"]),
        line=line,
    )


def _scene(row: Mapping[str, object]) -> Scene:
    lines = row["lines"]
    speeches = (Speech(str(each["who"]), str(each["says"])) for each in _mappings(lines))
    return Scene(str(row["title"]), tuple(speeches), str(row["after"]))


def _question(line: int, row: Mapping[str, object]) -> Question:
    answer = row.get("answer")
    return Question(
        ask=str(row.get("ask") or ""),
        choices=_texts(row.get("choices")),
        answer=answer - 1 if type(answer) is int else -1,
        why=str(row.get("why") or ""),
        facts=_texts(row.get("facts")),
        line=line,
    )


def _check_questions(data: DataFile, path: LearningPath) -> Iterator[Problem]:
    if len(path.questions) != QUESTION_COUNT:
        message = f"buổi học '{path.id}' có {len(path.questions)} câu hỏi, cần {QUESTION_COUNT}"
        yield data.problem(path.line, message, "thêm hoặc bớt câu trong questions")
    for question in path.questions:
        if not question.ask or not question.why or not question.facts:
            fix = 'ghi đủ ask: "…", why: "…" và facts: [F1.14]'
            message = "câu hỏi thiếu lời hỏi, lời giải thích hoặc dữ kiện"
            yield data.problem(question.line, message, fix)
        if not 2 <= len(question.choices) <= len(LETTERS):
            message = f"câu hỏi có {len(question.choices)} lựa chọn, cần từ 2 đến {len(LETTERS)}"
            yield data.problem(question.line, message, 'choices: ["…", "…", "…"]')
        elif not 0 <= question.answer < len(question.choices):
            fix = f"answer: số từ 1 đến {len(question.choices)}"
            yield data.problem(question.line, "answer không chỉ vào lựa chọn nào", fix)


def _rows(data: DataFile, at: str, value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, dict):
            yield data.lines.get(f"{at}.{index}", 1), each


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield each


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
