"""Which guides to read about a term of the glossary."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.glossary import Term
from portal.library import Library, Page
from portal.text import fold

MAX_GUIDES = 2
_WEIGHTS = (("title", 4), ("tags", 3), ("summary", 2))


def guides_about(term: Term, library: Library) -> tuple[Page, ...]:
    """Return the guides that say most of a term, those of its own topic first among equals."""
    pattern = _pattern(term)
    scores = dict[str, int]()
    for guide in library.guides:
        if score := _score(pattern, library.folded_heads[guide.uri]):
            scores[guide.uri] = score + (guide.meta.get("topic") == term.topic)
    ranked = sorted(scores, key=lambda uri: -scores[uri])
    return tuple(library.by_uri[uri] for uri in ranked[:MAX_GUIDES])


def _pattern(term: Term) -> re.Pattern[str]:
    names = (term.prefer.partition(" (")[0], *term.abbreviations, *term.variants)
    forms = {fold(name) for name in names if len(name) > 2}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?!\w)")


def _score(pattern: re.Pattern[str], head: Mapping[str, str]) -> int:
    return sum(weight for name, weight in _WEIGHTS if pattern.search(head[name]))
