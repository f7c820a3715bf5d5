"""The kinds of pages that editors write, each described once.

A kind defines its front matter and form, template, list and feed, search weight and sharing. A new
kind is a row of `KINDS` here, its template and that of its list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portal.language.text import fold
from portal.source.schema import TEAM_FORM, Fault, Field, Kind

MAX_SUMMARY = 160  # characters; what a share preview and a search result show without cutting
DEFAULT_REVIEW_MONTHS = 6  # style.vi.md §11


@dataclass(frozen=True, eq=False)
class PageKind:
    """A kind of written page: `folder` is within docs/, "" for standalone pages.

    `title` is that of their list, in the way to a page and in the editor's menu; `one` is what a
    single page is called. `weight` is by how much search prefers them, `max_lead` how many
    characters of a page's lead come with the titles; with 0 it comes with the text. `day` is the
    field with the day of a page; `news` what the page of news says of one, "" when they are no
    news. `list_template` fills the list of a kind, newest first, and `list_summary` is its lead; ""
    for none. `sections` are the headings of a new page with advice for the writer, `command` starts
    one. Of a kind that `tells_of_people`, figures are those of its day, and words and pictures are
    somebody's.
    """

    id: str
    folder: str
    title: str
    one: str
    fields: tuple[Field, ...]
    weight: float
    max_lead: int
    template: str = "main.html"
    day: str = "reviewed"
    news: str = ""
    icon: str = ""
    list_template: str = ""
    list_summary: str = ""
    sections: Mapping[str, str] | None = None
    command: str = ""
    tells_of_people: bool = False

    @property
    def is_article(self) -> bool:
        """Return whether its pages belong to a list; single pages do not."""
        return bool(self.folder)


_CONSENT = ("consent_from", "consent_how", "consent_date")
_NO_ANSWERS = frozenset(  # folded; none of these says who agreed or how
    "co khong roi chua ok yes no x da dong y chua hoi da hoi da xin phep chua ro khong ro".split()
)


def _check_consent(person: Mapping[str, object]) -> Iterator[Fault]:
    """Yield a fault for each missing part of a consent: from whom, how, on which day."""
    for name in _CONSENT[:2]:
        words = fold(str(person.get(name) or "")).strip(" .").split()
        if words and set(words) <= _NO_ANSWERS:
            message = f"'{name}' ghi '{person[name]}', chưa nói được ai đồng ý, bằng cách nào"
            yield Fault(message, "hỏi rồi ghi thật; chưa hỏi thì bỏ name, chỉ ghi vai trò", name)
    missing = [name for name in _CONSENT if not person.get(name)]
    if person.get("name") and missing:
        message = f"nêu tên {person['name']} mà chưa ghi đủ sự đồng ý, thiếu {', '.join(missing)}"
        fix = "ghi ai đồng ý, bằng cách nào, ngày nào; hoặc bỏ name và chỉ ghi vai trò"
        yield Fault(message, fix, "name")


_TITLE = Field(
    "title", Kind.TEXT, "Tên bài", "Bắt đầu bằng động từ, không quá 8 tiếng nếu được.",
    "Kích hoạt tài khoản VNeID", max_length=120,
)  # fmt: skip
_SUMMARY = Field(
    "summary", Kind.TEXT, "Tóm tắt", "Một câu hiện khi chia sẻ và khi tìm kiếm.",
    "Làm một lần trên điện thoại, khoảng bốn bước.", max_length=MAX_SUMMARY,
)  # fmt: skip
_SOURCES = Field(
    "sources", Kind.FACTS, "Nguồn", "Mã dữ kiện trong data/facts.yml, hoặc tên + url + ngày.",
    "[F1.14, F1.15]",
    fields=(
        Field("name", Kind.TEXT, "Tên nguồn", "Nơi đăng.", "Báo Ninh Bình"),
        Field("url", Kind.ADDRESS, "Địa chỉ", "Bắt đầu bằng https://", "https://…"),
        Field("date", Kind.DATE, "Ngày", "Ngày của nguồn.", "2024-09-08"),
        Field("says", Kind.TEXT, "Câu trong nguồn", "Chép nguyên câu có con số.",
              "Phí cấp lại là 50.000 đồng.", required=False),
    ),
)  # fmt: skip
# A team's own form has no address.
_STORY_SOURCES = replace(
    _SOURCES,
    fields=tuple(
        replace(part, required=part.required and part.name != "url") for part in _SOURCES.fields
    ),
)
_SHORTLINK = Field(
    "shortlink", Kind.SLUG, "Đường dẫn ngắn", "Chữ thường không dấu, đọc được qua điện thoại.",
    "kich-hoat", max_length=30,
)  # fmt: skip
_TAGS = Field(
    "tags", Kind.TEXTS, "Từ khóa", "Chữ bà con hay dùng để gọi việc này.", "[VNeID, kích hoạt]",
    required=False,
)  # fmt: skip
LOUDSPEAKER = Field(
    "loudspeaker", Kind.TEXT, "Lời đọc trên loa",
    "Số viết bằng chữ, câu không quá 15 tiếng, cả bài không quá 330 tiếng, số gọi nói hai lần.",
    "Gọi một năm sáu. Xin nhắc lại, một năm sáu.", required=False, is_shown=False, is_long=True,
)  # fmt: skip
_REVIEWED = Field(
    "reviewed", Kind.DATE, "Ngày kiểm tra", "Ngày đối chiếu bài với dữ kiện.", "2026-11-24"
)

GUIDE = PageKind(
    "guide", "guides/", "Hướng dẫn", "bài hướng dẫn", weight=1.1, max_lead=300,
    template="guide.html", news="Bài mới đọc lại", command="make guide",
    fields=(
        _TITLE,
        _SUMMARY,
        Field("topic", Kind.TOPIC, "Chủ đề", "Một mã trong data/topics.yml.", "dinh-danh"),
        Field(
            "audience", Kind.TEXT, "Dành cho ai", "Một câu, in ở đầu bài.",
            "Người đã làm định danh mức 2 tại Công an.", max_length=160,
        ),
        _REVIEWED,
        Field(
            "review_in", Kind.MONTHS, "Kiểm tra lại sau (tháng)", "Từ 1 đến 24.", "6",
            required=False, default=DEFAULT_REVIEW_MONTHS,
        ),
        Field("owner", Kind.TEXT, "Người phụ trách", "Nhóm hoặc vai trò.", "ban-bien-tap",
              max_length=60, is_shown=False),
        _SOURCES,
        _SHORTLINK,
        _TAGS,
        LOUDSPEAKER,
    ),
    sections={
        "Làm ngay": "1. {việc phải làm trước tiên, mỗi dòng một việc, không quá 5 việc}",
        "Cần có trước": "- {thứ bà con phải có trong tay, 2 đến 5 dòng, ví dụ: thẻ căn cước}",
        "Mất bao lâu, mất tiền không":
            "{mấy phút, mấy tiền; không biết thì ghi hỏi ai, hỏi câu gì}",
        "Các bước": "1. {mỗi bước một việc trên một màn hình, 3 đến 9 bước, chữ trên nút in đậm}",
        "Làm xong thấy gì": "{một câu tả màn hình khi đã xong}",
        "Hay vướng": "- {dấu hiệu → cách gỡ, mỗi dòng một chuyện}",
        "Coi chừng": "- {nói rõ chuyện gì xảy ra và làm gì ngay, nhiều nhất 3 dòng}",
        "Vẫn không được": "{gọi số nào, đến đâu, mang theo gì}",
    },
)  # fmt: skip
STORY = PageKind(
    "story", "stories/", "Câu chuyện ở xóm", "câu chuyện", weight=1.0, max_lead=300,
    template="story.html", day="published", news="Chuyện mới đăng", command="make story",
    icon="material/account-group-outline", tells_of_people=True, list_template="stories.html",
    list_summary="Các tổ công nghệ số cộng đồng đã làm gì, ghi theo báo và có ngày.",
    fields=(
        _TITLE,
        _SUMMARY,
        Field("team", Kind.TEXT, "Tổ", "Tên tổ.", "Tổ công nghệ số cộng đồng thôn Lạc Hiền"),
        Field("place_then", Kind.TEXT, "Nơi, lúc đó", "Tên gọi khi câu chuyện diễn ra.",
              "thôn Lạc Hiền, xã Yên Hòa, huyện Yên Mô (cũ)"),
        Field("place_now", Kind.TEXT, "Nơi, bây giờ", "Tên đơn vị sau ngày 1/7/2025.", "xã Yên Mô"),
        Field("published", Kind.DATE, "Ngày đăng", "Ngày đăng trên trang này.", "2026-11-24"),
        Field(
            "people", Kind.RECORDS, "Người được nhắc tên", "Vai trò, lời lấy từ đâu, sự đồng ý.",
            "[]", required=False, default=(), check=_check_consent,
            fields=(
                Field("role", Kind.TEXT, "Vai trò", "Chức vụ hoặc vai trò.",
                      "Phó Chủ tịch UBND xã"),
                Field("name", Kind.TEXT, "Tên", "Chỉ khi đã đồng ý.", "Nguyễn Văn A",
                      required=False),
                Field("words_from", Kind.SOURCE, "Lời lấy từ",
                      f"Mã nguồn trong data/facts.yml, hoặc: {TEAM_FORM}.", "S00"),
                Field("consent_from", Kind.TEXT, "Ai đồng ý", "Người ấy, hoặc ai thay mặt.",
                      "chính người ấy", required=False),
                Field("consent_how", Kind.TEXT, "Bằng cách nào", "Nói, nhắn hay ký; nơi đăng.",
                      "nhắn Zalo cho tổ trưởng, đồng ý đăng trên trang này", required=False),
                Field("consent_date", Kind.DATE, "Ngày đồng ý", "Ngày người ấy đồng ý.",
                      "2026-11-24", required=False),
            ),
        ),
        Field("people_in_picture", Kind.TEXT, "Người trong ảnh",
              "none: không thấy mặt ai; consented: mọi người đã đồng ý.", "none", required=False,
              is_shown=False),
        _STORY_SOURCES,
        Field("shortlink", Kind.SLUG, _SHORTLINK.label, _SHORTLINK.help, "lac-hien",
              required=False, max_length=30),
        _TAGS,
    ),
    sections={
        "Điều biết được về tổ": "{ai làm việc gì, ở đâu, ngày nào, theo nguồn nào; không thêm lời}",
        "Con số lúc đó": "- {con số của ai, đến ngày nào; lấy mã ở trang Số liệu}",
        "Tổ khác làm theo được gì": "- {một việc tổ khác làm được, kèm bài hướng dẫn}",
        "Nơi này bây giờ": "{tên xã, phường sau ngày 1/7/2025 và căn cứ}",
    },
)  # fmt: skip
PAGE = PageKind(
    "page", "", "Trang riêng", "trang", weight=0.95, max_lead=0,
    fields=(
        _TITLE,
        _SUMMARY,
        Field("reviewed", Kind.DATE, _REVIEWED.label, _REVIEWED.help, "2026-11-24", required=False),
        Field("sources", Kind.FACTS, _SOURCES.label, _SOURCES.help, "[F12.04]",
              required=False, fields=_SOURCES.fields),
        Field("shortlink", Kind.SLUG, _SHORTLINK.label, _SHORTLINK.help, "gioi-thieu",
              required=False, max_length=30),
        _TAGS,
    ),
)  # fmt: skip
KINDS = (GUIDE, STORY, PAGE)
BRIEF = replace(PAGE, weight=0.8)  # a page that guides tell more of, found by its own name
SHOWN_TEXTS = tuple(  # texts that readers see besides the body
    dict.fromkeys(
        field.name
        for kind in KINDS
        for field in kind.fields
        if field.kind is Kind.TEXT and field.is_shown
    )
)


def kind_of(uri: str) -> PageKind:
    """Return the kind of a file in docs/; a folder's index is a single page."""
    found = (kind for kind in KINDS if kind.folder and uri.startswith(kind.folder))
    return PAGE if uri.endswith("/index.md") else next(found, PAGE)
