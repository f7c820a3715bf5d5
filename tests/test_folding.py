import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.node import run_node
from support.project import REPOSITORY

from portal.language.folding import key_of, split_phrases

CASES = json.loads((REPOSITORY / "tests/data/folding-cases.json").read_text(encoding="utf-8"))
SCRIPT = """
import { keyOf, splitPhrases } from "./fold.js";
give(taken.map((text) => splitPhrases(text).map((words) => [words, words.map(keyOf)])));
"""


def fold(text: str) -> list[list[object]]:
    return [[words, [key_of(w) for w in words]] for words in split_phrases(text)]


@pytest.mark.parametrize(("text", "phrases"), CASES["phrases"])
def test_phrases_of_the_shared_table(text: str, phrases: list[list[str]]) -> None:
    assert split_phrases(text) == phrases


@pytest.mark.parametrize(("word", "key"), [row[:2] for row in CASES["words"]])
def test_words_of_the_shared_table(word: str, key: str) -> None:
    assert key_of(word) == key


def test_javascript_gives_the_shared_table() -> None:
    script = """
import { accentOf, joinNumbers, keyOf, splitPhrases } from "./fold.js";
give({
  phrases: taken.phrases.map(([text]) => [text, splitPhrases(text)]),
  words: taken.words.map(([word]) => [word, keyOf(word), accentOf(word)]),
  numbers: taken.numbers.map(([words]) => [words, joinNumbers(words)]),
});
"""
    assert run_node(script, CASES) == CASES


# Letters that Python's Unicode 14 knows: newer ones would be letters in one language only.
characters = st.characters(
    exclude_categories=["Cn"], include_characters="đĐðÐâăơưÂĂƠƯ\u0300\u0301\u0303\u0309\u0323/.,-"
)
vietnamese = st.text("aăâeêioôơuưyđbcghklmnpqrstvx\u0300\u0301\u0303\u0309\u0323 .,-0123456789")
texts = st.one_of(st.text(characters), vietnamese)


@settings(max_examples=15, deadline=None)
@given(st.lists(texts, min_size=60, max_size=120))
def test_python_and_javascript_agree_on_any_text(many: list[str]) -> None:
    assert run_node(SCRIPT, many) == [fold(text) for text in many]


@given(vietnamese)
def test_folding_is_the_same_composed_and_decomposed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_keys_fold_to_themselves(text: str) -> None:
    keys = [key for words in split_phrases(text) for key in map(key_of, words)]
    assert [key_of(key) for key in keys] == keys
