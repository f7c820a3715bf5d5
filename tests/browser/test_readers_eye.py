"""What a reviewer sees of a changed page: two builds of a tiny repository, in a real browser."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from support.builds import SITE_FRONT
from support.project import BODY, REPOSITORY, write

from desk.readers_eye import in_sunlight, tell_seconds

sys.path.insert(0, str(REPOSITORY / "scripts"))
import show_changes

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
IDENTITY = ("-c", "user.name=Thử", "-c", "user.email=thu@example.vn", "-c", "commit.gpgsign=false")


def git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=project, check=True, capture_output=True)


@pytest.fixture
def repository(site_project: Path) -> Path:
    """Return the tiny site as a repository with one commit."""
    write(site_project / GUIDE, SITE_FRONT + BODY)
    write(site_project / ".gitignore", ".cache/\nsite/\n")
    git(site_project, "init", "-b", "main")
    git(site_project, "add", "-A")
    git(site_project, "commit", "-m", "Bắt đầu")
    return site_project


def test_a_changed_page_is_shown_before_and_after(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("eye")
    write(repository / GUIDE, SITE_FRONT + BODY.replace("Mở **VNeID**.", "Mở **CH Play**."))
    arguments = ["--base", "main", "--root", str(repository), "--out", str(out)]
    # In a process of its own: in this one another test's browser may be running.
    script = REPOSITORY / "scripts/show_changes.py"
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (
        0,
        [f"1 trang đổi, xem ở {out}/index.html"],
    )
    report = (out / "index.html").read_text(encoding="utf-8")
    for words in (
        "<h2>Kích hoạt VNeID</h2>",
        f"<code>{GUIDE}</code>",
        "<del>Bước 1. Mở vê nờ e ai đi.</del>",
        "<ins>Bước 1. Mở xê hát pờ lây.</ins>",
    ):
        assert words in report
    assert report.count(" giây</td>") == 2
    pictures = [Image.open(file) for file in out.glob("*.png")]
    assert report.count("<img ") == 2 * 4  # first screen, in the sun, whole page, paper
    assert len(pictures) == 8
    assert {picture.mode for picture in pictures if picture.size == (360, 640)} == {"RGB", "L"}


def test_without_a_changed_page_nothing_is_built(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "eye"
    arguments = ["--base", "main", "--root", str(repository), "--out", str(out)]
    assert show_changes.main(arguments) == 0
    assert "<p>Không trang nào đổi.</p>" in (out / "index.html").read_text(encoding="utf-8")
    assert not (repository / "site").exists()
    assert show_changes.main(["--base", "khong-co", "--root", str(repository)]) == 2
    assert capsys.readouterr().err.startswith("Không so được với khong-co: ")


def test_the_sun_leaves_less_than_half_of_the_contrast() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (2, 1), "#0b4f47").save(stream, "PNG")
    seen = Image.open(io.BytesIO(in_sunlight(stream.getvalue())))
    assert (seen.mode, seen.getpixel((0, 0))) == ("L", 166)


def test_seconds_are_told_as_people_write_them() -> None:
    assert [tell_seconds(1.44), tell_seconds(None)] == ["1,4 giây", "không có bước"]
