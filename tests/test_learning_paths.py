from pathlib import Path

import pypdfium2
from conftest import REPOSITORY

from portal.evening_sheet import draw_sheet, sheet_content, sheet_key
from portal.learning_paths import LearningPath, load_learning_paths
from portal.library import load_library
from portal.sharing import Site
from portal.text import syllable_count

SITE = Site("Kỹ năng số Ninh Bình", "Hướng dẫn", "https://portal.example.vn/")
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


def test_plan_has_each_lesson_at_its_minute() -> None:
    library = load_library(REPOSITORY)
    content = sheet_content(evenings()[0], library, SITE)
    plan = [block.text for block in content.sections[2].blocks]
    assert plan[:2] == [
        "0–10 phút: Phóng to chữ trên điện thoại",
        "10–20 phút: Kết nối Wi-Fi",
    ]
    assert plan[-1] == "80–90 phút: 5 câu hỏi, đọc từ trang của buổi học"
    assert content.address == "https://portal.example.vn/buoi-hoc/dien-thoai-cua-toi/"


def test_sheet_is_the_same_file_each_time_and_has_two_pages() -> None:
    library = load_library(REPOSITORY)
    for path in evenings():
        content = sheet_content(path, library, SITE)
        pdf = draw_sheet(path, content)
        assert pdf == draw_sheet(path, content)
        assert pdf.count(b"/Type /Page\n") == 2
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
        assert [" ".join(text.split()).count(SITE.standing) for text in pages] == [1, 1]
        assert len(pdf) < 60_000
    assert len({sheet_key(path, sheet_content(path, library, SITE)) for path in evenings()}) == 5
