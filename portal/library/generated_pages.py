"""The pages that no editor writes, each kind told once: from which table, where, with what words.

A kind answers also what may lie at an address while its table cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from portal.library.glossary import GLOSSARY, Term
from portal.library.learning_paths import PATHS, LearningPath
from portal.library.places import PLACES, Place, districts_of
from portal.library.team_directory import TEAMS, ListedTeam
from portal.library.topics import TOPICS, Topic

NEWS_PAGE = "co-gi-moi.md"
MAX_LISTED = 50  # pages that one page of a section lists; more go on to the next ones


class Content(Protocol):
    """What pages are made from."""

    @property
    def topics(self) -> tuple[Topic, ...]: ...  # noqa: D102
    @property
    def stories(self) -> Sequence[object]: ...  # noqa: D102
    @property
    def glossary(self) -> tuple[Term, ...]: ...  # noqa: D102
    @property
    def learning_paths(self) -> tuple[LearningPath, ...]: ...  # noqa: D102
    @property
    def places(self) -> tuple[Place, ...]: ...  # noqa: D102
    @property
    def teams(self) -> tuple[ListedTeam, ...]: ...  # noqa: D102
    def guides_of(self, topic: Topic) -> Sequence[object]: ...  # noqa: D102


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


class Kind(NamedTuple):
    """Pages of one kind: the table they are made from, "" for none, and their addresses."""

    table: str
    addresses: re.Pattern[str]
    make: Callable[[Content], Iterator[GeneratedPage]]


def parts_of(count: int) -> int:
    """Return on how many pages a section of so many pages is listed."""
    return max(1, -(-count // MAX_LISTED))


def _with_parts(first: GeneratedPage, count: int) -> Iterator[GeneratedPage]:
    """Yield the page of a section, then those that go on with its list: "stories/trang-2.md"."""
    yield first
    folder = first.uri.removesuffix("index.md")
    for part in range(2, parts_of(count) + 1):
        uri, title = f"{folder}trang-{part}.md", f"{first.title}, trang {part}"
        yield replace(first, uri=uri, title=title, part=part)


def _overviews(content: Content) -> Iterator[GeneratedPage]:
    yield GeneratedPage(
        "guides/index.md",
        "Hướng dẫn",
        f"Mọi bài hướng dẫn, xếp theo {len(content.topics)} chủ đề.",
        "guides.html",
    )
    stories = GeneratedPage(
        "stories/index.md",
        "Câu chuyện ở xóm",
        "Các tổ công nghệ số cộng đồng đã làm gì, ghi theo báo và có ngày.",
        "stories.html",
    )
    yield from _with_parts(stories, len(content.stories))
    yield GeneratedPage(
        "goi-giup.md",
        "Gọi ai khi cần",
        "Số gọi và trang chính thức, bấm vào số là gọi.",
        "contacts.html",
        tags=("số gọi giúp", "tổng đài", "đường dây nóng", "số khẩn cấp"),
    )
    yield GeneratedPage(
        "tim-kiem.md",
        "Tìm",
        "Gõ việc cần làm, không dấu cũng được. Gõ sai vài chữ cũng tìm ra.",
        "search.html",
    )
    yield GeneratedPage("a-z.md", "Mọi bài theo chữ cái", "Mọi bài, xếp theo chữ cái.", "a-z.html")
    yield GeneratedPage(
        NEWS_PAGE,
        "Có gì mới",
        "Bài mới được đọc lại, chuyện mới đăng, kèm lời nhắn để gửi vào nhóm.",
        "news.html",
        tags=("bài mới", "tin mới"),
    )
    yield GeneratedPage(
        "da-luu.md",
        "Bài đã lưu trên máy",
        "Những bài đọc được khi không có mạng.",
        "saved.html",
    )
    yield GeneratedPage(
        "kiem-tra-ten-mien.md",
        "Kiểm tra tên miền .gov.vn",
        "Dán một địa chỉ vào, trang nói đuôi của nó là gì và vì sao. Không gửi đi đâu.",
        "domain-check.html",
        tags=("đường link lạ", "trang web thật hay giả", "link lừa đảo"),
    )


def _topics(content: Content) -> Iterator[GeneratedPage]:
    for topic in content.topics:
        uri = f"guides/{topic.id}/index.md"
        first = GeneratedPage(uri, topic.title, topic.summary, "topic.html", topic.id)
        yield from _with_parts(first, len(content.guides_of(topic)))


def _places(content: Content) -> Iterator[GeneratedPage]:
    if content.places:
        yield GeneratedPage(
            "toi-o-dau.md",
            "Tôi ở đâu bây giờ?",
            "Gõ tên xã, thị trấn, thôn, xóm cũ để biết nay thuộc xã, phường nào.",
            "places.html",
            tags=("tra tên xã mới", "xã nay tên gì", "đổi tên xã", "sáp nhập xã"),
        )
    for district in districts_of(content.places):
        names = ", ".join(dict.fromkeys(place.name for place in district.places))
        summary = f"Xã, phường cũ của {district.name} nay thuộc đâu: {names}."
        yield GeneratedPage(district.uri, district.title, summary, "district.html")


def _glossary(content: Content) -> Iterator[GeneratedPage]:
    if content.glossary:
        yield GeneratedPage(
            "tu-kho.md",
            "Từ khó, nói dễ hiểu",
            f"{len(content.glossary)} từ hay gặp, xếp theo chữ cái, có bài hướng dẫn đi kèm.",
            "glossary.html",
            tags=("từ điển", "từ viết tắt", "giải thích từ khó", "nghĩa của từ"),
        )


def _evenings(content: Content) -> Iterator[GeneratedPage]:
    if content.learning_paths:
        yield GeneratedPage(
            "buoi-hoc/index.md",
            "Các buổi học",
            "Cho người dạy ở nhà văn hóa: mục đích, bài, việc tập, câu hỏi, tờ in.",
            "paths.html",
            tags=("buổi tối học điện thoại", "lớp học ở nhà văn hóa", "giáo án", "dạy bà con"),
        )
    for path in content.learning_paths:
        yield GeneratedPage(path.uri, path.full_title, path.summary, "path.html")


def _teams(content: Content) -> Iterator[GeneratedPage]:
    if content.teams:
        yield GeneratedPage(
            "cac-to/index.md",
            "Các tổ theo xã, phường",
            "Tổ công nghệ số cộng đồng ở đâu, tìm tổ bằng cách nào, bài nào hợp với việc của tổ.",
            "teams.html",
        )
    for team in content.teams:
        summary = f"{team.place_then}, nay là {team.commune_now}."
        yield GeneratedPage(team.uri, team.name, summary, "team.html")


KINDS = (
    Kind("", re.compile("(?!)"), _overviews),
    Kind(TOPICS.path, re.compile(r"guides/[^/]+/(?:trang-\d+/)?"), _topics),
    Kind(PLACES.path, re.compile(r"toi-o-dau/.*"), _places),
    Kind(GLOSSARY.path, re.compile(r"tu-kho/"), _glossary),
    Kind(PATHS.path, re.compile(r"buoi-hoc/.*"), _evenings),
    Kind(TEAMS.path, re.compile(r"cac-to/.*"), _teams),
)


def generated_pages(content: Content) -> Iterator[GeneratedPage]:
    """Yield every page that the build makes in the order of menus, the statistics apart."""
    for kind in KINDS:
        yield from kind.make(content)


def kinds_at(address: str) -> list[Kind]:
    """Return the kinds whose pages may lie at an address, if their tables have them."""
    return [kind for kind in KINDS if kind.addresses.fullmatch(address)]
