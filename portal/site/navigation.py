"""The navigation of the site."""

from __future__ import annotations

from typing import NamedTuple

from portal.library.generated_pages import GeneratedPage
from portal.library.library import Library, Page
from portal.library.page_kinds import KINDS
from portal.library.rehearsals import PAGES

Outline = list[dict[str, object]]
FOLDERS = (
    ("Các buổi học", "buoi-hoc/"),
    ("Đọc trên loa", "loa/"),
    ("Tập thử", PAGES),
    ("Tên cũ, tên mới", "toi-o-dau/"),
    ("Các tổ", "cac-to/"),
)


class Neighbour(NamedTuple):
    """The link to the previous or next page, or to a parent page."""

    url: str
    title: str


def neighbours_of(uri: str, library: Library) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the previous and next page of a guide in its topic or of a story, or None."""
    before, after = library.neighbours.get(uri, (None, None))
    return _neighbour(before), _neighbour(after)


def _neighbour(page: Page | None) -> Neighbour | None:
    return Neighbour(page.url, page.title) if page else None


def outline(library: Library) -> Outline:
    """Return MkDocs' `nav`: home, guides by topic, stories, other pages."""
    parts = [page.uri for page in library.generated_pages.values() if page.part]
    guides: list[object] = ["guides/index.md"]
    for topic in library.topics:
        pages = [page.uri for page in library.guides_of(topic)]
        further = [uri for uri in parts if uri.startswith(f"guides/{topic.id}/")]
        guides.append({topic.title: [f"guides/{topic.id}/index.md", *further, *pages]})
    sections: Outline = [{"Trang chủ": "index.md"}, {"Hướng dẫn": guides}]
    for kind in (each for each in KINDS if each.list_template):
        further = [uri for uri in parts if uri.startswith(kind.folder)]
        pages = [page.uri for page in library.pages_in(kind.folder)]
        sections.append({kind.title: [f"{kind.folder}index.md", *further, *pages]})
    alone: list[Page | GeneratedPage] = [*library.pages, *library.generated_pages.values()]
    sections += [
        {title: uris}
        for title, folder in FOLDERS
        if (uris := [page.uri for page in alone if page.uri.startswith(folder)])
    ]
    return sections + [{page.title: page.uri} for page in alone if _stands_alone(page.uri)]


def parents_of(url: str, library: Library) -> tuple[Neighbour, ...]:
    """Return the parent pages of an address without the home page, top level first."""
    parts = url.split("/")[:-1]
    above = ("/".join(parts[:count]) + "/" for count in range(1, len(parts)))
    titles = library.titles
    return tuple(Neighbour(each, titles[each]) for each in above if each in titles)


def _stands_alone(uri: str) -> bool:
    return "/" not in uri and uri != "index.md"
