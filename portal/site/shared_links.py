"""The share links of pages: link, message and QR code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.library.generated_pages import NEWS_PAGE
from portal.library.library import Library, url_of
from portal.library.published_addresses import ShareLink, link_to_share, share_link
from portal.library.site_identity import Site
from portal.site.feeds import FeedItem

NEWS_IN_A_MESSAGE = 5


def links_to_share(library: Library, site: Site, news: Iterable[FeedItem]) -> dict[str, ShareLink]:
    """Return path within docs/ → the page's share link."""
    links = {page.uri: share_link(page, site) for page in library.pages}
    for page in library.generated_pages.values():
        if not page.part and page.is_listed:
            text = "\n".join(_lines(news)) if page.uri == NEWS_PAGE else page.summary
            links[page.uri] = link_to_share(url_of(page.uri), page.title, text, site)
    return links


def _lines(news: Iterable[FeedItem]) -> Iterator[str]:
    """Yield the newest pages as lines for a message."""
    for _, item in zip(range(NEWS_IN_A_MESSAGE), news, strict=False):
        yield f"- {item.title}: {item.url}"
