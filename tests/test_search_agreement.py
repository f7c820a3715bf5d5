from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.project import write

from portal.search.agreement import find_missing, find_unindexed, read_written
from portal.search.index import IndexedSection, SearchPage


def page(url: str, *anchors: str) -> SearchPage:
    sections = tuple(IndexedSection(anchor, "", "") for anchor in ("", *anchors))
    return SearchPage(url, "Tên", sections)


MISSING = ["#c: trang không có mục này"]


def test_what_is_found_must_stand_in_the_page() -> None:
    html = b'<h2 class="x" id="a">A</h2><h2 id="b">B</h2>'
    assert find_missing(page("", "a", "b"), html) == []
    assert find_missing(page("", "b", "c", "a", "b"), html) == MISSING  # in any order
    assert find_missing(page("z/"), None) == ["z/: mục lục có, trang không có"]


def test_the_file_of_an_address_is_read(tmp_path: Path) -> None:
    write(tmp_path / "tổ/index.html", "A")
    write(tmp_path / "404.html", "B")
    urls = ["t%E1%BB%95/", "404.html", ""]
    assert [read_written(tmp_path, url) for url in urls] == [b"A", b"B", None]


def test_what_is_written_must_be_in_the_index(tmp_path: Path) -> None:
    redirect = '<meta name="robots" content="noindex">'
    pages = {
        "index": "",
        "404": "",
        "tổ/index": "",
        "z/index": "",
        "y/index": "",
        "r/index": redirect,
    }
    for name, html in pages.items():
        write(tmp_path / f"{name}.html", html)
    assert find_unindexed(tmp_path, ["", "t%E1%BB%95/", "x/"]) == [
        "y/index.html: trang không có trong mục lục",
        "z/index.html: trang không có trong mục lục",
    ]


UNNAMED = """\
def on_post_page(output, page, config):
    return output.replace('id="cac-buoc"', "")


def on_post_build(config):
    with open(f"{config.site_dir}/lac.html", "w") as stream:
        stream.write("<p>")
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
    assert "lac.html: trang không có trong mục lục" in caplog.text
    assert not (site_project / "site").exists()
