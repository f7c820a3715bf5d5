from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from portal.drawn.drawing_cache import derive_files
from portal.system.cache import Cache

CONTENTS = {f"assets/{number}.txt": str(number) for number in range(45)}


def shout(text: str) -> bytes:
    if text == "lỗi":
        raise ValueError(text)
    return text.upper().encode()


def refuse(text: str) -> bytes:
    raise AssertionError(f"drawn again: {text}")


def test_what_was_drawn_once_comes_from_the_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = derive_files(cache, {"a": "x", "b": "y"}, str, shout)
    assert {path: file.read_bytes() for path, file in first.items()} == {"a": b"X", "b": b"Y"}
    assert derive_files(cache, {"b": "y", "a": "x"}, str, refuse) == first


def test_a_damaged_file_is_drawn_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    (file,) = derive_files(cache, {"a": "x"}, str, shout).values()
    file.write_bytes(b"")
    (mended,) = derive_files(cache, {"a": "x"}, str, shout).values()
    assert mended.read_bytes() == b"X"


def test_many_files_are_drawn_by_several_processes(tmp_path: Path) -> None:
    files = derive_files(Cache(tmp_path), CONTENTS, str, shout)
    assert {path: file.read_text() for path, file in files.items()} == CONTENTS


def test_what_drawing_raises_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lỗi"):
        derive_files(Cache(tmp_path), {**CONTENTS, "a": "lỗi"}, str, shout)


def process_of(text: str) -> bytes:
    return str(multiprocessing.parent_process() is not None).encode()


def test_a_single_file_can_be_drawn_by_another_process(tmp_path: Path) -> None:
    """As paper always is: see portal.drawn.paper.compiler."""
    (near,) = derive_files(Cache(tmp_path), {"a": "x"}, str, process_of).values()
    assert near.read_bytes() == b"False"
    (far,) = derive_files(Cache(tmp_path), {"a": "y"}, str, process_of, pool_from=1).values()
    assert far.read_bytes() == b"True"
