"""Words to avoid and what to write instead, from data/wording.yml (rules of style.vi.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from portal.language.text import fold
from portal.source.datafiles import DataFile, read_datafile
from portal.source.problems import Problem


@dataclass(frozen=True)
class Phrase:
    """A whole phrase to avoid, its replacement and the reason."""

    avoid: str
    instead: str
    why: str = ""


@dataclass(frozen=True)
class Wording:
    """The phrases by lower-case form, link texts that say nothing, known abbreviations."""

    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    link_texts: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()

    @cached_property
    def vague_link_texts(self) -> frozenset[str]:
        """Return the link texts that say nothing, folded."""
        return frozenset(map(fold, self.link_texts))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        choices = "|".join(re.escape(each) for each in sorted(self.phrases, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each phrase in the text as a whole word, the longest where several begin."""
        lowered = text.lower()
        # Most pages hold none, and looking for each is three times faster than the pattern.
        if any(phrase in lowered for phrase in self.phrases):
            yield from self._pattern.finditer(text)


def load_wording(file: Path) -> tuple[Wording, list[Problem]]:
    """Return the words to avoid, and the rows that lack `avoid` or `instead`."""
    data, problems = read_datafile(file, "words")
    phrases = dict[str, Phrase]()
    for line, row in data.rows("words"):
        phrase = Phrase(*(str(row.get(name) or "") for name in ("avoid", "instead", "why")))
        if phrase.avoid and phrase.instead:
            phrases[phrase.avoid.lower()] = phrase
        else:
            fix = "ghi đủ avoid: … và instead: …"
            problems.append(data.problem(line, "mục thiếu avoid hoặc instead", fix))
    words = (_words(data, name) for name in ("link_texts", "abbreviations"))
    return Wording(phrases, *words), problems


def _words(data: DataFile, name: str) -> tuple[str, ...]:
    words = data.values.get(name)
    return tuple(map(str, words)) if isinstance(words, list) else ()
