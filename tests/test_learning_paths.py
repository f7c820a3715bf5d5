from pathlib import Path

from portal.library.learning_paths import Activity, LearningPath, Lesson, load_learning_paths

FILE = """\
paths:
  - id: buoi-1
    title: Điện thoại
    summary: Một buổi.
    aim: Biết mở máy.
    minutes: 98
    arrival_minutes: 10
    break_minutes: 5
    check_minutes: 8
    lessons:
      - {guide: a.md, minutes: 10, practice_minutes: 15, tasks: [Mở máy, Tắt máy]}
      - {guide: b.md, minutes: 5, practice_minutes: 20, tasks: [Gọi]}
      - {guide: c.md, minutes: 10, practice_minutes: 15, tasks: [Nhắn]}
    prepare: [Máy]
    take_home: [d.md, e.md]
    scenes: [{title: Màn 1, lines: [{who: A, says: Alô}, {who: B, says: Tôi tắt máy}], after: Tốt}]
    questions:
""" + "".join(
    f'      - {{ask: "{n}?", choices: [a, b, c], answer: {n % 3 + 1}, why: c, facts: [F1.14]}}\n'
    for n in range(5)
)


def load(folder: Path) -> LearningPath:
    (folder / "learning-paths.yml").write_text(FILE, encoding="utf-8")
    (path,), problems = load_learning_paths(folder / "learning-paths.yml")
    assert problems == []
    return path


def test_timetable_counts_arrival_and_the_break_before_the_last_lesson(tmp_path: Path) -> None:
    path = load(tmp_path)
    shown = [(slot.start, slot.end, slot.activity.name, slot.guide) for slot in path.timetable]
    assert shown == [
        (0, 10, "ARRIVAL", ""),
        (10, 20, "SHOW", "a.md"),
        (20, 35, "PRACTICE", ""),
        (35, 40, "SHOW", "b.md"),
        (40, 60, "PRACTICE", ""),
        (60, 65, "BREAK", ""),
        (65, 75, "SHOW", "c.md"),
        (75, 90, "PRACTICE", ""),
        (90, 98, "QUESTIONS", ""),
    ]


def test_tasks_stand_at_the_practice_of_their_lesson(tmp_path: Path) -> None:
    path = load(tmp_path)
    practice = [slot for slot in path.timetable if slot.activity is Activity.PRACTICE]
    assert [slot.tasks for slot in practice] == [("Mở máy", "Tắt máy"), ("Gọi",), ("Nhắn",)]
    assert path.tasks == ("Mở máy", "Tắt máy", "Gọi", "Nhắn")
    assert path.practice_minutes == 50


def test_what_is_taken_home_and_played_keeps_its_order(tmp_path: Path) -> None:
    path = load(tmp_path)
    assert [(each.guide, each.line) for each in path.take_home] == [("d.md", 15), ("e.md", 15)]
    assert path.lessons[1] == Lesson("b.md", 5, 20, ("Gọi",), 12)
    (scene,) = path.scenes
    assert [(line.who, line.says) for line in scene.lines] == [("A", "Alô"), ("B", "Tôi tắt máy")]
    assert (scene.title, scene.after) == ("Màn 1", "Tốt")


def test_choices_have_letters(tmp_path: Path) -> None:
    question = load(tmp_path).questions[1]
    assert question.lettered == (("A", "a"), ("B", "b"), ("C", "c"))
    assert (question.letter, question.right) == ("B", "b")


def test_without_the_file_there_are_no_evenings(tmp_path: Path) -> None:
    assert load_learning_paths(tmp_path / "learning-paths.yml") == ((), [])
