"""The command that starts a page, given its answers or asking for them."""

import codecs
import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.project import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import new_page
import new_rehearsal

from portal.checks import check_library
from portal.library.library import load_library
from portal.library.team_stories import QUESTIONS


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
        "     git commit -m 'Thêm bài: Đổi mật khẩu'\n"
        "\n"
    )


def ask(project: Path, answers: str, *kind: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(REPOSITORY / "scripts/new_page.py"), "--root", str(project)]
    command += kind
    return subprocess.run(
        command, input=answers, capture_output=True, encoding="utf-8", errors="surrogateescape"
    )


@pytest.mark.parametrize("topic", ["2", "an-toan"])
def test_asks_for_what_is_not_given(project: Path, topic: str) -> None:
    run = ask(project, f"1\nChặn số lạ\n{topic}\n")
    assert run.stderr == ""
    assert "   2 Tránh lừa đảo (an-toan)\n" in run.stdout
    assert (project / "docs/guides/an-toan/chan-so-la.md").is_file()


def test_story_is_asked_for_its_title_only(project: Path) -> None:
    assert ask(project, "2\nTổ xóm Đình\n").returncode == 0
    assert (project / "docs/stories/to-xom-dinh.md").is_file()


def test_story_that_a_team_tells_has_the_questions_of_its_form(project: Path) -> None:
    assert ask(project, "3\nTổ xóm Đình\n").returncode == 0
    text = (project / "docs/stories/to-xom-dinh.md").read_text(encoding="utf-8")
    sections = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert sections == list(QUESTIONS)


@pytest.mark.parametrize(
    ("answer", "first"), [("1", "Điều biết được về tổ"), ("2", "Tổ chúng tôi")]
)
def test_bare_story_asks_who_tells_it(project: Path, answer: str, first: str) -> None:
    run = ask(project, f"{answer}\nTổ xóm Đình\n", "story")
    assert "Câu chuyện nào? 1 = theo bài báo, 2 = tổ tự kể theo phiếu: " in run.stdout
    text = (project / "docs/stories/to-xom-dinh.md").read_text(encoding="utf-8")
    assert text.split("## ")[1].splitlines()[0] == first


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ("", "thiếu câu trả lời, dừng mà chưa tạo gì"),
        ("5\n", "'5' không phải 1, 2 hay 3"),
        ("\n", "'' không phải 1, 2 hay 3"),
        ("1\nB\udcff\n", "tên bài có chữ không đọc được, hãy gõ lại hoặc chép lại"),
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
    from desk.scaffold import Draft
    from portal.library.library import load_library

    with pytest.raises(FileExistsError):
        new_page.write_draft(load_library(project), Draft("index.md", "", ""))


class Keyboard:
    """The command at a terminal, as a person meets it."""

    def __init__(self, project: Path) -> None:
        command = [sys.executable, str(REPOSITORY / "scripts/new_page.py"), "--root", str(project)]
        self.said = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")()  # a letter may come in two pieces
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a job in the background ignores it
            os.execv(command[0], command)

    def answer(self, question: str, keys: str) -> None:
        """Wait for a question and type."""
        self.said = ""
        while not self.said.endswith(question):
            self.said += self._decoder.decode(os.read(self.terminal, 4096))
        os.write(self.terminal, keys.encode())

    def leave(self) -> int:
        """Return the exit status; what was said last is in `said`."""
        self.said = ""
        with contextlib.suppress(OSError):  # the end of a terminal on Linux
            while more := os.read(self.terminal, 4096):
                self.said += self._decoder.decode(more)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def interrupt(self) -> int:
        """Press Ctrl-C, again after a second without an effect, and return the exit status.

        Of one that comes just before Python waits for keys it takes notice only at the next key.
        """
        os.write(self.terminal, b"\x03")
        while "Đã dừng" not in self.said:
            if select.select([self.terminal], [], [], 1)[0]:
                self.said += self._decoder.decode(os.read(self.terminal, 4096))
            else:
                os.write(self.terminal, b"\x03")
        said = self.said
        status = self.leave()
        self.said = said + self.said
        return status


def test_person_at_a_keyboard_is_asked_again(project: Path) -> None:
    keyboard = Keyboard(project)
    keyboard.answer("3 = câu chuyện tổ tự kể: ", "một\n")
    keyboard.answer("3 = câu chuyện tổ tự kể: ", "1\n")
    assert "Chưa được: 'một' không phải 1, 2 hay 3. Mời trả lời lại." in keyboard.said
    keyboard.answer("động từ): ", "\n")
    keyboard.answer("động từ): ", "Chặn số lạ\n")
    keyboard.answer("mã): ", "3\n")
    keyboard.answer("mã): ", "2\n")
    assert keyboard.leave() == 0
    assert (project / "docs/guides/an-toan/chan-so-la.md").is_file()


def test_interrupt_creates_nothing_and_shows_no_traceback(project: Path) -> None:
    before = sorted(project.rglob("*"))
    keyboard = Keyboard(project)
    keyboard.answer("3 = câu chuyện tổ tự kể: ", "1\n")
    keyboard.answer("động từ): ", "Chặn")
    assert keyboard.interrupt() == 130
    assert keyboard.said.endswith("\r\nĐã dừng, chưa tạo gì.\r\n")
    assert "Traceback" not in keyboard.said
    assert sorted(project.rglob("*")) == before


def test_command_to_be_pasted_runs_nothing_of_the_title(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_page.main(["story", "--title", 'Tổ "$(rm -r x)"', "--root", str(project)]) == 0
    assert """git commit -m 'Thêm bài: Tổ "$(rm -r x)"'""" in capsys.readouterr().out


def test_new_rehearsal_lacks_only_what_is_to_be_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "data/practice/giu-kin-ma-otp.yml"
    for file in (path, "data/practice/giu-kin-ma-otp-2.yml"):
        assert new_rehearsal.main(["--title", "Giữ kín mã OTP", "--root", str(project)]) == 0
        assert (project / file).is_file()
    assert capsys.readouterr().out.splitlines()[0] == f"Đã tạo {path}"
    (project / "data/practice/giu-kin-ma-otp-2.yml").unlink()
    messages = {problem.message.partition(":")[0] for problem in load_library(project).problems}
    assert messages == {
        "còn chỗ chưa điền",
        "trường 'facts' (Dữ kiện) để trống",
        "trường 'guides' (Bài) để trống",
    }
    filled = re.sub(r"\[Viết: [^\]]*\]", "Chữ", (project / path).read_text(encoding="utf-8"))
    filled = filled.replace("guides: []", "guides: [guides/dinh-danh/kich-hoat.md]")
    (project / path).write_text(filled.replace("facts: []", "facts: [F1.14]"), encoding="utf-8")
    assert check_library(load_library(project)) == []


def test_new_rehearsal_needs_a_title(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_rehearsal.main(["--title", " ?", "--root", str(project)]) == 2
    assert capsys.readouterr().err == (
        'Chưa tạo được bài tập: thiếu tên. Ví dụ: make practice TITLE="Giữ kín mã OTP"\n'
    )
