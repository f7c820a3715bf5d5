"""Redirect pages for short links and the old addresses of renamed or removed pages.

They are files, so that they work on any host, and need no JavaScript.
"""

from __future__ import annotations

import html
import posixpath

from portal.library.address_book import Redirect
from portal.site.content_security import PLACEHOLDER, secure_page
from portal.site.metadata import PageMetadata

_KEEP_HASH = "location.hash&&location.replace(document.links[0].href+location.hash)"


def redirect_page(redirect: Redirect, target: PageMetadata) -> str:
    """Return the HTML of a redirect to a page.

    It has its target's metadata, since people send short links and a preview crawler may not follow
    a redirect. A script keeps the fragment, which a refresh drops. The link is relative, so that it
    works under any base path; the canonical address is absolute.
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
