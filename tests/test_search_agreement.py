from pathlib import Path

import pytest
from conftest import write
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from portal.search import SearchPage, Section
from portal.search_agreement import find_disagreements


def page(url: str, *anchors: str) -> SearchPage:
    sections = tuple(Section(anchor, "", "") for anchor in ("", *anchors))
    return SearchPage(url, "Tên", sections)


def test_what_is_indexed_and_what_is_written_must_be_the_same(tmp_path: Path) -> None:
    write(tmp_path / "index.html", '<h2 id="a">A</h2>')
    write(tmp_path / "x/index.html", '<h2 id="a">A</h2>')
    write(tmp_path / "y/index.html", "")
    write(tmp_path / "404.html", "")
    pages = [page("", "a"), page("x/", "a", "b"), page("z/")]
    assert find_disagreements(tmp_path, pages) == [
        "x/#b: trang không có mục này",
        "z/: mục lục có, trang không có",
        "y/index.html: trang không có trong mục lục",
    ]


def test_a_site_that_agrees_has_nothing_to_say(tmp_path: Path) -> None:
    write(tmp_path / "index.html", '<h2 class="x" id="a">A</h2>')
    assert find_disagreements(tmp_path, [page("", "a")]) == []


def test_anchors_may_stand_in_any_order(tmp_path: Path) -> None:
    write(tmp_path / "index.html", '<h2 id="a">A</h2><h2 id="b">B</h2>')
    missing = "#c: trang không có mục này"
    assert find_disagreements(tmp_path, [page("", "b", "c", "a", "b")]) == [missing]


UNNAMED = """\
def on_post_page(output, page, config):
    return output.replace('id="cac-buoc"', "")
"""


def test_a_build_whose_index_and_pages_differ_is_refused(
    site_project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(site_project / "hooks/unnamed_headings.py", UNNAMED)
    configuration = (site_project / "mkdocs.yml").read_text()
    hooks = "hooks:\n  - hooks/unnamed_headings.py\n"
    write(site_project / "mkdocs.yml", configuration.replace("hooks:\n", hooks, 1))
    with pytest.raises(Abort):
        build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    assert "guides/dinh-danh/kich-hoat/#cac-buoc: trang không có mục này" in caplog.text
    assert not (site_project / "site").exists()
