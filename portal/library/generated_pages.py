"""The generated pages; each kind is described once: its table, addresses and texts.

A kind also tells which addresses may exist while its table is invalid. A new kind is a row of
`GENERATED_KINDS` with its table, the template of its pages, and the data file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from portal.library.figures import STATISTICS_PAGE
from portal.library.glossary import GLOSSARY, Term
from portal.library.learning_paths import PATHS, LearningPath
from portal.library.loudspeaker_weeks import FOLDER, WEEKS, LoudspeakerWeek, announcement_uri
from portal.library.page_kinds import GUIDE, KINDS
from portal.library.places import PLACES, Place, districts_of
from portal.library.rehearsals import PAGES, REHEARSALS, Rehearsal
from portal.library.team_directory import TEAMS, ListedTeam
from portal.library.topics import TOPICS, Topic
from portal.source.datafiles import Row, Table

NEWS_PAGE = "co-gi-moi.md"
MAX_LISTED = 50  # entries on one page of a section list; more are paginated


class GuideInputs(Protocol):
    """A guide, as far as pages are generated from it."""

    @property
    def uri(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102


class PageInputs(Protocol):
    """The content that pages are generated from."""

    @property
    def topics(self) -> tuple[Topic, ...]: ...  # noqa: D102
    @property
    def glossary(self) -> tuple[Term, ...]: ...  # noqa: D102
    @property
    def learning_paths(self) -> tuple[LearningPath, ...]: ...  # noqa: D102
    @property
    def loudspeaker_weeks(self) -> tuple[LoudspeakerWeek, ...]: ...  # noqa: D102
    @property
    def rehearsals(self) -> tuple[Rehearsal, ...]: ...  # noqa: D102
    @property
    def places(self) -> tuple[Place, ...]: ...  # noqa: D102
    @property
    def teams(self) -> tuple[ListedTeam, ...]: ...  # noqa: D102
    @property
    def guides(self) -> Sequence[GuideInputs]: ...  # noqa: D102
    def guides_of(self, topic: Topic) -> Sequence[object]: ...  # noqa: D102
    def pages_in(self, folder: str) -> Sequence[object]: ...  # noqa: D102
    def rows_of(self, path: str) -> tuple[Row, ...]: ...  # noqa: D102


@dataclass(frozen=True)
class GeneratedPage:
    """A generated page; `template` renders it, `topic` is the id of a topic page.

    `canonical` is the page, by `uri`, whose content it repeats: it has that page's card and address
    for search engines. `tags` are search words that its title lacks. `part` is the number of a
    further page of a paginated list, 0 for any other. `label` is its name in breadcrumbs, "" for
    the title. The content of one that `is_private` is generated on the reader's phone. One that is
    not `is_found` is not in the search index; of one that `is_brief`, title and summary are.
    """

    uri: str
    title: str
    summary: str
    template: str
    topic: str = ""
    tags: tuple[str, ...] = ()
    part: int = 0
    label: str = ""
    is_private: bool = False
    canonical: str = ""
    is_found: bool = True
    is_brief: bool = False

    @property
    def is_listed(self) -> bool:
        """Return whether the page has an address of its own to share and to index."""
        return not self.is_private and not self.canonical


class GeneratedKind(NamedTuple):
    """A kind of generated page: its data file, its addresses and the function that makes it.

    Templates read the rows of a table that `is_plain` by `Library.rows_of`; a module of its own
    makes records of the rows of any other.
    """

    table: Table
    addresses: re.Pattern[str]
    make: Callable[[PageInputs], Iterator[GeneratedPage]]
    is_plain: bool = False


def parts_of(count: int) -> int:
    """Return the number of pages of a list with so many entries."""
    return max(1, -(-count // MAX_LISTED))


def _with_parts(first: GeneratedPage, count: int) -> Iterator[GeneratedPage]:
    """Yield the first page of a section, then the further ones: "stories/trang-2.md"."""
    yield first
    folder = first.uri.removesuffix("index.md")
    for part in range(2, parts_of(count) + 1):
        uri, title = f"{folder}trang-{part}.md", f"{first.title}, trang {part}"
        yield replace(first, uri=uri, title=title, part=part)


def _overviews(content: PageInputs) -> Iterator[GeneratedPage]:
    yield GeneratedPage(
        f"{GUIDE.folder}index.md",
        GUIDE.title,
        f"Mọi bài hướng dẫn, xếp theo {len(content.topics)} chủ đề.",
        "guides.html",
        label="Chủ đề",
    )
    for kind in (each for each in KINDS if each.list_template):
        uri, template = f"{kind.folder}index.md", kind.list_template
        first = GeneratedPage(uri, kind.title, kind.list_summary, template)
        yield from _with_parts(first, len(content.pages_in(kind.folder)))
    yield GeneratedPage(
        STATISTICS_PAGE,
        "Số liệu",
        "Các con số về chuyển đổi số ở Ninh Bình, có ngày, nơi và nguồn.",
        "statistics.html",
    )
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
        is_private=True,
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
        is_private=True,
    )
    yield GeneratedPage(
        "kiem-tra-ten-mien.md",
        "Kiểm tra tên miền .gov.vn",
        "Dán một địa chỉ vào, trang nói đuôi của nó là gì và vì sao. Không gửi đi đâu.",
        "domain-check.html",
        tags=("đường link lạ", "trang web thật hay giả", "link lừa đảo"),
    )


def _topics(content: PageInputs) -> Iterator[GeneratedPage]:
    for topic in content.topics:
        uri = f"guides/{topic.id}/index.md"
        first = GeneratedPage(uri, topic.title, topic.summary, "topic.html", topic.id)
        yield from _with_parts(first, len(content.guides_of(topic)))


def _places(content: PageInputs) -> Iterator[GeneratedPage]:
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


def _glossary(content: PageInputs) -> Iterator[GeneratedPage]:
    if content.glossary:
        yield GeneratedPage(
            "tu-kho.md",
            "Từ khó, nói dễ hiểu",
            f"{len(content.glossary)} từ hay gặp, xếp theo chữ cái, có bài hướng dẫn đi kèm.",
            "glossary.html",
            tags=("từ điển", "từ viết tắt", "giải thích từ khó", "nghĩa của từ"),
        )


def _evenings(content: PageInputs) -> Iterator[GeneratedPage]:
    if content.learning_paths:
        yield GeneratedPage(
            "buoi-hoc/index.md",
            "Các buổi học",
            "Cho người dạy ở nhà văn hóa: mục đích, bài, việc tập, câu hỏi, tờ in.",
            "paths.html",
            tags=("buổi tối học điện thoại", "lớp học ở nhà văn hóa", "giáo án", "dạy bà con"),
        )
        yield GeneratedPage(
            "buoi-hoc/giay-ghi-nhan.md",
            "Giấy ghi nhận đã học",
            "Tổ gõ tên rồi in; tên không lưu, không gửi đi đâu.",
            "certificate.html",
            is_private=True,
            is_found=False,
        )
    for path in content.learning_paths:
        yield GeneratedPage(path.uri, path.full_title, path.summary, "path.html")


def _announcements(content: PageInputs) -> Iterator[GeneratedPage]:
    if not content.loudspeaker_weeks:
        return
    yield GeneratedPage(
        f"{FOLDER}index.md",
        "Đọc trên loa",
        "Lời đọc cho loa truyền thanh: mỗi tối một bài, đọc không quá một phút rưỡi.",
        "loudspeaker.html",
        is_found=False,
    )
    for guide in content.guides:
        yield GeneratedPage(
            announcement_uri(guide.uri),
            f"Đọc trên loa: {guide.title}",
            f"Lời đọc cho loa truyền thanh của bài “{guide.title}”.",
            "announcement.html",
            label=guide.title,
            canonical=guide.uri,
            is_found=False,
        )


def _rehearsals(content: PageInputs) -> Iterator[GeneratedPage]:
    if content.rehearsals:
        yield GeneratedPage(
            f"{PAGES}index.md",
            "Tập thử",
            "Bấm thử trên màn hình tập, không phải thật: chọn sai cũng không mất gì.",
            "rehearsals.html",
            is_brief=True,
        )
    for each in content.rehearsals:
        title, summary = f"Tập thử: {each.title}", each.summary
        yield GeneratedPage(
            each.uri, title, summary, "rehearsal.html", label=each.title, is_brief=True
        )


def _teams(content: PageInputs) -> Iterator[GeneratedPage]:
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


GENERATED_KINDS = (
    GeneratedKind(TOPICS, re.compile(r"guides/[^/]+/(?:trang-\d+/)?"), _topics),
    GeneratedKind(PLACES, re.compile(r"toi-o-dau/.*"), _places),
    GeneratedKind(GLOSSARY, re.compile(r"tu-kho/"), _glossary),
    GeneratedKind(PATHS, re.compile(r"buoi-hoc/.*"), _evenings),
    GeneratedKind(WEEKS, re.compile(r"loa/.*"), _announcements),
    GeneratedKind(REHEARSALS, re.compile(r"tap-thu/.*"), _rehearsals),
    GeneratedKind(TEAMS, re.compile(r"cac-to/.*"), _teams),
)


def generated_pages(content: PageInputs) -> Iterator[GeneratedPage]:
    """Yield every generated page, in the order of menus."""
    yield from _overviews(content)
    for kind in GENERATED_KINDS:
        yield from kind.make(content)


def plain_tables() -> Iterator[Table]:
    """Yield the tables that no module makes records of."""
    yield from (kind.table for kind in GENERATED_KINDS if kind.is_plain)


def kinds_at(address: str) -> list[GeneratedKind]:
    """Return the kinds to which an address can belong."""
    return [kind for kind in GENERATED_KINDS if kind.addresses.fullmatch(address)]
