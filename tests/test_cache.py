"""The cache gives back what was stored, whole, or nothing."""

import errno
import logging
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from support.project import REPOSITORY

from portal.system.cache import Cache, CacheError, cache_key

sys.path.insert(0, str(REPOSITORY / "scripts"))
import prune_cache

FILES = {"a.avif": b"one", "b.jpg": b"two"}
DAY = 86_400


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def contents(files: dict[str, Path] | None) -> dict[str, bytes] | None:
    return None if files is None else {name: file.read_bytes() for name, file in files.items()}


def test_key_changes_with_every_part() -> None:
    keys = {cache_key(b"ab", 1), cache_key(b"ab", 2), cache_key(b"a", "b1"), cache_key(b"a", b"b1")}
    assert len(keys) == 4
    assert cache_key(b"ab", 1) in keys


def test_stored_files_are_found_again(cache: Cache) -> None:
    assert cache.find("key") is None
    assert contents(cache.store("key", FILES)) == FILES
    assert contents(cache.find("key")) == FILES
    assert cache.find("other") is None


@pytest.mark.parametrize("name", ["a.avif", "b.jpg", "checksums.json"])
@pytest.mark.parametrize("damage", [b"", b"onE", None], ids=["empty", "changed", "missing"])
def test_damaged_entry_is_logged_and_made_again(
    cache: Cache, name: str, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    file = cache.store("key", FILES)["a.avif"].with_name(name)
    file.unlink() if damage is None else file.write_bytes(damage)
    with caplog.at_level(logging.INFO):
        assert cache.find("key") is None
    assert caplog.messages == [f"bộ nhớ đệm: {cache.folder}/key bị hỏng, làm lại"]
    assert contents(cache.store("key", FILES)) == FILES
    assert contents(cache.find("key")) == FILES


def test_checksums_that_are_no_list_of_names_count_as_damage(cache: Cache) -> None:
    cache.store("key", FILES)["a.avif"].with_name("checksums.json").write_bytes(b"[1]")
    assert cache.find("key") is None


def test_entry_stored_twice_stays_whole(cache: Cache) -> None:
    cache.store("key", FILES)
    cache.store("key", FILES)
    assert contents(cache.find("key")) == FILES
    assert [entry.name for entry in cache.folder.iterdir()] == ["key"]


def test_killed_write_leaves_no_entry_and_is_pruned(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SIGKILL runs no handler, so nothing cleans up: the rename never happens, the folder stays.
    with monkeypatch.context() as killed:
        killed.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            cache.store("key", FILES)
    (unfinished,) = cache.folder.iterdir()
    assert cache.find("key") is None
    assert contents(cache.store("key", FILES)) == FILES
    os.utime(unfinished, (time.time() - 3600, time.time() - 3600))
    assert cache.prune(days=30) == 0
    assert [entry.name for entry in cache.folder.iterdir()] == ["key"]


def test_prune_deletes_what_no_build_has_used_for_long(cache: Cache) -> None:
    for key, age in {"old": 31, "found": 31, "new": 1}.items():
        entry = cache.store(key, FILES)["a.avif"].parent
        os.utime(entry, (time.time() - age * DAY, time.time() - age * DAY))
    cache.find("found")
    assert cache.prune(days=30) == 1
    assert sorted(entry.name for entry in cache.folder.iterdir()) == ["found", "new"]
    assert cache.prune(days=0) == 2
    assert Cache(cache.folder / "none").prune(days=0) == 0


def test_full_disk_is_said_in_vietnamese_and_leaves_nothing(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", no_space)
        with pytest.raises(CacheError) as caught:
            cache.store("key", FILES)
    assert caught.value.message == f"không ghi được vào {cache.folder}: đĩa đã đầy"
    assert caught.value.fix == "xóa bớt tệp rồi chạy lại"
    assert list(cache.folder.iterdir()) == []


def test_folder_that_cannot_be_written_to_is_said_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # root may write anywhere, but not below a file
    cache = Cache(tmp_path / "file/cache")
    with pytest.raises(CacheError) as caught:
        cache.store("key", FILES)
    assert str(caught.value) == (
        f"không ghi được vào {cache.folder}: không có quyền ghi (Not a directory)\n"
        f"    Cách sửa: chmod -R u+rwX {cache.folder}"
    )


def test_command_prunes_every_cache_of_a_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("images", "cards", "paper"):
        Cache(tmp_path / ".cache" / name).store("key", FILES)
    assert prune_cache.main(["--root", str(tmp_path)]) == 0
    assert prune_cache.main(["--root", str(tmp_path), "--days", "0"]) == 0
    assert capsys.readouterr().out == "Đã xóa 0 mục.\nĐã xóa 3 mục.\n"
    assert list(tmp_path.glob(".cache/*/*")) == []
