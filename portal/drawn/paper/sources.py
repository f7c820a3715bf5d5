"""The sheets of a site, by where they lie on it: what each says, gathered from the library."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from portal.document.tree import FigureReference
from portal.drawn.paper.evening_sheets import EveningSheet
from portal.drawn.paper.handouts import Booklet, Drawing, Handout, Hotline, Imprint
from portal.drawn.paper.posters import Poster, PosterGuide
from portal.drawn.paper.story_forms import StoryForm
from portal.images.usage import resolve_target
from portal.library.contacts import Phone
from portal.library.figures import find_figure
from portal.library.library import Library, Page
from portal.library.published_addresses import (
    POSTER_PAPERS,
    booklet_path,
    handout_path,
    poster_path,
    share_link,
)
from portal.library.site_identity import Site
from portal.library.statistics import Statistics, UnknownFigureError
from portal.library.topics import Topic
from portal.system.cache import cache_key

_POSTER_TITLE, _ON_POSTER = "Kỹ năng số cho bà con", 3  # guides
_UNKNOWN_COST = "cước gọi chưa rõ"

Files = Mapping[str, Path]
_Pictures = Mapping[str, tuple[str, Path]]  # path within docs/ → digest, file


def handouts_of(
    library: Library, site: Site, pictures: Files, qr_files: Files
) -> dict[str, Handout]:
    """Return path → handout of every guide, in the order of the topics.

    `pictures` are files by the path within docs/ that guides show, `qr_files` drawn codes by their
    path on the site.
    """
    known = {uri: (cache_key(file.read_bytes()), file) for uri, file in pictures.items()}
    topics = {topic.id: topic for topic in library.topics}
    found = dict[str, Handout]()
    for page in library.guides:
        if topic := topics.get(str(page.meta.get("topic"))):
            qr = qr_files.get(share_link(page, site).qr)
            found[handout_path(page)] = _handout(page, topic, library, site, known, qr)
    return found


def booklets_of(
    library: Library, site: Site, handouts: Mapping[str, Handout]
) -> dict[str, Booklet]:
    """Return path → booklet of every topic that has guides."""
    found = dict[str, Booklet]()
    for topic in library.topics:
        if sheets := tuple(handouts[handout_path(page)] for page in library.guides_of(topic)):
            address = f"{site.url}guides/{topic.id}/"
            booklet = Booklet(topic.title, topic.summary, topic.icon, address, sheets)
            found[booklet_path(topic)] = booklet
    return found


def evening_sheets_of(library: Library, site: Site) -> dict[str, EveningSheet]:
    """Return path → sheet of every evening.

    Raises:
        KeyError: an evening names a guide that is not there; the checks report it first.
    """
    return {
        path.sheet: EveningSheet(
            path,
            tuple(library.by_uri[each.guide].title for each in path.lessons),
            tuple(library.by_uri[each.guide].title for each in path.take_home),
            site.url + path.url,
            _imprint(library, site),
        )
        for path in library.learning_paths
    }


def posters_of(library: Library, site: Site, urgent: Sequence[str]) -> dict[str, Poster]:
    """Return path → poster on A4 and A3, with the first of the `urgent` guides that are there."""
    pages = [library.by_uri[uri] for uri in urgent if uri in library.by_uri]
    guides = tuple(PosterGuide(page.title, share_link(page, site).url) for page in pages)
    calls = (phone for phone in library.contacts.phones if phone.is_emergency)
    hotlines = tuple(Hotline(phone.number, phone.name) for phone in calls)
    imprint = _imprint(library, site)
    return {
        poster_path(paper): Poster(
            paper, _POSTER_TITLE, site.description, site.url, imprint, guides[:_ON_POSTER], hotlines
        )
        for paper in POSTER_PAPERS
    }


def story_form_of(library: Library, site: Site) -> StoryForm:
    """Return the form by which a team tells its own story."""
    return StoryForm(f"{site.url}stories/", _imprint(library, site))


def _imprint(library: Library, site: Site) -> Imprint:
    return Imprint(site.name, site.standing, library.team.name, library.team.phone)


def _handout(
    page: Page, topic: Topic, library: Library, site: Site, pictures: _Pictures, qr: Path | None
) -> Handout:
    reviewed = page.meta.get("reviewed")
    return Handout(
        title=page.title,
        address=share_link(page, site).url,
        imprint=_imprint(library, site),
        document=page.document,
        topic=topic.title,
        colour=topic.colour,
        audience=str(page.meta.get("audience") or ""),
        hotlines=tuple(_hotlines(page, library.contacts.phones)),
        reviewed=reviewed if isinstance(reviewed, datetime.date) else None,
        links=tuple(_resolved_links(page, library, site)),
        figures=tuple(_figures(page, library.statistics)),
        drawings=tuple(_drawings(page, pictures)),
        qr=qr,
    )


def _resolved_links(page: Page, library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """Yield (link as written, absolute address) for each link that paper can show."""
    for link in page.contents.links:
        if link.target.startswith("https:"):
            yield link.target, link.target
        else:
            path = posixpath.join(posixpath.dirname(page.uri), link.target.partition("#")[0])
            if linked := library.by_uri.get(posixpath.normpath(path)):
                yield link.target, site.url + linked.url


def _figures(page: Page, statistics: Statistics) -> Iterator[tuple[str, str]]:
    """Yield (reference, what it stands for); one that shows no figure stays as written."""
    nodes = (node for node in page.document.walk() if isinstance(node, FigureReference))
    for source in dict.fromkeys(node.source for node in nodes):
        try:
            figure, reference = find_figure(source, statistics)
        except UnknownFigureError:
            continue
        yield source, figure.number if reference.number_only else figure.text


def _drawings(page: Page, pictures: _Pictures) -> Iterator[Drawing]:
    for image in page.contents.images:
        if picture := pictures.get(resolve_target(page.uri, image.target)):
            yield Drawing(image.target, *picture)


def _hotlines(page: Page, phones: tuple[Phone, ...]) -> Iterator[Hotline]:
    """Yield each number that a guide links to, once, with what is known of it."""
    known = {phone.tel: phone for phone in phones}
    printed = {link.target: link.text for link in reversed(page.contents.links)}
    for target in dict.fromkeys(link.target for link in page.contents.links):
        scheme, _, tel = target.partition(":")
        if scheme == "tel" and (phone := known.get(tel)):
            cost = "" if phone.is_emergency else phone.cost or _UNKNOWN_COST
            yield Hotline(phone.number, phone.name, cost)
        elif scheme == "tel":
            yield Hotline(printed[target])
