"""Every page of a site, and the templates against the pinned Material."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import material
import pytest
from support.project import REPOSITORY

MATERIAL = Path(material.__file__).parent / "templates"
BLOCK = re.compile(r"{%-?\s*block (\w+)")
OWN_BLOCKS = {"breadcrumbs", "share"}


class PageReader(HTMLParser):
    """Notes what a page consists of."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags = list[tuple[str, dict[str, str | None]]]()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def pages(small_site: Path) -> dict[str, PageReader]:
    files = [file for file in small_site.rglob("*.html") if "<main" in file.read_text("utf-8")]
    return {file.relative_to(small_site).as_posix(): PageReader(file) for file in files}


def test_blocks_have_the_names_of_the_pinned_material() -> None:
    ours = set(BLOCK.findall((REPOSITORY / "theme/base.html").read_text(encoding="utf-8")))
    theirs = set(BLOCK.findall((MATERIAL / "base.html").read_text(encoding="utf-8")))
    assert ours - theirs == OWN_BLOCKS


def test_templates_fill_only_blocks_that_the_skeleton_has() -> None:
    known = set(BLOCK.findall((REPOSITORY / "theme/base.html").read_text(encoding="utf-8")))
    for template in (REPOSITORY / "theme").glob("*.html"):
        assert set(BLOCK.findall(template.read_text(encoding="utf-8"))) <= known, template.name


def test_every_component_of_css_is_used() -> None:
    templates = [file.read_text("utf-8") for file in (REPOSITORY / "theme").rglob("*.html")]
    named = set(re.findall(r'"([\w-]+)"', " ".join(re.findall(r"\[[^\]]*\]", " ".join(templates)))))
    files = {file.stem for file in (REPOSITORY / "theme/assets/css").glob("*.css")}
    assert files - named == set()


def test_the_domain_check_is_offered_as_what_it_answers(small_site: Path) -> None:
    """It tells whether an address ends in .gov.vn, never that a site is a fake."""
    home = (small_site / "index.html").read_text(encoding="utf-8")
    assert "<span>Dán đường link lạ vào, biết đuôi có phải .gov.vn không.</span>" in home
    assert "thật hay giả" not in home


@pytest.mark.parametrize("kind", ["index.html", "404.html", "guides/dinh-danh/index.html"])
def test_kinds_of_pages_exist(pages: dict[str, PageReader], kind: str) -> None:
    assert kind in pages


def test_every_page_has_one_heading_a_main_part_and_a_way_to_it(
    pages: dict[str, PageReader],
) -> None:
    for address, page in pages.items():
        assert len(page.all("h1")) == 1, address
        assert [part["id"] for part in page.all("main")] == ["noi-dung"], address
        assert page.all("a")[0]["href"] == "#noi-dung", address
        assert page.all("html")[0]["lang"] == "vi", address


def test_nothing_is_fetched_from_elsewhere_and_no_style_stands_in_an_attribute(
    pages: dict[str, PageReader],
) -> None:
    for address, page in pages.items():
        for tag, attributes in page.tags:
            loads = [attributes.get(name) or "" for name in ("src", "srcset", "data", "poster")]
            if tag == "link" and attributes.get("rel") not in ("canonical", "alternate"):
                loads.append(attributes.get("href") or "")
            assert not any("//" in target for target in loads), (address, tag, loads)
            assert "style" not in attributes, (address, tag)
            assert not any(name.startswith("on") for name in attributes), (address, tag)


def test_ids_are_unique_and_labels_point_to_something(pages: dict[str, PageReader]) -> None:
    for address, page in pages.items():
        ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
        assert len(ids) == len(set(ids)), (address, [i for i in ids if ids.count(i) > 1])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for _, attributes in page.tags:
                for target in (attributes.get(name) or "").split():
                    assert target in ids, (address, name, target)


def test_every_icon_that_a_page_uses_is_drawn_in_it(pages: dict[str, PageReader]) -> None:
    for address, page in pages.items():
        used = {(use["href"] or "")[1:] for use in page.all("use")}
        drawn = {symbol["id"] for symbol in page.all("symbol")}
        assert used == drawn, address
        assert not any("data-icon" in attributes for _, attributes in page.tags), address


def test_every_internal_link_leads_to_a_page_and_anchor(
    small_site: Path, pages: dict[str, PageReader]
) -> None:
    anchors = {
        address: {attributes.get("id") for _, attributes in page.tags}
        for address, page in pages.items()
    }
    for address, page in pages.items():
        for link in page.all("a"):
            path, _, anchor = (link.get("href") or "").partition("#")
            if re.match(r"[a-z]+:", path) or path.startswith("//"):
                continue
            target = _target(small_site, address, path)
            assert target.is_file(), (address, link["href"])
            name = target.relative_to(small_site).as_posix()
            if anchor and name in anchors:
                assert anchor in anchors[name], (address, link["href"])


def _target(site: Path, address: str, path: str) -> Path:
    path = path.partition("?")[0]
    if path.startswith("/"):
        target = site / path.lstrip("/")
    else:
        target = ((site / address).parent / path).resolve() if path else site / address
    return target / "index.html" if target.is_dir() else target
