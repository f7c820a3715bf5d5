"""The content of a build, read once: pages, topics, facts and the problems found while reading.

A file that is not a valid page (too large, not UTF-8, outside the project) is reported and left
out; all others are loaded, so that one bad file never hides the problems of the rest.
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
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TypeVar

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.document.tree import Document
from portal.language.speech import Pronunciation
from portal.language.text import fold, has_everyday_characters, words_of
from portal.library.address_book import AddressBook, load_addresses
from portal.library.authorities import Authority, load_authorities
from portal.library.clock import build_day, judge_clock
from portal.library.contacts import Contacts, load_contacts
from portal.library.fact_history import HISTORY, HistoryRow, load_history
from portal.library.facts import FactBase, load_facts
from portal.library.generated_pages import GeneratedPage, generated_pages, kinds_at, plain_tables
from portal.library.glossary import Term, explained_abbreviations, load_glossary
from portal.library.learning_paths import LearningPath, load_learning_paths
from portal.library.loudspeaker_weeks import LoudspeakerWeek, load_weeks
from portal.library.page_kinds import GUIDE, KINDS, STORY, PageKind, kind_of
from portal.library.places import Place, load_places
from portal.library.rehearsals import Rehearsal, load_rehearsals
from portal.library.search_language import SearchWords, load_search_words
from portal.library.settings import CONFIG_FILE, SiteSettings, load_settings
from portal.library.statistics import Statistics
from portal.library.statistics_package import load_statistics
from portal.library.team import Team, load_team
from portal.library.team_directory import ListedTeam, load_teams
from portal.library.topics import Topic, load_topics
from portal.library.wording import Wording, load_wording
from portal.source.datafiles import Row, Table
from portal.source.frontmatter import SourceFile, read_source
from portal.source.page_limits import find_excess
from portal.source.problems import Problem, errors
from portal.source.schema import Vocabulary
from portal.source.source_text import decode
from portal.system.files import leads_outside, printable

MAX_PAGE_BYTES = 500_000  # a long page has 20 KB; a larger file is misplaced

Loaded = TypeVar("Loaded")


def url_of(uri: str) -> str:
    """Return the address of a file's page: "guides/x/y.md" gives "guides/x/y/"."""
    stem = uri.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


@dataclass(frozen=True)
class Page:
    """A page's source; `uri` is its path within docs/ ("guides/x/y.md")."""

    uri: str
    file: SourceFile
    source: str

    @property
    def path(self) -> str:
        """Return the path within the project."""
        return self.file.path

    @property
    def meta(self) -> Mapping[str, object]:
        """Return the front matter."""
        return self.file.meta

    @property
    def title(self) -> str:
        """Return the title, by default the file name."""
        return str(self.meta.get("title") or PurePosixPath(self.uri).stem)

    @cached_property
    def url(self) -> str:
        """Return the address within the site ("guides/x/y/", "" for the home page)."""
        return url_of(self.uri)

    @cached_property
    def kind(self) -> PageKind:
        """Return whether this is a guide, a story or another page."""
        return kind_of(self.uri)

    @property
    def day(self) -> datetime.date | None:
        """Return the date of the last review, or of publication, None without one."""
        value = self.meta.get(self.kind.day)
        return value if isinstance(value, datetime.date) else None

    @cached_property
    def has_everyday_characters(self) -> bool:
        """Return whether no character needs a check."""
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
        """Return the line of a front matter field, 1 when it is missing."""
        return self.file.lines.get(name, 1)


