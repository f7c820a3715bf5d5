"""What stands on a guide's printed page: its sections in order, the numbers to call, who checked.

A guide's body is rendered as for the site and its HTML is read back into blocks, so that paper and
page can never disagree about what a list or a link is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from html.parser import HTMLParser
from types import MappingProxyType

from markdown import markdown

from portal.cache import cache_key
from portal.team import Team
from portal.text import to_nfc

_EXTENSIONS = ("attr_list", "def_list", "tables")
_BLOCK_TAGS = frozenset({"p", "li", "dt", "dd", "h2", "h3", "h4", "tr", "blockquote"})
_BOLD_TAGS = frozenset({"strong", "b", "code", "th", "dt"})
NO_LINKS: Mapping[str, str] = MappingProxyType({})
_CELL_GLUE = " – "


class BlockKind(StrEnum):
    """How a block looks."""

    TEXT = "text"
    HEADING = "heading"
    BULLET = "bullet"
    STEP = "step"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `href` is absolute or empty."""

    text: str
    is_bold: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item or a small heading; `number` is that of a step."""

    kind: BlockKind
    runs: tuple[Run, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """Return the words without style."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Section:
    """A heading and what follows it; the text before the first heading has the title ""."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Hotline:
    """A number to call, who answers, and what is known of the cost."""

    number: str
    name: str = ""
    cost: str = ""


@dataclass(frozen=True)
class HandoutContent:
    """All that a handout says; `address` is what its QR code holds, `colour` is "#rrggbb".

    `standing` tells who runs the site and that it is not official.
    """

    title: str
    site: str
    address: str
    topic: str = ""
    colour: str = "#0b4f47"
    audience: str = ""
    sections: tuple[Section, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    reviewed: datetime.date | None = None
    team: Team = field(default_factory=Team)
    standing: str = ""


@dataclass(frozen=True)
class HandoutSource:
    """A handout whose body has not been read: the cache is asked first, reading takes its time.

    `head` is the content without sections, `body` is Markdown, and `links` pairs its links as
    written with the absolute addresses that they stand for.
    """

    head: HandoutContent
    body: str
    links: tuple[tuple[str, str], ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it: a guide's handout and its topic's booklet ask for it."""
        return cache_key(self.head, self.body.encode(), self.links)

    def read(self) -> HandoutContent:
        """Return the whole content."""
        return replace(self.head, sections=read_sections(self.body, dict(self.links)))


def read_sections(body: str, links: Mapping[str, str] = NO_LINKS) -> tuple[Section, ...]:
    """Return the sections of a Markdown body.

    `links` maps links as written to absolute addresses; a telephone number stands for itself, and
    any other link is mere text on paper.
    """
    reader = _SectionReader(links)
    reader.feed(markdown(to_nfc(body), extensions=_EXTENSIONS))
    reader.close()
    return reader.sections()


class _SectionReader(HTMLParser):
    """Reads rendered Markdown into sections; pictures and markup it does not know are left out."""

    def __init__(self, links: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._links = links
        self._sections: list[tuple[str, list[Block]]] = [("", [])]
        self._runs: list[Run] = []
        self._kind = BlockKind.TEXT
        self._steps: list[int | None] = []  # of each open list: its last number, None for bullets
        self._bold = 0
        self._href = ""

    def sections(self) -> tuple[Section, ...]:
        """Return what was read, without empty sections."""
        self._end_block()
        return tuple(Section(title, tuple(blocks)) for title, blocks in self._sections if blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a list or a style."""
        if tag in _BLOCK_TAGS:
            self._end_block()
            self._kind = self._kind_of(tag)
        elif tag in ("ol", "ul"):
            self._end_block()
            self._steps.append(0 if tag == "ol" else None)
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._href = href if href.startswith("tel:") else self._links.get(href, "")
        elif tag in ("td", "th") and join_runs(self._runs):
            self._runs.append(Run(_CELL_GLUE))
        elif tag == "br":
            self._runs.append(Run(" "))
        if tag == "th":
            self._kind = BlockKind.TEXT
        self._bold += tag in _BOLD_TAGS

    def handle_endtag(self, tag: str) -> None:
        """Close what `handle_starttag` opened."""
        self._bold -= tag in _BOLD_TAGS
        if tag == "h2":
            title = join_runs(self._runs)
            self._runs = []
            self._sections.append(("".join(run.text for run in title), []))
        elif tag in _BLOCK_TAGS:
            self._end_block()
        elif tag in ("ol", "ul") and self._steps:
            self._end_block()
            self._steps.pop()
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        """Add text to the open block."""
        self._runs.append(Run(re.sub(r"[ \n\t]+", " ", data), self._bold > 0, self._href))

    def _kind_of(self, tag: str) -> BlockKind:
        """Return the kind of the block that a tag opens; a `<p>` first in an item stays an item."""
        if tag == "li":
            return BlockKind.BULLET if self._steps[-1:] in ([], [None]) else BlockKind.STEP
        if tag in ("h3", "h4"):
            return BlockKind.HEADING
        if tag in ("tr", "dd"):
            return BlockKind.BULLET
        return self._kind if tag == "p" else BlockKind.TEXT

    def _end_block(self) -> None:
        """Add the open block to its section; without any text there is none."""
        runs = join_runs(self._runs)
        self._runs = []
        if not runs:
            return
        number = 0
        if self._kind is BlockKind.STEP and self._steps:
            number = self._steps[-1] = (self._steps[-1] or 0) + 1
        self._sections[-1][1].append(Block(self._kind, runs, number))
        self._kind = BlockKind.TEXT


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one style joined, single blanks, and none at the ends."""
    joined = list[Run]()
    for run in runs:
        text = run.text
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if joined and (joined[-1].is_bold, joined[-1].href) == (run.is_bold, run.href):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        elif text:
            joined.append(replace(run, text=text))
    if joined and not (last := joined[-1].text.rstrip(" ")):
        joined.pop()
    elif joined:
        joined[-1] = replace(joined[-1], text=last)
    return tuple(joined)
