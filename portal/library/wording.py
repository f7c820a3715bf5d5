"""Words to avoid and what to write instead, from data/wording.yml (rules of style.vi.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from portal.language.text import fold
from portal.source.datafiles import Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind

WORDING = Table(
    "data/wording.yml",
    (
        Field(
            "words", Kind.RECORDS, "Chữ nên tránh", "So khớp nguyên cụm.", "[]",
            identity=("avoid",),
            fields=(
                Field("avoid", Kind.TEXT, "Tránh", "Nguyên cụm.", '"người dùng"'),
                Field("instead", Kind.TEXT, "Thay bằng", "Viết gì thay vào.", '"bà con"'),
                Field("why", Kind.TEXT, "Vì sao", "Vài chữ.", '"dùng từ quen"', required=False),
            ),
        ),
        Field("link_texts", Kind.TEXTS, "Chữ đường dẫn không nói gì", "Chữ của đường dẫn.",
              '["tại đây"]', required=False),
        Field("abbreviations", Kind.TEXTS, "Viết tắt ai cũng biết", "Không phải giải thích.",
              "[OTP]", required=False),
        Field("spoken", Kind.PAIRS, "Đọc thành tiếng", "Chữ tắt, tên lạ: đọc thế nào.",
              "{OTP: ô tê pê}", required=False),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A phrase to avoid, its replacement and the reason."""

    avoid: str
    instead: str
    why: str = ""


@dataclass(frozen=True)
class Wording:
    """The phrases by lower-case form, vague link texts, known abbreviations.

    `spoken` are (short form, how it is said).
    """

    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    link_texts: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()

    @cached_property
    def vague_link_texts(self) -> frozenset[str]:
        """Return the vague link texts, folded."""
        return frozenset(map(fold, self.link_texts))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        choices = "|".join(re.escape(each) for each in sorted(self.phrases, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each phrase in the text, as whole words; the longest match wins."""
        lowered = text.lower()
        # Most pages have none: a substring test of each is three times faster than the pattern.
        if any(phrase in lowered for phrase in self.phrases):
            yield from self._pattern.finditer(text)


def load_wording(file: Path) -> tuple[Wording, list[Problem]]:
    """Return the words to avoid, and the problems."""
    data, problems = WORDING.read(file)
    rows = (row.make(Phrase) for row in data.rows("words"))
    phrases = {phrase.avoid.lower(): phrase for phrase in rows}
    link_texts, abbreviations = data.texts("link_texts"), data.texts("abbreviations")
    return Wording(phrases, link_texts, abbreviations, data.pairs("spoken")), problems
