"""What the search engine knows of the residents' language: fillers, short forms, other names.

From data/search-words.yml and the glossary; shipped with the index, so that no word stands in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.language.folding import key_of, split_phrases
from portal.library.glossary import Term
from portal.source.datafiles import read_datafile
from portal.source.problems import Problem

OTHER_NAME = 0.8  # weight of the site's wording when residents use another name
SHORT_FORM = 0.3  # "ck", "tk", "156" mean several things
LONGEST_SHORT_FORM = 3  # letters
_BRACKETS = re.compile(r"\s*\([^)]*\)")

Synonym = tuple[str, list[str], float]


@dataclass(frozen=True)
class SearchWords:
    """The words of data/search-words.yml; `short` gives short form → meaning."""

    fillers: tuple[str, ...] = ()
    short: tuple[tuple[str, str], ...] = ()


def load_search_words(file: Path) -> tuple[SearchWords, list[Problem]]:
    """Return the words of the search box, and the problems of the file."""
    data, problems = read_datafile(file)
    for name, kind in () if problems else (("fillers", list), ("short", dict)):
        if not isinstance(data.values.get(name), kind):
            problems.append(data.problem(1, f"thiếu mục {name}", f"thêm mục {name}:"))
    if problems:
        return SearchWords(), problems
    fillers, short = data.values["fillers"], data.values["short"]
    assert isinstance(fillers, list)
    assert isinstance(short, dict)
    pairs = tuple((str(form), str(meaning)) for form, meaning in short.items())
    return SearchWords(tuple(map(str, fillers)), pairs), []


def language_of(words: SearchWords, terms: Iterable[Term]) -> dict[str, object]:
    """Return fillers and synonyms as the engine reads them."""
    synonyms = [*_short_forms(words), *(row for term in terms for row in _other_names(term))]
    return {"fillers": list(words.fillers), "synonyms": synonyms}


def _short_forms(words: SearchWords) -> Iterator[Synonym]:
    for form, meaning in words.short:
        yield meaning, [form], OTHER_NAME


def _other_names(term: Term) -> Iterator[Synonym]:
    """Yield what else a term is called, short forms apart: they weigh less."""
    meant = _BRACKETS.sub("", term.prefer)
    names = [*term.abbreviations, *term.variants, *term.typed, *term.avoided]
    keys = {_keys(name): _BRACKETS.sub("", name) for name in names}
    others = {key: name for key, name in keys.items() if key and key != _keys(meant)}
    for weight, is_short in ((OTHER_NAME, False), (SHORT_FORM, True)):
        forms = [key for key in others if (len(key) <= LONGEST_SHORT_FORM) == is_short]
        if forms:
            yield meant, forms, weight


def _keys(phrase: str) -> str:
    phrases = split_phrases(_BRACKETS.sub("", phrase))
    return " ".join(key_of(word) for words in phrases for word in words)
