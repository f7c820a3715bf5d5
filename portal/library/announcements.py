"""The text of a guide for a commune's loudspeakers, in words an announcer says at sight.

An editor writes it in the field `loudspeaker`; without one it is drafted from the guide's tree:
what to do at once, or what to have ready, whom to call, what to beware of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from portal.document.sections import BEWARE, HELP, NEEDS, URGENT, SectionKind, sections_of
from portal.document.tree import (
    Block,
    Break,
    Code,
    Group,
    Image,
    Inline,
    Link,
    List,
    Span,
    Text,
    Words,
)
from portal.language.speech import (
    Pronunciation,
    count_spoken,
    find_unsayable,
    said_numbers,
    say_digits,
    sentences_in,
)
from portal.language.telephone import codes_in, plain_number, shown_numbers
from portal.library.library import Library, Page
from portal.library.page_kinds import LOUDSPEAKER

PACE = 220  # syllables a minute
MAX_SYLLABLES = PACE * 90 // 60
MAX_SENTENCE = 15  # syllables

_LEFT_OUT = "\x00"  # stands for what is not said; its sentence is left out
_ASIDE = re.compile(r"\s*\([^()]*\)")
_PARTS = re.compile(r"(?<=[.!?…;])\s+")
_JOINTS = re.compile("[,:] ")
_ENDS = re.compile(r"[.!?…:;,\s]+$")
_DEVICE = re.compile(r"[→“”\x00]")
_ENOUGH_ADVICE = 6  # sentences of a section


@dataclass(frozen=True)
class Announcement:
    """A text of paragraphs of sentences, as said; `is_written` when an editor wrote it.

    `numbers` are those to call, as printed, that the guide names.
    """

    paragraphs: tuple[tuple[str, ...], ...]
    is_written: bool
    numbers: tuple[str, ...] = ()

    @property
    def sentences(self) -> Iterator[str]:
        """Yield all sentences in order."""
        for paragraph in self.paragraphs:
            yield from paragraph

    @cached_property
    def syllables(self) -> int:
        """Return the number of syllables said."""
        return sum(map(count_spoken, self.sentences))

    @property
    def seconds(self) -> int:
        """Return how long it takes at `PACE` syllables a minute, rounded up."""
        return -(-self.syllables * 60 // PACE)


def announcement_of(page: Page, library: Library) -> Announcement:
    """Return the text of a guide for the loudspeakers, the editor's own if there is one."""
    calls = dict(_calls(page))
    pronunciation, numbers = library.pronunciation.with_phones(calls), tuple(calls.values())
    written = page.meta.get(LOUDSPEAKER.name)
    if isinstance(written, str) and written.strip():
        spoken = (tuple(said_sentences(line, pronunciation)) for line in written.split("\n"))
        return Announcement(tuple(filter(None, spoken)), True, numbers)
    return Announcement(tuple(filter(None, _draft(page, pronunciation, calls))), False, numbers)


def numbers_in(page: Page) -> frozenset[str]:
    """Return every number and code in a guide's text or links, without blanks and marks."""
    shown = (plain_number(each) for each in shown_numbers(page.contents.said))
    codes = (re.sub(r"\D", "", code) for code in codes_in(page.contents.said))
    return frozenset((*shown, *codes, *dict(_calls(page))))


def _calls(page: Page) -> Iterator[tuple[str, str]]:
    """Yield (number as dialled, as printed) of each link that calls; a text is no number."""
    for link in page.contents.links:
        scheme, _, target = link.target.partition(":")
        if scheme == "tel":
            number = plain_number(target)
            yield number, link.text if plain_number(link.text) == number else target


def said_sentences(text: str, pronunciation: Pronunciation) -> Iterator[str]:
    """Yield the sentences of a text as they are said, each with a capital."""
    for sentence in sentences_in(text):
        words = pronunciation.say(sentence)
        yield words[0].upper() + words[1:]


def _draft(
    page: Page, pronunciation: Pronunciation, calls: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """Yield the paragraphs of a drafted text, within `MAX_SYLLABLES`; one number is said in it."""
    first = next(iter(calls), "")
    number = say_digits(calls[first]) if first else ""
    closing = (f"Số gọi là {number}.", f"Xin nhắc lại: {number}.") if first else ()
    left = MAX_SYLLABLES - sum(map(count_spoken, closing))
    known = {first}
    for opening, sentences in _parts(page, pronunciation):
        kept = list[str]()
        for sentence in (opening, *(each for each in sentences if _numbers(each) <= known)):
            left -= count_spoken(sentence)
            if left >= 0:
                kept.append(sentence)
        if len(kept) > 1:
            yield tuple(kept)
    yield closing


def _numbers(sentence: str) -> set[str]:
    return set(said_numbers(sentence))


def _parts(page: Page, pronunciation: Pronunciation) -> Iterator[tuple[str, list[str]]]:
    """Yield (first sentence, others) of each paragraph, the most urgent first."""
    title = list(_fitted(page.title, pronunciation))
    yield (
        "Mời bà con nghe.",
        [*title, *_fitted(str(page.meta.get("audience") or ""), pronunciation)],
    )
    sections = {each.kind: each.blocks for each in sections_of(page.document.blocks) if each.kind}
    for kind, opening in _OPENINGS.items():
        sentences = (
            sentence
            for words in _texts(sections.get(kind, ()))
            for sentence in _fitted(words, pronunciation)
        )
        yield opening, list(islice(sentences, _ENOUGH_ADVICE))


_OPENINGS: dict[SectionKind, str] = {
    URGENT: "Bà con làm ngay mấy việc sau.",
    NEEDS: "Bà con chuẩn bị sẵn.",
    HELP: "Chưa xong thì tìm người giúp.",
    BEWARE: "Xin bà con coi chừng.",
}


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of each paragraph and item; tables and code blocks are not said."""
    for block in blocks:
        if isinstance(block, Words):
            yield "".join(_spoken(block.children))
        elif isinstance(block, List | Group):
            yield from _texts(block.children)


def _spoken(inlines: Iterable[Inline]) -> Iterator[str]:
    """Yield the words of inlines, with a mark for what is not said: code, links to other pages."""
    for node in inlines:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Code):
            yield node.text if node.text.isdigit() else _LEFT_OUT
        elif isinstance(node, Break):
            yield " "
        elif isinstance(node, Span | Link) and not _leads_on(node):
            yield from _spoken(node.children)
        elif not isinstance(node, Image):
            yield _LEFT_OUT


def _leads_on(node: Span | Link) -> bool:
    return isinstance(node, Link) and not node.target.startswith("tel:")


def _fitted(text: str, pronunciation: Pronunciation) -> Iterator[str]:
    """Yield the sentences of a written text that can be said, none over `MAX_SENTENCE`.

    A longer one is parted at commas; one with a part that is still too long is left out.
    """
    for part in _PARTS.split(_ASIDE.sub("", text)):
        words = _ENDS.sub("", pronunciation.say(part))
        if not words or _DEVICE.search(part) or next(find_unsayable(words), ""):
            continue
        pieces = list(_packed(_JOINTS.split(words)))
        if all(count_spoken(piece) <= MAX_SENTENCE for piece in pieces):
            yield from map(_closed, pieces)


def _packed(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces joined by commas, as long as a sentence may be."""
    held = ""
    for piece in pieces:
        longer = f"{held}, {piece}" if held else piece
        if held and count_spoken(longer) > MAX_SENTENCE:
            yield held
            longer = piece
        held = longer
    yield held


def _closed(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."