@dataclass(frozen=True)
class Library:
    """The content of one build; `problems` are those found while reading.

    `unreadable` are the paths within docs/ of the invalid pages: links to them are valid.
    """

    docs: Path
    pages: tuple[Page, ...] = ()
    unreadable: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()
    facts: FactBase = field(default_factory=FactBase)
    fact_history: tuple[HistoryRow, ...] = ()
    wording: Wording = field(default_factory=Wording)
    statistics: Statistics = field(default_factory=Statistics)
    glossary: tuple[Term, ...] = ()
    contacts: Contacts = field(default_factory=Contacts)
    authorities: tuple[Authority, ...] = ()
    addresses: AddressBook = field(default_factory=AddressBook)
    team: Team = field(default_factory=Team)
    search_words: SearchWords = field(default_factory=SearchWords)
    learning_paths: tuple[LearningPath, ...] = ()
    loudspeaker_weeks: tuple[LoudspeakerWeek, ...] = ()
    rehearsals: tuple[Rehearsal, ...] = ()
    places: tuple[Place, ...] = ()
    teams: tuple[ListedTeam, ...] = ()
    plain_rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    settings: SiteSettings = field(default_factory=SiteSettings)
    problems: tuple[Problem, ...] = ()
    today: datetime.date = datetime.date.max

    @cached_property
    def without_pages(self) -> Library:
        """Return the library without pages, for checks that must not depend on other pages."""
        found = tuple(each for each in self.problems if each.path.startswith("data/"))
        return replace(
            self, pages=(), unreadable=frozenset(), problems=found, settings=SiteSettings()
        )

    @property
    def guides(self) -> tuple[Page, ...]:
        """Return the guides in the order of the topics, then by title."""
        return self.pages_in(GUIDE.folder)

    @property
    def stories(self) -> tuple[Page, ...]:
        """Return the stories, newest first."""
        return self.pages_in(STORY.folder)

    def pages_in(self, folder: str) -> tuple[Page, ...]:
        """Return the pages of the kind in a folder ("stories/"), newest first; guides by topic."""
        return self._by_folder.get(folder, ())

    @cached_property
    def _by_folder(self) -> Mapping[str, tuple[Page, ...]]:
        found = defaultdict[str, list[Page]](list)
        for page in self.pages:
            found[page.kind.folder].append(page)
        order = {topic.id: rank for rank, topic in enumerate(self.topics)}
        found[GUIDE.folder].sort(key=lambda page: (order.get(_topic(page), 99), page.title))
        for kind in (each for each in KINDS if each is not GUIDE):
            found[kind.folder].sort(key=lambda page: (_written(page), page.uri), reverse=True)
        return {folder: tuple(pages) for folder, pages in found.items()}

    @cached_property
    def by_uri(self) -> Mapping[str, Page]:
        """Return path within docs/ → page."""
        return {page.uri: page for page in self.pages}

    @cached_property
    def generated_pages(self) -> Mapping[str, GeneratedPage]:
        """Return the generated pages by `uri`, without those that an editor has written."""
        return {page.uri: page for page in generated_pages(self) if page.uri not in self.by_uri}

    @cached_property
    def generated_uris(self) -> frozenset[str]:
        """Return the `uri`s of the generated pages, to which editors may link."""
        return frozenset(self.generated_pages)

    def lacking_table(self, address: str) -> str:
        """Return the empty data file that would generate a page at an address, else ""."""
        empty = (kind.table.path for kind in kinds_at(address) if not list(kind.make(self)))
        return next(empty, "")

    def rows_of(self, path: str) -> tuple[Row, ...]:
        """Return the rows of a plain table ("data/markets.csv"); see `GeneratedKind`."""
        return self.plain_rows.get(path, ())

    def is_damaged(self, *paths: str) -> bool:
        """Return whether one of the data files, or a file in one of the folders, has a problem.

        The file's own problem is reported; missing data must not cause more errors.
        """
        return any(problem.path.startswith(paths) for problem in errors(self.problems))

    def may_hold(self, address: str) -> bool:
        """Return whether an address may be valid because the file that decides is invalid."""
        tables = (kind.table.path for kind in kinds_at(address))
        return address in map(url_of, self.unreadable) or self.is_damaged(*tables)

    @cached_property
    def folded_heads(self) -> Mapping[str, Mapping[str, str]]:
        """Return `uri` → folded title, tags and summary of each guide."""
        names = ("title", "tags", "summary")
        return {
            page.uri: {name: fold(str(page.meta.get(name, ""))) for name in names}
            for page in self.guides
        }

    @cached_property
    def guides_by_word(self) -> Mapping[str, frozenset[str]]:
        """Return word → `uri`s of the guides with it in title, tags or summary."""
        found = defaultdict[str, set[str]](set)
        for uri, head in self.folded_heads.items():
            for word in words_of(" ".join(head.values())):
                found[word].add(uri)
        return {word: frozenset(uris) for word, uris in found.items()}

    @cached_property
    def known_abbreviations(self) -> frozenset[str]:
        """Return the abbreviations in the glossary and those in common use."""
        return explained_abbreviations(self.glossary).union(self.wording.abbreviations)

    @cached_property
    def pronunciation(self) -> Pronunciation:
        """Return how texts are said: short forms by data/wording.yml, else by the glossary."""
        explained = {
            short: term.prefer
            for term in self.glossary
            for short in term.abbreviations
            if short not in term.prefer
        }
        numbers = frozenset(phone.tel for phone in self.contacts.phones)
        return Pronunciation({**explained, **dict(self.wording.spoken)}, numbers)

    @cached_property
    def by_short_link(self) -> Mapping[str, Page]:
        """Return short link → page."""
        return {
            link: page for page in self.pages if isinstance(link := page.meta.get("shortlink"), str)
        }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the ids that fields may refer to."""
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
        """Return the addresses of all pages, written and generated."""
        return frozenset(url_of(uri) for uri in (*self.by_uri, *self.generated_uris))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Return address → the name of each page in breadcrumbs."""
        written = {page.url: page.title for page in self.pages}
        made = self.generated_pages.values()
        return {**written, **{url_of(page.uri): page.label or page.title for page in made}}

    @cached_property
    def _guides_by_topic(self) -> Mapping[str, tuple[Page, ...]]:
        return {
            topic: tuple(pages) for topic, pages in groupby(sorted(self.guides, key=_topic), _topic)
        }

    def guides_of(self, topic: Topic) -> tuple[Page, ...]:
        """Return the guides of one topic, by title."""
        return self._guides_by_topic.get(topic.id, ())

    def by_topic(self, rehearsals: Iterable[Rehearsal]) -> tuple[Rehearsal, ...]:
        """Return rehearsals in the order of the topics of their first guides, then by title."""
        order = {page.uri: rank for rank, page in enumerate(self.guides)}
        topics = {uri: _topic(self.by_uri[uri]) for uri in order}
        first = {topic: rank for rank, topic in enumerate(dict.fromkeys(topics.values()))}

        def key(each: Rehearsal) -> tuple[int, str]:
            return first.get(topics.get(each.guides[0], ""), len(first)), each.title

        return tuple(sorted(rehearsals, key=key))

    def rehearsals_of(self, *uris: str) -> tuple[Rehearsal, ...]:
        """Return the rehearsals of guides, by paths within docs/, each once and in order."""
        return tuple(each for each in self.rehearsals if set(uris).intersection(each.guides))

    def rehearsals_at_home(self, path: LearningPath) -> tuple[Rehearsal, ...]:
        """Return the rehearsals of what an evening's guests take home, without its lessons'."""
        done = self.rehearsals_of(*(lesson.guide for lesson in path.lessons))
        taken = self.rehearsals_of(*(each.guide for each in path.take_home))
        return tuple(each for each in taken if each not in done)

    def rehearsals_of_topic(self, topic: Topic) -> tuple[Rehearsal, ...]:
        """Return the rehearsals of the guides of one topic."""
        return self.rehearsals_of(*(page.uri for page in self.guides_of(topic)))

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[Page | None, Page | None]]:
        """Return `uri` → previous and next page, for guides of a topic and listed articles."""
        others = (self.pages_in(kind.folder) for kind in KINDS if kind.list_template)
        rows = (*self._guides_by_topic.values(), *others)
        return {
            page.uri: (before, after)
            for row in rows
            if row
            for before, page, after in zip((None, *row[:-1]), row, (*row[1:], None), strict=True)
        }


