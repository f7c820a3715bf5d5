from pathlib import Path

from conftest import REPOSITORY

from portal.language.text import syllable_count
from portal.library.learning_paths import LearningPath, load_learning_paths

FILE = REPOSITORY / "data/learning-paths.yml"


def evenings() -> tuple[LearningPath, ...]:
    return load_learning_paths(FILE)[0]


def test_five_evenings_from_the_phone_to_selling_produce() -> None:
    titles = [path.title for path in evenings()]
    assert len(titles) == 5
    assert (titles[0], titles[-1]) == ("Điện thoại của tôi", "Bán nông sản trên mạng")
    assert load_learning_paths(FILE)[1] == []


def test_times_add_up_to_one_evening() -> None:
    assert [path.minutes for path in evenings()] == [90, 90, 100, 95, 105]


def test_right_answers_do_not_all_have_one_letter() -> None:
    letters = "".join(question.letter for path in evenings() for question in path.questions)
    assert set(letters) == {"A", "B", "C"}


def test_sentences_of_questions_are_short() -> None:
    texts = [text for path in evenings() for q in path.questions for text in q.why.split(". ")]
    assert [text for text in texts if syllable_count(text) > 25] == []


def test_without_the_file_there_are_no_evenings(tmp_path: Path) -> None:
    assert load_learning_paths(tmp_path / "learning-paths.yml") == ((), [])
