"""The content of the site's printed sheets, from the library, by path within the site."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from portal.drawn.paper.announcement_sheets import AnnouncementSheet, PrintedAnnouncement
from portal.drawn.paper.evening_sheets import EveningSheet
from portal.drawn.paper.handouts import Booklet, GuidePicture, Handout, Hotline, Imprint
from portal.drawn.paper.posters import Poster, PosterGuide
from portal.drawn.paper.stamp_cards import StampCards
from portal.drawn.paper.story_forms import StoryForm
from portal.images.usage import resolve_target
from portal.language.text import format_day
from portal.library.announcements import announcement_of
from portal.library.contacts import Phone
from portal.library.figures import figures_in
from portal.library.library import Library, Page
from portal.library.printed_facts import (
    booklet_sheet,
    evening_sheet,
    handout_sheet,
    poster_sheet,
    stamp_cards_sheet,
    story_form_sheet,
)
from portal.library.published_addresses import (
    POSTER_PAPERS,
    announcement_path,
    booklet_path,
    handout_path,
    poster_path,
    share_link,
)
from portal.library.site_identity import Site
from portal.library.statistics import Statistics
from portal.library.team_stories import QUESTIONS
from portal.library.topics import Topic
from portal.system.cache import cache_key

_POSTER_TITLE, _ON_POSTER = "Kỹ năng số cho bà con", 3  # guides
_UNKNOWN_COST = "cước gọi chưa rõ"

Files = Mapping[str, Path]
_Pictures = Mapping[str, tuple[str, Path]]  # path within docs/ → digest, file


def handouts_of(library: Library, site: Site, pictures: Files) -> dict[str, Handout]:
    """Return path → handout of every guide, in the order of the topics.

    `pictures` are files by path within docs/.
    """
    known = {uri: (cache_key(file.read_bytes()), file) for uri, file in pictures.items()}
    topics = {topic.id: topic for topic in library.topics}
    found = dict[str, Handout]()
    for page in library.guides:
        if topic := topics.get(str(page.meta.get("topic"))):
            found[handout_path(page)] = _handout(page, topic, library, site, known)
    return found


def booklets_of(
    library: Library, site: Site, handouts: Mapping[str, Handout]
) -> dict[str, Booklet]:
    """Return path → booklet of every topic that has guides."""
    found = dict[str, Booklet]()
    for topic in library.topics:
        if sheets := tuple(handouts[handout_path(page)] for page in library.guides_of(topic)):
            marked = booklet_sheet(topic, library)
            address = site.url + marked.address
            booklet = Booklet(topic.title, topic.summary, topic.icon, address, sheets, marked.mark)
            found[booklet_path(topic)] = booklet
    return found


def evening_sheets_of(library: Library, site: Site) -> dict[str, EveningSheet]:
    """Return path → sheet of every evening.

    Raises:
        KeyError: an evening names a missing guide; the checks report it first.
    """
    return {
        path.sheet: EveningSheet(
            path,
            tuple(library.by_uri[each.guide].title for each in path.lessons),
            tuple(library.by_uri[each.guide].title for each in path.take_home),
            site.url + path.url,
            _imprint(library, site),
            evening_sheet(path, library).mark,
        )
        for path in library.learning_paths
    }


def posters_of(library: Library, site: Site, urgent: Sequence[str]) -> dict[str, Poster]:
    """Return path → poster on A4 and A3, with the first existing `urgent` guides."""
    pages, mark = (
        [library.by_uri[u] for u in urgent if u in library.by_uri],
        poster_sheet(library).mark,
    )
    guides = tuple(PosterGuide(page.title, share_link(page, site).url, mark) for page in pages)
    calls = (phone for phone in library.contacts.phones if phone.is_emergency)
    hotlines = tuple(Hotline(phone.number, phone.name) for phone in calls)
    poster = Poster(
        POSTER_PAPERS[0],
        _POSTER_TITLE,
        site.description,
        site.url,
        _imprint(library, site),
        guides[:_ON_POSTER],
        hotlines,
        mark,
    )
    return {poster_path(paper): replace(poster, paper=paper) for paper in POSTER_PAPERS}


def announcement_sheets_of(library: Library, site: Site) -> dict[str, AnnouncementSheet]:
    """Return path → sheet of every text for the loudspeakers and of every week, longest first."""
    if not library.loudspeaker_weeks:
        return {}
    imprint = _imprint(library, site)
    texts = {page.uri: _printed(page, library, site) for page in library.guides}
    weeks = dict[str, AnnouncementSheet]()
    for number, week in enumerate(library.loudspeaker_weeks, 1):
        evenings = {day: texts[uri] for day, uri in week.evenings if uri in texts}
        title, days = f"Tuần {number}: {week.title}", tuple(evenings)
        said = tuple(evenings.values())
        weeks[week.sheet] = AnnouncementSheet(title, week.summary, said, imprint, days)
    single = {
        announcement_path(page): AnnouncementSheet(page.title, "", (texts[page.uri],), imprint)
        for page in library.guides
    }
    return {**weeks, **single}


def _printed(page: Page, library: Library, site: Site) -> PrintedAnnouncement:
    said = announcement_of(page, library)
    author = "Ban biên tập viết" if said.is_written else "Máy soạn từ bài, xem trước một lượt"
    day = f", kiểm tra ngày {format_day(page.day)}" if page.day else ""
    return PrintedAnnouncement(
        page.title,
        tuple(map(" ".join, said.paragraphs)),
        said.seconds,
        f"{author}{day}.",
        share_link(page, site).url,
        handout_sheet(page, library).mark,
    )


def story_form_of(library: Library, site: Site) -> StoryForm:
    """Return the form for a team's own story."""
    marked = story_form_sheet()
    questions = tuple(QUESTIONS.items())
    return StoryForm(questions, site.url + marked.address, _imprint(library, site), marked.mark)


