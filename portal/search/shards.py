"""The files of a larger site's search index: words, pairs of words and texts, cut into shards.

Shards are made by several processes: each reads a share of the pages, writes their texts and
returns its lists; when the lists of all are known, each encodes and writes a part of them.
"""

from __future__ import annotations

import marshal
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np

from portal.search.index import KINDS, PageSource, SearchHelp, dump_json, fragment, write_files
from portal.search.number_lists import (
    Numbers,
    cut_varints,
    starts_of_lists,
    starts_of_runs,
    varint,
    varint_sizes,
)
from portal.search.postings import PAIR_BITS, SECOND, Gathered, Postings, SectionLists, Tokens
from portal.system.forks import run_shares

CHUNK_BYTES = 1024
BUCKET_BYTES = 256  # of lists of pairs, on average
MAX_BUCKETS = 16384
CORE_KEYS = 7000  # words known without asking; rarer ones stand in pages of the dictionary
FRAGMENT_CHARS = 4000  # of a section's text, for excerpts
_LEAST_SHARE, _LARGEST_SHARE = 64, 1000  # pages a process reads before it gives its lists away
_TOKENS = 1 << 16  # remembered from one share to the next; a language has far fewer
_PARTS = 4  # of the lists for each process: what is made of a part takes room

_AnyInt = TypeVar("_AnyInt", int, Numbers)


def write_shards(
    folder: Path, source: PageSource, extras: SearchHelp, processes: int
) -> tuple[list[bytes], list[str]]:
    """Write the files of a larger site; return their digests and what is said of its pages."""
    for name in "pubd":
        (folder / name).mkdir()
    shares = _gather(folder, source, processes)
    found = _count_sections(shares)
    by_frequency = sorted(found, key=lambda key: (-found[key], key))
    core, rare = sorted(by_frequency[:CORE_KEYS]), sorted(by_frequency[CORE_KEYS:])
    keys = [*core, *rare]
    lists = Lists.of(shares, {key: number for number, key in enumerate(keys)})
    coded, written = _encode(folder, lists, len(keys), processes)
    words = dict(zip(keys, coded, strict=True))
    dictionary, starts = _dictionary(rare, words)
    head = {
        "language": extras.language,
        "help": extras.help,
        "sections": len(lists.lengths),
        "pages": source.count,
        "keys": len(core),
        "buckets": len(written),
        "dictionary": starts,
    }
    counts = {key: found[key] for key in core}
    sizes = bytes(map(length_class, lists.lengths))
    shapes = b"".join(map(varint, chain.from_iterable(share.shapes for share in shares)))
    files = {
        "core.bin": _core(head, counts, words) + sizes + shapes,
        **{f"u/{n}.bin": data for n, data in enumerate(_chunks(core, words))},
        **{f"d/{n}.bin": data for n, data in enumerate(dictionary)},
    }
    texts = chain.from_iterable(share.digests for share in shares)
    notes = list(chain.from_iterable(share.notes for share in shares))
    return [*write_files(folder, files), *written, *texts], notes


@dataclass(frozen=True)
class _Share:
    """What a share of the pages holds."""

    found: Gathered
    shapes: list[int]  # of pages: number of sections << 2 | kind
    digests: list[bytes]  # of the files of pages
    notes: list[str]


