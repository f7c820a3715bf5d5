from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.builds import build_site
from support.project import BODY, FRONT, write

from portal.checks.addresses import check_published
from portal.library.address_book import Redirect, is_address
from portal.library.library import load_library
from portal.library.published_addresses import RESERVED, copied_files, list_addresses, redirects_of
from portal.site.metadata import PageMetadata, PreviewImage
from portal.site.redirects import redirect_page

FEED = (("tin.xml", "rss.xml"),)
SITE = "https://kynangso.example.vn/"


class Reader(HTMLParser):
    """Keeps every element with its attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def target(address: str, title: str = "X", description: str = "") -> PageMetadata:
    image = PreviewImage(f"{SITE}assets/cards/x.png", 1200, 630, "X")
    return PageMetadata("Trang", title, description, SITE + address, image=image)


def test_redirect_works_without_a_script_and_is_not_indexed() -> None:
    redirect = Redirect("vneid/", "guides/dinh-danh/kich-hoat/")
    elements = Reader(redirect_page(redirect, target(redirect.new, "Kích hoạt"))).elements
    assert ("meta", {"name": "robots", "content": "noindex"}) in elements
    refresh = {"http-equiv": "refresh", "content": "0; url=../guides/dinh-danh/kich-hoat/"}
    assert ("meta", refresh) in elements
    canonical = {"rel": "canonical", "href": f"{SITE}guides/dinh-danh/kich-hoat/"}
    assert ("link", canonical) in elements
    assert ("a", {"href": "../guides/dinh-danh/kich-hoat/"}) in elements
    assert [attributes for tag, attributes in elements if tag == "script"] == [{}]


@pytest.mark.parametrize(
    ("old", "new", "href"),
    [
        ("cu/", "", "../"),
        ("guides/a/cu/", "guides/a/moi/", "../moi/"),
        ("guides/a/cu/", "stories/x/", "../../../stories/x/"),
    ],
)
def test_link_is_relative(old: str, new: str, href: str) -> None:
    assert ("a", {"href": href}) in Reader(redirect_page(Redirect(old, new), target(new))).elements


def test_title_cannot_become_markup() -> None:
    evil = target("b/", "</title><script>x()</script>", '"><script>x()</script>')
    reader = Reader(redirect_page(Redirect("a/", "b/"), evil))
    assert [tag for tag, _ in reader.elements].count("script") == 1  # the one that keeps the hash
    assert "Đang mở bài </title><script>x()</script>." in reader.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("guides/x/y/", True),
        ("", True),
        ("to-roi/x/y-1.pdf", True),
        ("rss.xml", True),
        ("guides/x", False),
        ("to-roi/x.exe", False),
        ("../x.pdf", False),
        ("../x/", False),
        ("guides//x/", False),
        ("https://example.vn/", False),
        ("đường/", False),
    ],
)
def test_address_of_the_site(text: str, expected: bool) -> None:
    assert is_address(text) is expected


def test_short_links_that_cannot_be_used_lead_nowhere(project: Path) -> None:
    for number, slug in enumerate(("guides", "../x", "VNeID", "a b")):
        fields = FRONT.replace("kich-hoat", f'"{slug}"')
        write(project / f"docs/guides/dinh-danh/x{number}.md", fields + BODY)
    assert [each.old for each in redirects_of(load_library(project))] == ["kich-hoat/"]


def test_every_folder_of_the_built_site_is_reserved_or_a_page(site_project: Path) -> None:
    site = build_site(site_project)
    pages = {address.split("/")[0] for address in load_library(site_project).page_addresses}
    folders = {folder.name for folder in site.iterdir() if folder.is_dir()}
    assert folders - pages - {"kich-hoat"} <= RESERVED


def test_built_site_keeps_short_links_and_renamed_pages_with_their_paper(
    site_project: Path,
) -> None:
    write(
        site_project / "data/redirects.yml",
        "redirects:\n  - {from: guides/dinh-danh/cu/, to: guides/dinh-danh/kich-hoat/}\n"
        "  - {from: tin.xml, to: rss.xml}\n",
    )
    site = build_site(site_project)
    for old, new in (("to-roi/dinh-danh/cu.pdf", "to-roi/dinh-danh/kich-hoat.pdf"), *FEED):
        assert (site / old).read_bytes() == (site / new).read_bytes()
    assert not {"tin.xml", "to-roi/dinh-danh/cu.pdf"} & {
        *json.loads((site / "addresses.json").read_text())
    }
    for address, href in (
        ("kich-hoat/", "../guides/dinh-danh/kich-hoat/"),
        ("guides/dinh-danh/cu/", "../kich-hoat/"),
    ):
        html = (site / address / "index.html").read_text()
        assert ("a", {"href": href}) in Reader(html).elements
        assert "<title>Kích hoạt VNeID</title>" in html
        guide = (site / "guides/dinh-danh/kich-hoat/index.html").read_text()
        assert previews(html) == previews(guide)


def previews(page: str) -> list[str]:
    """Return what a reader of previews finds: description, title, card."""
    found = [attributes for tag, attributes in Reader(page).elements if tag == "meta"]
    shown = [
        str(each["content"])
        for each in found
        if each.get("property") or each.get("name") == "description"
    ]
    assert any(content.endswith(".png") for content in shown)
    return shown


def test_every_address_is_listed_with_where_it_leads(project: Path) -> None:
    addresses = json.loads(list_addresses(load_library(project)))
    assert addresses["kich-hoat/"] == "guides/dinh-danh/kich-hoat/"
    assert addresses["guides/dinh-danh/kich-hoat/"] == ""
    assert addresses["guides/dinh-danh/"] == ""


def test_the_text_for_loudspeakers_of_a_renamed_guide_goes_with_it(project: Path) -> None:
    for name in "abcdef":
        front = FRONT.replace("shortlink: kich-hoat", f"shortlink: bai-{name}")
        text = front.replace("Kích hoạt VNeID", f"Bài {name}") + BODY
        write(project / f"docs/guides/dinh-danh/{name}.md", text)
    names = ("kich-hoat", *"abcdef")
    rows = "".join(f"      - guides/dinh-danh/{name}.md\n" for name in names)
    week = "  - id: mot\n    title: Một\n    summary: Bảy bài.\n    guides:\n"
    write(project / "data/loudspeaker.yml", f"weeks:\n{week}{rows}")
    redirect = "{from: guides/dinh-danh/cu/, to: guides/dinh-danh/kich-hoat/}"
    published = "/loa/dinh-danh/cu/\n/loa/dinh-danh/cu.pdf\n"
    write(project / "data/published.txt", f"{published}/loa/tuan-mot.pdf\n/loa/tuan-cu.pdf\n")
    write(project / "data/redirects.yml", f"redirects:\n  - {redirect}\n")
    library = load_library(project)
    assert list(redirects_of(library))[-1] == Redirect(
        "loa/dinh-danh/cu/", "loa/dinh-danh/kich-hoat/", line=2
    )
    assert copied_files(library) == {
        "to-roi/dinh-danh/cu.pdf": "to-roi/dinh-danh/kich-hoat.pdf",
        "loa/dinh-danh/cu.pdf": "loa/dinh-danh/kich-hoat.pdf",
    }
    assert [problem.message for problem in check_published(library)] == [
        "địa chỉ đã đăng 'loa/tuan-cu.pdf' không còn tệp nào"
    ]
    write(project / "data/published.txt", f"/guides/dinh-danh/cu/\n{published}")
    write(project / "data/redirects.yml", "redirects: []\n")
    assert [problem.message for problem in check_published(load_library(project))] == [
        "địa chỉ đã đăng 'guides/dinh-danh/cu/' không còn trang nào"
    ]


@pytest.mark.parametrize(
    ("redirects", "copies"),
    [
        (
            "{from: guides/dinh-danh/cu/, to: guides/dinh-danh/kich-hoat/}",
            {"to-roi/dinh-danh/cu.pdf": "to-roi/dinh-danh/kich-hoat.pdf"},
        ),
        # A guide that became part of a topic, or a topic that got another name.
        ("{from: guides/cu/, to: guides/dinh-danh/}", {"to-roi/cu.pdf": "to-roi/dinh-danh.pdf"}),
        (
            "{from: guides/dinh-danh/cu/, to: guides/dinh-danh/}",
            {"to-roi/dinh-danh/cu.pdf": "to-roi/dinh-danh.pdf"},
        ),
        (
            "{from: buoi-hoc/cu/, to: guides/dinh-danh/kich-hoat/}",
            {"buoi-hoc/cu/to-buoi-hoc.pdf": "to-roi/dinh-danh/kich-hoat.pdf"},
        ),
        ("{from: guides/dinh-danh/cu/, to: guides/an-toan/}", {}),  # it has no guides, no booklet
        ("{from: cu/, to: guides/dinh-danh/kich-hoat/}", {}),
        ("{from: rss.xml, to: feed.json}", {}),  # never in the place of a file of its own
        ("{from: to-roi/x.pdf, to: to-roi/y.pdf}", {}),
    ],
)
def test_the_old_address_of_paper_holds_a_copy(
    project: Path, redirects: str, copies: dict[str, str]
) -> None:
    write(project / "data/redirects.yml", f"redirects:\n  - {redirects}\n")
    assert copied_files(load_library(project)) == copies
