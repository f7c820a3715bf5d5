"""Checks of lesson plans: time, share of practice, distribution of the correct answers.

The limits are the editors' own, for learners over sixty who use their own phones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.library.learning_paths import LETTERS, PATHS, LearningPath, Question
from portal.library.library import Library
from portal.source.problems import Problem, Severity

MAX_LESSONS = 3
MAX_MINUTES = 120
MIN_PRACTICE = 40  # per cent of the whole evening, with arrival and break


@reads(PATHS.path)
def check_evenings(library: Library) -> Iterator[Problem]:
    """Yield an error for each invalid plan, advice for each guide without a plan."""
    for path in library.learning_paths:
        yield from _check_lessons(path)
        yield from _check_minutes(path)
        yield from _check_practice(path)
        yield from _check_answers(path)
        yield from _check_take_home(path)
    yield from _check_coverage(library)


def _check_lessons(path: LearningPath) -> Iterator[Problem]:
    for lesson in path.lessons[MAX_LESSONS:]:
        message = f"buổi học '{path.id}' có {len(path.lessons)} bài, nhiều nhất {MAX_LESSONS} bài"
        fix = f"chuyển bài này xuống take_home:  - {lesson.guide}"
        yield Problem(PATHS.path, lesson.line, message, fix)


def _check_minutes(path: LearningPath) -> Iterator[Problem]:
    total = path.timetable[-1].end
    if total > MAX_MINUTES:
        message = f"buổi học '{path.id}' dài {total} phút, nhiều nhất {MAX_MINUTES} phút"
        fix = "bớt phút, hoặc chuyển một bài xuống take_home"
        yield Problem(PATHS.path, path.line, message, fix)
    elif total != path.minutes:
        message = f"buổi học '{path.id}' ghi {path.minutes} phút, các phần cộng lại {total} phút"
        yield Problem(PATHS.path, path.minutes_line, message, f"minutes: {total}")


def _check_practice(path: LearningPath) -> Iterator[Problem]:
    total, practice = path.timetable[-1].end, path.practice_minutes
    missing = -((100 * practice - MIN_PRACTICE * total) // 100)  # rounded up
    if missing <= 0:
        return
    message = (
        f"buổi học '{path.id}': bà con tự làm {practice} trong {total} phút, "
        f"cần ít nhất {MIN_PRACTICE}%"
    )
    spare = sum(lesson.minutes - 1 for lesson in path.lessons)
    source = "minutes của các bài" if missing <= spare else "lúc đón, lúc nghỉ, câu hỏi"
    fix = f"chuyển {missing} phút từ {source} sang practice_minutes"
    yield Problem(PATHS.path, path.line, message, fix)


def _check_answers(path: LearningPath) -> Iterator[Problem]:
    """Yield an error for each answer beyond a letter's share, with a position to move it to."""
    questions = [each for each in path.questions if each.right]
    if not questions:
        return
    letters = max(len(question.choices) for question in questions)
    share = max(2, -(-len(questions) // letters))  # rounded up
    counts = Counter(question.answer for question in questions)
    for question in reversed(questions):
        if counts[question.answer] > share:
            place = min(range(len(question.choices)), key=lambda each: counts[each])
            yield _guessable(path, question, counts[question.answer], len(questions), place)
            counts[question.answer] -= 1
            counts[place] += 1


def _guessable(
    path: LearningPath, question: Question, count: int, total: int, place: int
) -> Problem:
    message = f"buổi học '{path.id}': {count} trong {total} câu cùng đáp án {question.letter}"
    fix = f"đưa lựa chọn đúng của câu này thành {LETTERS[place]}, ghi answer: {place + 1}"
    return Problem(PATHS.path, question.line, message, fix)


def _check_take_home(path: LearningPath) -> Iterator[Problem]:
    seen = {lesson.guide for lesson in path.lessons}
    for each in path.take_home:
        if each.guide in seen:
            message = f"bài '{each.guide}' đã có trong buổi học '{path.id}'"
            yield Problem(PATHS.path, each.line, message, "xóa dòng này")


def _check_coverage(library: Library) -> Iterator[Problem]:
    """Yield advice for each guide in no plan whose topic is taught."""
    used, teachers = set[str](), dict[str, LearningPath]()
    for path in library.learning_paths:
        used |= {each.guide for each in path.guides}
        for lesson in path.lessons:
            if page := library.by_uri.get(lesson.guide):
                teachers.setdefault(str(page.meta.get("topic")), path)
    for page in library.guides:
        teacher = teachers.get(str(page.meta.get("topic")))
        if teacher and page.uri not in used:
            message = f"bài '{page.uri}' chưa có trong buổi học nào"
            fix = f"thêm vào take_home của buổi '{teacher.id}':  - {page.uri}"
            yield Problem(PATHS.path, teacher.line, message, fix, Severity.ADVICE)
