"""The sharded index, made by any number of processes, is the one that its format describes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from node import index_of
from search_reference import shards
from test_folding import texts
from test_search import HELP, LANGUAGE, PAGES

from portal.language.folding import split_phrases
from portal.search import index as search
from portal.search import shards as search_shards
from portal.search.index import (
    KINDS,
    POINTER,
    PageSource,
    SearchHelp,
    SearchPage,
    Section,
    write_index,
)
from portal.search.postings import Tokens
from portal.system import forks
from portal.system.files import walk_files

EXTRAS = SearchHelp(LANGUAGE, HELP)


@pytest.fixture(autouse=True)
def sharded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every index be sharded, with rare words, and made of several shares."""
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", 0)
    monkeypatch.setattr(search_shards, "CORE_KEYS", 60)
    monkeypatch.setattr(search_shards, "_LARGEST_SHARE", 5)
    monkeypatch.setattr(search_shards, "_TOKENS", 300)  # forgotten on the way
    monkeypatch.setattr(forks, "can_fork", lambda: True)  # in spite of other tests' servers


def written(pages: Sequence[SearchPage], processes: int = 1) -> dict[str, bytes]:
    """Return path within the index's folder → content."""
    files = index_of(pages, EXTRAS, processes)
    pointer = json.loads(files.pop(POINTER))
    assert pointer["small"] is False
    start = f"search/{pointer['folder']}/"
    return {path.removeprefix(start): data for path, data in files.items()}


def pages_of(site: Path) -> list[SearchPage]:
    [file] = site.glob("search/*/all.json")
    return [
        SearchPage(
            row["url"],
            row["title"],
            tuple(Section(*section) for section in row["sections"]),
            KINDS[row["kind"]],
            tuple(row["tags"]),
        )
        for row in json.loads(file.read_bytes())["pages"]
    ]


def many_pages(count: int) -> list[SearchPage]:
    return [replace(PAGES[n % len(PAGES)], url=f"{n}/") for n in range(count)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_shards_made_by_any_number_of_processes(processes: int) -> None:
    twice = SearchPage("so/", "Số 1900 0368", (Section("", "", "Ma mà mã, 1900 0368.\nMã má"),))
    pages = [*many_pages(32), twice, *many_pages(7)]
    assert written(pages, processes) == shards(pages, EXTRAS)


@pytest.mark.parametrize("core", [60, 7000])
def test_shards_of_the_real_site(
    real_site: Path, monkeypatch: pytest.MonkeyPatch, core: int
) -> None:
    monkeypatch.setattr(search_shards, "CORE_KEYS", core)
    pages = pages_of(real_site)
    assert len(pages) > 100
    wanted = shards(pages, EXTRAS)
    assert {processes for processes in (1, 2, 3) if written(pages, processes) != wanted} == set()


# A file holds no lone surrogates.
written_texts = texts.map(lambda text: text.encode(errors="ignore").decode())
sections = st.lists(
    st.builds(Section, st.just(""), written_texts, written_texts), min_size=1, max_size=4
)
any_pages = st.lists(
    st.builds(
        SearchPage,
        st.just("x/"),
        written_texts,
        sections.map(tuple),
        st.sampled_from(KINDS),
        st.lists(written_texts, max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(any_pages)
def test_shards_of_any_text(pages: list[SearchPage]) -> None:
    assert written(pages) == shards(pages, EXTRAS)


spaced = st.lists(texts, max_size=8).map(" ".join)


@given(spaced)
def test_a_text_may_be_split_at_spaces_before_all_else(text: str) -> None:
    tokens = Tokens()
    found = np.array(list(tokens.split(text)))
    numbers = tokens.words_of(found)[0].tolist()
    spelled = {number: word for word, number in tokens.words.items()}
    phrases = "".join(f" {spelled[number]}" if number else "\n" for number in numbers)
    assert [line.split() for line in phrases.split("\n") if line] == split_phrases(text)


def source_of(pages: Sequence[SearchPage], read: Callable[[int], None]) -> PageSource:
    """Return a source that calls `read` first, and says a word of each page."""

    def read_page(number: int) -> tuple[SearchPage, list[str]]:
        read(number)
        return pages[number], [f"said of {number}"]

    return PageSource(len(pages), read_page)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_said_of_pages_is_said_in_their_order(tmp_path: Path, processes: int) -> None:
    source = source_of(many_pages(32), lambda number: None)
    said = write_index(tmp_path, source, EXTRAS, processes)
    assert said == [f"said of {number}" for number in range(32)]


def die(number: int) -> None:
    if number == 17:
        os._exit(1)


def fail(number: int) -> None:
    if number == 17:
        raise ValueError(number)


@pytest.mark.parametrize("fault", [die, fail])
def test_what_a_process_has_left_out_is_done_by_the_parent(
    tmp_path: Path, fault: Callable[[int], None]
) -> None:
    parent, pages = os.getpid(), many_pages(32)
    spoilt = source_of(pages, lambda n: None if os.getpid() == parent else fault(n))
    assert len(write_index(tmp_path, spoilt, EXTRAS, 2)) == 32
    files = {path: Path(entry).read_bytes() for path, entry in walk_files(tmp_path)}
    assert files == index_of(pages, EXTRAS)


def test_an_error_in_a_page_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="17"):
        write_index(tmp_path, source_of(many_pages(32), fail), EXTRAS, 2)
