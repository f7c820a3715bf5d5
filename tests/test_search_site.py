"""What the build of a site gives to search; what it finds on the real one is measured, not tested.

`scripts/measure_search.py` asks it residents' queries.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from support.node import urls_of
from support.project import REPOSITORY

from portal.search.index import LEADS
from portal.site.scripts import minify_script

sys.path.insert(0, str(REPOSITORY / "scripts"))
from measure_search import first_scripts

MAX_SCRIPT_BYTES = 11_200  # gzip, of what a first answer needs


@pytest.fixture(scope="module")
def files(small_site: Path) -> dict[str, bytes]:
    paths = [path for path in (small_site / "search").rglob("*") if path.is_file()]
    return {path.relative_to(small_site).as_posix(): path.read_bytes() for path in paths}


def test_no_two_words_are_glued_where_elements_meet(
    small_site: Path, files: dict[str, bytes]
) -> None:
    """A word like "VNeIDMở" is one that nobody wrote."""
    leads = json.loads(files[LEADS])
    pages = json.loads(files[f"search/{leads['text']}"])["pages"]
    texts = " ".join(part for page in pages for row in page for part in row)
    project = small_site.parent
    sources = [path for name in ("docs", "data", "theme") for path in source_files(project / name)]
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


def source_files(folder: Path) -> list[Path]:
    files = folder.rglob("*")
    return [path for path in files if path.suffix in {".md", ".yml", ".csv", ".html", ".js"}]


def test_pages_hold_nothing_of_search_but_the_form(small_site: Path) -> None:
    for name in ("index.html", "guides/index.html"):
        page = (small_site / name).read_text()
        assert LEADS not in page
        assert "/search/box.js" not in page
        assert 'action="' in page.split('class="search-box"')[1].split(">")[0]


def test_scripts_of_a_first_answer_are_light_and_asked_for_at_the_first_touch() -> None:
    first = first_scripts()
    assert {script.stem for script in first} == {
        "box",
        "confidence",
        "engine",
        "fold",
        "index",
        "ranking",
        "reading",
        "searcher",
        "worker",
    }
    sizes = [len(gzip.compress(minify_script(s.read_text()).encode(), 9)) for s in first]
    assert sum(sizes) <= MAX_SCRIPT_BYTES
    site = (REPOSITORY / "theme/assets/js/site.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'"(\w+)"', site.split("const SEARCH = [")[1].split("]")[0]))
    assert asked | {"box", "searcher"} == {script.stem for script in first}


def test_lists_of_other_names_are_not_indexed(files: dict[str, bytes]) -> None:
    leads = json.loads(files[LEADS])
    texts = json.loads(files[f"search/{leads['text']}"])["pages"]
    terms = urls_of(leads).index("tu-kho/")
    written = " ".join(text for *_, text in texts[terms])
    assert "Còn gọi" not in written
    assert "Viết tắt" not in written
