"""Addresses of what is published: short links, paper, feeds, tables, redirects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.library.address_book import Redirect
from portal.library.learning_paths import EVENINGS, sheet_of
from portal.library.library import Library, Page
from portal.library.loudspeaker_weeks import announcement_uri
from portal.library.page_kinds import GUIDE, KINDS
from portal.library.site_identity import Site
from portal.library.topics import Topic

QR_CODES = "assets/qr/"
HANDOUTS = "to-roi/"
POSTER_PAPERS = ("a4", "a3")
RSS, JSON_FEED = "rss.xml", "feed.json"
STATISTICS_CSV, STATISTICS_JSON = "so-lieu/so-lieu.csv", "so-lieu/so-lieu.json"
# Reserved first segments of addresses.
RESERVED = frozenset(
    "a-z admin api assets bien-tap feed images lo-trinh ngoai-tuyen offline search site "
    "so-lieu tim-kiem to-roi".split()
).union(kind.folder.rstrip("/") for kind in KINDS if kind.is_article)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def short_link(page: Page) -> str:
    """Return the short address of a page ("vneid/"), "" when it has no valid one."""
    slug = page.meta.get("shortlink")
    usable = isinstance(slug, str) and _SLUG.fullmatch(slug) and slug not in RESERVED
    return f"{slug}/" if usable else ""


def redirects_of(library: Library) -> Iterator[Redirect]:
    """Yield every redirect to a page: short links, data/redirects.yml, texts for loudspeakers.

    The text of a renamed guide goes with it.
    """
    for page in library.pages:
        if address := short_link(page):
            yield Redirect(address, page.url, page.path, page.line_of("shortlink"))
    yield from (each for each in library.addresses.redirects if not each.is_file)
    for each in library.addresses.redirects:
        old, new = announcement_address(each.old), announcement_address(each.new)
        if old and new in library.page_addresses:
            yield Redirect(old, new, each.path, each.line)


def file_redirects(library: Library) -> Iterator[Redirect]:
    """Yield the redirects of data/redirects.yml from one file to another."""
    return (each for each in library.addresses.redirects if each.is_file)


def writable_redirects(library: Library) -> Iterator[Redirect]:
    """Yield `redirects_of` without those that would overwrite a page or another redirect.

    The checks report such; `serve` shows the site anyway.
    """
    taken = set(library.page_addresses)
    for redirect in redirects_of(library):
        if redirect.old not in taken:
            taken.add(redirect.old)
            yield redirect


def lasting_files(library: Library) -> frozenset[str]:
    """Return the paths of all files that are printed, sent or subscribed to, copies included."""
    return _own_files(library).union(copied_files(library))


def _own_files(library: Library) -> frozenset[str]:
    posters = [*map(poster_path, POSTER_PAPERS), story_form_path()]
    if library.learning_paths:
        posters.append(stamp_cards_path())
    others = (RSS, JSON_FEED, STATISTICS_CSV, STATISTICS_JSON)
    weeks = (week.sheet for week in library.loudspeaker_weeks)
    texts = (announcement_path(guide) for guide in library.guides if library.loudspeaker_weeks)
    return frozenset((*paper_of(library).values(), *posters, *weeks, *texts, *others))


def paper_of(library: Library) -> dict[str, str]:
    """Return address of a page → path of its handout, booklet or evening sheet."""
    topics = [topic for topic in library.topics if library.guides_of(topic)]
    return {
        **{guide.url: handout_path(guide) for guide in library.guides},
        **{f"guides/{topic.id}/": booklet_path(topic) for topic in topics},
        **{path.url: path.sheet for path in library.learning_paths},
    }


def copied_files(library: Library) -> dict[str, str]:
    """Return old path → path of today's file: the paper of renamed pages, and redirected files.

    A file has no page that could lead on, so that its old address holds a copy.
    """
    redirects, paper, own = library.addresses.redirects, paper_of(library), _own_files(library)
    renamed = {paper_path(each.old): paper.get(each.new, "") for each in redirects}
    renamed |= {_text_path(each.old): _text_path(each.new) for each in redirects}
    chosen = {each.old: each.new for each in file_redirects(library)}
    copies = {**renamed, **chosen}.items()
    return {old: new for old, new in copies if old and new in own and old not in own}


def list_addresses(library: Library) -> str:
    """Return the JSON of all addresses: address → target of a redirect, "" for a page."""
    addresses = dict.fromkeys(sorted(library.page_addresses), "")
    addresses |= {redirect.old: redirect.new for redirect in writable_redirects(library)}
    return json.dumps(addresses, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class ShareLink:
    """The share bar's data: an address to read aloud, a message to paste, the QR code."""

    url: str
    message: str
    qr: str

    @property
    def spoken_url(self) -> str:
        """Return an address without scheme and trailing slash."""
        return self.url.split("//")[-1].rstrip("/")


def share_link(page: Page, site: Site) -> ShareLink:
    """Return the share link of a written page: its short link, or else its address."""
    summary = str(page.meta.get("summary") or "")
    return link_to_share(page.url, page.title, summary, site, short_link(page))


def link_to_share(url: str, title: str, text: str, site: Site, short: str = "") -> ShareLink:
    """Return the share link of the page at `url` within the site."""
    address = site.url + (short or url)
    message = "\n".join(filter(None, (title, text, address)))
    name = url.strip("/").replace("/", "-") or "trang-chu"
    return ShareLink(address, message, f"{QR_CODES}{name}.svg")


def paper_path(address: str) -> str:
    """Return the path of the paper that a page at an address has or had, "" for one without.

    "guides/x/y/" gives "to-roi/x/y.pdf", "guides/x/" gives "to-roi/x.pdf".
    """
    if address.startswith(EVENINGS) and address != EVENINGS:
        return sheet_of(address)
    name = address.removeprefix(GUIDE.folder).strip("/")
    return f"{HANDOUTS}{name}.pdf" if address.startswith(GUIDE.folder) and name else ""


def announcement_address(address: str) -> str:
    """Return the address of the text for loudspeakers of the guide at an address, else ""."""
    parts = address.split("/")
    is_guides = address.startswith(GUIDE.folder) and len(parts) == 4 and not parts[-1]
    return announcement_uri(address) if is_guides else ""


def _text_path(address: str) -> str:
    page = announcement_address(address)
    return f"{page.rstrip('/')}.pdf" if page else ""


def addresses_with(address: str) -> tuple[str, ...]:
    """Return what goes with a page that is renamed: its paper, its text for loudspeakers."""
    others = (paper_path(address), announcement_address(address), _text_path(address))
    return tuple(filter(None, others))


def handout_path(page: Page) -> str:
    """Return the path of a guide's handout."""
    return paper_path(page.url)


def announcement_path(page: Page) -> str:
    """Return the path of the printed text for loudspeakers: "loa/x/y.pdf" of "guides/x/y/"."""
    return _text_path(page.url)


def poster_path(paper: str) -> str:
    """Return the path of the poster of a paper size ("a4")."""
    return f"{HANDOUTS}ap-phich-{paper}.pdf"


def booklet_path(topic: Topic) -> str:
    """Return the path of a topic's booklet."""
    return paper_path(f"{GUIDE.folder}{topic.id}/")


def story_form_path() -> str:
    """Return the path of the form for a team's own story."""
    return f"{HANDOUTS}to-tu-ke-chuyen.pdf"


def stamp_cards_path() -> str:
    """Return the path of the cards on which evenings are signed."""
    return f"{EVENINGS}the-hoc.pdf"
