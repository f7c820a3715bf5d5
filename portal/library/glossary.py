"""The words of the field and their plain explanations, from data/glossary.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.language.collation import collation_key, first_letter
from portal.source.data_rows import find_row_faults
from portal.source.datafiles import read_datafile
from portal.source.problems import Problem

_FIELDS = {
    **dict.fromkeys(("id", "prefer", "def", "topic", "note"), str),
    **dict.fromkeys(("abbr", "variants", "typed", "avoid"), list),
    "everyday": bool,
}
ABBREVIATION = re.compile(r"[A-ZĐ](?<![\w/.-].)[A-ZĐ]{1,5}(?![\w/-]|\.\w)")


@dataclass(frozen=True)
class Term:
    """A term: `prefer` is the site's wording, `everyday` tells that guides need not explain it.

    `abbreviations` are seen on papers and screens, `variants` said, `typed` searched for, `avoided`
    not written on the site but still found.
    """

    id: str
    prefer: str
    definition: str
    topic: str = ""
    abbreviations: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    everyday: bool = False


def explained_abbreviations(terms: Iterable[Term]) -> frozenset[str]:
    """Return the abbreviations that the terms name."""
    names = (name for term in terms for name in (*term.abbreviations, term.prefer))
    return frozenset(short for name in names for short in ABBREVIATION.findall(name))


def load_glossary(file: Path) -> tuple[tuple[Term, ...], list[Problem]]:
    """Return the terms in the order of the file, and the rows that lack something."""
    data, problems = read_datafile(file, "terms")
    terms, ids = list[Term](), dict[str, int]()
    for line, row in data.rows("terms"):
        faults = list(find_row_faults(line, row, _FIELDS, ids))
        problems += [data.problem(line, *fault) for fault in faults]
        missing = [name for name in ("id", "prefer", "def") if not row.get(name)]
        if faults:
            continue
        if missing:
            message = f"từ thiếu {missing[0]}"
            problems.append(data.problem(line, message, f'thêm {missing[0]}: "…"'))
        else:
            terms.append(_term(row))
    return tuple(terms), problems


def _term(row: dict[str, object]) -> Term:
    return Term(
        id=str(row["id"]),
        prefer=str(row["prefer"]),
        definition=str(row["def"]),
        topic=str(row.get("topic") or ""),
        abbreviations=_words(row.get("abbr")),
        variants=_words(row.get("variants")),
        typed=_words(row.get("typed")),
        avoided=_words(row.get("avoid")),
        everyday=bool(row.get("everyday")),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


@dataclass(frozen=True)
class LetterGroup:
    """The terms that begin with one letter."""

    letter: str
    terms: tuple[Term, ...]


def by_letter(terms: Iterable[Term]) -> tuple[LetterGroup, ...]:
    """Return the terms in Vietnamese alphabetical order, under their first letters."""
    ranked = sorted(terms, key=lambda term: collation_key(term.prefer))
    return tuple(
        LetterGroup(letter, tuple(group))
        for letter, group in groupby(ranked, lambda term: first_letter(term.prefer))
    )
