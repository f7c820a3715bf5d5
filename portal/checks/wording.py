"""Wording and length: advice from style.vi.md, on the site's own words only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.library import Library, Page
from portal.problems import Problem, Severity
from portal.text import syllable_count

MAX_SENTENCE_SYLLABLES = 25  # style.vi.md §2
# No sentence has words on both sides of one; the markup that it loses takes words along, if any.
_SENTENCE_END = re.compile(r"[.!?…:;][\s”\"]")
_TOO_LONG = re.compile(rf"[\W_]*+(?:[^\W_]++[\W_]++){{{MAX_SENTENCE_SYLLABLES}}}[^\W_]")
_SHORTEST_TO_COUNT = 2 * MAX_SENTENCE_SYLLABLES + 1  # a letter a syllable, and what parts them


def check_wording(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice for each phrase of data/wording.yml that the page itself uses."""
    for match in library.wording.find(page.prose.own_words):
        phrase = library.wording.phrases[match[0].lower()]
        message = f"nên tránh '{match[0]}'" + (f": {phrase.why}" if phrase.why else "")
        line = page.prose.line_at(match.start())
        yield Problem(page.path, line, message, phrase.instead, Severity.ADVICE)


def check_sentences(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for each sentence of more than 25 syllables."""
    if not _may_have_long_sentence(page.prose.own_words):
        return
    for sentence in page.prose.sentences_from(_SHORTEST_TO_COUNT):
        count = syllable_count(sentence.text)
        if count > MAX_SENTENCE_SYLLABLES:
            start = " ".join(sentence.text.split()[:6])
            message = f"câu '{start}…' dài {count} tiếng, nên không quá {MAX_SENTENCE_SYLLABLES}"
            fix = "tách thành hai câu, mỗi câu một ý"
            yield Problem(page.path, sentence.line, message, fix, Severity.ADVICE)


def _may_have_long_sentence(text: str) -> bool:
    """Return whether reading the sentences is worth the while; it takes four times as long."""
    return any(
        len(part) >= _SHORTEST_TO_COUNT and _TOO_LONG.match(part)
        for part in _SENTENCE_END.split(text)
    )
