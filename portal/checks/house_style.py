"""Wording and length: advice from style.vi.md, on the site's own words only."""

from __future__ import annotations

from collections.abc import Iterator

from portal.language.text import syllable_count
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

MAX_SENTENCE_SYLLABLES = 25  # style.vi.md §2


def check_wording(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice for each phrase of data/wording.yml that the page itself uses."""
    for match in library.wording.find(page.contents.own_words):
        phrase = library.wording.phrases[match[0].lower()]
        message = f"nên tránh '{match[0]}'" + (f": {phrase.why}" if phrase.why else "")
        line = page.contents.line_at(match.start())
        yield Problem(page.path, line, message, phrase.instead, Severity.ADVICE)


def check_sentences(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for each sentence of more than 25 syllables."""
    for sentence in page.contents.sentences:
        count = syllable_count(sentence.text)
        if count > MAX_SENTENCE_SYLLABLES:
            start = " ".join(sentence.text.split()[:6])
            message = f"câu '{start}…' dài {count} tiếng, nên không quá {MAX_SENTENCE_SYLLABLES}"
            fix = "tách thành hai câu, mỗi câu một ý"
            yield Problem(page.path, sentence.line, message, fix, Severity.ADVICE)
