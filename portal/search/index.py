"""Writes the search index that browsers load: the leads of all pages, then their texts.

`search/index.json` has the lead of each page, enough for most queries, and names the file of the
texts, which has its digest in its name, so that browsers can cache it indefinitely. See
decisions/0003-search.md.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from portal.language.folding import key_of, split_phrases
from portal.library.page_kinds import PAGE, PageKind
from portal.library.search_language import Synonym

LEADS = "search/index.json"

Lines = dict[str, str]  # weight → lines of what is meant and its forms, parted by tabs


@dataclass(frozen=True, slots=True)
class IndexedSection:
    """The text of a page under one heading; blocks are separated by line breaks."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """A page in the index; its first section is the text above the first heading.

    `lead` is a one-sentence summary; where its kind sends it first, it has a higher weight than the
    text.
    """

    url: str
    title: str
    sections: tuple[IndexedSection, ...]
    kind: PageKind = PAGE
    tags: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class SearchHelp:
    """The engine's other data, as JSON values.

    `language` is loaded with the leads; `help`, for queries that no guide answers, with the texts,
    as are the synonyms without which a query finds a lead all the same, and the fillers of several
    words or with one that no lead has.
    """

    language: Mapping[str, object] = field(default_factory=dict)
    fillers: Sequence[str] = ()
    help: Mapping[str, object] = field(default_factory=dict)
    synonyms: Sequence[Synonym] = ()


def write_index(site: Path, pages: Iterable[SearchPage], extras: SearchHelp) -> None:
    """Write the index of these pages into a site; `pages` is iterated once."""
    leads, texts = list[_Lead](), list[object]()
    for page in pages:
        leads.append(_lead_of(page))
        texts.append([(each.anchor, each.heading, each.text) for each in _sections_of(page)])
    first, later = _split_language(extras, set[str]().union(*(lead.words for lead in leads)))
    text = dump_json({"pages": texts, **later, **extras.help})
    path = f"{hashlib.sha256(text).hexdigest()[:10]}/text.json"
    columns = {  # a line a page, in the order that gzip packs best
        "urls": "\n".join(_nested(lead.url for lead in leads)),
        "tags": "\n".join("\t".join(lead.tags) for lead in leads),
        **first,
        "leads": "\n".join(lead.text for lead in leads),
        "titles": "\n".join(lead.title for lead in leads),
        "weights": "\n".join(str(lead.weight) for lead in leads),
    }
    head = {"text": path, "size": len(zlib.compress(text)), **extras.language}
    (site / "search" / path).parent.mkdir(parents=True)
    (site / "search" / path).write_bytes(text)
    (site / LEADS).write_bytes(dump_json({**head, **columns}))


def _nested(urls: Iterable[str]) -> Iterator[str]:
    """Yield addresses, each without its folder where that is the one of the address before.

    Where a folder is named it ends in a slash, that of the site is one.
    """
    before = ""
    for url in urls:
        folder, slash, _ = url.rstrip("/").rpartition("/")
        name = url[len(folder + slash) :]
        yield name if folder == before else f"{folder}/{name}"
        before = folder


class _Lead(NamedTuple):
    """What is sent first of a page."""

    url: str
    title: str
    tags: tuple[str, ...]
    weight: float
    text: str

    @property
    def words(self) -> set[str]:
        return _words(" / ".join((self.title, *self.tags, self.text)))


def _lead_of(page: SearchPage) -> _Lead:
    title, lead = " ".join(page.title.split()), " ".join(page.lead.split())
    text = lead[: page.kind.max_lead].removesuffix(".")
    tags = _new_words(page.tags, _words(f"{title} / {text}"))
    return _Lead(page.url, title, tags, page.kind.weight, text)


def _sections_of(page: SearchPage) -> Sequence[IndexedSection]:
    """Return the sections of a page, with the lead of one whose title is sent alone at first."""
    if page.kind.max_lead or not page.lead or not page.sections:
        return page.sections
    first, *rest = page.sections
    return (IndexedSection(first.anchor, first.heading, f"{page.lead}\n{first.text}"), *rest)


def _new_words(tags: Iterable[str], said: set[str]) -> tuple[str, ...]:
    """Return, as keys, the words of tags that were not said before, each beside its neighbours.

    Nobody reads tags; in pairs with its neighbours a word weighs what it weighs in a whole tag.
    """
    kept, said = list[str](), set(said)
    for tag in tags:
        keys = [key_of(word) for phrase in split_phrases(tag) for word in phrase]
        new = {place for place, key in enumerate(keys) if key not in said}
        beside = {place + step for place in new for step in (-1, 0, 1)}
        if new:
            kept.append(" ".join(key for place, key in enumerate(keys) if place in beside))
        said.update(keys)
    return tuple(kept)


def _split_language(
    extras: SearchHelp, known: set[str]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return the fillers and synonyms sent with the leads, whose words are `known`, and the rest.

    A filler of one word that leads have decides what comes first among them. A synonym without a
    word that they lack finds something by its own words; the meaning of a short form is looked for
    instead of it, and so is always sent first.
    """
    first, later = dict[str, list[str]](), dict[str, list[str]]()
    for meant, forms, weight, is_typed in extras.synonyms:
        is_first = [weight == 1 or (is_typed and not _words(form) <= known) for form in forms]
        for rows, wanted in ((first, True), (later, False)):
            chosen = [form for form, each in zip(forms, is_first, strict=True) if each is wanted]
            if chosen:
                rows.setdefault(f"{weight:g}", []).append("\t".join((meant, *chosen)))
    alone = {each for each in extras.fillers if " " not in each and _words(each) <= known}
    beside = [each for each in extras.fillers if each not in alone]
    return (
        {
            "fillers": "\n".join(each for each in extras.fillers if each in alone),
            "synonyms": _lines(first),
        },
        {"fillers": "\n".join(beside), "synonyms": _lines(later)},
    )


def _lines(rows: Mapping[str, list[str]]) -> Lines:
    return {weight: "\n".join(lines) for weight, lines in rows.items()}


def _words(text: str) -> set[str]:
    return {key_of(word) for phrase in split_phrases(text) for word in phrase}


def dump_json(value: object) -> bytes:
    """Return a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
