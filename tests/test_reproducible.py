"""The same input gives the same bytes: on another day, in another folder, with another locale."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import BODY, FRONT, write
from test_incremental import Editor, build_and_read, different

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
YEARS = 3 * 365 * 86_400


@pytest.fixture
def project(site_project: Path) -> Path:
    """Return a project with a figure, a picture, a story and a link between pages."""
    write(site_project / GUIDE, FRONT.replace("[F1.14]", "[F1.14, F1.03]") + BODY)
    editor = Editor(site_project, 3)
    configuration = site_project / "mkdocs.yml"
    editor.replace_line(configuration, "  brotli_quality:", "  brotli_quality: 4")
    editor.change_picture("dinh-danh")
    for edit in (editor.add_guide, editor.add_story, editor.write_more, editor.link_pages):
        edit()
    figure = "{{ so_lieu.so_to pham_vi=tinh-ninh-binh-cu }}"
    text = f"Cả tỉnh có {figure}.\n\n![Nút màu đỏ ở cuối màn hình](dau.svg)\n\n## Vẫn"
    editor.replace(site_project / GUIDE, "## Vẫn", text)
    return site_project


def test_another_day_folder_and_time_zone_give_the_same_bytes(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = build_and_read(project / "mkdocs.yml", project / "site")
    clone = tmp_path_factory.mktemp("another-clone") / "of-it"
    shutil.copytree(project, clone, ignore=shutil.ignore_patterns("site", ".cache"))
    for file in clone.rglob("*"):  # a checkout gives every file the date of that moment
        os.utime(file, (1_000_000_000, 1_000_000_000))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(os.environ["SOURCE_DATE_EPOCH"]) + YEARS))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    again, _ = build_and_read(clone / "mkdocs.yml", clone / "site")
    assert len(first) > 100
    assert different(first, again) == []
