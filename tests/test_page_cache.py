import datetime
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from portal.page_cache import PageCache, UndigestibleError, digest


@dataclass(frozen=True)
class Pair:
    first: object
    second: object


class Colour(StrEnum):
    RED = "red"


class Named:
    cache_identity = "a"


def open_cache(folder: Path, notices: list[str] | None = None, key: str = "k") -> PageCache:
    return PageCache(folder, key, (notices if notices is not None else []).append)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        (1, True),
        (None, "None"),
        (["a", "b"], ["ab"]),
        ([["a"], "b"], ["a", ["b"]]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (b"a", "a"),
        (datetime.date(2026, 1, 1), "2026-01-01"),
        (datetime.date(2026, 1, 1), "date 2026-01-01"),
        (b"a", "ba"),
        (["int", "1"], [1]),
        ("builtins.len", len),
        (Colour.RED, ("Colour", "red")),
        (Colour.RED, "red"),
        (Named(), ("Named", "a")),
        (Pair("a", "b"), Pair("b", "a")),
        (len, max),
    ],
)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert digest(one) != digest(other)


def test_values_do_not_run_into_each_other() -> None:
    assert digest("a", "b") != digest("ab") != digest(("a", "b")) != digest("a", "b")
    assert digest("int", "1") != digest(1)
    assert digest("\udc80") != digest("?")
    assert digest("ế", "e") != digest("ếe", "") != digest("", "ếe")


def test_equal_values_have_equal_digests_whatever_the_order_of_a_set() -> None:
    assert digest(Pair({"b", "a"}, [1])) == digest(Pair({"a", "b"}, [1]))


def test_what_cannot_be_compared_has_no_digest() -> None:
    captured = object()
    for value in (captured, lambda: captured, [iter(())]):
        with pytest.raises(UndigestibleError):
            digest(value)


def test_entries_are_there_for_the_next_build_and_only_those_kept(tmp_path: Path) -> None:
    first = open_cache(tmp_path)
    for name in ("a", "b", "c"):
        first.put(name, name.encode())
    first.save()
    second = open_cache(tmp_path)
    assert second.entries == {"a": b"a", "b": b"b", "c": b"c"}
    second.put("a", b"new")
    second.keep_only(["a", "b"])
    second.save()
    assert open_cache(tmp_path).entries == {"a": b"new", "b": b"b"}


def test_a_cache_of_other_versions_is_not_read(tmp_path: Path) -> None:
    first = open_cache(tmp_path)
    first.put("a", b"a")
    first.save()
    assert open_cache(tmp_path, key="other").entries == {}


@pytest.mark.parametrize("damage", ["no database", "changed row", "foreign table"])
def test_a_damaged_or_foreign_file_is_left_out_with_a_notice(tmp_path: Path, damage: str) -> None:
    cache = open_cache(tmp_path)
    cache.put("a", b"a")
    cache.save()
    file = tmp_path / "k.sqlite"
    if damage == "no database":
        file.write_bytes(b"garbage" * 100)
    else:
        change = {
            "changed row": "UPDATE entries SET data = x'00'",
            "foreign table": "ALTER TABLE entries RENAME TO others",
        }[damage]
        with sqlite3.connect(file) as database:
            database.execute(change)
    notices = list[str]()
    after = open_cache(tmp_path, notices)
    assert after.entries == {}
    assert notices == ["bộ nhớ đệm trang k.sqlite bị hỏng, dựng lại từ đầu"]
    after.put("b", b"b")
    after.save()
    assert open_cache(tmp_path).entries == {"b": b"b"}


def test_two_builds_at_once_both_write(tmp_path: Path) -> None:
    one, other = open_cache(tmp_path), open_cache(tmp_path)
    one.put("a", b"1")
    other.put("b", b"2")
    one.save()
    other.save()
    assert open_cache(tmp_path).entries == {"a": b"1", "b": b"2"}


def test_a_cache_that_cannot_be_written_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    notices = list[str]()
    cache = open_cache(tmp_path / "file", notices)
    cache.put("a", b"a")
    cache.save()
    assert len(notices) == 1
    assert notices[0].startswith("không ghi được bộ nhớ đệm trang (")


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    for key in "abcdef":
        cache = open_cache(tmp_path, key=key)
        cache.put("a", b"a")
        cache.save()
    assert len(list(tmp_path.glob("*.sqlite"))) == 4
