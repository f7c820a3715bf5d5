from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from support.project import REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import update_published

PAPER = "to-roi/dinh-danh/kich-hoat.pdf"
GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


@pytest.fixture
def project(project: Path) -> Path:
    """Return a project of which a release was built."""
    for address in ("", "kich-hoat/", "guides/dinh-danh/kich-hoat/", "bien-tap/"):
        write(project / f"dist/latest/{address}index.html", "<p>")
    for name in ("404.html", "sw.js", "search/index.json", "rss.xml", PAPER):
        write(project / f"dist/latest/{name}", "<p>")
    return project


def test_new_addresses_are_added_and_old_ones_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "data/published.txt", "# Ghi chú cũ.\n/\n/cu/\n")
    write(project / "data/redirects.yml", "redirects:\n  - {from: cu/, to: guides/}\n")
    assert update_published.main(["--root", str(project)]) == 0
    listed = (project / "data/published.txt").read_text().splitlines()
    assert listed[0].startswith("# Mọi địa chỉ đã đăng.")
    addresses = [line for line in listed if line.startswith("/")]
    pages = ["/", "/cu/", "/guides/dinh-danh/kich-hoat/", "/kich-hoat/"]
    assert addresses == [*pages, "/rss.xml", f"/{PAPER}"]
    assert capsys.readouterr().out == (
        "data/published.txt: thêm 4 địa chỉ\ndata/fact-history.csv: thêm 17 dòng\n"
    )
    before = (project / "data/published.txt").read_text()
    assert update_published.main(["--root", str(project)]) == 0
    assert (project / "data/published.txt").read_text() == before
    assert capsys.readouterr().out == (
        "data/published.txt: thêm 0 địa chỉ\ndata/fact-history.csv: thêm 0 dòng\n"
    )


def test_nothing_is_noted_while_a_published_page_is_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update_published.main(["--root", str(project)]) == 0
    before = (project / "data/published.txt").read_text()
    shutil.move(project / GUIDE, project / "docs/guides/dinh-danh/ten-moi.md")
    assert update_published.main(["--root", str(project)]) == 1
    assert (project / "data/published.txt").read_text() == before
    assert "địa chỉ đã đăng 'guides/dinh-danh/kich-hoat/' không còn trang nào" in (
        capsys.readouterr().err
    )


def test_a_list_that_cannot_be_read_is_told_and_kept(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = b"# Ghi ch\xfa.\n/\n"
    (project / "data/published.txt").write_bytes(spoilt)
    assert update_published.main(["--root", str(project)]) == 1
    assert (project / "data/published.txt").read_bytes() == spoilt
    assert capsys.readouterr().err == (
        "data/published.txt:1: tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8\n"
    )


def test_without_a_release_nothing_is_noted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "dist")
    assert update_published.main(["--root", str(project)]) == 1
    assert not (project / "data/published.txt").exists()
    assert capsys.readouterr().err == (
        f"chưa có trang đã dựng để đăng ở {project}/dist/latest\n"
        "    Cách sửa: SITE_URL=https://ten-mien-cua-trang.vn/ make release\n"
    )