def _topic(page: Page) -> str:
    return str(page.meta.get("topic", ""))


def _written(page: Page) -> str:
    return str(page.meta.get(page.kind.day, ""))


def load_library(root: Path, docs: Path | None = None) -> Library:
    """Return the content of the project in `root`; `docs` is by default docs/."""
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
        fact_history=keep(load_history(root / HISTORY.path, today)),
        wording=keep(load_wording(data / "wording.yml")),
        glossary=keep(load_glossary(data / "glossary.yml", known)),
        contacts=keep(load_contacts(data / "contacts.yml", known)),
        authorities=keep(load_authorities(data / "authorities.yml")),
        statistics=replace(statistics, known_day=max(days, default=datetime.date.min)),
        addresses=keep(load_addresses(root)),
        team=keep(load_team(data / "team.yml")),
        search_words=keep(load_search_words(data / "search-words.yml")),
        learning_paths=keep(load_learning_paths(data / "learning-paths.yml", known)),
        loudspeaker_weeks=keep(load_weeks(data / "loudspeaker.yml", known)),
        rehearsals=library.by_topic(keep(load_rehearsals(root, known))),
        places=keep(load_places(data / "places.csv", known)),
        teams=keep(load_teams(data / "teams.csv", known)),
        plain_rows={table.path: keep(_rows(table, root, known)) for table in plain_tables()},
        settings=keep(load_settings(root / CONFIG_FILE, known)),
        problems=tuple(problems),  # last: all readers have appended theirs
    )


