"""The real site answers residents' queries; grows with the content."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import brotli
import pytest
import yaml
from conftest import REPOSITORY
from node import ask, found

from portal.language.folding import key_of, split_phrases
from portal.library.library import Library, load_library
from portal.search.index import POINTER
from portal.site.scripts import minify_script

MAX_SCRIPT_BYTES = 9 * 1024  # brotli, all of search together
FIRST = 3


def queries(name: str) -> list[dict[str, Any]]:
    text = (REPOSITORY / "tests/data" / name).read_text(encoding="utf-8")
    return yaml.safe_load(text)["queries"]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(REPOSITORY)


@pytest.fixture(scope="module")
def files(real_site: Path) -> dict[str, bytes]:
    paths = [path for path in (real_site / "search").rglob("*") if path.is_file()]
    return {path.relative_to(real_site).as_posix(): path.read_bytes() for path in paths}


def folded(text: str) -> str:
    return " ".join(key_of(word) for words in split_phrases(text) for word in words)


def test_residents_find_what_they_mean_in_the_first_three(
    real_site: Path, files: dict[str, bytes], library: Library
) -> None:
    with_guides = {n for n, topic in enumerate(library.topics, 1) if library.guides_of(topic)}
    rows = [
        row
        for row in queries("resident-queries.yml")
        if with_guides & {row["topic"], *row.get("also", [])}
    ]
    missed = {}
    for row, answer in zip(rows, ask(files, *(row["q"] for row in rows)), strict=True):
        pages = [(real_site / url / "index.html").read_text() for url in found(answer)[:FIRST]]
        if not any(folded(row["must_hit"]) in folded(page) for page in pages):
            missed[row["q"]] = found(answer)[:FIRST]
    assert missed == {}


def test_pages_are_found_by_the_words_of_those_who_need_them(
    real_site: Path, files: dict[str, bytes]
) -> None:
    rows = queries("resident-queries-own.yml")
    answers = ask(files, *(row["q"] for row in rows))
    missed = {
        row["q"]: found(answer)[:FIRST]
        for row, answer in zip(rows, answers, strict=True)
        if row["page"] not in found(answer)[: row.get("within", FIRST)]
    }
    assert missed == {}


def test_a_guide_is_found_by_those_it_is_for(files: dict[str, bytes]) -> None:
    """Of what this guide shows, only the line "Dành cho ai" says "lương hưu"."""
    [answer] = ask(files, "hỏi về lương hưu")
    assert found(answer)[0] == "guides/bao-hiem/goi-dung-tong-dai/"
    excerpt = "".join(part["text"] for part in answer["groups"][0]["places"][0]["excerpt"])
    assert "Người cần hỏi về bảo hiểm xã hội, bảo hiểm y tế, lương hưu." in excerpt


def test_every_title_finds_its_page_without_accents(
    files: dict[str, bytes], library: Library
) -> None:
    guides = library.guides
    answers = ask(files, *(folded(guide.title) for guide in guides))
    missed = {
        guide.title: found(answer)[:FIRST]
        for guide, answer in zip(guides, answers, strict=True)
        if guide.url not in found(answer)[:FIRST]
    }
    assert missed == {}


RIGHT_WORDS = [
    "rửa tiền",
    "mật khẩu mạnh",
    "trúng thưởng",
    "mất ví",
    "bị lừa mất tiền",
    "quấy rối",
]
MEANT = {
    "wai fai": "Wi-Fi",
    "uai fai": "Wi-Fi",
    "oai fai": "Wi-Fi",
    "vê nê ít": "VNeID",
    "vê nê i đê": "VNeID",
    "mat dt lam sao": "mất điện thoại làm sao",
}


def test_right_words_are_not_said_to_mean_others(files: dict[str, bytes]) -> None:
    answers = ask(files, *RIGHT_WORDS, *MEANT)
    meant = dict(zip([*RIGHT_WORDS, *MEANT], (a["meant"] for a in answers), strict=True))
    assert meant == dict.fromkeys(RIGHT_WORDS, "") | MEANT


SEARCHED_ONLY = {
    "buudien.vn": "guides/mua-ban/mo-gian-hang/",
    "nông sản bưu điện": "guides/mua-ban/mo-gian-hang/",
    "voso.vn": "guides/mua-ban/mo-gian-hang/",
    "vò sò": "guides/mua-ban/mo-gian-hang/",
    "da lô": "guides/zalo/bi-chiem-zalo/",
    "uai phai": "guides/ky-nang-nen/ket-noi-wifi/",
    "ANTT": "guides/an-toan/to-giac-tren-vneid/",
    "STH": "guides/thanh-toan/quet-mat-khi-chuyen-tien/",
}


def test_names_that_are_not_printed_are_still_searched(
    real_site: Path, files: dict[str, bytes]
) -> None:
    answers = dict(zip(SEARCHED_ONLY, ask(files, *SEARCHED_ONLY), strict=True))
    missed = {
        name: found(answers[name])[:FIRST]
        for name, page in SEARCHED_ONLY.items()
        if page not in found(answers[name])[:FIRST]
    }
    assert missed == {}
    glossary = (real_site / "tu-kho/index.html").read_text().split("<article")[1]
    assert [name for name in SEARCHED_ONLY if name in glossary] == []


def test_a_short_form_finds_the_guide_first(files: dict[str, bytes]) -> None:
    queries = ("mat dt lam sao", "mất đt", "bi mat dt", "mat dien thoai")
    assert [found(answer)[0] for answer in ask(files, *queries)] == [
        "guides/dinh-danh/khoa-vneid-khi-mat-may/"
    ] * len(queries)
    [passcode] = ask(files, "quên pass cốt")
    assert found(passcode)[0] == "guides/dinh-danh/lay-lai-passcode-vneid/"


def test_no_two_words_are_glued_where_elements_meet(files: dict[str, bytes]) -> None:
    """A word like "VNeIDMở" is one that nobody wrote."""
    pages = [json.loads(data) for name, data in files.items() if re.search(r"/p/\d+\.json$", name)]
    texts = " ".join(part for page in pages for row in page["sections"] for part in row)
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
        assert POINTER not in page
        assert "/search/box.js" not in page
        assert 'action="' in page.split('class="search-box"')[1].split(">")[0]


def test_scripts_of_search_are_light() -> None:
    scripts = sorted((REPOSITORY / "theme/assets/search").glob("*.js"))
    sizes = [len(brotli.compress(minify_script(s.read_text()).encode())) for s in scripts]
    assert [script.stem for script in scripts] == ["box", "engine", "fold", "stores", "worker"]
    assert sum(sizes) <= MAX_SCRIPT_BYTES
