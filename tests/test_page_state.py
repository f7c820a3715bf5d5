"""What one process has rendered, another restores."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.pages import Page

import engine
from engine.mkdocs_internals import populate_page
from engine.page_state import restore_state, take_state

SOURCE = "---\ntitle: Bài\nngay: 2026-11-28\n---\n## Một\n\nXem [bài kia](b.md#phan).\n\n### Hai\n"
SAID = [("mkdocs", 20, "lời")]


@pytest.fixture
def configuration(tmp_path: Path) -> MkDocsConfig:
    """Return that of a project of two pages, the first of which links to the second."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "docs/b.md").write_text("# B\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Thử\n", encoding="utf-8")
    return load_config(str(tmp_path / "mkdocs.yml"))


@pytest.fixture
def files(configuration: MkDocsConfig) -> Files:
    """Return the files, to be rendered by the engine."""
    engine.install()
    return get_files(configuration)


def render(configuration: MkDocsConfig, files: Files) -> Page:
    page = Page(None, files.src_uris["a.md"], configuration)
    populate_page(page, configuration, files)
    return page


def test_a_restored_page_is_as_the_rendered_one(configuration: MkDocsConfig, files: Files) -> None:
    rendered = render(configuration, files)
    restored = Page(None, files.src_uris["a.md"], configuration)
    assert restore_state(take_state(rendered, SAID), restored, files) == SAID
    assert restored.meta == {"title": "Bài", "ngay": datetime.date(2026, 11, 28)}
    assert restored.title == rendered.title == "Bài"
    assert restored.links_to_anchors == {files.src_uris["b.md"]: {"phan": "b.md#phan"}}
    assert restored.present_anchor_ids == {"mot", "hai"}
    assert restored.content == rendered.content
    assert [(link.title, link.level, link.active) for link in restored.toc] == [("Một", 2, True)]
    assert [link.url for link in restored.toc.items[0].children] == ["#hai"]
