"""The body of a page as its editor wrote it: headings, links, images and sentences with lines.

Nothing is rendered: what an editor must mend is in the source, so every find carries its line.
Code is blanked out first, letter for letter, so that offsets and lines stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markdown.extensions.toc import unique

from portal.text import heading_slug

# A pattern whose first letter is one of a few runs several times faster than one that begins with a
# look-around, "^" or something optional; hence "\n" for the start of a line, in "\n" + text.
_FENCE = re.compile(
    r"^[ \t]*(?P<mark>`{3,}|~{3,})[^\n`]*\n(?:.*\n)*?[ \t]*(?P=mark)[ \t]*$", re.MULTILINE
)
_CODE_SPAN = re.compile(
    r"(?<![\\`])(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`)", re.DOTALL
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"\n]*\"|^[ \t]*>.*$", re.MULTILINE)
_HEADING = re.compile(r"\n(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_HEADING_ID = re.compile(r"\s*\{:?\s*[^}]*#([\w-]+)[^}]*\}\s*$")
_DESTINATION = r"<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_LINK_TITLE = r"(?:\s+(?P<quote>[\"'])(?P<title>.*?)(?P=quote))?"
_LINK = re.compile(
    rf"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:{_DESTINATION}){_LINK_TITLE}\s*\)"
)  # a picture's too; ten times faster than with its "!"
CUT_LINK = re.compile(  # what begins the target of a link that is then none
    rf"\]\((?<!\\\]\()(?!\s*(?:{_DESTINATION}){_LINK_TITLE}\s*\))(?P<rest>[^\n]*)"
)
_DEFINITION = re.compile(
    rf"^ {{0,3}}\[(?P<text>[^\]\n]+)\]:\s*(?:{_DESTINATION}){_LINK_TITLE}", re.MULTILINE
)
_AUTOLINK = re.compile(r"<(?P<target>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*)>")
_MARKUP = re.compile(r"\{:?[^{}]*\}|[*_~=^]{1,3}|!?\[|\]\([^)]*\)|\]\[[^\]]*\]|\]")
_BLOCK_START = re.compile(
    r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+|[ \t]*>[ \t]?|[ \t]*#{1,6}[ \t]+|[ \t]*[!?]{3}\+?[ \t].*"
)
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?…:;](?=[\s”\"]|$)[”\"]?|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading; `anchor` is the id it gets in the page."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True)
class Link:
    """A link or a picture: `target` as written; a picture's `text` is its alt text."""

    text: str
    target: str
    line: int
    title: str = ""
    is_image: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence without its markup."""

    text: str
    line: int


@dataclass(frozen=True)
class Prose:
    """A Markdown body; `first_line` is the line of its first character in the file."""

    body: str
    first_line: int = 1

    @cached_property
    def text(self) -> str:
        """Return the body with code blanked out, of the same length and lines."""
        return _blank(_CODE_SPAN, _blank(_FENCE, self.body, "```", "~~~"), "`")

    @cached_property
    def own_words(self) -> str:
        """Return the site's own words: `text` with quotations and link targets blanked out too."""
        without_quotations = _blank(_QUOTATION, self.text, "“", '"', ">")
        return _blank(_AUTOLINK, _keep_link_texts(without_quotations), "<")

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self.text)]

    def is_quoted(self, offset: int) -> bool:
        """Return whether an offset in the body lies within a quotation."""
        return any(start <= offset < end for start, end in self._quotations)

    def line_at(self, offset: int) -> int:
        """Return the line in the file of an offset in the body."""
        return self.first_line + self.body.count("\n", 0, offset)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings with the anchors that the table of contents gives them."""
        used: set[str] = set()
        return tuple(self._read_headings(used))

    def _read_headings(self, used: set[str]) -> Iterator[Heading]:
        for match in _HEADING.finditer("\n" + self.text):
            own_id = _HEADING_ID.search(match[2]) if "{" in match[2] else None
            text = _heading_text(self.body[match.start(2) - 1 : match.end(2) - 1])
            anchor = own_id[1] if own_id else unique(heading_slug(text, "-"), used)
            used.add(anchor)
            yield Heading(len(match[1]), text, anchor, self.line_at(match.start()))

    @cached_property
    def references(self) -> tuple[Link, ...]:
        """Return links and pictures in the order of the text, definitions and autolinks last."""
        found = [self._link(match) for match in _LINK.finditer(self.text)]
        if "]:" in self.text:
            found += [self._link(match) for match in _DEFINITION.finditer(self.text)]
        found += [
            Link(match["target"], match["target"], self.line_at(match.start()))
            for match in _AUTOLINK.finditer(self.text)
        ]
        return tuple(found)

    def _link(self, match: re.Match[str]) -> Link:
        groups = match.groupdict()
        return Link(
            text=groups["text"].strip(),
            target=(groups["angle"] or groups["plain"] or "").strip(),
            line=self.line_at(match.start()),
            title=groups["title"] or "",
            is_image=_is_image(match),
        )

    @property
    def links(self) -> tuple[Link, ...]:
        """Return what leads elsewhere."""
        return tuple(link for link in self.references if not link.is_image)

    @property
    def images(self) -> tuple[Link, ...]:
        """Return the pictures, in order."""
        return tuple(link for link in self.references if link.is_image)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the site's own sentences; list items, headings and paragraphs end a sentence."""
        return tuple(self.sentences_from(1))

    def sentences_from(self, length: int) -> Iterator[Sentence]:
        """Yield the sentences written with at least `length` characters, markup included."""
        for start, block in _blocks(self.own_words):
            for match in _SENTENCE.finditer(block):
                if match.end() - match.start() < length:
                    continue
                if text := " ".join(_MARKUP.sub(" ", match[0]).split()):
                    yield Sentence(text, self.line_at(start + match.start()))


@lru_cache(maxsize=1024)  # the sections of a guide have the same names everywhere
def _heading_text(source: str) -> str:
    return _MARKUP.sub("", _HEADING_ID.sub("", source)).replace("`", "").strip()


def _blank(pattern: re.Pattern[str], text: str, *marks: str) -> str:
    """Return the text with matches blanked out; there is one only where one of the marks is."""
    if not any(mark in text for mark in marks):
        return text
    return pattern.sub(lambda match: _spaces(match[0]), text)


def _spaces(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _keep_link_texts(text: str) -> str:
    """Return the text with pictures and all of links but their texts blanked out."""
    parts, end = list[str](), 0
    for match in _LINK.finditer(text):
        target = match.end("text")
        if _is_image(match):
            start = match.start() - 1
            parts += (text[end:start], _spaces(text[start:target]))
        else:
            parts += (text[end : match.start()], " ", match["text"])
        parts.append(_spaces(text[target : match.end()]))
        end = match.end()
    return "".join((*parts, text[end:]))


def _is_image(link: re.Match[str]) -> bool:
    """Return whether a match is a picture's; a definition begins its line."""
    return link.start() > 0 and link.string[link.start() - 1] == "!"


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, text) of each paragraph, list item or heading; tables are left out."""
    start, offset, lines = 0, 0, list[str]()
    for line in [*text.split("\n"), ""]:
        marker = _BLOCK_START.match(line)
        if marker or not line.strip() or line.lstrip().startswith("|"):
            if lines:
                yield start, "\n".join(lines)
            lines = []
        if line.strip() and not line.lstrip().startswith("|"):
            content = line[marker.end() :] if marker else line
            if not lines:
                start = offset + len(line) - len(content)
            lines.append(content)
        offset += len(line) + 1
