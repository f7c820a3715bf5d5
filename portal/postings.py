"""Which sections hold which words and pairs of words, gathered page by page.

What is gathered leaves as bytes: another process may have gathered it. Its sections and words have
numbers of its own, so that no process need know of another.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from operator import sub

from portal.folding import accent_of, join_numbers, key_of, split_phrases

PairList = tuple[
    int, int, bytes
]  # first section and its class, last section, list of all after the first
STRONG = 2  # weight of a word in a title, a heading or a tag; 1 in the text
ACCENT_BITS = 30
ACCENTS = (1 << ACCENT_BITS) - 1  # a bit for each
PAIR_BITS = 32
SECOND = (1 << PAIR_BITS) - 1  # of a pair's number the bits of its second word
_BREAK = 0  # closes a phrase; no word has this number
_MAX_TOKENS = 1 << 16  # remembered; a language has far fewer, rare ones are split each time


class _Classes(dict[int, int]):
    """Two bits for a weighted count."""

    def __missing__(self, count: int) -> int:
        return 3


class _Varints(dict[int, bytes]):
    """Seven bits a byte, the lowest first; all but the last byte have the top bit set."""

    def __missing__(self, number: int) -> bytes:
        out, rest = bytearray(), number
        while rest > 127:
            out.append(rest & 127 | 128)
            rest >>= 7
        out.append(rest)
        if number < 1 << 14:
            self[number] = bytes(out)
        return bytes(out)


_CLASS = _Classes({1: 0, 2: 1, 3: 2, 4: 2})
varint = _Varints().__getitem__


class Tokens(dict[str, Sequence[int]]):
    """What may stand between two spaces → its words as numbers, and `_BREAK` between phrases.

    Nothing in `split_phrases` looks across a space, so a text may be split there first; texts are
    made of few different tokens, and each is looked at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = {"": _BREAK}  # word, accents and all → number
        self._digits = dict[int, str]()  # number → word made of digits

    def __missing__(self, token: str) -> Sequence[int]:
        phrases = split_phrases(f"x {token} x")  # so that breaks at both ends show too
        phrases[0] = phrases[0][1:]
        phrases[-1] = phrases[-1][:-1]
        numbers = list(map(self._number, phrases[0]))
        for phrase in phrases[1:]:
            numbers += [_BREAK, *map(self._number, phrase)]
        if len(self) < _MAX_TOKENS:
            self[token] = tuple(numbers)
        return numbers

    def _number(self, word: str) -> int:
        number = self.words.setdefault(word, len(self.words))
        if word.isdigit():
            self._digits[number] = word
        return number

    def split(self, text: str) -> list[int]:
        """Return the words of a text as numbers, and `_BREAK` between phrases."""
        numbers = list[int]()
        for token in text.replace("\n", " \n ").split(" "):
            numbers += self[token]
        return numbers

    def join_numbers(self, words: list[int]) -> list[str]:
        """Return what `folding.join_numbers` does, of all phrases."""
        if self._digits.keys().isdisjoint(words):  # nearly always
            return []
        return join_numbers([self._digits.get(word, "") for word in words])


class Postings:
    """For each word and pair of words its sections, each as often as it counts there.

    All are numbers: tuples of all pairs would take 100 KB a page.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.lengths = list[int]()  # of sections, in words
        self._words = defaultdict[int, list[int]](list)
        self._joined = defaultdict[str, list[int]](list)
        self._pairs = defaultdict[int, list[int]](list)  # first << PAIR_BITS | second

    def add(self, names: Iterable[str], text: str) -> None:
        """Add a section: its names count more than its text."""
        strong, words = self.tokens.split("\n".join(names)), self.tokens.split(text)
        section, breaks = len(self.lengths), strong.count(_BREAK) + words.count(_BREAK)
        self.lengths.append(len(strong) + len(words) - breaks)
        words += [_BREAK, *strong] * STRONG
        lists = self._words
        for word in words:
            lists[word].append(section)
        lists = self._pairs
        for first, second in pairwise(words):
            if first and second:
                lists[first << PAIR_BITS | second].append(section)
        for joined in self.tokens.join_numbers(words):
            self._joined[joined].append(section)

    def taken(self) -> tuple[list[str], dict[int, bytes], dict[int, PairList], list[int]]:
        """Return the keys by number, the lists of keys and of pairs of keys, and the lengths.

        Words that differ in accents only have become one.
        """
        keys = dict[str, int]()
        numbers = [keys.setdefault(key_of(word), len(keys)) for word in self.tokens.words]
        forms = defaultdict[int, list[tuple[int, list[int]]]](list)
        for word, number in self.tokens.words.items():
            if number != _BREAK and number in self._words:
                forms[numbers[number]].append((1 << accent_of(word), self._words[number]))
        for word, sections in self._joined.items():
            forms[keys.setdefault(word, len(keys))].append((1, sections))
        pairs = defaultdict[int, list[int]](list)
        for pair, sections in self._pairs.items():
            first, second = numbers[pair >> PAIR_BITS], numbers[pair & SECOND]
            pairs[first << PAIR_BITS | second] += sections
        return (
            list(keys),
            {key: _word_entries(each).tobytes() for key, each in forms.items()},
            {pair: _pair_list(sections) for pair, sections in pairs.items()},
            self.lengths,
        )


def _word_entries(forms: Sequence[tuple[int, list[int]]]) -> array[int]:
    """Return section << 33 | class of the weighted count << 30 | accents as bits, of each section.

    A form is the bit of its accents and its sections.
    """
    counts = Counter(sorted(chain.from_iterable(sections for _, sections in forms)))
    accents = dict[int, int]()
    for bit, sections in forms:
        new = dict.fromkeys(sections, bit)
        for both in accents.keys() & new.keys():
            new[both] |= accents[both]
        accents |= new
    return array("Q", [n << 33 | _CLASS[count] << 30 | accents[n] for n, count in counts.items()])


def _pair_list(sections: list[int]) -> PairList:
    """Return the first section with its class, the last one, and the list of all but the first.

    In a list each section is its distance to the one before and the class of its weighted count.
    """
    sections.sort()
    gaps = list(map(sub, sections[1:], sections))
    if 0 not in gaps:  # each counts once, as in most lists
        return sections[0] << 2, sections[-1], b"".join([varint(gap - 1 << 2) for gap in gaps])
    counts = Counter(sections)
    numbers = [
        section - before - 1 << 2 | _CLASS[counts[section]] for before, section in pairwise(counts)
    ]
    first = sections[0] << 2 | _CLASS[counts[sections[0]]]
    return first, sections[-1], b"".join(map(varint, numbers))
