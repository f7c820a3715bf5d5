"""Writes the search index that readers' browsers load: the leads of all pages, then their texts.

`search/index.json` holds the lead of each page, by which most queries are answered, and names the
file of the texts; that one is named by its digest, so that a browser may keep it for good.
decisions/0003-search.md tells why.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.language.folding import key_of, split_phrases

LEADS = "search/index.json"
MAX_LEAD_CHARS = {"guide": 300, "story": 300, "page": 120}  # pages often list names: text
KINDS = ("guide", "story", "page")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading; blocks of text are parted by line ends."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """A page to be found; the first section is what stands above the first heading.

    `lead` says in a sentence what the page is for; it counts more than the text.
    """

    url: str
    title: str
    sections: tuple[Section, ...]
    kind: str = "page"
    tags: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class SearchHelp:
    """What the engine knows beside the pages; JSON values.

    `language` comes with the leads; `help`, what tells that no guide answers and whom to ask then,
    with the texts.
    """

    language: Mapping[str, object] = field(default_factory=dict)
    help: Mapping[str, object] = field(default_factory=dict)


def write_index(site: Path, pages: Iterable[SearchPage], extras: SearchHelp) -> None:
    """Write the index of these pages, each read once, into a site."""
    leads, texts = list[object](), list[object]()
    for page in pages:
        lead = page.lead[: MAX_LEAD_CHARS[page.kind]]
        leads.append((page.url, page.title, _tags(page), KINDS.index(page.kind), lead))
        texts.append([(each.anchor, each.heading, each.text) for each in page.sections])
    text = dump_json({"pages": texts, **extras.help})
    path = f"{hashlib.sha256(text).hexdigest()[:10]}/text.json"
    head = {"text": path, "size": len(zlib.compress(text)), **extras.language}
    (site / "search" / path).parent.mkdir(parents=True)
    (site / "search" / path).write_bytes(text)
    (site / LEADS).write_bytes(dump_json({**head, "pages": leads}))


def _tags(page: SearchPage) -> list[str]:
    """Return the tags that say more than the title, which weighs as much."""
    title = _folded(page.title)
    return [tag for tag in page.tags if _folded(tag) not in title]


def _folded(text: str) -> str:
    words = (key_of(word) for phrase in split_phrases(text) for word in phrase)
    return f" {' '.join(words)} "


def dump_json(value: object) -> bytes:
    """Return a value as JSON, in as few bytes as it takes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
