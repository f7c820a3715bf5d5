"""Evenings that a team member can teach, from data/learning-paths.yml.

Each has an aim, guides in order, what to prepare, tasks to practise and five questions, and becomes
a page and a printed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.source.data_rows import find_row_faults
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem

QUESTION_COUNT = 5
LETTERS = "ABCDEF"
_TEXTS = ("id", "title", "summary", "aim")
_LISTS = ("lessons", "prepare", "tasks", "questions")
_FIELDS = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(("practice_minutes", "check_minutes"), object),
}


@dataclass(frozen=True)
class Lesson:
    """A guide, by its path within docs/, and how many minutes it takes."""

    guide: str
    minutes: int
    line: int


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
    def right(self) -> str:
        """Return the right choice, "" when `answer` names none."""
        return self.choices[self.answer] if 0 <= self.answer < len(self.choices) else ""


@dataclass(frozen=True)
class LearningPath:
    """One evening, the `number`th from 1; times are in minutes."""

    number: int
    id: str
    title: str
    summary: str
    aim: str
    lessons: tuple[Lesson, ...]
    practice_minutes: int
    check_minutes: int
    prepare: tuple[str, ...]
    tasks: tuple[str, ...]
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
    def minutes(self) -> int:
        """Return how long the evening takes."""
        taught = sum(lesson.minutes for lesson in self.lessons)
        return taught + self.practice_minutes + self.check_minutes


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
    for field in ("practice_minutes", "check_minutes"):
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
        if not isinstance(lesson, dict) or not _is_minutes(lesson.get("minutes")):
            message = f"buổi học '{name}' có bài chưa ghi số phút"
            yield message, "- {guide: guides/zalo/cai-zalo.md, minutes: 10}"


def _is_minutes(value: object) -> bool:
    return type(value) is int and 0 < value <= 240


def _path(data: DataFile, index: int, line: int, row: Mapping[str, object]) -> LearningPath:
    at = f"paths.{index}"
    return LearningPath(
        number=index + 1,
        **{name: str(row[name]) for name in _TEXTS},
        lessons=tuple(
            Lesson(str(each.get("guide")), int(str(each["minutes"])), number)
            for number, each in _rows(data, f"{at}.lessons", row["lessons"])
        ),
        practice_minutes=int(str(row["practice_minutes"])),
        check_minutes=int(str(row["check_minutes"])),
        prepare=_texts(row["prepare"]),
        tasks=_texts(row["tasks"]),
        questions=tuple(
            _question(number, each)
            for number, each in _rows(data, f"{at}.questions", row["questions"])
        ),
        line=line,
    )


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


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
