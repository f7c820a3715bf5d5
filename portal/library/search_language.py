"""The residents' language for the search engine: stop words, short forms, synonyms.

From data/search-words.yml and the glossary; shipped with the index, so that the code has no word
lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from portal.language.folding import key_of, split_phrases
from portal.library.glossary import Term
from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind

STANDS_FOR = 1.0  # weight of the meaning that replaces a short form
OTHER_NAME = 0.8  # weight of the site's wording when residents use another name
SHORT_FORM = 0.3  # "ck", "tk", "156" are ambiguous
LONGEST_SHORT_FORM = 3  # letters
_BRACKETS = re.compile(r"\s*\([^)]*\)")


class Synonym(NamedTuple):
    """What is meant, the forms looked up for it, and their weight.

    Forms that are not `is_typed` stand on papers and are seldom typed.
    """

    meant: str
    forms: list[str]
    weight: float
    is_typed: bool = True


@dataclass(frozen=True)
class SearchWords:
    """The words of data/search-words.yml; pairs are typed → meant."""

    fillers: tuple[str, ...] = ()
    short: tuple[tuple[str, str], ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    asides: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


SEARCH_WORDS = Table(
    "data/search-words.yml",
    (
        Field("fillers", Kind.TEXTS, "Chữ đệm", "Không nói tìm gì.", "[làm sao]"),
        Field("short", Kind.PAIRS, "Viết tắt khi gõ", "Chữ gõ: nghĩa.", '{"đt": "điện thoại"}'),
        Field("amounts", Kind.PAIRS, "Số lượng", "Chữ gõ: nghĩa.", '{"tr": "triệu"}',
              required=False),
        Field("said", Kind.PAIRS, "Cách nói khác", "Chữ gõ: nghĩa.", '{"bé": "trẻ"}',
              required=False),
        Field("asides", Kind.TEXTS, "Mục bên lề", "Tên mục, tìm thì nhẹ hơn.", "[Hay vướng]",
              required=False),
        Field("outside", Kind.TEXTS, "Ngoài trang này", "Việc trang không nói.", "[thời tiết]",
              required=False),
    ),
)  # fmt: skip


def load_search_words(file: Path) -> tuple[SearchWords, list[Problem]]:
    """Return the search words, and the problems of the file."""
    data, problems = SEARCH_WORDS.read(file)
    return data.make(SearchWords), problems


def synonyms_of(words: SearchWords, terms: Iterable[Term]) -> list[Synonym]:
    """Return meaning, typed forms and weight of each synonym."""
    short, said = ((_by_meaning(rows)) for rows in (words.short, words.said))
    return [
        *(Synonym(meant, forms, STANDS_FOR) for meant, forms in short.items()),
        *(Synonym(meant, forms, OTHER_NAME) for meant, forms in said.items()),
        *(row for term in terms for row in _other_names(term)),
    ]


def _by_meaning(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found = dict[str, list[str]]()
    for form, meaning in rows:
        found.setdefault(meaning, []).append(form)
    return found


def _other_names(term: Term) -> Iterator[Synonym]:
    """Yield the synonyms of a term, without short forms, which have a lower weight.

    A name with all words of the preferred one needs no synonym.
    """
    meant = _BRACKETS.sub("", term.prefer)
    names = [*term.abbreviations, *term.variants, *term.typed, *term.avoided]
    spelled = dict[str, str]()
    for name in names:  # accented names come first
        spelled.setdefault(_keys(name), _BRACKETS.sub("", name).lower())
    words = set(_keys(meant).split())
    others = {key: name for key, name in spelled.items() if key and not words <= set(key.split())}
    official = {*map(_keys, term.abbreviations), *map(_keys, term.avoided)}
    for weight, is_short, is_typed in (
        (OTHER_NAME, False, True),
        (OTHER_NAME, False, False),
        (SHORT_FORM, True, False),
    ):
        forms = [
            name
            for key, name in others.items()
            if (len(key) <= LONGEST_SHORT_FORM) == is_short
            and (is_short or (key not in official) == is_typed)
        ]
        if forms:
            yield Synonym(meant, forms, weight, is_typed)


def _keys(phrase: str) -> str:
    phrases = split_phrases(_BRACKETS.sub("", phrase))
    return " ".join(key_of(word) for words in phrases for word in words)
