"""The order of the site: which pages stand where, and the pages that the build adds by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from portal.library.figures import STATISTICS_PAGE
from portal.library.library import Library, Page
from portal.library.places import districts_of

Outline = list[dict[str, object]]
FOLDERS = (("Các buổi học", "buoi-hoc/"), ("Tên cũ, tên mới", "toi-o-dau/"), ("Các tổ", "cac-to/"))
NEWS_PAGE = "co-gi-moi.md"
MAX_LISTED = 50  # pages that one page of a section lists; more go on to the next ones


@dataclass(frozen=True)
class GeneratedPage:
    """A page that no editor writes; `template` fills it, `topic` is the id of a topic page.

    `tags` are the words of those who look for it, where its title has others. `part` is the
    number of a page that goes on with the list of a section, 0 for any other.
    """

    uri: str
    title: str
    summary: str
    template: str
    topic: str = ""
    tags: tuple[str, ...] = ()
    part: int = 0


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


def parts_of(count: int) -> int:
    """Return on how many pages a section of so many pages is listed."""
    return max(1, -(-count // MAX_LISTED))


def _further_parts(first: GeneratedPage, count: int) -> Iterator[GeneratedPage]:
    """Yield the pages that go on with a list: "guides/zalo/trang-2.md" and so on."""
    folder = first.uri.removesuffix("index.md")
    for part in range(2, parts_of(count) + 1):
        uri, title = f"{folder}trang-{part}.md", f"{first.title}, trang {part}"
        yield replace(first, uri=uri, title=title, part=part)


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
            tags=("số gọi giúp", "tổng đài", "đường dây nóng", "số khẩn cấp"),
        ),
        GeneratedPage(
            "tim-kiem.md",
            "Tìm",
            "Gõ việc cần làm, không dấu cũng được. Gõ sai vài chữ cũng tìm ra.",
            "search.html",
        ),
        GeneratedPage("a-z.md", "Mọi bài theo chữ cái", "Mọi bài, xếp theo chữ cái.", "a-z.html"),
        GeneratedPage(
            NEWS_PAGE,
            "Có gì mới",
            "Bài mới được đọc lại, chuyện mới đăng, kèm lời nhắn để gửi vào nhóm.",
            "news.html",
            tags=("bài mới", "tin mới"),
        ),
        GeneratedPage(
            "da-luu.md",
            "Bài đã lưu trên máy",
            "Những bài đọc được khi không có mạng.",
            "saved.html",
        ),
    ]
    pages += _further_parts(pages[1], len(library.stories))
    for topic in library.topics:
        uri = f"guides/{topic.id}/index.md"
        first = GeneratedPage(uri, topic.title, topic.summary, "topic.html", topic.id)
        pages += [first, *_further_parts(first, len(library.guides_of(topic)))]
    pages += _library_pages(library)
    yield from (page for page in pages if page.uri not in library.by_uri)


def _library_pages(library: Library) -> Iterator[GeneratedPage]:
    """Yield what is made from data files: glossary, tools, evenings, teams."""
    yield GeneratedPage(
        "kiem-tra-ten-mien.md",
        "Kiểm tra tên miền .gov.vn",
        "Dán một địa chỉ vào, trang nói đuôi của nó là gì và vì sao. Không gửi đi đâu.",
        "domain-check.html",
        tags=("đường link lạ", "trang web thật hay giả", "link lừa đảo"),
    )
    if library.places:
        yield GeneratedPage(
            "toi-o-dau.md",
            "Tôi ở đâu bây giờ?",
            "Gõ tên xã, thị trấn, thôn, xóm cũ để biết nay thuộc xã, phường nào.",
            "places.html",
            tags=("tra tên xã mới", "xã nay tên gì", "đổi tên xã", "sáp nhập xã"),
        )
    for district in districts_of(library.places):
        names = ", ".join(dict.fromkeys(place.name for place in district.places))
        summary = f"Xã, phường cũ của {district.name} nay thuộc đâu: {names}."
        yield GeneratedPage(district.uri, district.title, summary, "district.html")
    if library.glossary:
        yield GeneratedPage(
            "tu-kho.md",
            "Từ khó, nói dễ hiểu",
            f"{len(library.glossary)} từ hay gặp, xếp theo chữ cái, có bài hướng dẫn đi kèm.",
            "glossary.html",
            tags=("từ điển", "từ viết tắt", "giải thích từ khó", "nghĩa của từ"),
        )
    if library.learning_paths:
        yield GeneratedPage(
            "buoi-hoc/index.md",
            "Các buổi học",
            "Cho người dạy ở nhà văn hóa: mục đích, bài, việc tập, câu hỏi, tờ in.",
            "paths.html",
            tags=("buổi tối học điện thoại", "lớp học ở nhà văn hóa", "giáo án", "dạy bà con"),
        )
    for path in library.learning_paths:
        yield GeneratedPage(path.uri, path.full_title, path.summary, "path.html")
    if library.teams:
        yield GeneratedPage(
            "cac-to/index.md",
            "Các tổ theo xã, phường",
            "Tổ công nghệ số cộng đồng ở đâu, tìm tổ bằng cách nào, bài nào hợp với việc của tổ.",
            "teams.html",
        )
    for team in library.teams:
        summary = f"{team.place_then}, nay là {team.commune_now}."
        yield GeneratedPage(team.uri, team.name, summary, "team.html")


def outline(library: Library) -> Outline:
    """Return the navigation as MkDocs' `nav` wants it: home, guides by topic, stories, the rest."""
    parts = [page.uri for page in generated_pages(library) if page.part]
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
    alone: list[Page | GeneratedPage] = [*library.pages, *generated_pages(library)]
    sections += [
        {title: uris}
        for title, folder in FOLDERS
        if (uris := [page.uri for page in alone if page.uri.startswith(folder)])
    ]
    return sections + [{page.title: page.uri} for page in alone if _stands_alone(page.uri)]


def _stands_alone(uri: str) -> bool:
    return "/" not in uri and uri != "index.md"
