"""A build in which nothing has changed says so and touches nothing; any change is seen."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BODY, FRONT, write
from mkdocs.commands import build as build_module
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from test_engine import NOISY, add_hook
from test_incremental import Editor

import engine
from engine.sealed_build import build_whole
from portal.site_seal import read_inputs, site_digest

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
UNCHANGED = "không có gì đổi từ lần dựng trước"


@pytest.fixture
def built(site_project: Path, caplog: pytest.LogCaptureFixture) -> Path:
    """Return a project with its site, without compressed copies, which only take time here."""
    configuration = site_project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    write(configuration, text.replace("[BROTLI_QUALITY, 11]", "[BROTLI_QUALITY, 0]"))
    write(site_project / GUIDE, FRONT.replace("[F1.14]", "[F1.14, F1.03]") + BODY)
    with caplog.at_level(logging.INFO):
        run(site_project)
    return site_project


def run(project: Path, *, strict: bool = True) -> None:
    engine.install()
    build_module.build(load_config(str(project / "mkdocs.yml"), strict=strict))


def is_left_alone(project: Path, caplog: pytest.LogCaptureFixture) -> bool:
    caplog.clear()
    with caplog.at_level(logging.INFO):
        run(project)
    return UNCHANGED in caplog.text


def test_nothing_changed_is_said_with_what_the_build_had_to_say(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = (built / "site").stat().st_ino
    assert is_left_alone(built, caplog)
    assert "con số đã cũ, trang tự ghi chú:" in caplog.text
    assert (built / "site").stat().st_ino == before


def test_what_a_killed_build_left_is_deleted_though_nothing_changed(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = built / f".site-staging-{ended.pid}"
    left.mkdir()
    assert is_left_alone(built, caplog)
    assert not left.exists()


def test_what_is_published_and_what_is_looked_at_leave_each_other_alone(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    released = build_release(built)
    assert is_left_alone(built, caplog)
    write(built / GUIDE, (built / GUIDE).read_text("utf-8") + "\nGọi lại.\n")
    run(built)
    assert site_digest(built / "dist/site") == released
    write(built / GUIDE, (built / GUIDE).read_text("utf-8").removesuffix("\nGọi lại.\n"))
    assert build_release(built) == released


def build_release(project: Path) -> str:
    engine.install()
    folder = str(project / "dist/site")
    build_module.build(load_config(str(project / "mkdocs.yml"), strict=True, site_dir=folder))
    return site_digest(project / "dist/site")


def test_a_file_with_a_new_date_and_the_same_content_changes_nothing(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    os.utime(built / GUIDE, (1, 1))
    assert is_left_alone(built, caplog)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: write(root / GUIDE, (root / GUIDE).read_text("utf-8") + "\nGọi lại.\n"),
        lambda root: write(root / "theme/assets/css/base.css", "p{margin:0}"),
        lambda root: write(root / "data/wording.yml", "words: []\n"),
        lambda root: write(root / "hooks/site_feeds.py", '"""Says nothing."""\n'),
        lambda root: write(root / "mkdocs.yml", (root / "mkdocs.yml").read_text("utf-8") + "\n#\n"),
        lambda root: write(root / "data/ghi-chu.txt", "x"),
        lambda root: (root / "theme/ban-sao").symlink_to("."),
        lambda root: (root / "theme/vong").symlink_to("vong"),
        lambda root: os.mkfifo(root / "theme/ong"),
        lambda root: write(root / "site/404.html", "spoilt"),
        lambda root: write(root / "site/left-over.html", "x"),
        lambda root: (root / "site/index.html").unlink(),
        lambda root: (root / ".cache/site-seal.json").write_text("[1, 2"),
        lambda root: (root / ".cache/site-seal.json").unlink(),
    ],
    ids=[
        "page",
        "style",
        "data",
        "hook",
        "configuration",
        "new file",
        "link to a folder",
        "link in a circle",
        "pipe",
        "spoilt site",
        "a file too many",
        "a file too few",
        "damaged seal",
        "no seal",
    ],
)
def test_any_change_is_built(
    built: Path, change: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    change(built)
    assert not is_left_alone(built, caplog)


def test_another_day_and_another_setting_are_built(
    built: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setenv("SOURCE_DATE_EPOCH", str(int(os.environ["SOURCE_DATE_EPOCH"]) + 86_400))
        assert not is_left_alone(built, caplog)
    assert not is_left_alone(built, caplog)
    monkeypatch.setenv("SITE_URL", "https://vi-du.vn/")
    assert not is_left_alone(built, caplog)


def test_warnings_are_counted_again(built: Path) -> None:
    add_hook(built, "noisy_pages.py", NOISY)
    run(built, strict=False)
    run(built, strict=False)
    with pytest.raises(Abort, match="warnings in strict mode"):
        run(built)


def test_random_edits_are_never_taken_for_none(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    editor = Editor(built, 5)
    for edit in (editor.change_picture, editor.change_glossary, editor.change_contacts):
        edit()
        assert not is_left_alone(built, caplog), edit.__name__
        assert is_left_alone(built, caplog), edit.__name__


def test_a_young_file_is_read_again_and_an_old_one_is_not(tmp_path: Path) -> None:
    file = write(tmp_path / "docs/a.md", "x")
    look, content = read_inputs(tmp_path, tmp_path / "site", {})["docs/a.md"]
    assert look == ""
    known = {"docs/a.md": ("2 1 3", "as it was")}
    assert read_inputs(tmp_path, tmp_path / "site", known) == {"docs/a.md": ("", content)}
    assert file.is_file()


def test_a_link_that_leads_elsewhere_counts_as_changed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"data/{name}/x.txt", "x")
    seen = list[str]()
    for target in ("a", "b", "khong-co", "a/x.txt", "b/x.txt", "link"):
        (tmp_path / "data/link").unlink(missing_ok=True)
        (tmp_path / "data/link").symlink_to(target)
        look, content = read_inputs(tmp_path, tmp_path / "site", {})["data/link"]
        assert look == ""
        seen.append(content)
    assert len(set(seen)) == len(seen)


def test_a_file_whose_name_is_no_utf8_does_not_end_the_build(
    built: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(built / "data/b\udce0i.txt", "x")
    assert not is_left_alone(built, caplog)
    assert is_left_alone(built, caplog)


def test_the_garbage_collector_rests_during_a_build_only(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[bool]()

    def build() -> None:
        seen.append(gc.isenabled())
        raise Abort("bỏ dở")

    with pytest.raises(Abort):
        build_whole(load_config(str(built / "mkdocs.yml")), build)
    assert (seen, gc.isenabled()) == ([False], True)


def test_what_a_build_has_made_is_old_to_the_collector_and_yet_not_kept(built: Path) -> None:
    made = list[list[int]]()
    build_whole(load_config(str(built / "mkdocs.yml")), lambda: made.append([1]))
    assert any(each is made[0] for each in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0


def test_a_process_that_ends_looks_for_no_garbage(built: Path) -> None:
    try:
        load_config(str(built / "mkdocs.yml")).plugins.on_shutdown()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
