"""The check of sentences reads them only where there may be a long one; it must miss none."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from portal.checks.wording import MAX_SENTENCE_SYLLABLES, check_sentences
from portal.frontmatter import Document
from portal.library import Library, Page
from portal.text import syllable_count

WORDS = " ".join(["một"] * (MAX_SENTENCE_SYLLABLES - 1))
PARTS = (
    WORDS, " hai", "a_b", "1.000,5", "12:30", "…", "…” ", ". ", "?\n", ":", '"', "*ba*",
    "\n\n", "\n", "- ", "1. ", "# ", "| a |", "[bốn](năm.md)", "{.sáu}", "a/b",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_every_long_sentence_is_found(parts: list[str]) -> None:
    text = "".join(parts)
    page = Page("guides/a/b.md", Document("docs/guides/a/b.md", body=text), text)
    long = [
        sentence.line
        for sentence in page.prose.sentences
        if syllable_count(sentence.text) > MAX_SENTENCE_SYLLABLES
    ]
    assert [problem.line for problem in check_sentences(page, Library(docs=Path("docs")))] == long
