"""The guides related to a term of the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from portal.language.text import fold, words_of
from portal.library.glossary import Term
from portal.library.library import Library, Page

MAX_GUIDES = 2
_WEIGHTS = (("title", 4), ("tags", 3), ("summary", 2))


def guides_about(term: Term, library: Library) -> tuple[Page, ...]:
    """Return the guides with most occurrences of a term, its own topic's first among equals."""
    forms = _forms(term)
    pattern = _pattern(forms)
    candidates = frozenset[str]().union(*(_with_words_of(form, library) for form in forms))
    scores = dict[str, int]()
    for guide in library.guides if candidates else ():
        if guide.uri in candidates and (score := _score(pattern, library.folded_heads[guide.uri])):
            scores[guide.uri] = score + (guide.meta.get("topic") == term.topic)
    ranked = sorted(scores, key=lambda uri: -scores[uri])
    return tuple(library.by_uri[uri] for uri in ranked[:MAX_GUIDES])


def _forms(term: Term) -> frozenset[str]:
    names = (term.prefer.partition(" (")[0], *term.abbreviations, *term.variants)
    return frozenset(fold(name) for name in names if len(name) > 2)


def _with_words_of(form: str, library: Library) -> Set[str]:
    """Return the `uri`s of the guides with all words of a form, the only candidates for it."""
    found = [library.guides_by_word.get(word, frozenset()) for word in words_of(form)]
    return frozenset.intersection(*found) if found else library.folded_heads.keys()


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?!\w)")


def _score(pattern: re.Pattern[str], head: Mapping[str, str]) -> int:
    return sum(weight for name, weight in _WEIGHTS if pattern.search(head[name]))
