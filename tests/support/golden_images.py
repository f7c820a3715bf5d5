"""Golden pictures compared as an eye would: small, so that a shifted grey pixel does not count.

`UPDATE_GOLDEN=1 pytest …` writes them anew; look at every one before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

FOLDER = Path(__file__).parents[1] / "golden"
SHRINK = 4  # pixels that become one
MAX_DIFFERENCE, MAX_MEAN = 40, 1.0  # of 255


def assert_looks_like(image: Image.Image, name: str) -> None:
    """Fail when a picture differs visibly from tests/golden/<name>.png."""
    golden = FOLDER / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        image.convert("RGB").quantize(256).save(golden, optimize=True)
    expected = Image.open(golden)
    assert image.size == expected.size
    largest, mean = difference(image, expected)
    assert largest <= MAX_DIFFERENCE, f"{name}: a spot differs by {largest}"
    assert mean <= MAX_MEAN, f"{name}: the whole differs by {mean:.2f}"


def difference(first: Image.Image, second: Image.Image) -> tuple[float, float]:
    """Return the largest and the mean difference of two pictures of one size, shrunk."""
    small = [image.convert("RGB").reduce(SHRINK) for image in (first, second)]
    changed = ImageChops.difference(*small)
    return max(high for _, high in changed.getextrema()), max(ImageStat.Stat(changed).mean)
