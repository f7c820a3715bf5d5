"""Writing under `serve`: errors are shown, and every page can be seen."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BODY, FRONT, write
from mkdocs.commands.build import build
from mkdocs.config import load_config
from test_checks import CASES, changed_front

from portal.checks import check_library
from portal.library import load_library
from portal.live_problems import is_served, set_drafts_aside
from portal.problems import errors

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


@pytest.fixture(autouse=True)
def preview(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build as `make serve` does."""
    monkeypatch.setenv("PREVIEW", "true")


@pytest.fixture
def served_site() -> Iterator[Path]:
    """Return a folder as `mkdocs serve` makes one."""
    with tempfile.TemporaryDirectory(prefix="mkdocs_") as folder:
        yield Path(folder)


def build_served(project: Path, site: Path) -> None:
    """Build as `mkdocs serve` does."""
    build(load_config(str(project / "mkdocs.yml"), site_dir=str(site)), serve_url="http://x/")


def spoil(project: Path) -> None:
    """Write one page for each golden case, and files that are no pages at all."""
    for number, parameter in enumerate(CASES):
        case = parameter.values[0]
        fields = {**dict.fromkeys(case.get("without", ())), **case.get("fields", {})}
        front = case.get("front", changed_front(FRONT, fields))
        body = case.get("body", BODY) + case.get("extra", "")
        write(project / f"docs/guides/dinh-danh/bai-{number}.md", front + body)
        for name, text in case.get("files", {}).items():
            if name.startswith("docs/"):
                write(project / name, text)
    (project / "docs/latin.md").write_bytes("Định".encode("utf-16"))
    (project / "docs/rong.md").write_bytes(b"---\ntitle: a\0\n---\n")
    write(project / "docs/nang.md", "a" * 600_000)


def test_every_mistake_of_the_golden_cases_can_be_seen(
    site_project: Path, served_site: Path
) -> None:
    spoil(site_project)
    library = load_library(site_project)
    problems = errors(check_library(library))
    build_served(site_project, served_site)
    for uri in set_drafts_aside(library, problems).drafts:
        page = served_site / uri.removesuffix(".md").removesuffix("index") / "index.html"
        shown = re.findall(r"<li>Lỗi ở <code>([^<]+)</code>", page.read_text())
        own = [f"{p.path}:{p.line}" for p in problems if p.path == f"docs/{uri}"]
        assert shown[: len(own)] == own


def test_draft_shows_its_problem_and_its_text(site_project: Path, served_site: Path) -> None:
    write(
        site_project / GUIDE,
        FRONT.replace("title: Kích", 'title: "Kích') + "Thân <script>x</script> {{ so_lieu.x }}\n",
    )
    build_served(site_project, served_site)
    page = (served_site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert (
        f"<li>Lỗi ở <code>{GUIDE}:2</code>: giá trị của &#x27;title&#x27; không đọc được"
        "<br>Cách sửa: <code>đặt giá trị trong ngoặc kép:  title: &quot;Kích hoạt VNeID&quot;"
        "</code></li>"
    ) in page
    assert "<p>Thân &lt;script&gt;x&lt;/script&gt; {{ so_lieu.x }}</p>" in page


def test_good_page_names_the_problems_elsewhere(site_project: Path, served_site: Path) -> None:
    write(site_project / "docs/khac.md", "---\ntitle: Khác\n---\n")
    build_served(site_project, served_site)
    page = (served_site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert "Người đã làm định danh mức 2." in page
    assert "<strong>Tệp khác</strong></p><ul><li>Lỗi ở <code>docs/khac.md:1</code>" in page


def test_link_of_a_draft_that_could_run_is_shown_as_source(
    site_project: Path, served_site: Path
) -> None:
    write(site_project / GUIDE, FRONT + "[a](javascript:alert(1))\n")
    build_served(site_project, served_site)
    page = (served_site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert "<pre>[a](javascript:alert(1))\n</pre>" in page
    assert 'href="javascript' not in page


def test_page_without_problem_has_no_panel(site_project: Path, served_site: Path) -> None:
    build_served(site_project, served_site)
    assert "Lỗi của trang này" not in (served_site / "index.html").read_text()


@pytest.mark.parametrize(
    ("folder", "served"),
    [("/mkdocs_ab12", True), ("/properdocs_ab12", True), ("/site", False), ("/a/mkdocs_x", False)],
)
def test_only_the_temporary_folder_of_serve_counts(folder: str, served: bool) -> None:
    assert is_served(Path(tempfile.gettempdir() + folder)) is served


def test_served_page_changes_from_good_to_bad_to_good(site_project: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        command, cwd=site_project, env=environment, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            wait_for(port, "Người đã làm định danh mức 2.")
            write(site_project / GUIDE, FRONT.replace("topic:", "topik:") + BODY)
            wait_for(port, "đổi &#x27;topik:&#x27; thành &#x27;topic:&#x27;")
            write(site_project / GUIDE, FRONT + BODY)
            wait_for(port, "Người đã làm định danh mức 2.")
        finally:
            server.terminate()
        terminal = server.stderr.read() if server.stderr else ""
    assert f"{GUIDE}:4: không có trường 'topik'; tên gần nhất là 'topic'" in terminal
    assert "Traceback" not in terminal


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, text: str, path: str = "/guides/dinh-danh/kich-hoat/") -> None:
    """Ask for a page until it holds the text; fails after 60 s."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            if text in connection.getresponse().read().decode():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"never shown: {text}")


def test_redirect_hides_no_page_and_no_other_redirect(
    site_project: Path, served_site: Path
) -> None:
    rows = (
        "{from: guides/dinh-danh/kich-hoat/, to: guides/}",
        "{from: cu/, to: guides/dinh-danh/kich-hoat/}",
        "{from: cu/, to: guides/}",
        "{from: kich-hoat/, to: guides/}",
    )
    write(site_project / "data/redirects.yml", "redirects:\n" + "".join(f"  - {r}\n" for r in rows))
    build_served(site_project, served_site)
    page = (served_site / "guides/dinh-danh/kich-hoat/index.html").read_text()
    assert "<h1>Kích hoạt VNeID</h1>" in page
    for address in ("cu", "kich-hoat"):
        html = (served_site / address / "index.html").read_text()
        assert 'content="0; url=../guides/dinh-danh/kich-hoat/"' in html