def _rows(table: Table, root: Path, known: Vocabulary) -> tuple[tuple[Row, ...], list[Problem]]:
    """Return the rows of the first field of a table, and what is wrong with those left out."""
    data, problems = table.read(root / table.path, known)
    return tuple(data.rows(table.fields[0].name)), problems


def _read_pages(docs: Path, root: Path) -> tuple[tuple[Page, ...], frozenset[str], list[Problem]]:
    """Return all pages that are not hidden, sorted, the invalid ones, and the problems.

    Symbolic links to folders are not followed. `check_stray_files` reports names that are not
    UTF-8.
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
    """Return the dates on which pages were reviewed or published."""
    days = (page.day for page in pages)
    return [day for day in days if type(day) is datetime.date]


def _page_uris(docs: Path) -> Iterator[str]:
    for folder, names, files in os.walk(docs):
        names[:] = sorted(name for name in names if not name.startswith("."))
        parent = _path_within(Path(folder), docs)
        pages = (file for file in files if file.endswith(".md") and not file.startswith("."))
        yield from (posixpath.join(parent, file) for file in sorted(pages))


def _path_within(path: Path, folder: Path) -> str:
    """Return the path relative to a folder, "" for the folder itself; unchanged outside of it."""
    if path == folder:
        return ""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def read_page(file: Path, docs: Path, root: Path) -> tuple[Page | None, list[Problem]]:
    """Return the page of a file, or the problem with it."""
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


@lru_cache(maxsize=20_000)  # `serve` reads all pages for each edit; all but one are unchanged
def _parse_page(uri: str, path: str, text: str) -> tuple[Page, tuple[Problem, ...]]:
    file, problems = read_source(text, path)
    return Page(uri, file, text), tuple(problems)


def _read_text(file: Path, path: str) -> str | Problem:
    """Return the text of a Markdown file with "\\n" line ends, or the problem with it."""
    try:
        status = file.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would block
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
    """Return the problem of a page that is too large, with its cause if its beginning shows it."""
    with file.open("rb") as stream:
        line = _line_of_picture(stream.read(MAX_PAGE_BYTES))
    message = f"tệp nặng {size // 1000} KB, một trang chữ nhiều nhất {MAX_PAGE_BYTES // 1000} KB"
    if line:
        fix = "lưu hình thành tệp cạnh bài, ghi tên tệp vào chỗ đó"
        return Problem(path, line, f"{message}; có hình dán thẳng vào chữ (base64)", fix)
    return Problem(path, 1, message, "tách thành nhiều trang ngắn")


def _line_of_picture(data: bytes) -> int:
    """Return the line with a picture as a data: URI, 0 for none."""
    start = data.find(b"data:image/")
    return data.count(b"\n", 0, start) + 1 if start >= 0 else 0


def _decode(data: bytes, path: str) -> str | Problem:
    text = decode(data, path)
    return text if isinstance(text, Problem) else find_excess(text, path) or text
