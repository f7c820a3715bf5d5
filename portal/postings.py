"""Which sections hold which words and pairs of words, gathered page by page.

What is gathered leaves as bytes: another process may have gathered it. Its sections and words have
numbers of its own, so that no process need know of another.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from operator import sub

from portal.folding import accent_of, join_numbers, key_of, split_phrases

WordList = tuple[bytes, bytes]  # of each section: number << 3 and class of its weight, accents
PairList = tuple[int, int, bytes]  # first section << 2 and its class, last section, list from then
STRONG = 2  # weight of a word in a title, a heading or a tag; 1 in the text
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
VARINTS = _Varints()
varint = VARINTS.__getitem__


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


class _Word:
    """Where a word stands: its sections, and those of each word that follows it."""

    __slots__ = ("followers", "sections")

    def __init__(self) -> None:
        self.sections = list[int]()  # each as often as the word counts there
        self.followers = defaultdict[int, list[int]](list)  # number → the same


class Postings:
    """For each word and pair of words its sections; all are numbers, which take least room."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.lengths = list[int]()  # of sections, in words
        self._words = list[_Word]()
        self._joined = defaultdict[str, list[int]](list)

    def add(self, names: Iterable[str], text: str) -> None:
        """Add a section: its names count more than its text."""
        strong, words = self.tokens.split("\n".join(names)), self.tokens.split(text)
        section, breaks = len(self.lengths), strong.count(_BREAK) + words.count(_BREAK)
        self.lengths.append(len(strong) + len(words) - breaks)
        words += [_BREAK, *strong] * STRONG
        known = self._words
        while len(known) < len(self.tokens.words):
            known.append(_Word())
        before = known[_BREAK]
        for number in words:
            before.followers[number].append(section)
            before = known[number]
            before.sections.append(section)
        for joined in self.tokens.join_numbers(words):
            self._joined[joined].append(section)

    def taken(self) -> tuple[list[str], dict[int, WordList], dict[int, PairList], list[int]]:
        """Return the keys by number, the lists of keys and of pairs of keys, and the lengths.

        Words that differ in accents only have become one.
        """
        keys = dict[str, int]()
        numbers = [keys.setdefault(key_of(word), len(keys)) for word in self.tokens.words]
        forms = defaultdict[int, list[tuple[int, list[int]]]](list)
        pairs = defaultdict[int, list[int]](list)
        spelled = zip(self.tokens.words, numbers, self._words, strict=False)  # later words: nowhere
        for spelling, key, word in islice(spelled, 1, None):  # the first is no word
            if word.sections:
                forms[key].append((1 << accent_of(spelling), word.sections))
            for number, sections in word.followers.items():
                if number != _BREAK:
                    pairs[key << PAIR_BITS | numbers[number]] += sections
        for joined, sections in self._joined.items():
            forms[keys.setdefault(joined, len(keys))].append((1, sections))
        return (
            list(keys),
            {key: _word_list(each) for key, each in forms.items()},
            {pair: _pair_list(sections) for pair, sections in pairs.items()},
            self.lengths,
        )


def _word_list(forms: Sequence[tuple[int, list[int]]]) -> WordList:
    """Return the list of a word; a form of it is the bit of its accents, and its sections."""
    counts = Counter(sorted(chain.from_iterable(sections for _, sections in forms)))
    accents = dict[int, int]()
    for bit, sections in forms:
        new = dict.fromkeys(sections, bit)
        for both in accents.keys() & new.keys():
            new[both] |= accents[both]
        accents |= new
    places = array("I", [section * 8 + _CLASS[count] for section, count in counts.items()])
    return places.tobytes(), array("I", map(accents.__getitem__, counts)).tobytes()


def _pair_list(sections: list[int]) -> PairList:
    """Return the first section with its class, the last one, and the list of all but the first.

    In a list each section is its distance to the one before and the class of its weighted count.
    """
    sections.sort()
    gaps = list(map(sub, sections[1:], sections))
    if 0 not in gaps:  # each counts once, as in most lists
        rest = b"".join([VARINTS[gap * 4 - 4] for gap in gaps])
        return sections[0] * 4, sections[-1], rest
    counts = Counter(sections)
    classes = [_CLASS[count] for count in counts.values()]
    coded = zip(filter(None, gaps), classes[1:], strict=True)
    rest = b"".join([VARINTS[gap * 4 - 4 + each] for gap, each in coded])
    return sections[0] * 4 + classes[0], sections[-1], rest
