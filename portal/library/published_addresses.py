"""Where what is published lies: short links, what is sent and printed, and old addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.library.addresses import Redirect
from portal.library.library import Library, Page
from portal.library.site_identity import Site
from portal.library.topics import Topic

QR_CODES = "assets/qr/"
HANDOUTS = "to-roi/"
POSTER_PAPERS = ("a4", "a3")
# First parts of addresses that the site needs for itself, now or later.
RESERVED = frozenset(
    "a-z admin api assets bien-tap feed guides images lo-trinh ngoai-tuyen offline search site "
    "so-lieu stories tim-kiem to-roi".split()
)
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


@dataclass(frozen=True)
class ShareLink:
    """What the share bar offers: an address to read aloud, a message to paste, the QR code."""

    url: str
    message: str
    qr: str

    @property
    def spoken_url(self) -> str:
        """Return the address as people write it: without scheme and last slash."""
        return self.url.split("//")[-1].rstrip("/")


def share_link(page: Page, site: Site) -> ShareLink:
    """Return link, message and QR code of a written page; without a short link, its address."""
    summary = str(page.meta.get("summary") or "")
    return link_to_share(page.url, page.title, summary, site, short_link(page))


def link_to_share(url: str, title: str, text: str, site: Site, short: str = "") -> ShareLink:
    """Return link, message and QR code of the page at `url` within the site."""
    address = site.url + (short or url)
    message = "\n".join(filter(None, (title, text, address)))
    name = url.strip("/").replace("/", "-") or "trang-chu"
    return ShareLink(address, message, f"{QR_CODES}{name}.svg")


def handout_path(page: Page) -> str:
    """Return where a guide's handout lies: "guides/x/y/" gives "to-roi/x/y.pdf"."""
    return f"{HANDOUTS}{page.url.removeprefix('guides/').strip('/')}.pdf"


def poster_path(paper: str) -> str:
    """Return where the poster of a size of paper ("a4") lies."""
    return f"{HANDOUTS}ap-phich-{paper}.pdf"


def booklet_path(topic: Topic) -> str:
    """Return where a topic's booklet lies."""
    return f"{HANDOUTS}{topic.id}.pdf"


def story_form_path() -> str:
    """Return where the form lies by which a team tells its own story."""
    return f"{HANDOUTS}to-tu-ke-chuyen.pdf"
