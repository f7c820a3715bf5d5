"""The same input gives the same bytes: on another day, in another folder, with another locale."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.builds import SITE_FRONT, build_and_read, different, other_guide
from support.project import BODY, STORY_FRONT, write

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
YEARS = 3 * 365 * 86_400


@pytest.fixture
def project(site_project: Path) -> Path:
    """Return a project with a figure, a picture, a story and a link between pages."""
    configuration = site_project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    write(configuration, text.replace("[BROTLI_QUALITY, 0]", "[BROTLI_QUALITY, 4]"))
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    write((site_project / GUIDE).with_name("dau.svg"), picture)
    link = "Xem [bài khác](../an-toan/xa.md)."
    figure = "Cả tỉnh có {{ so_lieu.so_to pham_vi=tinh-cu }}."
    more = f"{link} {figure}\n\n![Nút màu đỏ ở cuối màn hình](dau.svg)\n\n## Vẫn"
    write(site_project / GUIDE, SITE_FRONT + BODY.replace("## Vẫn", more))
    write(site_project / "docs/guides/an-toan/xa.md", other_guide(BODY))
    write(site_project / "docs/stories/to.md", STORY_FRONT + "\nMột tổ.\n")
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
