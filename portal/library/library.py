"""Everything a build works from, read once: pages, topics, facts and the problems met on the way.

A file that cannot be read as a page (too large, not UTF-8, outside the project) is reported and
left out; all others are there, so that one bad file never hides the problems of the rest.
"""

from __future__ import annotations

import datetime
import errno
import os
import posixpath
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TypeVar

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.document.tree import Document
from portal.language.text import fold, has_everyday_characters, words_of
from portal.library.addresses import AddressBook, load_addresses
from portal.library.authorities import Authority, load_authorities
from portal.library.clock import build_day, judge_clock
from portal.library.contacts import Contacts, load_contacts
from portal.library.facts import FactBase, load_facts
from portal.library.figures import STATISTICS_PAGE
from portal.library.generated_pages import GeneratedPage, generated_pages, kinds_at
from portal.library.glossary import Term, explained_abbreviations, load_glossary
from portal.library.learning_paths import LearningPath, load_learning_paths
from portal.library.places import Place, load_places
from portal.library.search_language import SearchWords, load_search_words
from portal.library.settings import CONFIG_FILE, Settings, load_settings
from portal.library.statistics import Statistics
from portal.library.statistics_package import load_statistics
from portal.library.team import Team, load_team
from portal.library.team_directory import ListedTeam, load_teams
from portal.library.topics import Topic, load_topics
from portal.library.wording import Wording, load_wording
from portal.source.frontmatter import SourceFile, read_source
from portal.source.page_limits import find_excess
from portal.source.problems import Problem, errors
from portal.source.schema import Vocabulary
from portal.source.source_text import decode
from portal.system.files import leads_outside, printable

MAX_PAGE_BYTES = 500_000  # a long page of text has 20 KB; more is a file in the wrong place

Loaded = TypeVar("Loaded")


class PageKind(StrEnum):
    """What a page is, told by its folder."""

    GUIDE = "guide"
    STORY = "story"
    PAGE = "page"


def url_of(uri: str) -> str:
    """Return the address of the page in a file: "guides/x/y.md" gives "guides/x/y/"."""
    stem = uri.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


@dataclass(frozen=True)
class Page:
    """A page as its editor wrote it; `uri` is its path within docs/ ("guides/x/y.md")."""

    uri: str
    file: SourceFile
    source: str

    @property
    def path(self) -> str:
        """Return the path within the project, as problems name it."""
        return self.file.path

    @property
    def meta(self) -> Mapping[str, object]:
        """Return the front matter."""
        return self.file.meta

    @property
    def title(self) -> str:
        """Return the title, or the file's name when it has none."""
        return str(self.meta.get("title") or PurePosixPath(self.uri).stem)

    @cached_property
    def url(self) -> str:
        """Return the address within the site ("guides/x/y/", "" for the home page)."""
        return url_of(self.uri)

    @property
    def kind(self) -> PageKind:
        """Return whether this is a guide, a story or a page of its own."""
        if self.uri.startswith("guides/") and not self.uri.endswith("/index.md"):
            return PageKind.GUIDE
        if self.uri.startswith("stories/") and not self.uri.endswith("/index.md"):
            return PageKind.STORY
        return PageKind.PAGE

    @cached_property
    def has_everyday_characters(self) -> bool:
        """Return whether there is no character that checks have to look for."""
        return has_everyday_characters(self.source)

    @cached_property
    def document(self) -> Document:
        """Return the tree of the body."""
        return parse(self.file.body, self.file.body_line)

    @cached_property
    def contents(self) -> Contents:
        """Return the body's headings, links, pictures and sentences."""
        return Contents(self.document)

    def line_of(self, name: str) -> int:
        """Return the line of a field of the front matter, 1 when it is not there."""
        return self.file.lines.get(name, 1)


