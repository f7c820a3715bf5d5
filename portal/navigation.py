"""The order of the site: which pages stand where, and the pages that the build adds by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.figures import STATISTICS_PAGE
from portal.library import Library, Page

Outline = list[dict[str, object]]


@dataclass(frozen=True)
class GeneratedPage:
    """A page that no editor writes; `template` fills it, `topic` is the id of a topic page."""

    uri: str
    title: str
    summary: str
    template: str
    topic: str = ""


def generated_pages(library: Library) -> Iterator[GeneratedPage]:
    """Yield the overview pages of guides, topics and stories, unless an editor wrote one."""
    pages = [
        GeneratedPage(
            "guides/index.md",
            "Hướng dẫn",
            "Mọi bài hướng dẫn, xếp theo mười hai chủ đề.",
            "guides.html",
        ),
        GeneratedPage(
            "stories/index.md",
            "Câu chuyện ở xóm",
            "Các tổ công nghệ số cộng đồng đã làm gì, ghi theo báo và có ngày.",
            "stories.html",
        ),
        GeneratedPage(
            "goi-giup.md",
            "Gọi ai khi cần",
            "Số gọi và trang chính thức, bấm vào số là gọi.",
            "contacts.html",
        ),
        GeneratedPage(
            "tim-kiem.md",
            "Tìm",
            "Gõ việc cần làm, không dấu cũng được. Gõ sai vài chữ cũng tìm ra.",
            "search.html",
        ),
        GeneratedPage("a-z.md", "Mọi bài theo chữ cái", "Mọi bài, xếp theo chữ cái.", "a-z.html"),
        GeneratedPage(
            "da-luu.md",
            "Bài đã lưu trên máy",
            "Những bài đọc được khi không có mạng.",
            "saved.html",
        ),
    ]
    pages += [
        GeneratedPage(
            f"guides/{topic.id}/index.md", topic.title, topic.summary, "topic.html", topic.id
        )
        for topic in library.topics
    ]
    yield from (page for page in pages if page.uri not in library.by_uri)


def outline(library: Library) -> Outline:
    """Return the navigation as MkDocs' `nav` wants it: home, guides by topic, stories, the rest."""
    guides: list[object] = ["guides/index.md"]
    for topic in library.topics:
        pages = [page.uri for page in library.guides_of(topic)]
        guides.append({topic.title: [f"guides/{topic.id}/index.md", *pages]})
    stories = ["stories/index.md", *(page.uri for page in library.stories)]
    sections: Outline = [
        {"Trang chủ": "index.md"},
        {"Hướng dẫn": guides},
        {"Câu chuyện": stories},
        {"Số liệu": STATISTICS_PAGE},
    ]
    alone: list[Page | GeneratedPage] = [*library.pages, *generated_pages(library)]
    return sections + [{page.title: page.uri} for page in alone if _stands_alone(page.uri)]


def _stands_alone(uri: str) -> bool:
    return "/" not in uri and uri != "index.md"