def _gather(folder: Path, source: PageSource, processes: int) -> list[_Share]:
    """Read all pages, write their texts, and return what they hold."""
    rounds = max(2, -(-source.count // (processes * _LARGEST_SHARE)))
    size = max(_LEAST_SHARE, -(-source.count // (processes * rounds)))
    firsts, tokens = range(0, source.count, size), Tokens()

    def work(number: int) -> bytes:
        nonlocal tokens
        if len(tokens) > _TOKENS:
            tokens = Tokens()
        share = range(firsts[number], min(firsts[number] + size, source.count))
        return _gather_share(folder, source, share, tokens)

    dumped = [marshal.loads(data) for data in run_shares(work, len(firsts), processes)]
    source.forget()
    return [_Share(Gathered.loaded(found), *rest) for found, *rest in dumped]


def _gather_share(folder: Path, source: PageSource, numbers: range, tokens: Tokens) -> bytes:
    """Write the texts of these pages; return what a `_Share` is made of."""
    postings, shapes, digests, said = Postings(tokens), list[int](), list[bytes](), list[str]()
    for number in numbers:
        page, notes = source.read(number)
        said += notes
        for at, section in enumerate(page.sections):
            postings.add([section.heading] if at else [page.title, *page.tags], section.text)
        shapes.append(len(page.sections) << 2 | KINDS.index(page.kind))
        text = dump_json(fragment(page, FRAGMENT_CHARS))
        digests += write_files(folder, {f"p/{number}.json": text})
    return marshal.dumps((postings.taken().dumped(), shapes, digests, said))


def _count_sections(shares: Sequence[_Share]) -> Counter[str]:
    """Return how many sections hold each word."""
    counts = Counter[str]()
    for found in (share.found for share in shares):
        for key, size in zip(found.words.ids.tolist(), found.words.sizes.tolist(), strict=True):
            counts[found.keys[key]] += size
    return counts


@dataclass(frozen=True)
class Lists:
    """The lists of a whole site; words have their final numbers."""

    words: SectionLists
    accents: Numbers  # of each section in `words.gaps`
    pairs: SectionLists
    lengths: list[int]  # of sections

    @classmethod
    def of(cls, shares: Sequence[_Share], ids: Mapping[str, int]) -> Lists:
        """Put together those of shares, in order."""
        words, pairs, befores, lengths = [], [], [], list[int]()
        for found in (share.found for share in shares):
            final = np.array([ids.get(key, -1) for key in found.keys])
            firsts, seconds = final[found.pairs.ids >> PAIR_BITS], final[found.pairs.ids & SECOND]
            words.append(replace(found.words, ids=final[found.words.ids]))
            pairs.append(replace(found.pairs, ids=firsts << PAIR_BITS | seconds))
            befores.append(len(lengths))
            lengths += found.lengths.tolist()
        return cls(
            SectionLists.joined(words, befores),
            np.concatenate([share.found.accents for share in shares]),
            SectionLists.joined(pairs, befores),
            lengths,
        )

    def bucket_count(self) -> int:
        """Return into how many buckets the pairs are put."""
        lists = len(starts_of_runs(self.pairs.ids))
        size = int(varint_sizes(self.pairs.gaps).sum()) + 5 * lists
        return min(MAX_BUCKETS, 1 << math.ceil(math.log2(max(1, size / BUCKET_BYTES))))


def _encode(
    folder: Path, lists: Lists, keys: int, processes: int
) -> tuple[list[bytes], list[bytes]]:
    """Write the buckets; return the lists of the words and the digests of the buckets."""
    parts, buckets = processes * _PARTS, lists.bucket_count()
    bucket = bucket_of(lists.pairs.ids >> PAIR_BITS, lists.pairs.ids & SECOND, buckets)
    coded, digests = [b""] * keys, [b""] * buckets

    def work(part: int) -> bytes:
        words = np.flatnonzero(lists.words.ids % parts == part)
        pairs = np.flatnonzero(bucket % parts == part)
        wanted = range(part, buckets, parts)
        made = _buckets(lists.pairs, pairs, bucket[pairs], wanted)
        files = {f"b/{number}.bin": data for number, data in zip(wanted, made, strict=True)}
        return marshal.dumps((_word_lists(lists, words), write_files(folder, files)))

    for part, data in enumerate(run_shares(work, parts, processes)):
        each = slice(part, None, parts)
        coded[each], digests[each] = marshal.loads(data)
    return coded, digests


def _word_lists(lists: Lists, pieces: Numbers) -> list[bytes]:
    """Return these lists of words: how many sections, the usual accents, the sections.

    Accents of a section are written only where they are not the usual ones.
    """
    _, sizes, places = lists.words.chosen(pieces)
    starts, gaps, accents = starts_of_lists(sizes), lists.words.gaps[places], lists.accents[places]
    cuts = pairwise([*starts.tolist(), len(gaps)])
    usual = np.array([_usual(accents[begin:end]) for begin, end in cuts], np.int64)
    others = accents != np.repeat(usual, sizes)
    marked = np.flatnonzero(others)
    numbers = np.insert(
        gaps >> 2 << 3 | others << 2 | gaps & 3,
        np.concatenate([marked + 1, np.repeat(starts, 2)]),
        np.concatenate([accents[marked], np.stack([sizes, usual], 1).ravel()]),
    )
    before = 2 * np.arange(len(starts)) + np.searchsorted(marked, starts)  # inserted numbers
    return cut_varints(numbers, starts + before)


def _usual(accents: Numbers) -> int:
    """Return the most frequent number, of several the one that comes first."""
    [(usual, _)] = Counter(accents.tolist()).most_common(1)
    return int(usual)


def _buckets(
    pairs: SectionLists, pieces: Numbers, bucket: Numbers, wanted: Sequence[int]
) -> list[bytes]:
    """Return buckets: how many pairs; of each its words, bytes of its list, and the list.

    `bucket` is that of each piece. A first word is told by its distance to the one before.
    """
    order = np.argsort(bucket, kind="stable")
    ids, sizes, places = pairs.chosen(pieces[order])
    gaps, starts, firsts = pairs.gaps[places], starts_of_lists(sizes), ids >> PAIR_BITS
    begins = np.searchsorted(bucket[order][starts_of_runs(pairs.ids[pieces[order]])], wanted)
    counts = np.diff(begins, append=len(ids))  # of pairs
    steps = np.diff(firsts, prepend=0)
    fresh = begins[counts > 0]
    steps[fresh] = firsts[fresh]
    lengths = np.add.reduceat(varint_sizes(gaps), starts)
    heads = np.append(starts, len(gaps))[begins]
    numbers = np.insert(
        gaps,
        np.concatenate([heads, np.repeat(starts, 3)]),
        np.concatenate([counts, np.stack([steps, ids & SECOND, lengths], 1).ravel()]),
    )
    before = np.arange(len(heads)) + 3 * begins  # inserted numbers
    return cut_varints(numbers, heads + before)


def _front_coded(keys: Sequence[str]) -> Iterator[bytes]:
    """Yield each key as: length shared with the one before, length and bytes of the rest."""
    before = b""
    for key in keys:
        data = key.encode()
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, data, strict=False)) if a != b),
            min(len(before), len(data)),
        )
        yield varint(shared) + varint(len(data) - shared) + data[shared:]
        before = data


