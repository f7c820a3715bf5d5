"""Opens picture files with Pillow, corrected where Pillow's result is incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

# Factor that scales a sample of 1, 2 or 4 bits to 8 (PNG 3rd edition, 13.12).
_FACTORS = {"L;2": 85, "L;4": 17}


@contextmanager
def open_picture(file: Path, formats: Sequence[str]) -> Iterator[Image.Image]:
    """Open a picture of one of these formats; parameters and errors are those of `Image.open`.

    The transparent colour of a PNG (tRNS) is scaled like the samples.
    """
    with Image.open(file, formats=list(formats)) as image:
        colour = image.info.get("transparency")
        kind = str(image.tile[0].args) if image.tile else ""
        if kind in _FACTORS and isinstance(colour, int):
            image.info["transparency"] = colour * _FACTORS[kind]
        elif kind == "RGB;16B" and isinstance(colour, tuple):
            image.info["transparency"] = tuple(value >> 8 for value in colour)
        yield image
