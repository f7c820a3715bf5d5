"""The font files of the brand font, Be Vietnam Pro, from a PyPI package.

It has every Vietnamese letter as one glyph, so that NFC text needs no text shaping.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from portal.language.text import to_nfc

PACKAGE = "fontpkg_be_vietnam_pro"
# Characters in guides that the font lacks, and their substitutes.
SUBSTITUTES = str.maketrans(
    {"→": "–", "←": "–", "⇒": "–", "✓": "•", "\u2011": "-", "\n": " ", "\t": " "}
)
_SUBSTITUTED = frozenset(map(chr, SUBSTITUTES))


class Weight(StrEnum):
    """The weights in use; the value is the end of the file's name."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


class MissingFontError(Exception):
    """A font file is missing; the message names it, `fix` is the command that installs it."""

    fix = "rm -rf .venv && make build"


@cache
def font_file(weight: Weight) -> Path:
    """Return the TrueType file of a weight.

    Raises:
        MissingFontError: the package or the file is not installed.
    """
    name = f"BeVietnamPro-{weight}.ttf"
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    file = Path(folders[0], "files", name) if folders else Path(name)
    if not file.is_file():
        package = PACKAGE.replace("_", "-")
        raise MissingFontError(f"không tìm thấy phông chữ {name} của gói {package}")
    return file


@cache
def font_digest() -> str:
    """Return a hash of all weights, part of cache keys."""
    digest = hashlib.sha256()
    for weight in Weight:
        digest.update(font_file(weight).read_bytes())
    return digest.hexdigest()


@cache
def drawable_characters() -> frozenset[str]:
    """Return the characters that the font supports."""
    return frozenset(mapped_characters(font_file(Weight.REGULAR).read_bytes()))


def mapped_characters(font: bytes) -> Iterator[str]:
    """Yield the characters in the first format 4 cmap subtable of a TrueType font.

    Importing fontTools for this takes longer, in each process, than checking twenty pages.
    https://learn.microsoft.com/typography/opentype/spec/cmap#format-4-segment-mapping-to-delta-values
    """
    (count,) = struct.unpack_from(">H", font, 4)
    places = dict(struct.unpack_from(">4s4xI", font, 12 + 16 * n) for n in range(count))
    table = places[b"cmap"] + struct.unpack_from(">I", font, places[b"cmap"] + 8)[0]
    kind, double_count = struct.unpack_from(">H4xH", font, table)
    if kind != 4:
        raise ValueError(f"cmap of format {kind}")
    size = double_count // 2
    columns = struct.unpack_from(f">{size}H2x{3 * size}H", font, table + 14)
    ends, starts, deltas, offsets = (columns[n * size : (n + 1) * size] for n in range(4))
    segments = zip(range(size), starts, ends, deltas, offsets, strict=True)
    for n, start, end, delta, offset in segments:
        glyphs: Iterable[int] = range(start, end + 1)
        if offset:  # relative to its own position
            place = table + 16 + 2 * (3 * size + n) + offset
            glyphs = struct.unpack_from(f">{end - start + 1}H", font, place)
        yield from (
            chr(code)
            for code, glyph in enumerate(glyphs, start)
            if (glyph or not offset) and (glyph + delta) & 0xFFFF
        )


def to_drawable(text: str) -> str:
    """Return the text in NFC with known symbols substituted and unsupported characters removed.

    Runs of blanks, such as around a removed emoji, become one.
    """
    known = drawable_characters()
    kept = (c for c in to_nfc(text).translate(SUBSTITUTES) if c in known)
    return re.sub(" +", " ", "".join(kept))


def undrawable(text: str) -> str:
    """Return the unique characters, blanks apart, that `to_drawable` removes, in order."""
    text = to_nfc(text)
    missing = set(text) - drawable_characters() - _SUBSTITUTED
    return "".join(c for c in dict.fromkeys(text) if c in missing and not c.isspace())