def stamp_cards_of(library: Library, site: Site) -> StampCards:
    """Return the cards for all evenings."""
    titles, marked = (
        tuple(path.title for path in library.learning_paths),
        stamp_cards_sheet(library),
    )
    return StampCards(titles, site.url + marked.address, _imprint(library, site), marked.mark)


def _imprint(library: Library, site: Site) -> Imprint:
    return Imprint(site.name, site.standing, library.team.name, library.team.phone)


def _handout(
    page: Page, topic: Topic, library: Library, site: Site, pictures: _Pictures
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
        mark=handout_sheet(page, library).mark,
    )


def _resolved_links(page: Page, library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """Yield (link as written, absolute address) for each link with a printable address."""
    for link in page.contents.links:
        if link.target.startswith("https:"):
            yield link.target, link.target
        else:
            path = posixpath.join(posixpath.dirname(page.uri), link.target.partition("#")[0])
            if linked := library.by_uri.get(posixpath.normpath(path)):
                yield link.target, site.url + linked.url


def _figures(page: Page, statistics: Statistics) -> Iterator[tuple[str, str]]:
    """Yield (reference, text); an invalid reference is printed as written."""
    for source, figure, reference in figures_in(page.document, statistics):
        yield source, figure.number if reference.number_only else figure.text


def _drawings(page: Page, pictures: _Pictures) -> Iterator[GuidePicture]:
    for image in page.contents.images:
        if picture := pictures.get(resolve_target(page.uri, image.target)):
            yield GuidePicture(image.target, *picture)


def _hotlines(page: Page, phones: tuple[Phone, ...]) -> Iterator[Hotline]:
    """Yield the unique telephone numbers that a guide links to."""
    known = {phone.tel: phone for phone in phones}
    printed = {link.target: link.text for link in reversed(page.contents.links)}
    for target in dict.fromkeys(link.target for link in page.contents.links):
        scheme, _, tel = target.partition(":")
        if scheme == "tel" and (phone := known.get(tel)):
            cost = "" if phone.is_emergency else phone.cost or _UNKNOWN_COST
            yield Hotline(phone.number, phone.name, cost)
        elif scheme == "tel":
            yield Hotline(printed[target])
