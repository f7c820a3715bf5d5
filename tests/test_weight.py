"""Budgets in bytes as sent (brotli); a kilobyte is 1,000 bytes."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest
from support.project import write

from desk.page_weight import PageWeight, bytes_sent, page_weights, weigh_page

FIRST_VISIT = 45_000
SECOND_PAGE = 12_000
SCRIPTS = 6_000
HEADING_FACE = 10_000
LIBRARY = 26_000  # of the small site, with search; the real one's 102 guides took 141,000
SHELL = 30_000
DRAWINGS = 60_000


@pytest.fixture(scope="module")
def weights(small_site: Path) -> list[PageWeight]:
    return list(page_weights(small_site))


def test_no_page_is_heavier_than_its_budget(weights: list[PageWeight]) -> None:
    assert [page.address for page in weights if page.html > SECOND_PAGE] == []
    assert [page.address for page in weights if page.first_visit - page.picture > FIRST_VISIT] == []
    assert [page.address for page in weights if page.scripts > SCRIPTS] == []


def test_every_full_page_was_weighed_with_its_scripts(weights: list[PageWeight]) -> None:
    guides = [page for page in weights if re.fullmatch(r"guides/[^/]+/[^/]+", page.address)]
    assert len(guides) > 10
    assert all(page.scripts > 1_000 for page in guides)


def test_heading_face_is_within_its_budget(small_site: Path) -> None:
    (face,) = (small_site / "assets/fonts").glob("*.woff2")
    assert face.stat().st_size <= HEADING_FACE


def test_the_whole_library_is_within_its_budget(small_site: Path) -> None:
    kept = small_site / "assets/offline"
    library = bytes_sent(kept / "library.json") + bytes_sent(small_site / "search/index.json")
    assert library <= LIBRARY
    assert bytes_sent(kept / "shell.json") <= SHELL
    assert bytes_sent(kept / "drawings.json") <= DRAWINGS


def test_nothing_of_material_is_shipped(small_site: Path) -> None:
    theirs = Path(material.__file__).parent / "templates/assets"
    names = {file.name for file in theirs.rglob("*") if file.is_file()}
    assert any(name.startswith("bundle.") for name in names)
    assert [file for file in small_site.rglob("*") if file.name in names] == []


def test_weight_counts_imports_but_not_what_waits_for_the_reader(tmp_path: Path) -> None:
    page = write(
        tmp_path / "a/index.html",
        '<link rel="icon" href="../i.svg" type="x"><script type="module" src="../js/site.js">'
        '</script><img alt="" src="b.webp"><img alt="" src="c.webp">',
    )
    write(tmp_path / "js/site.js", 'import{a}from"./used.js";import("./later.js");')
    write(tmp_path / "js/used.js", "u" * 100)
    write(tmp_path / "js/later.js", "l" * 1000)
    write(tmp_path / "i.svg", "s" * 10)
    write(tmp_path / "a/b.webp", "b" * 20)
    write(tmp_path / "a/c.webp", "c" * 30)
    write(tmp_path / "a/index.html.br", "p" * 5)
    weight = weigh_page(page, tmp_path)
    assert (weight.html, weight.scripts, weight.others, weight.picture) == (5, 146, 10, 30)
    assert weight.first_visit == 191
