"""What is offered to be sent on: the link, message and QR code of every page worth sending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.library.generated_pages import NEWS_PAGE
from portal.library.library import Library, url_of
from portal.library.published_addresses import ShareLink, link_to_share, share_link
from portal.library.site_identity import Site
from portal.site.feeds import FeedItem

NEWS_IN_A_MESSAGE = 5
# Pages that hold only what the reader's own telephone puts there.
PRIVATE_PAGES = frozenset({"tim-kiem.md", "da-luu.md"})


def links_to_share(library: Library, site: Site, news: Iterable[FeedItem]) -> dict[str, ShareLink]:
    """Return page → what its share bar offers; pages are told by their path within docs/."""
    links = {page.uri: share_link(page, site) for page in library.pages}
    for page in library.generated_pages.values():
        if not page.part and page.uri not in PRIVATE_PAGES:
            text = "\n".join(_lines(news)) if page.uri == NEWS_PAGE else page.summary
            links[page.uri] = link_to_share(url_of(page.uri), page.title, text, site)
    return links


def _lines(news: Iterable[FeedItem]) -> Iterator[str]:
    """Yield the newest pages as lines of a message."""
    for _, item in zip(range(NEWS_IN_A_MESSAGE), news, strict=False):
        yield f"- {item.title}: {item.url}"