@dataclass(frozen=True)
class Library:
    """The content of one build; `problems` are those met while reading.

    `unreadable` are the paths within docs/ of the pages that could not be read, or whose fields
    could not: they are there, and nobody must be told to remove what leads to them.
    """

    docs: Path
    pages: tuple[Page, ...] = ()
    unreadable: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()
    facts: FactBase = field(default_factory=FactBase)
    wording: Wording = field(default_factory=Wording)
    statistics: Statistics = field(default_factory=Statistics)
    glossary: tuple[Term, ...] = ()
    contacts: Contacts = field(default_factory=Contacts)
    authorities: tuple[Authority, ...] = ()
    addresses: AddressBook = field(default_factory=AddressBook)
    team: Team = field(default_factory=Team)
    search_words: SearchWords = field(default_factory=SearchWords)
    learning_paths: tuple[LearningPath, ...] = ()
    places: tuple[Place, ...] = ()
    teams: tuple[ListedTeam, ...] = ()
    settings: Settings = field(default_factory=Settings)
    problems: tuple[Problem, ...] = ()
    today: datetime.date = datetime.date.max

    @cached_property
    def without_pages(self) -> Library:
        """Return the data and its problems: what reads only this depends on no other page."""
        found = tuple(each for each in self.problems if each.path.startswith("data/"))
        return replace(self, pages=(), unreadable=frozenset(), problems=found, settings=Settings())

    @cached_property
    def guides(self) -> tuple[Page, ...]:
        """Return the guides in the order of the topics, then by title."""
        order = {topic.id: rank for rank, topic in enumerate(self.topics)}
        guides = (page for page in self.pages if page.kind is PageKind.GUIDE)
        return tuple(sorted(guides, key=lambda page: (order.get(_topic(page), 99), page.title)))

    @cached_property
    def stories(self) -> tuple[Page, ...]:
        """Return the stories, newest first."""
        stories = (page for page in self.pages if page.kind is PageKind.STORY)
        return tuple(sorted(stories, key=lambda page: (_published(page), page.uri), reverse=True))

    @cached_property
    def by_uri(self) -> Mapping[str, Page]:
        """Return the pages by their path within docs/."""
        return {page.uri: page for page in self.pages}

    @cached_property
    def generated_pages(self) -> Mapping[str, GeneratedPage]:
        """Return the pages that the build makes, by `uri`; where an editor wrote one, it stays."""
        return {page.uri: page for page in generated_pages(self) if page.uri not in self.by_uri}

    @cached_property
    def generated_uris(self) -> frozenset[str]:
        """Return the pages that the build itself makes, to which editors may link."""
        return frozenset((*self.generated_pages, STATISTICS_PAGE))

    def lacking_table(self, address: str) -> str:
        """Return the data file from which a page at an address is made, if it has no row, or ""."""
        empty = (kind.table for kind in kinds_at(address) if not list(kind.make(self)))
        return next(empty, "")

    def is_damaged(self, *paths: str) -> bool:
        """Return whether something is wrong in one of the data files, or in one of a folder.

        That is said of the file; what it would have told is then no reason for more errors.
        """
        return any(problem.path.startswith(paths) for problem in errors(self.problems))

    def may_hold(self, address: str) -> bool:
        """Return whether a page may lie at an address since the file that tells is unreadable."""
        tables = (kind.table for kind in kinds_at(address))
        return address in map(url_of, self.unreadable) or self.is_damaged(*tables)

    @cached_property
    def folded_heads(self) -> Mapping[str, Mapping[str, str]]:
        """Return title, tags and summary of each guide, folded, by `uri`."""
        names = ("title", "tags", "summary")
        return {
            page.uri: {name: fold(str(page.meta.get(name, ""))) for name in names}
            for page in self.guides
        }

    @cached_property
    def guides_by_word(self) -> Mapping[str, frozenset[str]]:
        """Return the `uri`s of the guides that have a word in their folded heads, by word."""
        found = defaultdict[str, set[str]](set)
        for uri, head in self.folded_heads.items():
            for word in words_of(" ".join(head.values())):
                found[word].add(uri)
        return {word: frozenset(uris) for word, uris in found.items()}

    @cached_property
    def known_abbreviations(self) -> frozenset[str]:
        """Return the abbreviations that the glossary explains or that everybody knows."""
        return explained_abbreviations(self.glossary).union(self.wording.abbreviations)

    @cached_property
    def by_short_link(self) -> Mapping[str, Page]:
        """Return the pages that have a short link, by it."""
        return {
            link: page for page in self.pages if isinstance(link := page.meta.get("shortlink"), str)
        }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return what the fields of pages and data files may refer to."""
        facts = {fact.id: fact.confidence for fact in self.facts.facts.values()}
        has_facts = not self.is_damaged("data/facts.yml")
        return Vocabulary(
            topics=None if self.is_damaged("data/topics.yml") else tuple(t.id for t in self.topics),
            facts=facts if has_facts else None,
            topic_titles={fold(topic.title): topic.id for topic in self.topics},
            sources=tuple(self.facts.sources) if has_facts else None,
            pages=self.unreadable.union(self.by_uri),
            today=self.today,
        )

    @cached_property
    def page_addresses(self) -> frozenset[str]:
        """Return the address of every page, written or generated."""
        return frozenset(url_of(uri) for uri in (*self.by_uri, *self.generated_uris))

    @cached_property
    def _guides_by_topic(self) -> Mapping[str, tuple[Page, ...]]:
        return {
            topic: tuple(pages) for topic, pages in groupby(sorted(self.guides, key=_topic), _topic)
        }

    def guides_of(self, topic: Topic) -> tuple[Page, ...]:
        """Return the guides of one topic, by title."""
        return self._guides_by_topic.get(topic.id, ())

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[Page | None, Page | None]]:
        """Return the pages before and after each guide of a topic and each story, by `uri`."""
        rows = (*self._guides_by_topic.values(), self.stories)
        return {
            page.uri: (before, after)
            for row in rows
            if row
            for before, page, after in zip((None, *row[:-1]), row, (*row[1:], None), strict=True)
        }


def _topic(page: Page) -> str:
    return str(page.meta.get("topic", ""))


def _published(page: Page) -> str:
    return str(page.meta.get("published", ""))


def load_library(root: Path, docs: Path | None = None) -> Library:
    """Return what the project in `root` holds; `docs` is docs/ unless told otherwise."""
    docs, data = docs or root / "docs", root / "data"
    problems = list[Problem]()

    def keep(read: tuple[Loaded, list[Problem]]) -> Loaded:
        problems.extend(read[1])
        return read[0]

    pages, unreadable, found = _read_pages(docs, root)
    problems.extend(found)
    days = _days_of(pages)
    today = keep(judge_clock(build_day(), days))
    statistics = keep(load_statistics(data / "statistics", today))
    topics = keep(load_topics(data / "topics.yml"))
    facts = keep(load_facts(data / "facts.yml"))
    library = Library(docs, pages, unreadable, topics, facts, problems=tuple(problems), today=today)
    known = library.vocabulary
    return replace(
        library,
        wording=keep(load_wording(data / "wording.yml")),
        glossary=keep(load_glossary(data / "glossary.yml", known)),
        contacts=keep(load_contacts(data / "contacts.yml", known)),
        authorities=keep(load_authorities(data / "authorities.yml")),
        statistics=replace(statistics, known_day=max(days, default=datetime.date.min)),
        addresses=keep(load_addresses(root)),
        team=keep(load_team(data / "team.yml")),
        search_words=keep(load_search_words(data / "search-words.yml")),
        learning_paths=keep(load_learning_paths(data / "learning-paths.yml", known)),
        places=keep(load_places(data / "places.csv", known)),
        teams=keep(load_teams(data / "teams.csv", known)),
        settings=keep(load_settings(root / CONFIG_FILE)),
        problems=tuple(problems),  # last: by now every reader has told its own
    )


def _read_pages(docs: Path, root: Path) -> tuple[tuple[Page, ...], frozenset[str], list[Problem]]:
    """Return every page in a fixed order, none that is hidden, and what cannot be read and why.

    Folders that are links are not entered, so that only a file that is one can lead outside. A name
    that is no UTF-8 is left to `check_stray_files`.
    """
    pages, unreadable, problems = list[Page](), set[str](), list[Problem]()
    path_of_docs = _path_within(docs, root)
    for uri in (uri for uri in _page_uris(docs) if uri == printable(uri)):
        file, path = docs / uri, posixpath.join(path_of_docs, uri)
        is_outside = file.is_symlink() and leads_outside(file, docs)
        page, found = _read_page(file, uri, path, is_outside)
        problems += found
        if found:
            unreadable.add(uri)
        if page:
            pages.append(page)
    return tuple(pages), frozenset(unreadable), problems


def _days_of(pages: Iterable[Page]) -> list[datetime.date]:
    """Return the days on which pages were checked or published."""
    days = (page.meta.get(name) for page in pages for name in ("reviewed", "published"))
    return [day for day in days if type(day) is datetime.date]


def _page_uris(docs: Path) -> Iterator[str]:
    for folder, names, files in os.walk(docs):
        names[:] = sorted(name for name in names if not name.startswith("."))
        parent = _path_within(Path(folder), docs)
        pages = (file for file in files if file.endswith(".md") and not file.startswith("."))
        yield from (posixpath.join(parent, file) for file in sorted(pages))


def _path_within(path: Path, folder: Path) -> str:
    """Return the path from a folder, "" for the folder itself; the whole one for any elsewhere."""
    if path == folder:
        return ""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def read_page(file: Path, docs: Path, root: Path) -> tuple[Page | None, list[Problem]]:
    """Return the page of one file, or why it cannot be read as one."""
    uri = file.relative_to(docs).as_posix()
    return _read_page(file, uri, _path_within(file, root), leads_outside(file, docs))


def _read_page(
    file: Path, uri: str, path: str, is_outside: bool
) -> tuple[Page | None, list[Problem]]:
    if is_outside:
        message = "liên kết tượng trưng trỏ ra ngoài thư mục docs/"
        return None, [Problem(path, 1, message, f"xóa {path}")]
    text = _read_text(file, path)
    if isinstance(text, Problem):
        return None, [text]
    page, problems = _parse_page(uri, path, text)
    return page, list(problems)


@lru_cache(maxsize=20_000)  # `serve` reads all pages again for each edit; all but one are as before
def _parse_page(uri: str, path: str, text: str) -> tuple[Page, tuple[Problem, ...]]:
    file, problems = read_source(text, path)
    return Page(uri, file, text), tuple(problems)


def _read_text(file: Path, path: str) -> str | Problem:
    """Return the text of a Markdown file with "\\n" line ends, or the problem that forbids it."""
    try:
        status = file.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            message = "không phải tệp thường, không đọc được"
            return Problem(path, 1, message, f"chuyển {path} ra ngoài thư mục docs/")
        if size > MAX_PAGE_BYTES:
            return _too_large(file, path, size)
        return _decode(file.read_bytes(), path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Problem(path, 1, "liên kết tượng trưng trỏ vòng về chính nó", f"xóa {path}")
        return Problem(
            path, 1, f"không đọc được tệp ({error.strerror})", "kiểm tra quyền đọc của tệp"
        )


def _too_large(file: Path, path: str, size: int) -> Problem:
    """Return what makes a page of so many bytes too large, as far as its beginning tells."""
    with file.open("rb") as stream:
        line = _line_of_picture(stream.read(MAX_PAGE_BYTES))
    message = f"tệp nặng {size // 1000} KB, một trang chữ nhiều nhất {MAX_PAGE_BYTES // 1000} KB"
    if line:
        fix = "lưu hình thành tệp cạnh bài, ghi tên tệp vào chỗ đó"
        return Problem(path, line, f"{message}; có hình dán thẳng vào chữ (base64)", fix)
    return Problem(path, 1, message, "tách thành nhiều trang ngắn")


def _line_of_picture(data: bytes) -> int:
    """Return the line on which a picture is written as text, 0 when there is none."""
    start = data.find(b"data:image/")
    return data.count(b"\n", 0, start) + 1 if start >= 0 else 0


def _decode(data: bytes, path: str) -> str | Problem:
    text = decode(data, path)
    return text if isinstance(text, Problem) else find_excess(text, path) or text
