"""Technical terms and their plain explanations, from data/glossary.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from portal.language.collation import collation_key, first_letter
from portal.source.datafiles import UNKNOWN, Table
from portal.source.problems import Problem
from portal.source.schema import ID, NOTE, Field, Kind, Vocabulary

GLOSSARY = Table(
    "data/glossary.yml",
    (
        Field(
            "terms", Kind.RECORDS, "Từ khó", "Từ và lời giải thích.", "[]", identity=("id",),
            fields=(
                ID,
                Field("prefer", Kind.TEXT, "Từ", "Chữ dùng trên trang.", "mã OTP"),
                Field("def", Kind.TEXT, "Giải thích", "Một câu dễ hiểu.", "Mã dùng một lần."),
                Field("topic", Kind.TOPIC, "Chủ đề", "Một mã trong data/topics.yml.", "dinh-danh",
                      required=False),
                Field("abbr", Kind.TEXTS, "Viết tắt", "Trên giấy tờ, màn hình.", "[OTP]",
                      required=False),
                Field("variants", Kind.TEXTS, "Tên khác", "Bà con hay nói.", "[mã xác thực]",
                      required=False, is_quoted=True),
                Field("typed", Kind.TEXTS, "Chữ hay gõ", "Chỉ để tìm.", "[ma otp]",
                      required=False, is_shown=False),
                Field("avoid", Kind.TEXTS, "Không dùng", "Vẫn tìm ra.", "[passcode một lần]",
                      required=False, is_shown=False),
                Field("everyday", Kind.FLAG, "Từ quen", "Bài không phải giải thích.", "true",
                      required=False),
                NOTE,
            ),
        ),
    ),
)  # fmt: skip
ABBREVIATION = re.compile(r"[A-ZĐ](?<![\w/.-].)[A-ZĐ]{1,5}(?![\w/-]|\.\w)")


@dataclass(frozen=True)
class Term:
    """A term: `prefer` is the site's wording; an `everyday` term needs no explanation in guides.

    `abbreviations` are seen on papers and screens, `variants` said, `typed` searched for; `avoided`
    words are not used on the site but can be searched for.
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
    """Return the abbreviations of all terms."""
    names = (name for term in terms for name in (*term.abbreviations, term.prefer))
    return frozenset(short for name in names for short in ABBREVIATION.findall(name))


def load_glossary(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[tuple[Term, ...], list[Problem]]:
    """Return the terms in file order, and the problems."""
    data, problems = GLOSSARY.read(file, vocabulary)
    terms = (
        row.make(
            Term,
            definition=row.text("def"),
            abbreviations=row.texts("abbr"),
            avoided=row.texts("avoid"),
        )
        for row in data.rows("terms")
    )
    return tuple(terms), problems


@dataclass(frozen=True)
class LetterGroup:
    """The terms that begin with one letter."""

    letter: str
    terms: tuple[Term, ...]


def terms_by_letter(terms: Iterable[Term]) -> tuple[LetterGroup, ...]:
    """Return the terms in Vietnamese alphabetical order, grouped by first letter."""
    ranked = sorted(terms, key=lambda term: collation_key(term.prefer))
    return tuple(
        LetterGroup(letter, tuple(group))
        for letter, group in groupby(ranked, lambda term: first_letter(term.prefer))
    )
