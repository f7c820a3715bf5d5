"""The order of the site: which pages stand where."""

from __future__ import annotations

from typing import NamedTuple

from portal.library.figures import STATISTICS_PAGE
from portal.library.generated_pages import GeneratedPage
from portal.library.library import Library, Page

Outline = list[dict[str, object]]
FOLDERS = (("Các buổi học", "buoi-hoc/"), ("Tên cũ, tên mới", "toi-o-dau/"), ("Các tổ", "cac-to/"))


class Neighbour(NamedTuple):
    """All that a page shows of the one before or after it."""

    url: str
    title: str


def neighbours_of(uri: str, library: Library) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the pages before and after a guide of a topic or a story, None where there is none."""
    before, after = library.neighbours.get(uri, (None, None))
    return _neighbour(before), _neighbour(after)


def _neighbour(page: Page | None) -> Neighbour | None:
    return Neighbour(page.url, page.title) if page else None


def outline(library: Library) -> Outline:
    """Return the navigation as MkDocs' `nav` wants it: home, guides by topic, stories, the rest."""
    parts = [page.uri for page in library.generated_pages.values() if page.part]
    guides: list[object] = ["guides/index.md"]
    for topic in library.topics:
        pages = [page.uri for page in library.guides_of(topic)]
        further = [uri for uri in parts if uri.startswith(f"guides/{topic.id}/")]
        guides.append({topic.title: [f"guides/{topic.id}/index.md", *further, *pages]})
    further = [uri for uri in parts if uri.startswith("stories/")]
    stories = ["stories/index.md", *further, *(page.uri for page in library.stories)]
    sections: Outline = [
        {"Trang chủ": "index.md"},
        {"Hướng dẫn": guides},
        {"Câu chuyện": stories},
        {"Số liệu": STATISTICS_PAGE},
    ]
    alone: list[Page | GeneratedPage] = [*library.pages, *library.generated_pages.values()]
    sections += [
        {title: uris}
        for title, folder in FOLDERS
        if (uris := [page.uri for page in alone if page.uri.startswith(folder)])
    ]
    return sections + [{page.title: page.uri} for page in alone if _stands_alone(page.uri)]


def _stands_alone(uri: str) -> bool:
    return "/" not in uri and uri != "index.md"
