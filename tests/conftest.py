"""The fixtures of most tests: a tiny project, with and without the real hooks and theme."""

from __future__ import annotations

import datetime
import os
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.builds import build_site
from support.floor import write_floor
from support.project import NOON_TODAY, complete_project, write_project

from desk.publishing.folder import FolderTarget
from desk.publishing.release import STAGED, seal


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the root of a valid project of one guide, built "today"."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
    return write_project(tmp_path)


@pytest.fixture(scope="session")
def drawn_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache of a build of the tiny project: drawing takes most of a build's time."""
    project = complete_project(write_project(tmp_path_factory.mktemp("drawn")))
    with pytest.MonkeyPatch.context() as today:
        today.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
        build_site(project)
    return project / ".cache"


@pytest.fixture
def site_project(project: Path, drawn_files: Path) -> Path:
    """Return the tiny project with the real hooks, theme, configuration and drawn files."""
    shutil.copytree(drawn_files, project / ".cache")
    return complete_project(project)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small built site that has a page of every kind."""
    project = write_floor(tmp_path_factory.mktemp("small"))
    with pytest.MonkeyPatch.context() as today:
        today.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
        build(load_config(str(project / "mkdocs.yml"), strict=True))
    return project / "site"


@pytest.fixture(scope="session")
def site_under_a_path(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same site as a pages host has it: in a folder that its address ends with."""
    folder = tmp_path_factory.mktemp("host") / "ky-nang-so"
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("SOURCE_DATE_EPOCH", NOON_TODAY)
        settings.setenv("BROTLI_QUALITY", "0")
        address = f"https://to.example.vn/{folder.name}/"
        build_site(small_site.parent, site_url=address, site_dir=str(folder))
    return folder


@pytest.fixture
def carried(site_under_a_path: Path, tmp_path: Path) -> Path:
    """Return the folder that a copy of the small site was published to."""
    dist, stick = tmp_path / "dist", tmp_path / "usb"
    shutil.copytree(site_under_a_path, dist / STAGED, copy_function=os.link)
    stick.mkdir()
    FolderTarget(stick).publish(seal(dist / STAGED, dist, datetime.date(2026, 11, 30), ""))
    return stick
