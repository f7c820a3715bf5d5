"""Templates of new pages, with all fields and fixed sections.

Fields come from the schema, sections from the document model, so that a new page always matches
them. Placeholders are sentences of advice; the checks report those left in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath

from portal.checks.advice_text import advise
from portal.document.sections import URGENT
from portal.language.text import slugify, to_house_tone_style, to_nfc
from portal.library.library import Library
from portal.library.page_kinds import GUIDE, STORY, PageKind
from portal.library.published_addresses import RESERVED
from portal.library.rehearsals import PAGES, REHEARSALS
from portal.library.team_stories import QUESTIONS
from portal.source.naming import file_slug
from portal.source.schema import DRAFT, Field, Kind

EMERGENCY_TOPIC = "an-toan"  # only its guides have "Làm ngay"
MAX_SHORTLINK_SYLLABLES = 4  # short enough to be read aloud
DEFAULT_OWNER = "ban-bien-tap"

TEAM_STORY_START = "Chuyện do tổ tự kể theo phiếu tám câu. Ban biên tập chỉ sửa chính tả."
TEAM_STORY_SOURCE = advise("Phiếu tự kể của tổ nào, ai giữ phiếu")

_SCREENS = f"""
  - id: bat-dau
    title: "{DRAFT}vài chữ]"
    says: "{DRAFT}chuyện gì đang xảy ra, bà con làm gì]"
    rows:
      - {{button: "{DRAFT}chữ trên nút]", to: lua-chon}}
  - id: lua-chon
    title: "{DRAFT}vài chữ]"
    says: "{DRAFT}chuyện gì đang xảy ra, bà con làm gì]"
    rows:
      - {{message: "{DRAFT}tin nhận được]"}}
    choices:
      - {{text: "{DRAFT}việc chưa nên làm]", wrong: true, teaches: "{DRAFT}vì sao, nói nhẹ]"}}
      - {{text: "{DRAFT}việc nên làm]", to: xong, teaches: "{DRAFT}vì sao đúng]"}}"""


@dataclass(frozen=True)
class Draft:
    """A new page: its path within docs/, its text and its proposed short link."""

    uri: str
    text: str
    shortlink: str


def draft_page(library: Library, kind: PageKind, title: str, topic: str = "") -> Draft:
    """Return a new page of a kind; a guide is under one of the library's topics."""
    return _draft(library, kind, page_body(kind, topic), title, topic)


def draft_team_story(library: Library, title: str) -> Draft:
    """Return a new story told by a team itself; its sections are the questions of the form."""
    day = library.today.isoformat()
    form = json.dumps(TEAM_STORY_SOURCE, ensure_ascii=False)
    sources = f"sources:\n  - name: {form}\n    date: {day}\n"
    return _draft(library, STORY, team_story_body(), title, sources=sources)


@dataclass(frozen=True)
class RehearsalDraft:
    """A new rehearsal: its path in the project, its text, its address within the site."""

    path: str
    text: str
    url: str


def draft_rehearsal(library: Library, title: str) -> RehearsalDraft:
    """Return a new rehearsal of two screens, under an unused name."""
    name = to_house_tone_style(" ".join(to_nfc(title).split()))
    taken = {rehearsal.path for rehearsal in library.rehearsals}
    paths = (f"{REHEARSALS.path}{slug}.yml" for slug in _numbered(file_slug(name, "tap-thu")))
    path = _first_free(paths, lambda path: path in taken or (library.docs.parent / path).exists())
    known = {"title": json.dumps(name, ensure_ascii=False), "minutes": "3", "screens": _SCREENS}
    lines = []
    for field in REHEARSALS.fields:
        given = known.get(field.name)
        empty = f"{field.name}: []  # {field.help}"
        written = field.line if field.kind in (Kind.TEXT, Kind.TEXTS) else empty
        lines.append(f"{field.name}: {given}".replace(": \n", ":\n") if given else written)
    return RehearsalDraft(path, "\n".join(lines) + "\n", f"{PAGES}{PurePosixPath(path).stem}/")


def page_body(kind: PageKind, topic: str = "") -> str:
    """Return the sections of a page, each with its advice; only scam guides have "Làm ngay"."""
    sections = dict(kind.sections or {})
    if topic != EMERGENCY_TOPIC:
        sections.pop(URGENT.title, "")
    return _body(sections)


def team_story_body() -> str:
    """Return the questions of the team's form as sections, each to be answered in its words."""
    asked = {name: f"{{lời của tổ, trả lời câu: {ask}}}" for name, ask in QUESTIONS.items()}
    return f"\n{TEAM_STORY_START}\n{_body(asked)}"


def _body(sections: Mapping[str, str]) -> str:
    return "".join(f"\n## {name}\n\n{_marked(advice)}\n" for name, advice in sections.items())


def _draft(
    library: Library,
    kind: PageKind,
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
    asked = (field for field in kind.fields if field.required or field.kind is not Kind.TEXT)
    rows = "".join(
        sources
        if sources and field.kind is Kind.FACTS
        else _row(field, known.get(field.name), library)
        for field in asked
    )
    text = f"---\n{rows}---\n{body}"
    return Draft(free_uri(library, f"{kind.folder}{topic}".rstrip("/"), name), text, shortlink)


def _row(field: Field, known: object, library: Library) -> str:
    """Return a field as YAML; an unknown value is advice, or empty with a comment."""
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
    """Return an unused path within docs/ for a title, numbered from 2."""
    uris = (f"{folder}/{slug}.md" for slug in _numbered(file_slug(title, "bai")))
    return _first_free(uris, lambda uri: uri in library.generated_uris or _exists(library, uri))


def _exists(library: Library, uri: str) -> bool:
    return (library.docs / uri).exists()


def propose_shortlink(library: Library, title: str) -> str:
    """Return an unused short link of at most four syllables, numbered if needed."""
    links = {page.meta.get("shortlink") for page in library.pages}
    taken = {*links, *RESERVED, *(address.rstrip("/") for address in library.page_addresses)}
    syllables = slugify(title).split("-")[:MAX_SHORTLINK_SYLLABLES]
    limit = next(field.max_length for field in GUIDE.fields if field.name == "shortlink") or 30
    while len(syllables) > 1 and len("-".join(syllables)) > limit - 3:  # room for a number
        syllables.pop()
    return _first_free(_numbered("-".join(syllables)[: limit - 3]), lambda link: link in taken)


def _numbered(slug: str) -> Iterator[str]:
    """Yield the slug, then the slug with -2, -3 and so on."""
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _first_free(names: Iterator[str], is_taken: Callable[[str], bool]) -> str:
    return next(name for name in names if not is_taken(name))
