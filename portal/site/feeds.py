"""RSS, JSON Feed, sitemap and robots.txt.

Every date was written by an editor. A page without a date has none here: the build date says
nothing about a text.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from operator import itemgetter
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from portal.library.library import Library, url_of
from portal.library.page_kinds import KINDS
from portal.library.published_addresses import JSON_FEED, RSS
from portal.library.site_identity import Site

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
MAX_ITEMS = 30
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))

register_namespace("atom", _ATOM)


@dataclass(frozen=True)
class FeedItem:
    """A guide reviewed, or a story published, on `day`; `url` is absolute, `page` relative.

    `label` says which of both, in Vietnamese.
    """

    title: str
    url: str
    summary: str
    day: datetime.date
    is_published: bool = False
    page: str = ""
    label: str = ""

    @property
    def id(self) -> str:
        """Return an id that changes with each review, so that feed readers show the page again."""
        return f"{self.url}#{self.day.isoformat()}"


def feed_items(library: Library, site: Site) -> list[FeedItem]:
    """Return the newest guides and stories, newest first, at most `MAX_ITEMS`."""
    rows = (library.pages_in(kind.folder) for kind in reversed(KINDS) if kind.news)
    dated = [(page.day, page) for row in rows for page in row if page.day]
    newest = sorted(dated, key=itemgetter(0), reverse=True)[:MAX_ITEMS]
    return [
        FeedItem(
            page.title,
            site.url + page.url,
            str(page.meta.get("summary") or ""),
            day,
            page.kind.day == "published",
            page.url,
            page.kind.news,
        )
        for day, page in newest
    ]


def rss(site: Site, items: Iterable[FeedItem]) -> bytes:
    """Return an RSS 2.0 feed."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _add(channel, title=site.name, link=site.url, description=site.description, language="vi")
    itself = {"href": site.url + RSS, "rel": "self", "type": "application/rss+xml"}
    SubElement(channel, f"{{{_ATOM}}}link", itself)
    for item in items:
        entry = SubElement(channel, "item")
        _add(entry, title=item.title, link=item.url, description=item.summary)
        SubElement(entry, "guid", isPermaLink="false").text = item.id
        midnight = datetime.datetime.combine(item.day, datetime.time(), _VIETNAM)
        SubElement(entry, "pubDate").text = format_datetime(midnight)
    return _to_xml(root)


def json_feed(site: Site, items: Iterable[FeedItem]) -> bytes:
    """Return the same as a JSON Feed (version 1.1)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.description,
        "home_page_url": site.url,
        "feed_url": site.url + JSON_FEED,
        "language": "vi",
        "items": [_json_item(item) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(item: FeedItem) -> dict[str, str]:
    moment = datetime.datetime.combine(item.day, datetime.time(), _VIETNAM).isoformat()
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_text": item.summary,
        "date_published" if item.is_published else "date_modified": moment,
    }


def sitemap(library: Library, site: Site, addresses: Iterable[str]) -> bytes:
    """Return the sitemap of the pages at these addresses within the site."""
    changed = dict(_changes(library))
    root = Element("urlset", xmlns=_SITEMAP)
    made = library.generated_pages.values()
    unlisted = {url_of(page.uri) for page in made if not page.is_listed}
    for address in sorted(set(addresses) - unlisted):
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = site.url + address
        if day := changed.get(address):
            SubElement(entry, "lastmod").text = day.isoformat()
    return _to_xml(root)


def _changes(library: Library) -> Iterator[tuple[str, datetime.date]]:
    """Yield (address, date) of each dated page, and of each list by its newest page."""
    for page in library.pages:
        if page.day:
            yield page.url, page.day
    lists = {f"guides/{topic.id}/": library.guides_of(topic) for topic in library.topics}
    lists |= {kind.folder: library.pages_in(kind.folder) for kind in KINDS if kind.is_article}
    for address, pages in lists.items():
        if days := [page.day for page in pages if page.day]:
            yield address, max(days)


def robots(site: Site) -> bytes:
    """Return a robots.txt that allows everything and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url}{SITEMAP}\n".encode()


def _add(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _to_xml(root: Element) -> bytes:
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
