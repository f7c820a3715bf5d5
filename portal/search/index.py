"""Writes the search index that readers' browsers load: one file for a small site, else shards.

The folder of an index is named by the digest of its files; `search/index.json` names the folder,
so that a browser may keep everything else for good. decisions/0003-search.md tells why.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

POINTER = "search/index.json"
MAX_SMALL_BYTES = 64_000  # compressed; a site above it is cut into shards
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
        digests = write_files(folder, {"all.json": small})
        notes = [note for _, each in begun for note in each]
    else:
        # It loads numpy, which takes longer than all the work of a small site.
        from portal.search.shards import write_shards

        digests, notes = write_shards(folder, _continued(begun, source), extras, processes)
    name = _digest(b"".join(digests)).hex()[:10]
    folder.rename(site / "search" / name)
    (site / POINTER).write_bytes(dump_json({"folder": name, "small": bool(small)}))
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


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[bytes]:
    """Write files into a folder that stands; return their digests."""
    for name, data in files.items():
        with open(f"{folder}/{name}", "wb") as stream:  # noqa: PTH123 - a Path costs as much as writing
            stream.write(data)
    return list(map(_digest, files.values()))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump_json(value: object) -> bytes:
    """Return a value as JSON, in as few bytes as it takes."""
    return _ENCODER.encode(value).encode()


def fragment(page: SearchPage, most: int | None = None) -> dict[str, object]:
    """Return what excerpts are cut from; of each text at most so many characters."""
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
        row = dump_json({**fragment(page), "kind": KINDS.index(page.kind)})
        yield b"," + row if number else row
    rest = dump_json({"language": extras.language, "help": extras.help})
    yield b"]," + rest[1:]
