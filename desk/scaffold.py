"""New pages with every field filled and the fixed sections in place, ready for an editor's words.

Fields come from the schema and sections from the checks, so a new page cannot disagree with them.
What only the editor can know is a sentence of advice that the checks refuse to publish.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from portal.checks.advice_text import advise
from portal.checks.headings import SECTIONS
from portal.drawn.paper.story_forms import QUESTIONS
from portal.language.text import slugify, to_house_tone_style, to_nfc
from portal.library.library import Library
from portal.library.published_addresses import RESERVED
from portal.source.naming import file_slug
from portal.source.schema import GUIDE_FIELDS, STORY_FIELDS, Field, Kind

EMERGENCY_TOPIC = "an-toan"  # only its guides begin with "Làm ngay"
MAX_SHORTLINK_SYLLABLES = 4  # what can be read out over a telephone
DEFAULT_OWNER = "ban-bien-tap"

GUIDE_SECTIONS: Mapping[str, str] = {
    "Làm ngay": "1. {việc phải làm trước tiên, mỗi dòng một việc, không quá 5 việc}",
    "Cần có trước": "- {thứ bà con phải có trong tay, 2 đến 5 dòng, ví dụ: thẻ căn cước}",
    "Mất bao lâu, mất tiền không": "{mấy phút, mấy tiền; không biết thì ghi hỏi ai, hỏi câu gì}",
    "Các bước": "1. {mỗi bước một việc trên một màn hình, 3 đến 9 bước, chữ trên nút in đậm}",
    "Làm xong thấy gì": "{một câu tả màn hình khi đã xong}",
    "Hay vướng": "- {dấu hiệu → cách gỡ, mỗi dòng một chuyện}",
    "Coi chừng": "- {nói rõ chuyện gì xảy ra và làm gì ngay, nhiều nhất 3 dòng}",
    "Vẫn không được": "{gọi số nào, đến đâu, mang theo gì}",
}
STORY_SECTIONS: Mapping[str, str] = {
    "Điều biết được về tổ": "{ai làm việc gì, ở đâu, ngày nào, theo nguồn nào; không thêm lời}",
    "Con số lúc đó": "- {con số của ai, đến ngày nào; lấy mã ở trang Số liệu}",
    "Tổ khác làm theo được gì": "- {một việc tổ khác làm được, kèm bài hướng dẫn}",
    "Nơi này bây giờ": "{tên xã, phường sau ngày 1/7/2025 và căn cứ}",
}
TEAM_STORY_START = "Chuyện do tổ tự kể theo phiếu tám câu. Ban biên tập chỉ sửa chính tả."


@dataclass(frozen=True)
class Draft:
    """A page to be written: its place within docs/, its text and its proposed short link."""

    uri: str
    text: str
    shortlink: str


def draft_guide(library: Library, title: str, topic: str) -> Draft:
    """Return a new guide under one of the library's topics."""
    return _draft(library, f"guides/{topic}", GUIDE_FIELDS, guide_body(topic), title, topic)


def draft_story(library: Library, title: str) -> Draft:
    """Return a new story."""
    return _draft(library, "stories", STORY_FIELDS, story_body(), title)


def draft_team_story(library: Library, title: str) -> Draft:
    """Return a new story that a team tells itself: the sections are the questions of its form."""
    asked = {name: f"{{lời của tổ, trả lời câu: {ask}}}" for name, ask in QUESTIONS.items()}
    body = f"\n{TEAM_STORY_START}\n{_body(asked)}"
    form = advise("Phiếu tự kể của tổ nào, ai giữ phiếu")
    day = library.today.isoformat()
    sources = f"sources:\n  - name: {json.dumps(form, ensure_ascii=False)}\n    date: {day}\n"
    return _draft(library, "stories", STORY_FIELDS, body, title, sources=sources)


def guide_body(topic: str) -> str:
    """Return the sections of a guide, each with its advice; only scam guides have "Làm ngay"."""
    names = SECTIONS if topic == EMERGENCY_TOPIC else SECTIONS[1:]
    return _body({name: GUIDE_SECTIONS[name] for name in names})


def story_body() -> str:
    """Return the sections of a story, each with its advice."""
    return _body(STORY_SECTIONS)


def _body(sections: Mapping[str, str]) -> str:
    return "".join(f"\n## {name}\n\n{_marked(advice)}\n" for name, advice in sections.items())


def _draft(
    library: Library,
    folder: str,
    fields: tuple[Field, ...],
    body: str,
    title: str,
    topic: str = "",
    sources: str = "",
) -> Draft:
    name = to_house_tone_style(" ".join(to_nfc(title).split()))
    shortlink = propose_shortlink(library, name)
    known: dict[str, object] = {
        "title": name,
        "topic": topic,
        "owner": DEFAULT_OWNER,
        "shortlink": shortlink,
    }
    asked = (field for field in fields if field.required or field.kind is not Kind.TEXT)
    rows = "".join(
        sources
        if sources and field.kind is Kind.FACTS
        else _row(field, known.get(field.name), library)
        for field in asked
    )
    text = f"---\n{rows}---\n{body}"
    return Draft(free_uri(library, folder, name), text, shortlink)


def _row(field: Field, known: object, library: Library) -> str:
    """Return a field as a line of YAML; what is not known is advice, or empty with its help."""
    if field.kind is Kind.DATE:
        return f"{field.name}: {library.today.isoformat()}\n"
    if field.kind in (Kind.FACTS, Kind.RECORDS):
        return f"{field.name}: []  # {field.help}\n"
    value = known or field.default or advise(field.help)
    if field.kind is Kind.TEXTS:
        value = [value]
    return f"{field.name}: {json.dumps(value, ensure_ascii=False)}\n"


def _marked(advice: str) -> str:
    marker, _, sentence = advice.removesuffix("}").rpartition("{")
    return marker + advise(sentence)


def free_uri(library: Library, folder: str, title: str) -> str:
    """Return the path within docs/ for a title, numbered from 2 when it is taken."""
    uris = (f"{folder}/{slug}.md" for slug in _numbered(file_slug(title, "bai")))
    return _first_free(uris, lambda uri: uri in library.generated_uris or _exists(library, uri))


def _exists(library: Library, uri: str) -> bool:
    return (library.docs / uri).exists()


def propose_shortlink(library: Library, title: str) -> str:
    """Return a short link of at most four syllables that no page has, numbered when needed."""
    links = {page.meta.get("shortlink") for page in library.pages}
    taken = {*links, *RESERVED, *(address.rstrip("/") for address in library.page_addresses)}
    syllables = slugify(title).split("-")[:MAX_SHORTLINK_SYLLABLES]
    limit = next(field.max_length for field in GUIDE_FIELDS if field.name == "shortlink") or 30
    while len(syllables) > 1 and len("-".join(syllables)) > limit - 3:  # room for a number
        syllables.pop()
    return _first_free(_numbered("-".join(syllables)[: limit - 3]), lambda link: link in taken)


def _numbered(slug: str) -> Iterator[str]:
    """Yield the slug, then the slug with -2, -3 and so on."""
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _first_free(names: Iterator[str], is_taken: Callable[[str], bool]) -> str:
    return next(name for name in names if not is_taken(name))
