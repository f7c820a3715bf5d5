"""The facts that each printed sheet states, and the mark by which its QR code names them.

A sheet's QR code is its page's address with a fragment, "#TK3QA": a browser sends it to nobody, and
redirects keep it. Wording that changes nothing but punctuation or capitals is the same fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.library.contacts import Phone
from portal.library.fact_history import hash_facts, hash_text
from portal.library.facts import Fact, FactBase
from portal.library.figures import figures_in
from portal.library.learning_paths import EVENINGS, LearningPath
from portal.library.library import Library, Page
from portal.library.page_kinds import STORY
from portal.library.provenance import cited_facts, spoken_date
from portal.library.published_addresses import short_link
from portal.library.team_stories import QUESTIONS
from portal.library.topics import Topic

NUMBERS = "so-goi/"  # begins the id of a number to call
_MARK = "#T"
_REMARK = re.compile(r" \([^()]*\bF\d+\.\d+\w?[^()]*\)")  # for editors: "(số cũ, F1.15)"
_HEDGE = "tên mục có thể khác tùy máy"


@dataclass(frozen=True)
class PrintedFact:
    """A fact by its id; `words` tell it to readers, "" where its confidence forbids figures."""

    id: str
    statement: str
    words: str

    @property
    def code(self) -> str:
        """Return a hash of the statement."""
        return hash_text(self.statement)


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet by the address of its QR code ("kich-hoat/") and of its page, with its facts."""

    address: str
    page: str
    facts: tuple[PrintedFact, ...]

    @property
    def code(self) -> str:
        """Return a hash of the facts, in any order."""
        return hash_facts((fact.id, fact.code) for fact in self.facts)

    @property
    def mark(self) -> str:
        """Return the fragment of its QR code."""
        return _MARK + self.code


def marked_sheets(library: Library) -> Iterator[MarkedSheet]:
    """Yield the sheets of guides, topics and evenings, the poster, the form, the stamp cards."""
    yield from (handout_sheet(page, library) for page in library.guides)
    yield from (booklet_sheet(topic, library) for topic in library.topics)
    yield from (evening_sheet(path, library) for path in library.learning_paths)
    yield poster_sheet(library)
    yield story_form_sheet()
    if library.learning_paths:
        yield stamp_cards_sheet(library)


def stated_facts(library: Library) -> dict[str, PrintedFact]:
    """Return id → each fact that the site holds to be true, printed or not, as it is now."""
    found = [_fact(fact, library.facts) for fact in library.facts.facts.values()]
    found += map(_phone, library.contacts.phones)
    found += (*story_form_sheet().facts, *stamp_cards_sheet(library).facts)
    found += (fact for page in library.guides for fact in _facts_of(page, library))
    return {fact.id: fact for fact in found}


def handout_sheet(page: Page, library: Library) -> MarkedSheet:
    """Return the sheet of a guide: the facts it cites, its figures and its numbers to call."""
    return MarkedSheet(short_link(page) or page.url, page.url, tuple(_facts_of(page, library)))


def booklet_sheet(topic: Topic, library: Library) -> MarkedSheet:
    """Return the sheet of a topic's booklet: all that its guides state."""
    found = (fact for page in library.guides_of(topic) for fact in _facts_of(page, library))
    address = f"guides/{topic.id}/"
    return MarkedSheet(address, address, tuple(dict.fromkeys(found)))


def evening_sheet(path: LearningPath, library: Library) -> MarkedSheet:
    """Return the sheet of an evening: the facts behind its answers."""
    known = library.facts.facts
    facts = (_fact(known[id], library.facts) for id in path.facts if id in known)
    return MarkedSheet(path.url, path.url, tuple(facts))


def poster_sheet(library: Library) -> MarkedSheet:
    """Return the poster: the emergency numbers."""
    phones = (phone for phone in library.contacts.phones if phone.is_emergency)
    return MarkedSheet("", "", tuple(map(_phone, phones)))


def story_form_sheet() -> MarkedSheet:
    """Return the form for a team's own story: its questions."""
    rows = enumerate(QUESTIONS.items(), 1)
    facts = (_told(f"phieu/{number}", f"{name}: {asked}") for number, (name, asked) in rows)
    return MarkedSheet(STORY.folder, STORY.folder, tuple(facts))


def stamp_cards_sheet(library: Library) -> MarkedSheet:
    """Return the cards on which evenings are signed: the titles of the evenings."""
    facts = (_told(path.url.strip("/"), f"{path.full_title}.") for path in library.learning_paths)
    return MarkedSheet(EVENINGS, EVENINGS, tuple(facts))


def _told(id: str, words: str) -> PrintedFact:
    return PrintedFact(id, words, words)


def _facts_of(page: Page, library: Library) -> Iterator[PrintedFact]:
    yield from (_fact(fact, library.facts) for fact in cited_facts(page, library.facts))
    for source, figure, _ in figures_in(page.document, library.statistics):
        words = f"{figure.indicator.label}: {figure.text}."
        yield _told("/".join(source.split()), words)
    known = {phone.tel: phone for phone in library.contacts.phones}
    for link in dict.fromkeys(page.contents.links):
        scheme, _, tel = link.target.partition(":")
        if scheme == "tel" and tel in known:
            yield _phone(known[tel])
        elif scheme == "tel":
            yield _told(NUMBERS + tel, f"Số gọi: {link.text}.")


def _fact(fact: Fact, facts: FactBase) -> PrintedFact:
    """Return a cited fact, told by the print rule at the head of data/facts.yml."""
    words = _REMARK.sub("", fact.statement)
    has_figures = any(map(str.isdigit, words))
    if fact.confidence == "low" or (fact.confidence == "memory" and has_figures):
        words = ""
    elif fact.confidence == "memory":
        words = f"{words.rstrip(' .')} ({_HEDGE})."
    elif fact.confidence == "medium":
        words = f"{words.rstrip(' .')} ({_source_of(fact, facts)})."
    return PrintedFact(fact.id, fact.statement, words)


def _source_of(fact: Fact, facts: FactBase) -> str:
    source = next(iter(facts.sources_of([fact.id])), None)
    day = fact.as_of or (source.date if source else "")
    told = (f"theo {source.name}" if source else "", spoken_date(day) if day else "")
    return ", ".join(filter(None, told)) or "chưa rõ nguồn"


def _phone(phone: Phone) -> PrintedFact:
    cost = "" if phone.is_emergency or not phone.cost else f", {phone.cost}"
    return _told(NUMBERS + phone.id, f"Số gọi {phone.name}: {phone.number}{cost}.")
