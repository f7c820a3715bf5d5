"""Writing under `serve`: errors are shown, and every page can be seen."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from PIL import Image
from support.cases import CASES, changed_front
from support.project import BODY, FRONT, write
from support.serving import free_port, wait_for

from engine.live_problems import is_served, set_drafts_aside
from portal.checks import check_library
from portal.library.library import load_library
from portal.source.problems import errors

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
OTHER = "docs/guides/dinh-danh/mo-lai.md"


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
        f"<li>Lỗi ở <code>{GUIDE}:2</code>: dòng này mở dấu &quot; mà không đóng"
        '<br>Cách sửa: <code style="white-space:pre-wrap">'
        "title: &quot;Kích hoạt VNeID&quot;</code></li>"
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


@dataclass(frozen=True)
class Served:
    """A project under `mkdocs serve`; `terminal` is where its messages go."""

    project: Path
    port: int
    terminal: Path

    def shows(self, text: str, path: str = "/guides/dinh-danh/kich-hoat/") -> None:
        wait_for(self.port, text, path)


@pytest.fixture
def served(site_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the tiny project, which has a second guide with a picture and a link to the first."""
    other = FRONT.replace("Kích hoạt", "Mở lại").replace("kich-hoat", "mo-lai")
    body = BODY + "\n![Màn hình mở VNeID](hinh.png)\n\n[Trang kia](kich-hoat.md)\n"
    write(site_project / OTHER, other + body)
    Image.new("RGB", (900, 600), "#1f5fa8").save((site_project / OTHER).with_name("hinh.png"))
    port, terminal = free_port(), tmp_path_factory.mktemp("terminal") / "said"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with (
        terminal.open("w") as stream,
        subprocess.Popen(command, cwd=site_project, env=environment, stderr=stream) as server,
    ):
        yield Served(site_project, port, terminal)
        server.terminate()


def test_served_page_changes_from_good_to_bad_to_good(served: Served) -> None:
    served.shows("Người đã làm định danh mức 2.")
    write(served.project / GUIDE, FRONT.replace("topic:", "topik:") + BODY)
    served.shows("đổi &#x27;topik:&#x27; thành &#x27;topic:&#x27;")
    write(served.project / GUIDE, FRONT + BODY)
    served.shows("Người đã làm định danh mức 2.")
    terminal = served.terminal.read_text()
    assert f"{GUIDE}:4: không có trường 'topik'; tên gần nhất là 'topic'" in terminal
    assert "Traceback" not in terminal


FAULTS = {  # file: what is replaced, by what; the problem that pages and terminal show
    "data/statistics/observations.csv": (
        "1679", "nghìn sáu", "data/statistics/observations.csv:2",
        "'nghìn sáu' không phải số",
    ),
    "data/statistics/indicators.csv": (
        "id,label", "ma,label", "data/statistics/indicators.csv:1",
        "không có cột 'ma'",
    ),
    "data/glossary.yml": (
        "terms:", "terms: 5\nkhac:", "data/glossary.yml", "'terms' phải là danh sách",
    ),
    "data/topics.yml": (
        "{id: dinh-danh,", "{id: dinh-danx,", f"{GUIDE}:4", "không có chủ đề 'dinh-danh'",
    ),
    "data/facts.yml": ("facts:", "fact:", "data/facts.yml:", "gần nhất là 'facts'"),
    "data/contacts.yml": ("phones:", "phones: {", "data/contacts.yml:", "không phải YAML đọc được"),
}  # fmt: skip


def test_faulty_data_is_shown_on_every_page_until_it_is_mended(served: Served) -> None:
    for name, (old, new, place, message) in FAULTS.items():
        file = served.project / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        write(file, text.replace(old, new, 1))
        for path in ("/guides/dinh-danh/kich-hoat/", "/guides/dinh-danh/mo-lai/", "/"):
            served.shows(html.escape(message), path)
        assert f"{place}" in served.terminal.read_text()
        assert message in served.terminal.read_text()
        write(file, text)
        served.shows("Người đã làm định danh mức 2.")
    assert "Traceback" not in served.terminal.read_text()


def test_broken_configuration_leaves_the_last_pages_in_sight(served: Served) -> None:
    served.shows("Người đã làm định danh mức 2.")
    file = served.project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    for broken, reason in {
        f"a: [\n{text}": "mkdocs.yml",
        text.replace("hooks:\n", "hooks:\n  - hooks/khong-co.py\n", 1): "hooks/khong-co.py",
    }.items():
        write(file, broken)
        served.shows("Chưa dựng lại được trang.")
        served.shows(reason)
        served.shows("Người đã làm định danh mức 2.")
        write(file, text)
        wait_for(served.port, "Chưa dựng lại được trang.", gone=True)
    assert "Traceback" not in served.terminal.read_text()


def test_deleted_and_renamed_files_are_named_where_they_are_missed(served: Served) -> None:
    guide, other = served.project / GUIDE, "/guides/dinh-danh/mo-lai/"
    picture = (served.project / OTHER).with_name("hinh.png")
    served.shows("Mở lại VNeID", other)
    renamed = guide.with_name("mo-vneid.md")
    guide.rename(renamed)
    served.shows("đường dẫn &#x27;kich-hoat.md&#x27; không tới trang nào", other)
    served.shows("Người đã làm định danh mức 2.", "/guides/dinh-danh/mo-vneid/")
    renamed.unlink()
    served.shows("Không tìm thấy trang này", "/guides/dinh-danh/mo-vneid/")
    write(guide, FRONT + BODY)
    wait_for(served.port, "không tới trang nào", other, gone=True)
    data = picture.read_bytes()
    for spoilt in (b"\x89PNG\r\n\x1a\nxxxx", data[:700], b""):
        picture.write_bytes(spoilt)
        served.shows("docs/guides/dinh-danh/hinh.png:1", other)
        picture.write_bytes(data)
        wait_for(served.port, "docs/guides/dinh-danh/hinh.png:1", other, gone=True)
    assert "Traceback" not in served.terminal.read_text()


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
