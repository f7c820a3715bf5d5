from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.builds import build_site
from support.project import BODY, FRONT, STORY_FRONT, write

from portal.library.library import Library, load_library
from portal.library.site_identity import Site
from portal.site.feeds import MAX_ITEMS, feed_items, json_feed, robots, rss, sitemap

SITE = Site("Kỹ năng số", "Cho bà con & mọi nhà", "https://x.vn/")
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def library(project: Path) -> Library:
    older = FRONT.replace("kich-hoat", "an-toan").replace("Kích hoạt VNeID", "Tránh <lừa> & đảo")
    older = older.replace("topic: dinh-danh", "topic: an-toan").replace("2026-11-24", "2026-03-05")
    write(project / "docs/guides/an-toan/tranh.md", older + BODY)
    write(project / "docs/stories/lac-hien.md", STORY_FRONT.replace("2026-11-24", "2026-06-01"))
    return load_library(project)


def test_feed_has_guides_and_stories_newest_first(library: Library) -> None:
    assert [(item.day.isoformat(), item.url) for item in feed_items(library, SITE)] == [
        ("2026-11-24", "https://x.vn/guides/dinh-danh/kich-hoat/"),
        ("2026-06-01", "https://x.vn/stories/lac-hien/"),
        ("2026-03-05", "https://x.vn/guides/an-toan/tranh/"),
    ]


def test_feed_is_not_endless(library: Library) -> None:
    many = Library(library.docs, library.pages * 20, library.topics)
    assert len(feed_items(many, SITE)) == MAX_ITEMS


def test_rss_is_read_back(library: Library) -> None:
    channel = ElementTree.fromstring(rss(SITE, feed_items(library, SITE)))[0]
    assert channel.findtext("description") == "Cho bà con & mọi nhà"
    link = channel.find("{http://www.w3.org/2005/Atom}link")
    assert link.attrib == {
        "href": "https://x.vn/rss.xml", "rel": "self", "type": "application/rss+xml",
    }  # fmt: skip
    last = channel.findall("item")[-1]
    assert last.findtext("title") == "Tránh <lừa> & đảo"
    assert last.findtext("guid") == "https://x.vn/guides/an-toan/tranh/#2026-03-05"
    moment = parsedate_to_datetime(last.findtext("pubDate"))
    assert moment.isoformat() == "2026-03-05T00:00:00+07:00"
    assert channel.find("lastBuildDate") is None


def test_json_feed_says_published_or_modified(library: Library) -> None:
    feed = json.loads(json_feed(SITE, feed_items(library, SITE)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://x.vn/feed.json"
    guide, story, _ = feed["items"]
    assert guide["date_modified"] == "2026-11-24T00:00:00+07:00"
    assert story["date_published"] == "2026-06-01T00:00:00+07:00"
    assert not {"date_published"} & guide.keys()


def test_sitemap_has_only_days_that_editors_wrote(library: Library) -> None:
    addresses = ["", "guides/", "guides/an-toan/", "guides/an-toan/tranh/", "tim-kiem/", "stories/"]
    root = ElementTree.fromstring(sitemap(library, SITE, addresses))
    found = {
        url.findtext("s:loc", namespaces=SPACE): url.findtext("s:lastmod", namespaces=SPACE)
        for url in root
    }
    assert found == {
        "https://x.vn/": None,
        "https://x.vn/guides/": "2026-11-24",
        "https://x.vn/guides/an-toan/": "2026-03-05",
        "https://x.vn/guides/an-toan/tranh/": "2026-03-05",
        "https://x.vn/stories/": "2026-06-01",
    }


def test_robots_names_the_sitemap() -> None:
    assert robots(SITE).decode().splitlines()[-1] == "Sitemap: https://x.vn/sitemap.xml"


def test_built_sitemap_lists_every_page_once_and_no_redirect(site_project: Path) -> None:
    site = build_site(site_project)
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    places = [url.findtext("s:loc", namespaces=SPACE) for url in root]
    assert places == sorted(set(places))
    assert "http://localhost:8000/guides/dinh-danh/kich-hoat/" in places
    assert "http://localhost:8000/kich-hoat/" not in places
    assert not any("_share-check" in place for place in places)


def test_day_of_the_build_is_in_no_feed(site_project: Path) -> None:
    guide = site_project / "docs/guides/dinh-danh/kich-hoat.md"
    guide.write_text(guide.read_text().replace("2026-11-24", "2026-03-05"))
    site = build_site(site_project)  # "today" is 24/11/2026
    for name in ("sitemap.xml", "rss.xml", "feed.json"):
        text = (site / name).read_text()
        assert "2026-11-24" not in text
        assert "24 Nov 2026" not in text
