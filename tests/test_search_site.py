"""What the build of the real site gives to search; what it finds is measured, not tested.

`scripts/measure_search.py` asks it residents' queries.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from conftest import REPOSITORY

from portal.search.index import LEADS
from portal.site.scripts import minify_script

MAX_SCRIPT_BYTES = 14 * 1024  # brotli, all of search together


@pytest.fixture(scope="module")
def files(real_site: Path) -> dict[str, bytes]:
    paths = [path for path in (real_site / "search").rglob("*") if path.is_file()]
    return {path.relative_to(real_site).as_posix(): path.read_bytes() for path in paths}


def test_no_two_words_are_glued_where_elements_meet(files: dict[str, bytes]) -> None:
    """A word like "VNeIDMở" is one that nobody wrote."""
    leads = json.loads(files[LEADS])
    pages = json.loads(files[f"search/{leads['text']}"])["pages"]
    texts = " ".join(part for page in pages for row in page for part in row)
    sources = [path for name in ("docs", "data", "theme") for path in source_files(name)]
    written = words_with_inner_capitals(" ".join(path.read_text("utf-8") for path in sources))
    found = words_with_inner_capitals(texts)
    assert "VNeID" in found
    assert found - written == set()


def words_with_inner_capitals(text: str) -> set[str]:
    return {
        word
        for word in re.findall(r"\w+", text)
        if any(a.islower() and b.isupper() for a, b in pairwise(word))
    }


def source_files(name: str) -> list[Path]:
    files = (REPOSITORY / name).rglob("*")
    return [path for path in files if path.suffix in {".md", ".yml", ".csv", ".html", ".js"}]


def test_pages_hold_nothing_of_search_but_the_form(real_site: Path) -> None:
    for name in ("index.html", "guides/index.html"):
        page = (real_site / name).read_text()
        assert LEADS not in page
        assert "/search/box.js" not in page
        assert 'action="' in page.split('class="search-box"')[1].split(">")[0]


def test_scripts_of_search_are_light() -> None:
    scripts = sorted((REPOSITORY / "theme/assets/search").glob("*.js"))
    sizes = [len(brotli.compress(minify_script(s.read_text()).encode())) for s in scripts]
    assert [script.stem for script in scripts] == [
        "box",
        "confidence",
        "engine",
        "fold",
        "index",
        "meaning",
        "ranking",
        "reading",
        "searcher",
        "worker",
    ]
    assert sum(sizes) <= MAX_SCRIPT_BYTES


def test_all_scripts_of_search_are_asked_for_at_the_first_touch() -> None:
    site = (REPOSITORY / "theme/assets/js/site.js").read_text(encoding="utf-8")
    names = {script.stem for script in (REPOSITORY / "theme/assets/search").glob("*.js")}
    asked = set(re.findall(r'"(\w+)"', site.split("const SEARCH = [")[1].split("]")[0]))
    assert asked | {"box", "searcher"} == names


def test_lists_of_other_names_are_not_indexed(files: dict[str, bytes]) -> None:
    leads = json.loads(files[LEADS])
    texts = json.loads(files[f"search/{leads['text']}"])["pages"]
    [terms] = [number for number, row in enumerate(leads["pages"]) if row[0] == "tu-kho/"]
    written = " ".join(text for *_, text in texts[terms])
    assert "Còn gọi" not in written
    assert "Viết tắt" not in written
