"""What the engine takes for a page's source and front matter is what MkDocs would read."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import BODY, FRONT
from hypothesis import given
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils.meta import get_data
from test_plain_yaml import PAGES, SOURCE

from engine.page_sources import source_of, split_source, written_source
from portal.library import load_library

URI = "guides/dinh-danh/kich-hoat.md"
HEAD = "---\ntitle: Tên\ntags: [a, b]\nreviewed: 2026-11-24\n---\n"


@pytest.fixture
def config(project: Path) -> MkDocsConfig:
    """Return the configuration of a project of which one page has a mark and CRLF line ends."""
    page = project / "docs" / URI
    page.write_bytes(b"\xef\xbb\xbf" + (FRONT + BODY).replace("\n", "\r\n").encode())
    (project / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    config: MkDocsConfig = load_config(str(project / "mkdocs.yml"))
    config.extra["library"] = load_library(project)
    return config


def file_of(config: MkDocsConfig) -> File:
    return File(URI, config.docs_dir, config.site_dir, use_directory_urls=True)


def test_the_library_has_read_what_mkdocs_reads(config: MkDocsConfig) -> None:
    file = file_of(config)
    assert written_source(file, config) == source_of(file, config) == file.content_string
    assert file.content_string == FRONT + BODY


def test_a_page_in_memory_or_elsewhere_is_not_the_librarys(
    config: MkDocsConfig, tmp_path: Path
) -> None:
    generated = File(URI, None, config.site_dir, use_directory_urls=True)
    generated.content_string = "khác"
    replaced = file_of(config)
    replaced.content_string = "khác"
    other = tmp_path / "other" / URI
    other.parent.mkdir(parents=True)
    other.write_text("khác", encoding="utf-8")
    elsewhere = File(URI, str(tmp_path / "other"), config.site_dir, use_directory_urls=True)
    for file in (generated, replaced, elsewhere):
        assert written_source(file, config) is None
        assert source_of(file, config) == "khác"


def test_a_page_that_the_library_does_not_know_is_read(config: MkDocsConfig) -> None:
    config.extra.pop("library")
    assert written_source(file_of(config), config) is None
    assert source_of(file_of(config), config) == FRONT + BODY


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_real_pages_are_split_as_by_mkdocs(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert split_source(source) == get_data(source)


@pytest.mark.parametrize(
    "source",
    [
        HEAD + "\n\n## A\n",
        HEAD.replace("\n---\n", "\n...\n") + "## A\n",
        HEAD.replace("---\n", "--- \t\n") + "## A\n",
        HEAD.removesuffix("\n"),
        "---\n---\n## A\n",
        "---\n\n---\n## A\n",
        "---\ntitle: a: b\n---\n## A\n",
        "---\ntitle: yes\n---\n## A\n",
        "title: Tên\n\n## A\n",
        "## A\n",
        "",
    ],
)
def test_any_page_is_split_as_by_mkdocs(source: str) -> None:
    assert split_source(source) == get_data(source)


@given(SOURCE)
def test_any_head_is_split_as_by_mkdocs(head: str) -> None:
    source = f"---\n{head}---\n\n## A\n"
    assert repr(split_source(source)) == repr(get_data(source))


def test_each_page_has_front_matter_of_its_own() -> None:
    first, second = split_source(HEAD)[1], split_source(HEAD)[1]
    first["tags"].append("c")
    assert second["tags"] == ["a", "b"]
