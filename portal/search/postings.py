"""Which sections hold which words and pairs of words, gathered page by page.

What is gathered leaves as bytes: another process may have gathered it. Its sections and words have
numbers of its own, so that no process need know of another.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from portal.language.folding import accent_of, join_numbers, key_of, split_phrases
from portal.search.number_lists import Numbers, places_of, starts_of_lists, starts_of_runs

STRONG = 2  # weight of a word in a title, a heading or a tag; 1 in the text
PAIR_BITS = 32
SECOND = (1 << PAIR_BITS) - 1  # of a pair's number the bits of its second word
_BREAK = 0  # closes a phrase; no word has this number
_CLASS = np.array([0, 0, 1, 2, 2, 3])  # of a weighted count, two bits
_ACCENT_BITS = 5  # `accent_of` is at most 29
_ACCENTS = (1 << _ACCENT_BITS) - 1
_ACCENTS = (1 << _ACCENT_BITS) - 1


class Tokens(dict[str, int]):
    """What may stand between two spaces → its number, by which its words are known.

    Nothing in `split_phrases` looks across a space, so a text may be split there first; texts are
    made of few different tokens, and each is looked at once. Words are numbers too, and `_BREAK`
    stands between phrases.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = {"": _BREAK}  # word, accents and all → number
        self.key_numbers = {"": _BREAK}  # word without accents → number
        self._key_of, self._accent_of = array("q", [0]), array("q", [0])  # by word
        self._digits = dict[int, str]()  # word made of digits
        self._flat, self._sizes = array("q"), array("q")  # words of tokens, one after the other

    def __missing__(self, token: str) -> int:
        phrases = split_phrases(f"x {token} x")  # so that breaks at both ends show too
        phrases[0] = phrases[0][1:]
        phrases[-1] = phrases[-1][:-1]
        before = len(self._flat)
        self._flat.extend(map(self.number_of, phrases[0]))
        for phrase in phrases[1:]:
            self._flat.extend([_BREAK, *map(self.number_of, phrase)])
        self._sizes.append(len(self._flat) - before)
        number = self[token] = len(self)
        return number

    def number_of(self, word: str) -> int:
        """Return the number of a word."""
        number = self.words.setdefault(word, len(self.words))
        if number == len(self._key_of):  # a new one
            self._key_of.append(self.key_numbers.setdefault(key_of(word), len(self.key_numbers)))
            self._accent_of.append(accent_of(word))
            if word.isdigit():
                self._digits[number] = word
        return number

    def split(self, text: str) -> Iterable[int]:
        """Return the tokens of a text; the last one closes a phrase."""
        return map(self.__getitem__, f"{text}\n".replace("\n", " \n ").split(" "))

    def words_of(self, tokens: Numbers) -> tuple[Numbers, Numbers]:
        """Return the words of tokens, one after the other, and how many each token has."""
        sizes = np.array(self._sizes)
        starts = starts_of_lists(sizes)
        return np.array(self._flat)[places_of(starts[tokens], sizes[tokens])], sizes[tokens]

    def keys_of(self, words: Numbers) -> Numbers:
        """Return the numbers of the words without accents."""
        return np.array(self._key_of)[words]

    def accents_of(self, words: Numbers) -> Numbers:
        """Return what `folding.accent_of` does."""
        return np.array(self._accent_of)[words]

    def join_numbers(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """Return what `folding.join_numbers` does, as words, and the places where they begin."""
        digits = np.zeros(len(self.words), bool)
        digits[list(self._digits)] = True
        found = digits[words]
        pairs = np.flatnonzero(found[:-1] & found[1:])
        begins = pairs[np.diff(pairs, prepend=-2) > 1]
        ends = pairs[np.diff(pairs, append=len(words) + 1) > 1] + 2
        joined, places = list[int](), list[int]()
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            group = [self._digits[word] for word in words[begin:end].tolist()]
            for number in join_numbers(group):
                joined.append(self.number_of(number))
                places.append(begin)
        return np.array(joined, np.int64), np.array(places, np.int64)


@dataclass(frozen=True)
class SectionLists:
    """Lists of sections; each section is: left out before it << 2 | class of its weighted count.

    A list may be in several pieces, which stand in `gaps` anywhere.
    """

    ids: Numbers  # of the lists, by piece; those of one list are neighbours, in order
    starts: Numbers  # of the pieces in `gaps`
    sizes: Numbers
    lasts: Numbers  # last sections of the pieces
    gaps: Numbers

    @classmethod
    def of(cls, ids: Numbers, sections: Numbers, classes: Numbers) -> SectionLists:
        """Return the lists of sections that stand in order, list after list."""
        starts = starts_of_runs(ids)
        sizes = np.diff(starts, append=len(ids))
        gaps = np.diff(sections, prepend=0) - 1
        gaps[starts] = sections[starts]
        lasts = sections[starts + sizes - 1]
        return cls(ids[starts], starts, sizes, lasts, gaps << 2 | classes)

    @classmethod
    def joined(cls, shares: Sequence[SectionLists], befores: Sequence[int]) -> SectionLists:
        """Return the lists of all shares by id; `befores` says how many sections stand before."""
        ids = np.concatenate([share.ids for share in shares])
        order = np.argsort(ids, kind="stable")
        sizes = np.concatenate([share.sizes for share in shares])
        gaps = np.concatenate([share.gaps for share in shares])
        before = np.repeat(np.array(befores), [len(share.ids) for share in shares])
        lasts = (np.concatenate([share.lasts for share in shares]) + before)[order]
        ids, starts = ids[order], starts_of_lists(sizes)[order]
        skipped = before[order]
        skipped[1:] -= np.where(np.diff(ids) == 0, lasts[:-1] + 1, 0)
        gaps[starts] += skipped << 2
        return cls(ids, starts, sizes[order], lasts, gaps)

    @classmethod
    def unpacked(cls, packed: Sequence[bytes]) -> SectionLists:
        """Return the lists that `packed` returned."""
        ids, sizes, lasts = (np.frombuffer(data, np.int64) for data in packed[:3])
        gaps = np.frombuffer(packed[3], np.int32)
        return cls(ids, starts_of_lists(sizes), sizes, lasts, gaps)

    def packed(self) -> list[bytes]:
        """Return lists of one piece each as bytes."""
        gaps = self.gaps.astype(np.int32)
        return [each.tobytes() for each in (self.ids, self.sizes, self.lasts, gaps)]

    def chosen(self, pieces: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return the ids of the lists of these pieces, their sizes, and the places in `gaps`."""
        ids, sizes = self.ids[pieces], self.sizes[pieces]
        begins = starts_of_runs(ids)
        places = places_of(self.starts[pieces], sizes)
        return ids[begins], np.add.reduceat(sizes, begins), places


class Postings:
    """For each word and pair of words its sections; all are numbers, which take least room."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._found = array("q")  # tokens of all sections
        self._sizes = array("q")  # tokens of each section's text, of its names, of the next one's …

    def add(self, names: Iterable[str], text: str) -> None:
        """Add a section: its names count more than its text."""
        for run in (text, "\n".join(names)):
            before = len(self._found)
            self._found.extend(self._tokens.split(run))
            self._sizes.append(len(self._found) - before)

    def taken(self) -> Gathered:
        """Return what all sections hold; words that differ in accents only become one."""
        words, sizes = self._tokens.words_of(np.array(self._found))
        runs = np.repeat(np.repeat(np.arange(len(self._sizes)), self._sizes), sizes)
        pairs = self._pairs(words, runs)
        joined, places = self._tokens.join_numbers(words)
        joined_runs = runs[places]
        words, runs = words[words != _BREAK], runs[words != _BREAK]
        lengths = np.bincount(runs >> 1, minlength=len(self._sizes) // 2)
        lists, accents = self._words(np.append(words, joined), np.append(runs, joined_runs))
        return Gathered(list(self._tokens.key_numbers), lengths, lists, accents, pairs)

    def _words(self, words: Numbers, runs: Numbers) -> tuple[SectionLists, Numbers]:
        """Return the lists of keys, and for each section in them the accents as bits."""
        keys, accents = self._tokens.keys_of(words), self._tokens.accents_of(words)
        sections = keys << self._section_bits | runs >> 1
        rows = np.sort(sections << _ACCENT_BITS + 1 | accents << 1 | runs & 1)
        sections = rows >> _ACCENT_BITS + 1
        begins = starts_of_runs(sections)
        bits = np.bitwise_or.reduceat(1 << (rows >> 1 & _ACCENTS), begins)
        return self._lists(sections[begins], rows, begins), bits

    def _pairs(self, words: Numbers, runs: Numbers) -> SectionLists:
        """Return the lists of pairs of keys."""
        keys, key_bits = self._tokens.keys_of(words), len(self._tokens.key_numbers).bit_length()
        both = np.flatnonzero((words[:-1] != _BREAK) & (words[1:] != _BREAK))
        # Of a thousand pages these are some 50 bits: 17 for a key, 14 for a section.
        sections = (keys[both] << key_bits | keys[both + 1]) << self._section_bits | runs[both] >> 1
        rows = np.sort(sections << 1 | runs[both] & 1)
        sections = rows >> 1
        begins = starts_of_runs(sections)
        lists = self._lists(sections[begins], rows, begins)
        firsts, seconds = lists.ids >> key_bits, lists.ids & (1 << key_bits) - 1
        return replace(lists, ids=firsts << PAIR_BITS | seconds)

    @property
    def _section_bits(self) -> int:
        return len(self._sizes).bit_length()

    def _lists(self, sections: Numbers, rows: Numbers, begins: Numbers) -> SectionLists:
        """Return the lists of sections, each beginning in `rows` there; odd rows are strong."""
        weights = np.add.reduceat(1 + (rows & 1) * (STRONG - 1), begins)
        ids, bits = sections >> self._section_bits, self._section_bits
        classes = _CLASS[np.minimum(weights, len(_CLASS) - 1)]
        return SectionLists.of(ids, sections & (1 << bits) - 1, classes)


@dataclass(frozen=True)
class Gathered:
    """What a share of the pages holds."""

    keys: list[str]  # by number
    lengths: Numbers  # of sections, in words
    words: SectionLists  # by key
    accents: Numbers  # of each section in `words`, as bits
    pairs: SectionLists  # by first key << PAIR_BITS | second key

    def dumped(self) -> bytes:
        """Return all as bytes."""
        numbers = (self.lengths, self.accents.astype(np.int32))
        arrays = [each.tobytes() for each in numbers]
        return marshal.dumps((self.keys, *arrays, self.words.packed(), self.pairs.packed()))

    @classmethod
    def loaded(cls, data: bytes) -> Gathered:
        """Return what was dumped."""
        keys, lengths, accents, words, pairs = marshal.loads(data)
        return cls(
            keys,
            np.frombuffer(lengths, np.int64),
            SectionLists.unpacked(words),
            np.frombuffer(accents, np.int32),
            SectionLists.unpacked(pairs),
        )
