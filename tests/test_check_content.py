"""The command that editors and continuous integration run."""

import errno
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from support.pictures import camera_exif, photo, save
from support.project import BODY, FRONT, REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import check_content

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


def run(project: Path, *arguments: str) -> int:
    return check_content.main(["--root", str(project), *arguments])


def test_valid_project(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project) == 0
    assert capsys.readouterr().out == "0 lỗi, 0 gợi ý.\n"


def test_only_named_files_are_reported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / GUIDE, FRONT.replace("topic:", "topik:") + BODY)
    assert run(project, str(project / "docs/index.md")) == 0
    assert run(project, str(project / GUIDE)) == 1
    assert capsys.readouterr().out.splitlines() == [
        "0 lỗi, 0 gợi ý.",
        f"{GUIDE}:4: không có trường 'topik'; tên gần nhất là 'topic'",
        "    Cách sửa: đổi 'topik:' thành 'topic:'",
        "1 lỗi, 0 gợi ý.",
    ]


def test_advice_does_not_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project / GUIDE, FRONT + BODY + "\nNgười dùng mở máy.\n")
    assert run(project, "--format", "json") == 0
    assert [row["severity"] for row in json.loads(capsys.readouterr().out)] == ["advice"]


def test_annotations_for_continuous_integration(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / GUIDE, FRONT.replace("review", "reveiw") + BODY)
    assert run(project, "--format", "github") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"::error file={GUIDE},line=6::không có trường 'reveiwed'; tên gần nhất là 'reviewed'"
        "%0ACách sửa: đổi 'reveiwed:' thành 'reviewed:'",
    ]


def test_fix_mends_once_and_then_has_nothing_to_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(project / GUIDE, unicodedata.normalize("NFD", FRONT + BODY + "\nKhoẻ.\n"))
    assert run(project, "--fix") == 0
    assert capsys.readouterr().err == f"Đã sửa {GUIDE}\n"
    assert file.read_text() == FRONT + BODY + "\nKhỏe.\n"
    assert run(project, "--fix") == 0
    assert capsys.readouterr().err == ""


def test_fix_mends_data_files_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts, words = project / "data/facts.yml", project / "data/glossary.yml"
    write(facts, facts.read_text().replace("org.vn/x", "org.vn/x?fbclid=a&id=1"))
    old = words.read_text()
    text = old.replace("Mã dùng một lần", "Mã\u00a0khoẻ và thuỷ lợi")
    write(words, unicodedata.normalize("NFD", text))
    assert run(project, "--fix") == 0
    assert capsys.readouterr().err.splitlines() == [
        "Đã sửa data/glossary.yml",
        "Đã sửa data/facts.yml",
    ]
    assert "https://baoninhbinh.org.vn/x?id=1" in facts.read_text()
    assert words.read_text() == old.replace("Mã dùng một lần", "Mã khỏe và thủy lợi")
    assert run(project, "--fix") == 0
    assert "Đã sửa" not in capsys.readouterr().err


def test_fix_leaves_files_that_are_not_named(project: Path) -> None:
    file = write(project / GUIDE, FRONT + BODY + "\nKhoẻ.\n")
    run(project, "--fix", str(project / "docs/index.md"))
    assert "Khoẻ" in file.read_text()


def test_full_disk_is_said_without_a_traceback_and_leaves_the_old_file(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = FRONT + BODY + "\nKhoẻ.\n"
    file = write(project / GUIDE, source)

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("portal.system.files.os.fdopen", no_space)
    assert run(project, "--fix") == 1
    assert capsys.readouterr().err == (
        f"không ghi được vào {GUIDE}: đĩa đã đầy; tệp cũ còn nguyên\n"
        "    Cách sửa: xóa bớt tệp rồi chạy lại\n"
    )
    assert file.read_text() == source
    assert list(file.parent.iterdir()) == [file]


def test_picture_that_cannot_be_written_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = "docs/guides/dinh-danh/anh.jpg"
    save(project / picture, photo(), exif=camera_exif(gps=True))

    def refuse(file: Path, _data: bytes) -> None:
        raise OSError(errno.EACCES, "Permission denied", str(file))

    monkeypatch.setattr("portal.images.mending.write_atomically", refuse)
    assert run(project, "--fix") == 1
    assert capsys.readouterr().err == (
        f"không ghi được vào {picture}: không có quyền ghi (Permission denied); tệp cũ còn nguyên\n"
        "    Cách sửa: chmod -R u+rwX docs/guides/dinh-danh\n"
    )


def test_missing_file_is_a_wrong_call(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, str(project / "docs/khong-co.md")) == 2
    assert capsys.readouterr().err == "Không có tệp docs/khong-co.md\n"


WITHOUT_POSIX = """\
import os, signal, sys
sys.modules["resource"] = None
for module, name in ((os, "fork"), (signal, "setitimer"), (signal, "SIGPROF")):
    delattr(module, name)
"""


def test_pages_and_pictures_are_checked_where_the_system_has_no_limits(project: Path) -> None:
    """As on Windows, which editors have: neither `resource` nor interval timers nor fork."""
    write(project / "windows/sitecustomize.py", WITHOUT_POSIX)
    save(project / "docs/guides/dinh-danh/anh.jpg", photo())
    write(project / GUIDE, FRONT + BODY + "\n![Màn hình VNeID](anh.jpg)\n")
    command = [sys.executable, str(REPOSITORY / "scripts/check_content.py"), "--root", str(project)]
    environment = {**os.environ, "PYTHONPATH": f"{project}/windows"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "0 lỗi, 0 gợi ý.\n"


def git(project: Path, *arguments: str) -> list[str]:
    """Return the lines that git prints, names as they are."""
    identity = ("-c", "user.name=Thử", "-c", "user.email=thu@example.vn", "-c", "core.quotePath=no")
    command = ["git", *identity, *arguments]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_what_the_commit_hook_mends_is_in_the_commit_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A renamed photo is one file, the page that shows it follows, other work stays out."""
    git(project, "init", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-m", "Bắt đầu")
    folder = project / "docs/guides/dinh-danh"
    save(folder / "Ảnh 1.JPG", photo(), exif=camera_exif(gps=True))
    write(project / GUIDE, FRONT + BODY.replace("Mở", "Hoà, mở") + "\n![Bà con học](<Ảnh 1.JPG>)\n")
    git(project, "add", "-A")
    write(project / "docs/index.md", "---\ntitle: Dở\nsummary: Viết dở.\n---\n\nDở.\n")
    names = ["docs/guides/dinh-danh/Ảnh 1.JPG", GUIDE]
    assert run(project, "--fix", "--stage", *(str(project / name) for name in names)) == 0
    staged = git(project, "diff", "--cached", "--name-only")
    assert staged == ["docs/guides/dinh-danh/anh-1.jpg", GUIDE]
    assert "![Bà con học](<anh-1.jpg>)" in git(project, "show", f":{GUIDE}")
    assert "1. Hòa, mở **VNeID**." in git(project, "show", f":{GUIDE}")
    assert git(project, "diff", "--name-only") == ["docs/index.md"]
    assert sorted(file.name for file in folder.iterdir()) == ["anh-1.jpg", "kich-hoat.md"]
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"Đã sửa {GUIDE}"
    assert lines[1].startswith("Đã sửa docs/guides/dinh-danh/Ảnh 1.JPG (")
    assert lines[2:] == ["Đã đưa 2 tệp vừa sửa vào lần ghi này."]
    assert run(project, "--fix", "--stage") == 0
    assert capsys.readouterr().err == ""
