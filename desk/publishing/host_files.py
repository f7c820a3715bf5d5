"""`_headers` and `_redirects`, which pages hosts such as Netlify and Cloudflare Pages read.

Elsewhere they are two small files that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desk.publishing.http_headers import ASKED_AGAIN, SECURITY_HEADERS, cache_control
from portal.library.address_book import Redirect
from portal.system.files import walk_files, write_atomically

HEADERS, REDIRECTS = "_headers", "_redirects"


def write_host_files(site: Path, redirects: Iterable[Redirect]) -> None:
    """Write both files into a built site.

    Raises:
        OSError: the folder cannot be written to.
    """
    paths = (path for path, _ in walk_files(site))
    write_atomically(site / HEADERS, list_headers(paths).encode())
    write_atomically(site / REDIRECTS, list_redirects(redirects).encode())


def list_headers(paths: Iterable[str]) -> str:
    """Return `_headers`: those of every answer, and how long files in which folders are kept.

    What is asked for again is not named: it is what these hosts do, and of two rules both count.
    """
    kept = {
        f"/{'/'.join(path.split('/')[:2])}/*": caching
        for path in paths
        if (caching := cache_control(path)) != ASKED_AGAIN
    }
    rules = {"/*": SECURITY_HEADERS} | {
        folder: {"Cache-Control": caching} for folder, caching in sorted(kept.items())
    }
    return "".join(
        f"{address}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for address, headers in rules.items()
    )


def list_redirects(redirects: Iterable[Redirect]) -> str:
    """Return `_redirects`: an address, where it leads, 302, for that may change."""
    return "".join(f"/{each.old} /{each.new} 302\n" for each in redirects)
