"""Pictures in tiny real builds."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from PIL import Image
from support.builds import build_site
from support.pictures import camera_exif, drawing, photo, save
from support.project import (
    BODY,
    FRONT,
    HOME,
    NOON_TODAY,
    complete_project,
    write,
    write_project,
)
from support.waiting import wait_until

FOLDER = "docs/guides/dinh-danh"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


@pytest.fixture(scope="module")
def encoded(drawn_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache of a build with the pictures."""
    project = show_pictures(complete_project(write_project(tmp_path_factory.mktemp("encoded"))))
    shutil.copytree(drawn_files, project / ".cache")
    with pytest.MonkeyPatch.context() as today:
        today.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
        build_site(project)
    return project / ".cache"


@pytest.fixture
def pictured(project: Path, encoded: Path) -> Path:
    """Return a project with pictures that are encoded already."""
    shutil.copytree(encoded, project / ".cache")
    return show_pictures(complete_project(project))


def show_pictures(site_project: Path) -> Path:
    """Show a photo and a drawing on the home page and in the guide of a project."""
    save(site_project / FOLDER / "anh.jpg", photo())
    write(site_project / FOLDER / "ve.svg", SVG)
    body = f'{BODY}\n![Bà con học dùng máy](anh.jpg "Ảnh của tổ")\n\n![Bức vẽ nút bấm](ve.svg)\n'
    write(site_project / FOLDER / "kich-hoat.md", FRONT + body)
    home = f"{HOME}\n![Bà con học dùng máy](guides/dinh-danh/anh.jpg)\n"
    write(site_project / "docs/index.md", home)
    return site_project


def addresses(page: Path) -> list[str]:
    """Return every picture file that a page names, in its links, sources and images."""
    html = page.read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"]*assets/images/[^"]*)"', html)
    for candidates in re.findall(r'srcset="([^"]*)"', html):
        named += [candidate.split()[0] for candidate in candidates.split(",")]
    return named


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_address_leads_to_a_file_and_no_original_is_published(
    pictured: Path, directory_urls: bool
) -> None:
    site = build_site(pictured, use_directory_urls=directory_urls)
    guide = site / f"guides/dinh-danh/kich-hoat{'/index' if directory_urls else ''}.html"
    for page, count in ((guide, 10), (site / "index.html", 8)):
        named = addresses(page)
        assert len(named) == count
        assert [name for name in named if not (page.parent / name).is_file()] == []
    published = {file.suffix for file in (site / "assets/images").iterdir()}
    assert published == {".avif", ".webp", ".jpg", ".svg"}
    assert list((site / "guides").rglob("*.jpg")) == list((site / "guides").rglob("*.svg")) == []


def test_unused_pictures_are_not_published(pictured: Path) -> None:
    save(pictured / FOLDER / "thua.png", drawing())
    assert list(build_site(pictured).rglob("*thua*")) == []


def test_private_data_stops_the_build(pictured: Path) -> None:
    save(pictured / FOLDER / "anh.jpg", photo(), exif=camera_exif(gps=True))
    with pytest.raises(Abort):
        build_site(pictured)


def test_picture_that_the_checks_missed_stops_the_build(
    pictured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.checks.LIBRARY_CHECKS", ())
    write(pictured / "docs/index.md", f"{HOME}\n![Bức vẽ khác][]\n\n[Bức vẽ khác]: x/khac.svg\n")
    with pytest.raises(Abort):
        build_site(pictured)
    assert not (pictured / "site").exists()


def test_wrong_settings_stop_the_build_with_a_reason(pictured: Path) -> None:
    configuration = (pictured / "mkdocs.yml").read_text()
    settings = configuration.replace("widths: [480, 800, 1200]", "widths: [lớn]")
    write(pictured / "mkdocs.yml", settings)
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=pictured, capture_output=True, text=True
    )
    message = "'widths' phải là các số từ 1 đến 4096"
    assert re.search(rf"^mkdocs\.yml:\d+: {re.escape(message)}$", run.stderr, re.MULTILINE)
    assert "Traceback" not in run.stderr


def test_cache_that_cannot_be_written_stops_the_build_with_a_reason(pictured: Path) -> None:
    shutil.rmtree(pictured / ".cache/images")
    write(pictured / ".cache/images", "a file where the folder should be")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=pictured, capture_output=True, text=True
    )
    assert f"không ghi được vào {pictured}/.cache/images" in run.stderr
    assert "Cách sửa: chmod -R u+rwX" in run.stderr
    assert "Traceback" not in run.stderr


def test_kill_while_encoding_leaves_the_next_build_right(pictured: Path) -> None:
    build_site(pictured)
    for number in range(3):
        save(pictured / FOLDER / f"them-{number}.jpg", photo(seed=number + 2))
    more = "\n\n".join(f"![Bà con học dùng máy](them-{number}.jpg)" for number in range(3))
    write(pictured / FOLDER / "kich-hoat.md", f"{FRONT}{BODY}\n![Ảnh tổ](anh.jpg)\n\n{more}\n")
    cache = pictured / ".cache/images"
    before = len(list(cache.iterdir()))
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"], cwd=pictured, stderr=subprocess.DEVNULL
    )
    wait_until(lambda: len(list(cache.iterdir())) != before)
    assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    published = list((build_site(pictured) / "assets/images").iterdir())
    assert len({file.name.split("-900.")[0] for file in published if "-900." in file.name}) == 4
    for file in published:
        Image.open(file).load()
