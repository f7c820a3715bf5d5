import os
import shutil
from pathlib import Path

import pytest

from engine import staging
from portal.system import files
from portal.system.files import signature_of, swap_folders, walk_files, write_atomically


def test_write_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.txt"
    write_atomically(file, b"one")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.txt"
    file.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(OSError, match="disk full") as caught:
        write_atomically(file, b"new")
    assert caught.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_write_keeps_the_mode_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "b.txt"
    file.touch(mode=0o640)
    write_atomically(file, b"x")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("exchanges", [True, False])
def test_swap_puts_the_fresh_folder_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool
) -> None:
    if not exchanges:
        monkeypatch.setattr(files, "_exchange", lambda *_: False)
    fresh, current = tmp_path / "fresh", tmp_path / "site"
    fresh.mkdir()
    (fresh / "new").touch()
    current.mkdir()
    (current / "old").touch()
    swap_folders(fresh, current)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == [
        "site",
        "site/new",
    ]


def test_staging_folder_removes_what_a_killed_build_left(tmp_path: Path) -> None:
    dead = tmp_path / ".site-staging-999999999"
    dead.mkdir()
    running = tmp_path / f".site-staging-{os.getppid()}"
    running.mkdir()
    assert staging.staging_folder(tmp_path / "site").name == f".site-staging-{os.getpid()}"
    assert list(tmp_path.iterdir()) == [running]


def test_staging_folder_of_a_process_that_only_has_the_number_is_removed(tmp_path: Path) -> None:
    left = tmp_path / f".site-staging-{os.getppid()}"
    left.mkdir()
    os.utime(left, (946_684_800, 946_684_800))  # in 2000: before any process of today began
    staging.staging_folder(tmp_path / "site")
    assert not left.exists()


def test_staging_folder_of_a_process_that_ends_while_it_is_asked_for_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "kill", lambda *_: None)  # it has run a moment ago
    (tmp_path / ".site-staging-999999999").mkdir()
    staging.staging_folder(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_only_a_staging_folder_is_published_or_discarded(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    staging.publish(site)
    staging.discard(site)
    assert site.is_dir()


def test_signature_tells_a_file_from_its_copy_and_knows_it_by_another_name(tmp_path: Path) -> None:
    file, copy, link = (tmp_path / name for name in ("a", "b", "c"))
    file.write_bytes(b"whole")
    shutil.copy2(file, copy)
    link.hardlink_to(file)
    size, date, number = signature_of(file)
    assert (size, date, number) == (5, file.stat().st_mtime_ns, file.stat().st_ino)
    assert signature_of(link) == signature_of(file)
    assert signature_of(copy) == [size, date, copy.stat().st_ino]


def test_every_file_within_a_folder_is_met_once(tmp_path: Path) -> None:
    for path in ("a.html", "b/c/a.html", "b/.x", "e/a.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "b")
    found = sorted((path, entry.name) for path, entry in walk_files(tmp_path))
    assert found == [
        ("a.html", "a.html"),
        ("b/.x", ".x"),
        ("b/c/a.html", "a.html"),
        ("e/a.html", "a.html"),
        ("link", "link"),
    ]
