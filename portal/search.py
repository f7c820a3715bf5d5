"""Writes the search index that readers' browsers load: one file for a small site, else shards.

The folder of an index is named by the digest of its content; `search/index.json` names the folder,
so that a browser may keep everything else for good. decisions/0003-search.md tells why.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import math
import os
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from portal.folding import accent_of, join_numbers, key_of, split_phrases
from portal.forks import can_fork, run_forked

_Counts = tuple[int, list[tuple[str, int, int]], list[tuple[str, str, int]]]

POINTER = "search/index.json"
STRONG = 2  # weight of a word in a title, a heading or a tag; 1 in the text
MAX_SMALL_BYTES = 54_000  # compressed; a site above it is cut into shards
CHUNK_BYTES = 1024
BUCKET_BYTES = 256  # of lists of pairs, on average
MAX_BUCKETS = 16384
CORE_KEYS = 7000  # words known without asking; rarer ones stand in pages of the dictionary
FRAGMENT_CHARS = 4000  # of a section's text, for excerpts
_WORTH_FORKING = 64  # pages
KINDS = ("guide", "story", "page")


@dataclass(frozen=True)
class Section:
    """A part of a page under one heading; blocks of text are parted by line ends."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """A page to be found; the first section is what stands above the first heading."""

    url: str
    title: str
    sections: tuple[Section, ...]
    kind: str = "page"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchHelp:
    """What the engine knows of the language, and the box of topics and phones; JSON values."""

    language: Mapping[str, object] = field(default_factory=dict)
    help: Mapping[str, object] = field(default_factory=dict)


def write_index(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    """Return path within the site → content of every file of the index."""
    files = _small_index(pages, extras)
    if len(zlib.compress(files["all.json"], 9)) > MAX_SMALL_BYTES:
        files = _sharded_index(pages, extras)
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    folder = digest.hexdigest()[:10]
    pointer = {"folder": folder, "small": "all.json" in files}
    index = {f"search/{folder}/{path}": data for path, data in files.items()}
    return {POINTER: _json(pointer), **index}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _fragment(page: SearchPage, most: int | None = None) -> dict[str, object]:
    sections = [[each.anchor, each.heading, each.text[:most]] for each in page.sections]
    return {"url": page.url, "title": page.title, "tags": page.tags, "sections": sections}


def _small_index(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    """Return the texts themselves: the engine makes its lists from them, excerpts need no more."""
    rows = [{**_fragment(page), "kind": KINDS.index(page.kind)} for page in pages]
    return {"all.json": _json({"pages": rows, "language": extras.language, "help": extras.help})}


def _no_numbers() -> array[int]:
    return array("I")  # 32 bits; accents take 30


@dataclass
class _Lists:
    """Which sections hold which words and pairs of words, and how long sections are."""

    # Arrays, since tuples of all pairs of words would take 100 KB a page.
    words: dict[str, array[int]] = field(
        default_factory=lambda: defaultdict(_no_numbers)
    )  # key → section, weighted count, accents as bits, and so on
    pairs: dict[tuple[str, str], array[int]] = field(
        default_factory=lambda: defaultdict(_no_numbers)
    )  # two keys → section, weighted count, and so on
    lengths: list[int] = field(default_factory=list)

    def add(self, sections: Iterable[_Counts]) -> None:
        for length, counts, pairs in sections:
            number = len(self.lengths)
            for key, count, accents in counts:
                self.words[key].extend((number, count, accents))
            for first, second, count in pairs:
                self.pairs[first, second].extend((number, count))
            self.lengths.append(length)


def _count_all(pages: Sequence[SearchPage]) -> Iterator[list[_Counts]]:
    """Yield the counts of the sections of each page in order, made by all processors."""
    done, waiting = 0, dict[int, bytes]()
    processes = os.cpu_count() or 1
    if len(pages) >= _WORTH_FORKING and processes > 1 and can_fork():

        def work(number: int) -> bytes:
            return marshal.dumps(_count_sections(pages[number]))

        for number, data in run_forked(work, len(pages), processes):
            waiting[number] = data
            while done in waiting:
                yield marshal.loads(waiting.pop(done))  # from ourselves
                done += 1
    for number, page in enumerate(pages[done:], done):
        data = waiting.get(number, b"")
        yield marshal.loads(data) if data else _count_sections(page)


def _count_sections(page: SearchPage) -> list[_Counts]:
    return [
        _count(_weighted_phrases(page, number, section))
        for number, section in enumerate(page.sections)
    ]


def _count(phrases: Iterable[tuple[int, list[str]]]) -> _Counts:
    """Return number of words, (key, weighted count, accents as bits), (two keys, count)."""
    counts, pairs = dict[str, int](), dict[tuple[str, str], int]()
    accents, length = dict[str, int](), 0
    for weight, words in phrases:
        length += len(words)
        keys = list(map(key_of, words))
        for key, word in zip(keys, words, strict=True):
            counts[key] = counts.get(key, 0) + weight
            accents[key] = accents.get(key, 0) | 1 << accent_of(word)
        for pair in pairwise(keys):
            pairs[pair] = pairs.get(pair, 0) + weight
        for joined in join_numbers(words):
            counts[joined] = counts.get(joined, 0) + weight
            accents[joined] = accents.get(joined, 0) | 1
    rows = [(key, count, accents[key]) for key, count in counts.items()]
    return length, rows, [(first, second, count) for (first, second), count in pairs.items()]


def _weighted_phrases(
    page: SearchPage, number: int, section: Section
) -> Iterator[tuple[int, list[str]]]:
    strong = [section.heading] if number else [page.title, *page.tags]
    for weight, text in [*((STRONG, each) for each in strong), (1, section.text)]:
        for words in split_phrases(text):
            yield weight, words


def _sharded_index(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    lists = _Lists()
    for counts in _count_all(pages):
        lists.add(counts)
    by_frequency = sorted(lists.words, key=lambda key: (-len(lists.words[key]), key))
    core, rare = sorted(by_frequency[:CORE_KEYS]), sorted(by_frequency[CORE_KEYS:])
    ids = {key: number for number, key in enumerate([*core, *rare])}
    words = {key: _word_list(lists.words[key]) for key in ids}
    dictionary, starts = _dictionary(rare, words)
    buckets = _buckets(lists.pairs, ids)
    head = {
        "language": extras.language,
        "help": extras.help,
        "sections": len(lists.lengths),
        "pages": len(pages),
        "keys": len(core),
        "buckets": len(buckets),
        "dictionary": starts,
    }
    fragments = {
        f"p/{n}.json": _json(_fragment(page, FRAGMENT_CHARS)) for n, page in enumerate(pages)
    }
    return {
        "core.bin": _core(head, core, words, lists, pages),
        **{f"u/{n}.bin": data for n, data in enumerate(_chunks(core, words))},
        **{f"b/{n}.bin": data for n, data in enumerate(buckets)},
        **{f"d/{n}.bin": data for n, data in enumerate(dictionary)},
        **fragments,
    }


def _long_varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


_SHORT_VARINTS = [_long_varint(number) for number in range(1 << 14)]


def _varint(number: int) -> bytes:
    """Return seven bits a byte, the lowest first; all but the last byte have the top bit set."""
    return _SHORT_VARINTS[number] if number < 1 << 14 else _long_varint(number)


# Two bits for a weighted count: 1, 2, 3 to 4, more.
_COUNT_CLASSES = (0, 0, 1, 2, 2, 3)


def _word_list(entries: Sequence[int]) -> bytes:
    """Return the sections of a word; accents are written only where they are not the usual ones."""
    all_accents = entries[2::3]
    usual = max(dict.fromkeys(all_accents), key=all_accents.count)
    out = [_varint(len(all_accents)), _varint(usual)]
    last = -1
    for section, count, accents in zip(entries[::3], entries[1::3], all_accents, strict=True):
        odd = accents != usual
        out.append(_varint((section - last - 1) << 3 | odd << 2 | _COUNT_CLASSES[min(count, 5)]))
        if odd:
            out.append(_varint(accents))
        last = section
    return b"".join(out)


def _pair_list(entries: Sequence[int]) -> bytes:
    out, last = [], -1
    for section, count in zip(entries[::2], entries[1::2], strict=True):
        out.append(_varint((section - last - 1) << 2 | _COUNT_CLASSES[min(count, 5)]))
        last = section
    return b"".join(out)


def _front_coded(keys: Sequence[str]) -> Iterator[bytes]:
    """Yield each key as: length shared with the one before, length and bytes of the rest."""
    before = b""
    for key in keys:
        data = key.encode()
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, data, strict=False)) if a != b),
            min(len(before), len(data)),
        )
        yield _varint(shared) + _varint(len(data) - shared) + data[shared:]
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
        pages.append(b"".join(code + _varint(len(words[key])) + words[key] for code, key in coded))
        starts.append((keys[0], begin))
        begin = end
    return pages, starts


def _buckets(pairs: Mapping[tuple[str, str], Sequence[int]], ids: Mapping[str, int]) -> list[bytes]:
    lists = {(ids[a], ids[b]): _pair_list(entries) for (a, b), entries in pairs.items()}
    size = sum(len(data) + 5 for data in lists.values())
    number = min(MAX_BUCKETS, 1 << math.ceil(math.log2(max(1, size / BUCKET_BYTES))))
    buckets = [list[tuple[int, int]]() for _ in range(number)]
    for first, second in lists:
        buckets[bucket_of(first, second, number)].append((first, second))
    return [_bucket(sorted(bucket), lists) for bucket in buckets]


def bucket_of(first: int, second: int, buckets: int) -> int:
    """Return in which bucket a pair of word numbers stands."""
    return ((first * 2654435761 ^ second * 40503) & 0xFFFFFFFF) >> 8 & buckets - 1


def _bucket(ordered: Sequence[tuple[int, int]], lists: Mapping[tuple[int, int], bytes]) -> bytes:
    out, last = bytearray(_varint(len(ordered))), 0
    for first, second in ordered:
        data = lists[first, second]
        out += _varint(first - last) + _varint(second) + _varint(len(data)) + data
        last = first
    return bytes(out)


def _core(
    head: Mapping[str, object],
    keys: Sequence[str],
    words: Mapping[str, bytes],
    lists: _Lists,
    pages: Sequence[SearchPage],
) -> bytes:
    """Return the head, the frequent words, the length of each section and the size of each page."""
    described = _json(head)
    out = bytearray(_varint(len(described)) + described)
    for code, key in zip(_front_coded(keys), keys, strict=True):
        out += code + _varint(len(lists.words[key]) // 3) + _varint(len(words[key]))
    out += bytes(length_class(length) for length in lists.lengths)
    for page in pages:
        out += _varint(len(page.sections) << 2 | KINDS.index(page.kind))
    return bytes(out)


def length_class(length: int) -> int:
    """Return one byte for a number of words: eight steps for each doubling."""
    return min(255, round(8 * math.log2(1 + length)))
