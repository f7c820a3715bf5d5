"""Writes the search index that readers' browsers load: one file for a small site, else shards.

The folder of an index is named by the digest of its content; `search/index.json` names the folder,
so that a browser may keep everything else for good. decisions/0003-search.md tells why.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise

from portal.folding import accent_of, join_numbers, key_of, split_phrases

_CodedPair = tuple[int, int, bytes]  # numbers of two words, the list of their sections

POINTER = "search/index.json"
STRONG = 2  # weight of a word in a title, a heading or a tag; 1 in the text
MAX_SMALL_BYTES = 64_000  # compressed; a site above it is cut into shards
CHUNK_BYTES = 1024
BUCKET_BYTES = 256  # of lists of pairs, on average
MAX_BUCKETS = 16384
CORE_KEYS = 7000  # words known without asking; rarer ones stand in pages of the dictionary
FRAGMENT_CHARS = 4000  # of a section's text, for excerpts
KINDS = ("guide", "story", "page")


@dataclass(frozen=True, slots=True)
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
    files = _small_index(pages, extras) or _sharded_index(pages, extras)
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    folder = digest.hexdigest()[:10]
    pointer = {"folder": folder, "small": "all.json" in files}
    index = {f"search/{folder}/{path}": data for path, data in files.items()}
    return {POINTER: _json(pointer), **index}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _fragment(page: SearchPage, most: int | None = None) -> dict[str, object]:
    sections = [[each.anchor, each.heading, each.text[:most]] for each in page.sections]
    return {"url": page.url, "title": page.title, "tags": page.tags, "sections": sections}


def _small_index(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    """Return the texts themselves, {} when they do not fit; the engine makes its lists of them."""
    compressor, size, pieces = zlib.compressobj(9), 0, list[bytes]()
    for piece in _small_pieces(pages, extras):
        pieces.append(piece)
        size += len(compressor.compress(piece))
        if size > MAX_SMALL_BYTES:  # after a hundred pages, whatever follows
            return {}
    fits = size + len(compressor.flush()) <= MAX_SMALL_BYTES
    return {"all.json": b"".join(pieces)} if fits else {}


def _small_pieces(pages: Sequence[SearchPage], extras: SearchHelp) -> Iterator[bytes]:
    """Yield the JSON of the small index: an object of the pages, the language and the help."""
    yield b'{"pages":['
    for number, page in enumerate(pages):
        row = _json({**_fragment(page), "kind": KINDS.index(page.kind)})
        yield b"," + row if number else row
    rest = _json({"language": extras.language, "help": extras.help})
    yield b"]," + rest[1:]


_ACCENTS = (1 << 30) - 1  # a bit for each
_CLASS_OF_COUNT = {1: 0, 2: 1, 3: 2, 4: 2}  # two bits for a weighted count; of any other 3


@cache
def _key_and_accent(word: str) -> tuple[str, int]:
    return key_of(word), 1 << accent_of(word)


@dataclass
class _Lists:
    """Which sections hold which words and pairs of words, and how long sections are."""

    # Arrays of one number for each section: tuples of all pairs would take 100 KB a page.
    words: defaultdict[str, array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("Q"))
    )  # key → section << 33 | class of the weighted count << 30 | accents as bits
    pairs: defaultdict[tuple[str, str], array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("I"))
    )  # two keys → section << 2 | class of the weighted count
    lengths: list[int] = field(default_factory=list)

    def add(self, names: Iterable[str], text: str) -> None:
        """Add a section: its names count more than its text."""
        strong = [words for name in names for words in split_phrases(name)]
        phrases = split_phrases(text)
        number = len(self.lengths)
        self.lengths.append(sum(map(len, strong)) + sum(map(len, phrases)))
        phrases += strong * STRONG
        keys = [list(map(key_of, words)) for words in phrases]
        self._add_words(number, phrases, Counter(chain.from_iterable(keys)))
        for pair, count in Counter(chain.from_iterable(map(pairwise, keys))).items():
            self.pairs[pair].append(number << 2 | _CLASS_OF_COUNT.get(count, 3))

    def _add_words(self, number: int, phrases: Sequence[list[str]], counts: Counter[str]) -> None:
        accents = dict.fromkeys(counts, 0)
        words = set(chain.from_iterable(phrases))
        for key, accent in map(_key_and_accent, words):
            accents[key] |= accent
        if any(map(str.isdigit, words)):  # rarely
            for joined in chain.from_iterable(map(join_numbers, phrases)):
                counts[joined] += 1
                accents[joined] = accents.get(joined, 0) | 1
        for key, count in counts.items():
            place = number << 3 | _CLASS_OF_COUNT.get(count, 3)
            self.words[key].append(place << 30 | accents[key])


def _sharded_index(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    lists = _Lists()
    for page in pages:
        for number, section in enumerate(page.sections):
            lists.add([section.heading] if number else [page.title, *page.tags], section.text)
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


class _Varints(dict[int, bytes]):
    """Seven bits a byte, the lowest first; all but the last byte have the top bit set."""

    def __missing__(self, number: int) -> bytes:
        return _long_varint(number)


_varint = _Varints((number, _long_varint(number)) for number in range(1 << 14)).__getitem__


def _word_list(entries: Sequence[int]) -> bytes:
    """Return the sections of a word; accents are written only where they are not the usual ones."""
    all_accents = [entry & _ACCENTS for entry in entries]
    [(usual, _)] = Counter(all_accents).most_common(1)
    numbers, before = [len(entries), usual], -1
    for entry, accents in zip(entries, all_accents, strict=True):
        place = entry >> 30
        number = place - (before | 7) - 1
        if accents == usual:
            numbers.append(number)
        else:
            numbers += (number | 4, accents)
        before = place
    return b"".join(map(_varint, numbers))


def _pair_list(entries: array[int]) -> bytes:
    """Return the sections of a pair, each as its distance to the one before and its class."""
    befores = chain([-1], entries)
    return b"".join(
        [_varint(entry - (before | 3) - 1) for before, entry in zip(befores, entries, strict=False)]
    )


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


def _buckets(pairs: dict[tuple[str, str], array[int]], ids: Mapping[str, int]) -> list[bytes]:
    """Return the files of pairs; `pairs` is emptied on the way, since both would not fit well."""
    coded = list[_CodedPair]()
    while pairs:
        (first, second), entries = pairs.popitem()
        coded.append((ids[first], ids[second], _pair_list(entries)))
    size = sum(len(data) + 5 for _, _, data in coded)
    number = min(MAX_BUCKETS, 1 << math.ceil(math.log2(max(1, size / BUCKET_BYTES))))
    buckets = [list[_CodedPair]() for _ in range(number)]
    for pair in coded:
        buckets[bucket_of(pair[0], pair[1], number)].append(pair)
    return [_bucket(sorted(bucket)) for bucket in buckets]


def bucket_of(first: int, second: int, buckets: int) -> int:
    """Return in which bucket a pair of word numbers stands."""
    return ((first * 2654435761 ^ second * 40503) & 0xFFFFFFFF) >> 8 & buckets - 1


def _bucket(pairs: Sequence[_CodedPair]) -> bytes:
    out, last = bytearray(_varint(len(pairs))), 0
    for first, second, data in pairs:
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
        out += code + _varint(len(lists.words[key])) + _varint(len(words[key]))
    out += bytes(length_class(length) for length in lists.lengths)
    for page in pages:
        out += _varint(len(page.sections) << 2 | KINDS.index(page.kind))
    return bytes(out)


def length_class(length: int) -> int:
    """Return one byte for a number of words: eight steps for each doubling."""
    return min(255, round(8 * math.log2(1 + length)))
