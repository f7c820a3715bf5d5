"""The quick look for long sentences never passes one over."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from portal.checks.wording import _SENTENCE_END, _may_have_long_sentence

PIECES = ("a", "ừ", "bước", "12", "_", "**", ", ", "…", ". ", "\n", "”", "-", "\u0300")
ROWS = ("một ", "a b c d ")
TEXT = st.lists(st.sampled_from(PIECES + ROWS), max_size=80).map("".join)


@given(TEXT)
@example("một " * 25)
@example("(một " * 26)
@example("một " * 25 + ". hai")
def test_parts_of_more_than_25_words_are_seen(text: str) -> None:
    counts = [len(re.findall(r"[^\W_]+", part)) for part in _SENTENCE_END.split(text)]
    assert _may_have_long_sentence(text) == (max(counts) > 25)
