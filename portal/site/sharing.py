"""What a page shows when it is shared: its card and its metadata."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.drawn.cards import DEFAULT_COLOUR, SIZE, CardContent, Headline
from portal.drawn.fonts import undrawable
from portal.library.figures import STATISTICS_PAGE, find_figure
from portal.library.library import Library, Page
from portal.library.page_kinds import KINDS, PAGE, PageKind
from portal.library.published_addresses import short_link
from portal.library.site_identity import Site
from portal.library.statistics import Statistics, UnknownFigureError
from portal.library.topics import Topic
from portal.site.metadata import Crumb, PageMetadata, PreviewImage
from portal.site.navigation import Neighbour, parents_of

CARDS = "assets/cards/"


@dataclass(frozen=True)
class SharedPage:
    """A page, written or generated, as far as sharing goes; `source` is what an editor wrote.

    `canonical` is the page whose content it repeats, which is indexed and shared instead.

    `parents` are the pages above it, the home page apart.
    """

    uri: str
    url: str
    title: str
    summary: str
    topic: Topic | None = None
    source: Page | None = None
    parents: tuple[Neighbour, ...] = ()
    canonical: Page | None = None

    @property
    def kind(self) -> PageKind:
        """Return the kind; a generated page is a page of its own."""
        return self.source.kind if self.source else PAGE

    @property
    def is_article(self) -> bool:
        """Return whether this is a guide or a story."""
        return self.kind.is_article

    def text(self, field: str) -> str:
        """Return a front matter field as text, "" when it is missing."""
        return str(self.source.meta.get(field) or "") if self.source else ""

    def day(self, field: str) -> datetime.date | None:
        """Return a front matter date, None when it is missing."""
        value = self.source.meta.get(field) if self.source else None
        return value if isinstance(value, datetime.date) else None


def shared_page(uri: str, url: str, meta: Mapping[str, object], library: Library) -> SharedPage:
    """Return the page from MkDocs' data: title, description and topic in `meta`."""
    topic = next((each for each in library.topics if each.id == meta.get("topic")), None)
    title, summary = (str(meta.get(name) or "") for name in ("title", "description"))
    source, parents = library.by_uri.get(uri), parents_of(url, library)
    made = library.generated_pages.get(uri)
    canonical = library.by_uri.get(made.canonical) if made else None
    return SharedPage(uri, url, title, summary, topic, source, parents, canonical)


def card_path(page: SharedPage, key: str) -> str:
    """Return the path of a card; its name changes with its content, which bypasses Zalo's cache."""
    return f"{CARDS}{page.url.strip('/').replace('/', '-') or 'trang-chu'}-{key[:12]}.png"


def card_content(page: SharedPage, site: Site, statistics: Statistics) -> CardContent:
    """Return the content of a page's card."""
    label, icon = _label(page)
    is_home = not page.url
    return CardContent(
        title=site.description if is_home else page.title,
        site=site.name,
        label=label,
        colour=page.topic.colour if page.topic else DEFAULT_COLOUR,
        icon=icon,
        summary=page.summary,
        place=page.text("place_now"),
        figure=_headline(site, statistics) if page.uri == STATISTICS_PAGE else None,
        mark=site.mark,
    )


def _label(page: SharedPage) -> tuple[str, str]:
    """Return the label and icon of a page's kind."""
    if page.topic:
        return page.topic.title if page.is_article else "Hướng dẫn", page.topic.icon
    for kind in KINDS:
        if kind.icon and page.url.startswith(kind.folder):
            return kind.title, kind.icon
    if page.uri == STATISTICS_PAGE:
        return "Có ngày, nơi và nguồn", "material/chart-bar"
    return "Dành cho bà con", "material/hand-heart-outline"


def _headline(site: Site, statistics: Statistics) -> Headline | None:
    try:
        figure, _ = find_figure(site.headline, statistics)
    except UnknownFigureError:
        return None
    return Headline(figure.number, f"{figure.indicator.label} ({figure.note})")


def describe(page: SharedPage, site: Site, card: str) -> PageMetadata:
    """Return the metadata of a page; `card` is the address of its card within the site."""
    is_home = not page.url
    image = PreviewImage(site.url + card, *SIZE, alt=f"{page.title}. {page.summary}".strip())
    tags = page.source.meta.get("tags") if page.source else None
    return PageMetadata(
        site_name=site.name,
        title=site.name if is_home else page.title,
        description=page.summary or site.description,
        url=site.url + (page.canonical or page).url,
        trail=() if is_home else tuple(_trail(page, site)),
        is_article=page.is_article,
        published=page.day("published"),
        modified=page.day("reviewed") or page.day("published"),
        section=_label(page)[0],
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        image=image if card else None,
        publisher=site.operator,
    )


def _trail(page: SharedPage, site: Site) -> list[Crumb]:
    """Return the breadcrumbs from home to the page."""
    trail = [Crumb("Trang chủ", site.url)]
    trail += [Crumb(parent.title, site.url + parent.url) for parent in page.parents]
    return [*trail, Crumb(page.title, site.url + page.url)]


def gaps_of(page: SharedPage) -> Iterator[str]:
    """Yield, in Vietnamese, what a preview of the page lacks."""
    if not page.summary:
        yield "chưa có tóm tắt (summary)"
    if page.is_article and page.source and not short_link(page.source):
        yield "chưa có đường dẫn ngắn (shortlink)"
    if dropped := undrawable(page.title + page.summary):
        yield f"ảnh không vẽ được ký tự {dropped}"