def _chunks(keys: Sequence[str], words: Mapping[str, bytes]) -> list[bytes]:
    chunks = [bytearray()]
    for key in keys:
        if chunks[-1] and len(chunks[-1]) + len(words[key]) > CHUNK_BYTES:
            chunks.append(bytearray())
        chunks[-1] += words[key]
    return [bytes(chunk) for chunk in chunks]


def _dictionary(
    rare: Sequence[str], words: Mapping[str, bytes]
) -> tuple[list[bytes], list[tuple[str, int]]]:
    """Return the pages of rare words with their lists, and each one's first word and number."""
    pages, starts = list[bytes](), list[tuple[str, int]]()
    begin = 0
    while begin < len(rare):
        end, size = begin, 0
        while end < len(rare) and size < CHUNK_BYTES:
            size += len(rare[end]) + len(words[rare[end]])
            end += 1
        keys = rare[begin:end]
        coded = zip(_front_coded(keys), keys, strict=True)
        pages.append(b"".join(code + varint(len(words[key])) + words[key] for code, key in coded))
        starts.append((keys[0], begin))
        begin = end
    return pages, starts


def bucket_of(first: _AnyInt, second: _AnyInt, buckets: int) -> _AnyInt:
    """Return in which bucket a pair of word numbers stands."""
    return ((first * 2654435761 ^ second * 40503) & 0xFFFFFFFF) >> 8 & buckets - 1


def _core(
    head: Mapping[str, object], counts: Mapping[str, int], words: Mapping[str, bytes]
) -> bytes:
    """Return the head, and the frequent words with their sections and the bytes of their lists."""
    described = dump_json(head)
    out = bytearray(varint(len(described)) + described)
    for code, (key, count) in zip(_front_coded(list(counts)), counts.items(), strict=True):
        out += code + varint(count) + varint(len(words[key]))
    return bytes(out)


def length_class(length: int) -> int:
    """Return one byte for a number of words: eight steps for each doubling."""
    return min(255, round(8 * math.log2(1 + length)))
