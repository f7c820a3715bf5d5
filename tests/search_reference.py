"""The sharded index, made as plainly as its format allows: what `portal.search.index` must write.

One list after the other, all of the site at once, with no number but those of the format.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.language.folding import accent_of, join_numbers, key_of, split_phrases
from portal.search import shards as search_shards
from portal.search.index import KINDS, SearchHelp, SearchPage
from portal.search.shards import bucket_of, length_class

Entry = tuple[int, int, int]  # section, weighted count, accents as bits


def shards(pages: Sequence[SearchPage], extras: SearchHelp) -> dict[str, bytes]:
    """Return path within the index's folder → content."""
    words, pairs, lengths = count(pages)
    ranked = sorted(words, key=lambda key: (-len(words[key]), key))
    core, rare = (
        sorted(ranked[: search_shards.CORE_KEYS]),
        sorted(ranked[search_shards.CORE_KEYS :]),
    )
    ids = {key: number for number, key in enumerate([*core, *rare])}
    lists = {key: word_list(words[key]) for key in ids}
    coded = {(ids[a], ids[b]): pair_list(counts) for (a, b), counts in pairs.items()}
    size = sum(len(data) + 5 for data in coded.values()) / search_shards.BUCKET_BYTES
    number = min(search_shards.MAX_BUCKETS, 1 << math.ceil(math.log2(max(1, size))))
    dictionary = list(rare_words(rare, lists))
    head = {
        "language": extras.language,
        "help": extras.help,
        "sections": len(lengths),
        "pages": len(pages),
        "keys": len(core),
        "buckets": number,
        "dictionary": [(keys[0], rare.index(keys[0])) for keys, _ in dictionary],
    }
    described = dumped(head)
    shapes = [len(page.sections) << 2 | KINDS.index(page.kind) for page in pages]
    parts = [varint(len(described)), described]
    for code, key in zip(front_coded(core), core, strict=True):
        parts += [code, varint(len(words[key])), varint(len(lists[key]))]
    parts += [bytes(map(length_class, lengths)), *map(varint, shapes)]
    return {
        "core.bin": b"".join(parts),
        **{f"u/{n}.bin": data for n, data in enumerate(chunks(core, lists))},
        **{f"b/{n}.bin": bucket(coded, n, number) for n in range(number)},
        **{f"d/{n}.bin": data for n, (_, data) in enumerate(dictionary)},
        **{f"p/{n}.json": fragment(page) for n, page in enumerate(pages)},
    }


def count(
    pages: Sequence[SearchPage],
) -> tuple[dict[str, list[Entry]], dict[tuple[str, str], Counter[int]], list[int]]:
    words = defaultdict[str, list[Entry]](list)
    pairs = defaultdict[tuple[str, str], Counter[int]](Counter)
    lengths = list[int]()
    for page in pages:
        for at, section in enumerate(page.sections):
            names = [section.heading] if at else [page.title, *page.tags]
            strong = [words for name in names for words in split_phrases(name)]
            text = split_phrases(section.text)
            counts, accents = Counter[str](), Counter[str]()
            for phrase in text + strong * 2:
                for word in phrase:
                    counts[key_of(word)] += 1
                    accents[key_of(word)] |= 1 << accent_of(word)
                for joined in join_numbers(phrase):
                    counts[joined] += 1
                    accents[joined] |= 1
                for pair in pairwise(map(key_of, phrase)):
                    pairs[pair][len(lengths)] += 1
            for key in counts:
                words[key].append((len(lengths), counts[key], accents[key]))
            lengths.append(sum(map(len, strong + text)))
    return words, pairs, lengths


def class_of(weight: int) -> int:
    return 0 if weight == 1 else 1 if weight == 2 else 2 if weight <= 4 else 3


def word_list(entries: Sequence[Entry]) -> bytes:
    [(usual, _)] = Counter(accents for _, _, accents in entries).most_common(1)
    numbers, before = [len(entries), usual], -1
    for section, weight, accents in entries:
        number = (section - before - 1) << 3 | class_of(weight)
        numbers += [number] if accents == usual else [number | 4, accents]
        before = section
    return b"".join(map(varint, numbers))


def pair_list(counts: Counter[int]) -> bytes:
    return b"".join(
        varint((section - before - 1) << 2 | class_of(counts[section]))
        for before, section in pairwise([-1, *sorted(counts)])
    )


def varint(number: int) -> bytes:
    return bytes([number & 127 | 128]) + varint(number >> 7) if number > 127 else bytes([number])


def front_coded(keys: Sequence[str]) -> Iterator[bytes]:
    for before, key in pairwise(["", *keys]):
        a, b = before.encode(), key.encode()
        shared = max(n for n in range(min(len(a), len(b)) + 1) if a[:n] == b[:n])
        yield varint(shared) + varint(len(b) - shared) + b[shared:]


def chunks(keys: Sequence[str], lists: dict[str, bytes]) -> list[bytes]:
    found = [b""]
    for key in keys:
        if found[-1] and len(found[-1]) + len(lists[key]) > search_shards.CHUNK_BYTES:
            found.append(b"")
        found[-1] += lists[key]
    return found


def rare_words(rare: Sequence[str], lists: dict[str, bytes]) -> Iterator[tuple[list[str], bytes]]:
    keys, size = list[str](), 0
    for key in rare:
        keys.append(key)
        size += len(key) + len(lists[key])
        if size >= search_shards.CHUNK_BYTES or key == rare[-1]:
            coded = zip(front_coded(keys), map(lists.__getitem__, keys), strict=True)
            yield keys, b"".join(code + varint(len(data)) + data for code, data in coded)
            keys, size = [], 0


def bucket(coded: dict[tuple[int, int], bytes], bucket_number: int, buckets: int) -> bytes:
    pairs = sorted(p for p in coded if bucket_of(*p, buckets) == bucket_number)
    firsts = pairwise([0, *(first for first, _ in pairs)])
    parts = [
        varint(first - before) + varint(pair[1]) + varint(len(coded[pair])) + coded[pair]
        for (before, first), pair in zip(firsts, pairs, strict=True)
    ]
    return varint(len(pairs)) + b"".join(parts)


def fragment(page: SearchPage) -> bytes:
    sections = [
        [s.anchor, s.heading, s.text[: search_shards.FRAGMENT_CHARS]] for s in page.sections
    ]
    named = {"url": page.url, "title": page.title, "tags": page.tags, "sections": sections}
    return dumped(named)


def dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
