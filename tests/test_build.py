"""Tiny real builds with the real hooks, theme and configuration."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.builds import build_site, read_site, run_mkdocs
from support.project import BODY, FRONT, write
from support.waiting import wait_until

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


def test_guide_is_rendered_with_its_fields_and_sources(site_project: Path) -> None:
    page = (build_site(site_project) / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert "Người đã làm định danh mức 2." in page
    assert '<time datetime="2026-11-24">24/11/2026</time>' in page
    assert 'data-stale-after="2027-05-24"' in page


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("bao-loi@to.example", '<a href="mailto:bao-loi@to.example">bao-loi@to.example</a>'),
        ("1900 0368", '<a href="tel:19000368">1900 0368</a>'),
        ("https://to.example/loi", '<a href="https://to.example/loi">https://to.example/loi</a>'),
    ],
)
def test_pages_say_where_to_report_a_mistake(site_project: Path, contact: str, link: str) -> None:
    """docs/about.md sends readers to the foot of the page for it."""
    config = site_project / "mkdocs.yml"
    config.write_text(config.read_text().replace('contact: ""', f'contact: "{contact}"'))
    foot = (build_site(site_project) / "index.html").read_text().split("<footer")[1]
    assert f"Thấy chỗ sai, xin báo: {link}" in foot


def test_page_and_paper_say_alike_who_runs_the_site(site_project: Path) -> None:
    """docs/about.md promises it at the foot of each page."""
    config = site_project / "mkdocs.yml"
    draft = config.read_text()
    config.write_text(draft.replace('name: ""', 'name: "Hội X"'))
    for runs in ("Do Hội X vận hành.", "Bản dựng thử, chưa có đơn vị vận hành."):
        standing = f"{runs} Không phải trang chính thức của cơ quan nhà nước."
        site = build_site(site_project)
        page = (site / "guides/dinh-danh/kich-hoat/index.html").read_text()
        assert standing in page.split('<footer class="site-footer"')[1]
        [paper] = pypdfium2.PdfDocument(site / "to-roi/dinh-danh/kich-hoat.pdf")
        assert standing in " ".join(paper.get_textpage().get_text_range().split())
        config.write_text(draft)


def test_two_builds_in_one_process_are_equal(site_project: Path) -> None:
    first = read_site(build_site(site_project))
    assert read_site(build_site(site_project)) == first


def test_errors_stop_the_build_all_at_once_and_leave_the_old_site(site_project: Path) -> None:
    before = read_site(build_site(site_project))
    write(site_project / GUIDE, FRONT.replace("VNeID", "VNeID: mới") + BODY)
    write(site_project / "docs/x.md", "---\ntitle: X\n---\n<script>\n")
    run = run_mkdocs(site_project, "build", "--strict")
    assert run.returncode == 1
    assert (
        "docs/guides/dinh-danh/kich-hoat.md:2: giá trị của 'title' chứa dấu hai chấm nên không "
        'đọc được\n    Cách sửa: đặt giá trị trong ngoặc kép:  title: "Kích hoạt VNeID: mới"\n'
    ) in run.stderr
    assert "docs/x.md:1: thiếu trường 'summary' (Tóm tắt)\n" in run.stderr
    assert "docs/x.md:4: thẻ HTML <script> không được dùng trong bài\n" in run.stderr
    assert "Traceback" not in run.stderr
    assert read_site(site_project / "site") == before


def test_strict_warning_leaves_the_old_site_and_no_staging(site_project: Path) -> None:
    before = read_site(build_site(site_project))
    write(site_project / "hooks/late_warning.py", LATE_WARNING)
    configuration = (site_project / "mkdocs.yml").read_text()
    hooks = "hooks:\n  - hooks/late_warning.py\n"
    write(site_project / "mkdocs.yml", configuration.replace("hooks:\n", hooks, 1))
    with pytest.raises(Abort, match="Aborted with 1 warnings in strict mode!"):
        build_site(site_project)
    assert read_site(site_project / "site") == before
    assert list(site_project.glob(".site-staging-*")) == []


LATE_WARNING = """\
from mkdocs.plugins import get_plugin_logger


def on_post_build(config):
    get_plugin_logger("portal").warning("late")
"""


def test_killed_build_leaves_the_old_site_whole(site_project: Path) -> None:
    before = read_site(build_site(site_project))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    process = subprocess.Popen(command, cwd=site_project, stderr=subprocess.DEVNULL)
    wait_until(lambda: list(site_project.glob(".site-staging-*/assets")))
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert read_site(site_project / "site") == before
    build_site(site_project)
    assert list(site_project.glob(".site-staging-*")) == []


def test_rendered_code_is_refused_even_when_the_source_check_misses_it(
    site_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.checks.PAGE_CHECKS", ())
    write(site_project / GUIDE, FRONT + BODY + "\n<script>alert(1)</script>\n")
    with pytest.raises(Abort):
        build_site(site_project)
    assert not (site_project / "site").exists()


def test_canary_build_under_properdocs(site_project: Path) -> None:
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"]
    run = subprocess.run(command, cwd=site_project, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (site_project / "site/index.html").is_file()


def test_a_markdown_extension_that_has_no_effect_is_named(
    site_project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (site_project / "mkdocs.yml").read_text(encoding="utf-8")
    write(site_project / "mkdocs.yml", f"{text}\nmarkdown_extensions: [admonition]\n")
    build(load_config(str(site_project / "mkdocs.yml")))
    assert "phần mở rộng Markdown không có tác dụng ở đây: admonition" in caplog.text
