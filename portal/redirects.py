"""Pages that only lead elsewhere: short links, and the old addresses of renamed or removed pages.

They are files, so that they work on any host, and need no JavaScript.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterator

from portal.addresses import Redirect
from portal.content_security import PLACEHOLDER, secure_page
from portal.library import Library, Page
from portal.metadata import PageMetadata

# First parts of addresses that the site needs for itself, now or later.
RESERVED = frozenset(
    "a-z admin api assets bien-tap feed guides images lo-trinh ngoai-tuyen offline search site "
    "so-lieu stories tim-kiem to-roi".split()
)
_KEEP_HASH = "location.hash&&location.replace(document.links[0].href+location.hash)"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def short_link(page: Page) -> str:
    """Return the short address of a page ("vneid/"), "" when it has none that can be used."""
    slug = page.meta.get("shortlink")
    usable = isinstance(slug, str) and _SLUG.fullmatch(slug) and slug not in RESERVED
    return f"{slug}/" if usable else ""


def redirects_of(library: Library) -> Iterator[Redirect]:
    """Yield every address that leads to a page: short links first, then the table's entries."""
    for page in library.pages:
        if address := short_link(page):
            yield Redirect(address, page.url, page.path, page.line_of("shortlink"))
    yield from library.addresses.redirects


def writable_redirects(library: Library) -> Iterator[Redirect]:
    """Yield `redirects_of` without those that would hide a page or another redirect.

    The checks refuse such; `serve` shows the site in spite of them.
    """
    taken = set(library.page_addresses)
    for redirect in redirects_of(library):
        if redirect.old not in taken:
            taken.add(redirect.old)
            yield redirect


def list_addresses(library: Library) -> str:
    """Return every address of the site as JSON: address → where it leads, "" for a page."""
    addresses = dict.fromkeys(sorted(library.page_addresses), "")
    addresses |= {redirect.old: redirect.new for redirect in writable_redirects(library)}
    return json.dumps(addresses, ensure_ascii=False, separators=(",", ":"))


def redirect_page(redirect: Redirect, target: PageMetadata) -> str:
    """Return the HTML of a redirect to a page.

    It says of itself what its target does, since the short link is what people send and a reader of
    previews need not follow a redirect. What stands after # goes along where scripts run: a refresh
    drops it. The link is relative, so that it works wherever the site
    lies; the canonical is absolute.
    """
    href = html.escape(posixpath.relpath(redirect.new or ".", redirect.old) + "/")
    canonical, name, description = map(html.escape, (target.url, target.title, target.description))
    page = f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
{PLACEHOLDER}
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={href}">
<link rel="canonical" href="{canonical}">
<title>{name}</title>
<meta name="description" content="{description}">
{target.property_tags}
</head>
<body>
<p>Đang mở bài <a href="{href}">{name}</a>.</p>
<script>{_KEEP_HASH}</script>
</body>
</html>
"""
    return secure_page(page)
