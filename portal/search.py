"""Writes the search index that readers' browsers load: one file for a small site, else shards.

The folder of an index is named by the digest of its files; `search/index.json` names the folder,
so that a browser may keep everything else for good. decisions/0003-search.md tells why.

Shards are made by several processes: each reads a share of the pages, writes their texts and
returns its lists; when the lists of all are known, each encodes and writes a part of them.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import math
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from portal.forks import run_shares
from portal.postings import PAIR_BITS, SECOND, PairList, Postings, Tokens, varint

_CodedPair = tuple[int, int, bytes]  # numbers of two words, the list of their sections
_Entries = list[tuple[int, "array[int]", "array[int]"]]  # of shares: sections before it, `WordList`

POINTER = "search/index.json"
MAX_SMALL_BYTES = 64_000  # compressed; a site above it is cut into shards
CHUNK_BYTES = 1024
BUCKET_BYTES = 256  # of lists of pairs, on average
MAX_BUCKETS = 16384
CORE_KEYS = 7000  # words known without asking; rarer ones stand in pages of the dictionary
FRAGMENT_CHARS = 4000  # of a section's text, for excerpts
_LEAST_SHARE, _LARGEST_SHARE = 64, 1000  # pages a process reads before it gives its lists away
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


@dataclass(frozen=True)
class PageSource:
    """The pages of a site, each read when it is asked for, perhaps in another process.

    Reading a page also returns what is to be said of it; `forget` is called when all are read.
    """

    count: int
    read: Callable[[int], tuple[SearchPage, list[str]]]
    forget: Callable[[], None] = lambda: None

    @classmethod
    def of(cls, pages: Sequence[SearchPage]) -> PageSource:
        """Return pages that have been read, of which nothing is to be said."""
        return cls(len(pages), lambda number: (pages[number], []))


def write_index(
    site: Path, source: PageSource, extras: SearchHelp, processes: int = 1
) -> list[str]:
    """Write the index into a site; return what is to be said of its pages, in their order."""
    folder = site / "search/new"  # until the digest of its files, its name, is known
    folder.mkdir(parents=True)
    begun = list[tuple[SearchPage, list[str]]]()
    small = _small_index(_read_into(begun, source), extras)
    if small:
        digests = _write_files(folder, {"all.json": small})
        notes = [note for _, each in begun for note in each]
    else:
        digests, notes = _write_shards(folder, _continued(begun, source), extras, processes)
    name = _digest(b"".join(digests)).hex()[:10]
    folder.rename(site / "search" / name)
    (site / POINTER).write_bytes(_json({"folder": name, "small": bool(small)}))
    return notes


def _read_into(
    begun: list[tuple[SearchPage, list[str]]], source: PageSource
) -> Iterator[SearchPage]:
    """Yield the pages, and keep what was read so far."""
    for number in range(source.count):
        begun.append(source.read(number))
        yield begun[-1][0]


def _continued(begun: Sequence[tuple[SearchPage, list[str]]], source: PageSource) -> PageSource:
    """Return the source without reading anew what was read already."""

    def read(number: int) -> tuple[SearchPage, list[str]]:
        return begun[number] if number < len(begun) else source.read(number)

    return replace(source, read=read)


def _write_files(folder: Path, files: Mapping[str, bytes]) -> list[bytes]:
    """Write files into a folder that stands; return their digests."""
    for name, data in files.items():
        with open(f"{folder}/{name}", "wb") as stream:  # noqa: PTH123 - a Path costs as much as writing
            stream.write(data)
    return list(map(_digest, files.values()))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _fragment(page: SearchPage, most: int | None = None) -> dict[str, object]:
    sections = [[each.anchor, each.heading, each.text[:most]] for each in page.sections]
    return {"url": page.url, "title": page.title, "tags": page.tags, "sections": sections}


def _small_index(pages: Iterable[SearchPage], extras: SearchHelp) -> bytes:
    """Return the texts themselves, b"" when they do not fit; the engine makes its lists of them."""
    compressor, size, pieces = zlib.compressobj(9), 0, list[bytes]()
    for piece in _small_pieces(pages, extras):
        pieces.append(piece)
        size += len(compressor.compress(piece))
        if size > MAX_SMALL_BYTES:  # after a hundred pages, whatever follows
            return b""
    return b"".join(pieces) if size + len(compressor.flush()) <= MAX_SMALL_BYTES else b""


def _small_pieces(pages: Iterable[SearchPage], extras: SearchHelp) -> Iterator[bytes]:
    """Yield the JSON of the small index: an object of the pages, the language and the help."""
    yield b'{"pages":['
    for number, page in enumerate(pages):
        row = _json({**_fragment(page), "kind": KINDS.index(page.kind)})
        yield b"," + row if number else row
    rest = _json({"language": extras.language, "help": extras.help})
    yield b"]," + rest[1:]


def _write_shards(
    folder: Path, source: PageSource, extras: SearchHelp, processes: int
) -> tuple[list[bytes], list[str]]:
    """Write the files of a larger site; return their digests and what is said of its pages."""
    for name in "pubd":
        (folder / name).mkdir()
    lists = _gather_lists(folder, source, processes)
    by_frequency = sorted(lists.words, key=lambda key: (-lists.sections_with(key), key))
    core, rare = sorted(by_frequency[:CORE_KEYS]), sorted(by_frequency[CORE_KEYS:])
    keys = [*core, *rare]
    buckets = lists.take_buckets({key: number for number, key in enumerate(keys)})
    coded, written = _encode(folder, [lists.words[key] for key in keys], buckets, processes)
    words = dict(zip(keys, coded, strict=True))
    dictionary, starts = _dictionary(rare, words)
    head = {
        "language": extras.language,
        "help": extras.help,
        "sections": len(lists.lengths),
        "pages": source.count,
        "keys": len(core),
        "buckets": len(buckets),
        "dictionary": starts,
    }
    files = {
        "core.bin": _core(head, core, words, lists),
        **{f"u/{n}.bin": data for n, data in enumerate(_chunks(core, words))},
        **{f"d/{n}.bin": data for n, data in enumerate(dictionary)},
    }
    return [*_write_files(folder, files), *written, *lists.digests], lists.notes


def _gather_lists(folder: Path, source: PageSource, processes: int) -> _Lists:
    """Read all pages, write their texts, and return the lists of their words."""
    size = min(_LARGEST_SHARE, max(_LEAST_SHARE, source.count // (2 * processes) + 1))
    firsts, tokens, lists = range(0, source.count, size), Tokens(), _Lists()

    def work(number: int) -> bytes:
        share = range(firsts[number], min(firsts[number] + size, source.count))
        return _gather_share(folder, source, share, tokens)

    for data in run_shares(work, len(firsts), processes):
        lists.add(data)
    source.forget()
    return lists


def _gather_share(folder: Path, source: PageSource, numbers: range, tokens: Tokens) -> bytes:
    """Write the texts of these pages; return what `_Lists.add` takes."""
    postings, shapes, digests, said = Postings(tokens), list[int](), list[bytes](), list[str]()
    for number in numbers:
        page, notes = source.read(number)
        said += notes
        for at, section in enumerate(page.sections):
            postings.add([section.heading] if at else [page.title, *page.tags], section.text)
        shapes.append(len(page.sections) << 2 | KINDS.index(page.kind))
        text = _json(_fragment(page, FRAGMENT_CHARS))
        digests += _write_files(folder, {f"p/{number}.json": text})
    return marshal.dumps((postings.taken(), shapes, digests, said))


class _Lists:
    """The lists of a whole site, put together from those of its shares in order."""

    def __init__(self) -> None:
        self.words = defaultdict[str, _Entries](list)
        self.lengths = list[int]()  # of sections
        self.shapes = list[int]()  # of pages: number of sections << 2 | kind
        self.digests = list[bytes]()  # of the files of pages
        self.notes = list[str]()
        self._numbers = dict[str, int]()
        self._pairs = dict[int, tuple[int, bytes]]()  # last section, list of all

    def add(self, share: bytes) -> None:
        """Add what `_gather_share` returns."""
        (keys, words, pairs, lengths), shapes, digests, said = marshal.loads(share)
        before = len(self.lengths)
        for number, (places, accents) in words.items():
            self.words[keys[number]].append((before, array("I", places), array("I", accents)))
        self._add_pairs(keys, pairs)
        self.lengths += lengths
        self.shapes += shapes
        self.digests += digests
        self.notes += said

    def _add_pairs(self, keys: Sequence[str], pairs: Mapping[int, PairList]) -> None:
        ours = [self._numbers.setdefault(key, len(self._numbers)) for key in keys]
        known, nothing, before = self._pairs, (-1, b""), len(self.lengths)
        for pair, (first, last, rest) in pairs.items():
            number = ours[pair >> PAIR_BITS] << PAIR_BITS | ours[pair & SECOND]
            end, data = known.get(number, nothing)
            known[number] = (before + last, data + varint(first + (before - end - 1 << 2)) + rest)

    def sections_with(self, key: str) -> int:
        """Return how many sections hold a word."""
        return sum(len(places) for _, places, _ in self.words[key])

    def take_buckets(self, ids: Mapping[str, int]) -> list[list[_CodedPair]]:
        """Return the pairs by bucket; none are left here, since both would not fit well."""
        size = sum(len(data) + 5 for _, data in self._pairs.values())
        number = min(MAX_BUCKETS, 1 << math.ceil(math.log2(max(1, size / BUCKET_BYTES))))
        buckets = [list[_CodedPair]() for _ in range(number)]
        final = [ids.get(key, -1) for key in self._numbers]
        while self._pairs:
            pair, (_, data) = self._pairs.popitem()
            first, second = final[pair >> PAIR_BITS], final[pair & SECOND]
            buckets[bucket_of(first, second, number)].append((first, second, data))
        return buckets


def _encode(
    folder: Path,
    words: Sequence[_Entries],
    buckets: Sequence[list[_CodedPair]],
    processes: int,
) -> tuple[list[bytes], list[bytes]]:
    """Write the buckets; return the lists of the words and the digests of the buckets."""
    coded, digests = [b""] * len(words), [b""] * len(buckets)

    def work(part: int) -> bytes:
        each = slice(part, None, processes)
        lists = list(map(_word_list, words[each]))
        files = {f"b/{n}.bin": _bucket(sorted(buckets[n])) for n in range(len(buckets))[each]}
        return marshal.dumps((lists, _write_files(folder, files)))

    for part, data in enumerate(run_shares(work, processes, processes)):
        each = slice(part, None, processes)
        coded[each], digests[each] = marshal.loads(data)
    return coded, digests


def _word_list(parts: _Entries) -> bytes:
    """Return the sections of a word; accents are written only where they are not the usual ones."""
    usual_ones = Counter(chain.from_iterable(accents for _, _, accents in parts))
    [(usual, _)] = usual_ones.most_common(1)
    numbers, start = [usual_ones.total(), usual], 0
    for before, places, accents in parts:
        start -= before << 3
        for place, each in zip(places, accents, strict=True):
            if each == usual:
                numbers.append(place - start)
            else:
                numbers += (place - start | 4, each)
            start = (place | 7) + 1
        start += before << 3
    return b"".join(map(varint, numbers))


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


def bucket_of(first: int, second: int, buckets: int) -> int:
    """Return in which bucket a pair of word numbers stands."""
    return ((first * 2654435761 ^ second * 40503) & 0xFFFFFFFF) >> 8 & buckets - 1


def _bucket(pairs: Sequence[_CodedPair]) -> bytes:
    out, last = bytearray(varint(len(pairs))), 0
    for first, second, data in pairs:
        out += varint(first - last) + varint(second) + varint(len(data)) + data
        last = first
    return bytes(out)


def _core(
    head: Mapping[str, object],
    keys: Sequence[str],
    words: Mapping[str, bytes],
    lists: _Lists,
) -> bytes:
    """Return the head, the frequent words, the length of each section and the size of each page."""
    described = _json(head)
    out = bytearray(varint(len(described)) + described)
    for code, key in zip(_front_coded(keys), keys, strict=True):
        out += code + varint(lists.sections_with(key)) + varint(len(words[key]))
    out += bytes(length_class(length) for length in lists.lengths)
    out += b"".join(map(varint, lists.shapes))
    return bytes(out)


def length_class(length: int) -> int:
    """Return one byte for a number of words: eight steps for each doubling."""
    return min(255, round(8 * math.log2(1 + length)))
