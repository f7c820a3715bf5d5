"""The brand face, Be Vietnam Pro, as font files: from a PyPI package, so no machine has to have it.

It has every Vietnamese letter as one glyph, which is why NFC text needs no text shaping.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from portal.text import to_nfc

PACKAGE = "fontpkg_be_vietnam_pro"
# What Vietnamese guides use and the face lacks, and what stands for it.
SUBSTITUTES = str.maketrans(
    {"→": "–", "←": "–", "⇒": "–", "✓": "•", "\u2011": "-", "\n": " ", "\t": " "}
)
_SUBSTITUTED = frozenset(map(chr, SUBSTITUTES))


class Weight(StrEnum):
    """The weights that are drawn; the value is the end of the file's name."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


class MissingFontError(Exception):
    """A font file is not there; the message names it, `fix` is the command that brings it."""

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
    """Return a hash of all weights, part of the key of everything that is drawn with them."""
    digest = hashlib.sha256()
    for weight in Weight:
        digest.update(font_file(weight).read_bytes())
    return digest.hexdigest()


@cache
def drawable_characters() -> frozenset[str]:
    """Return the characters that the face has a glyph for."""
    from fontTools.ttLib import TTFont  # slow to import; most builds draw nothing

    with TTFont(font_file(Weight.REGULAR), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def to_drawable(text: str) -> str:
    """Return the text in NFC with substitutes for known symbols and without what has no glyph.

    Several blanks, such as an emoji leaves behind, become one.
    """
    known = drawable_characters()
    kept = (c for c in to_nfc(text).translate(SUBSTITUTES) if c in known)
    return re.sub(" +", " ", "".join(kept))


def undrawable(text: str) -> str:
    """Return the characters that `to_drawable` drops, each once, in order; blanks do not count."""
    text = to_nfc(text)
    missing = set(text) - drawable_characters() - _SUBSTITUTED
    return "".join(c for c in dict.fromkeys(text) if c in missing and not c.isspace())


@cache
def advances(weight: Weight) -> Mapping[str, float]:
    """Return the width of each character in sizes (1 is the font size); the face has no kerning."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight), lazy=True) as font:
        metrics, unit = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): metrics[name][0] / unit for code, name in font.getBestCmap().items()}
