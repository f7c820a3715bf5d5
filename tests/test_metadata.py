from __future__ import annotations

import datetime
import json
from html.parser import HTMLParser
from pathlib import Path

from PIL import Image
from support.builds import build_site
from support.project import STORY_FRONT, write

from portal.site.metadata import Crumb, PageMetadata, PreviewImage, to_script_json

SITE = "http://localhost:8000/"


class Head(HTMLParser):
    """Reads `<meta>`, `<link>` and JSON-LD as a crawler does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.properties: list[tuple[str, str]] = []
        self.names: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.data: list[dict[str, object]] = []
        self._in_json = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "property" in found:
            self.properties.append((found["property"], found["content"]))
        elif tag == "meta" and "name" in found:
            assert found["name"] not in self.names
            self.names[found["name"]] = found["content"]
        elif tag == "link":
            self.links.append((found["rel"], found["href"]))
        self._in_json = found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.data.append(json.loads(data))
            self._in_json = False


GUIDE = PageMetadata(
    site_name="Kỹ năng số",
    title="Kích hoạt",
    description="Làm một lần.",
    url="https://x.vn/g/",
    trail=(Crumb("Trang chủ", "https://x.vn/"), Crumb("Kích hoạt", "https://x.vn/g/")),
    is_article=True,
    modified=datetime.date(2026, 11, 24),
    section="Định danh",
    tags=("VNeID", "OTP"),
    image=PreviewImage("https://x.vn/c.png", 1200, 630, "Kích hoạt"),
)


def test_article_has_its_dates_section_and_tags() -> None:
    properties = GUIDE.properties
    assert properties[0] == ("og:type", "article")
    assert ("article:modified_time", "2026-11-24") in properties
    assert ("article:section", "Định danh") in properties
    assert [content for name, content in properties if name == "article:tag"] == ["VNeID", "OTP"]
    assert "article:published_time" not in dict(properties)


def test_nothing_is_said_of_what_is_unknown() -> None:
    bare = PageMetadata("Kỹ năng số", "Tìm", "", "https://x.vn/t/")
    assert [name for name, _ in bare.properties] == [
        "og:type", "og:title", "og:url", "og:site_name", "og:locale",
    ]  # fmt: skip
    (article, _) = json.loads(GUIDE.json_ld)["@graph"]
    assert article["@type"] == "Article"
    assert not {"publisher", "author", "datePublished"} & article.keys()


def test_text_cannot_leave_its_script_element() -> None:
    text = "</script><!-- & \u2028"
    script = to_script_json([text])
    assert not set("<>&\u2028") & set(script)
    assert json.loads(script) == [text]


def test_every_built_page_describes_itself(site_project: Path) -> None:
    write(
        site_project / "docs/stories/lac-hien.md",
        STORY_FRONT.replace("năm 2024", '3 < 5 & "x"') + "\nChuyện của tổ.\n",
    )
    site = build_site(site_project)
    for file in sorted(site.rglob("index.html")):
        html = file.read_text()
        if "http-equiv" in html:  # a redirect
            continue
        address = file.parent.relative_to(site).as_posix().removeprefix(".")
        check_page(Head(html), site, f"{SITE}{address}/".replace("//", "/").replace(":/", "://"))


def check_page(head: Head, site: Path, address: str) -> None:
    properties = dict(head.properties)
    assert [href for rel, href in head.links if rel == "canonical"] == [address]
    assert properties["og:url"] == address
    assert properties["og:locale"] == "vi_VN"
    assert properties["og:site_name"] == "Kỹ năng số Ninh Bình"
    assert properties["og:title"]
    assert properties["og:description"] == head.names["description"] != ""
    assert properties["og:image:alt"].startswith((properties["og:title"], "Trang chủ"))
    assert head.names["twitter:card"] == "summary_large_image"
    image = Image.open(site / properties["og:image"].removeprefix(SITE))
    size = properties["og:image:width"], properties["og:image:height"]
    assert size == tuple(map(str, image.size)) == ("1200", "630")
    kinds = [thing["@type"] for thing in head.data[0]["@graph"]]
    article = properties["og:type"] == "article"
    expected = ["WebSite"] if address == SITE else ["BreadcrumbList"]
    assert kinds == (["Article", *expected] if article else expected)
    assert head.data[0]["@context"] == "https://schema.org"


def test_card_changes_its_name_with_its_content(site_project: Path) -> None:
    def card() -> str:
        page = build_site(site_project) / "guides/dinh-danh/kich-hoat/index.html"
        return dict(Head(page.read_text()).properties)["og:image"]

    guide = site_project / "docs/guides/dinh-danh/kich-hoat.md"
    first = card()
    assert card() == first
    guide.write_text(guide.read_text().replace("Kích hoạt VNeID", "Kích hoạt lại VNeID"))
    assert card() != first
