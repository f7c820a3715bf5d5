from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.project import NOON_TODAY, REPOSITORY, write

from desk.publishing.release import STAGED

sys.path.insert(0, str(REPOSITORY / "scripts"))
import seal_release


@pytest.fixture
def staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
    write(tmp_path / "dist" / STAGED / "index.html", "<p>")
    return tmp_path


def test_a_release_says_which_commit_it_is_of(
    staged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = ["git", "-C", str(staged), "-c", "user.name=x", "-c", "user.email=x@x.vn"]
    subprocess.run([*git, "init", "-q"], check=True)
    write(staged / ".gitignore", "dist/\n")
    subprocess.run([*git, "add", ".gitignore"], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    assert seal_release.commit_of(staged) == commit.stdout.strip()
    write(staged / ".gitignore", "dist/\n/site/\n")
    assert seal_release.commit_of(staged) == f"{commit.stdout.strip()}+"
    assert seal_release.main(staged) == 0
    name = (staged / "dist/latest").readlink()
    assert str(name).startswith("2026-11-24-")
    assert capsys.readouterr().out == f"dist/{name}: 1 trang, 3 tệp, 0,0 MB\n"


def test_without_git_there_is_no_commit(staged: Path) -> None:
    assert seal_release.commit_of(staged) == ""


def test_another_address_than_before_is_told(
    staged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for host in ("a.vn", "b.vn", "b.vn"):
        page = f'<link rel="canonical" href="https://{host}/">'
        write(staged / "dist" / STAGED / "index.html", page)
        assert seal_release.main(staged) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "dist/" not in line]
    assert told == [
        "Bản này dựng cho địa chỉ khác bản trước: https://a.vn/ thành https://b.vn/.",
        "Mã QR, tờ in, bản tin ghi địa chỉ mới. Không định đổi thì: "
        "SITE_URL=https://a.vn/ make release",
    ]


def test_nothing_is_sealed_that_was_not_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert seal_release.main(tmp_path) == 1
    assert capsys.readouterr().err == (
        f"chưa có trang đã dựng ở {tmp_path}/dist/.next\n    Cách sửa: make release\n"
    )


def test_a_folder_that_cannot_be_written_to_is_told_and_the_last_release_stays(
    staged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert seal_release.main(staged) == 0
    last = (staged / "dist/latest").readlink()
    write(staged / "dist" / STAGED / "index.html", "<p>new")
    (staged / "dist/.latest").mkdir()  # in the way, as for who may not write
    capsys.readouterr()
    assert seal_release.main(staged) == 1
    assert capsys.readouterr().err.startswith(
        f"không ghi được vào {staged}/dist: không có quyền ghi ("
    )
    assert (staged / "dist/latest").readlink() == last
