"""The command that starts a page, given its answers or asking for them."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import new_page


def test_guide_from_arguments(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["guide", "--title", "Đổi mật khẩu", "--topic", "dinh-danh"]
    assert new_page.main([*arguments, "--root", str(project)]) == 0
    assert (project / "docs/guides/dinh-danh/doi-mat-khau.md").is_file()
    assert capsys.readouterr().out == (
        "Đã tạo docs/guides/dinh-danh/doi-mat-khau.md\n"
        "Đường dẫn ngắn đề nghị: doi-mat-khau\n"
        "\n"
        "Làm tiếp:\n"
        "  1. Mở tệp đó, thay mỗi chỗ [Viết: …] bằng lời của bài.\n"
        "  2. make check    xem còn lỗi gì, sửa thế nào\n"
        "  3. make serve    xem trang ở http://localhost:8000/guides/dinh-danh/doi-mat-khau/\n"
        "  4. git switch -c bai/doi-mat-khau\n"
        "     git add docs/guides/dinh-danh/doi-mat-khau.md\n"
        '     git commit -m "Thêm bài: Đổi mật khẩu"\n'
        "\n"
    )


def ask(project: Path, answers: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / "scripts/new_page.py"), "--root", str(project)]
    return subprocess.run(command, input=answers, capture_output=True, text=True)


@pytest.mark.parametrize("topic", ["2", "an-toan"])
def test_asks_for_what_is_not_given(project: Path, topic: str) -> None:
    run = ask(project, f"1\nChặn số lạ\n{topic}\n")
    assert run.stderr == ""
    assert "   2 Tránh lừa đảo (an-toan)\n" in run.stdout
    assert (project / "docs/guides/an-toan/chan-so-la.md").is_file()


def test_story_is_asked_for_its_title_only(project: Path) -> None:
    assert ask(project, "2\nTổ xóm Đình\n").returncode == 0
    assert (project / "docs/stories/to-xom-dinh.md").is_file()


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ("", "thiếu câu trả lời, dừng mà chưa tạo gì"),
        ("1\n…\n", "tên bài phải có chữ"),
        (f"1\n{'a' * 121}\n", "tên bài dài 121 ký tự, nhiều nhất 120"),
        ("1\nChặn\nĐịnh danh VNeID\n", "không có chủ đề 'Định danh VNeID'; gần nhất: dinh-danh"),
        ("1\nChặn\nxyz\n", "không có chủ đề 'xyz'; chọn một: dinh-danh, an-toan"),
    ],
)
def test_unusable_answer_creates_nothing(project: Path, answers: str, refusal: str) -> None:
    before = sorted(project.rglob("*"))
    run = ask(project, answers)
    assert (run.returncode, run.stderr) == (2, f"Chưa tạo được bài: {refusal}\n")
    assert sorted(project.rglob("*")) == before


def test_second_page_with_a_title_is_numbered_and_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project / "docs/guides/dinh-danh/kich-hoat.md").read_text()
    arguments = ["guide", "--title", "kich hoat vneid", "--topic", "dinh-danh"]
    for number in ("", "-2"):
        assert new_page.main([*arguments, "--root", str(project)]) == 0
        assert (project / f"docs/guides/dinh-danh/kich-hoat-vneid{number}.md").is_file()
    said = "Chú ý: docs/guides/dinh-danh/kich-hoat.md đã có tên này, hãy đặt tên khác.\n"
    assert capsys.readouterr().out.startswith(said)
    assert (project / "docs/guides/dinh-danh/kich-hoat.md").read_text() == before


def test_existing_file_is_never_overwritten(project: Path) -> None:
    from portal.library import load_library
    from portal.scaffold import Draft

    with pytest.raises(FileExistsError):
        new_page.write_draft(load_library(project), Draft("index.md", "", ""))
