"""Prints how long cards and handouts take and what they weigh: drawn anew, and from the cache.

Draws those of the repository's own pages, one after the other in one process, into a cache of its
own that is deleted afterwards.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from portal.cache import Cache
from portal.cards import card_key, draw_card
from portal.derived_files import derive_files
from portal.handout_pdf import draw_booklet, draw_guide, handout_key
from portal.library import load_library
from portal.sharing import (
    Site,
    booklet_sources,
    card_content,
    handout_sources,
    shared_page,
)

ROOT = Path(__file__).resolve().parent.parent
Content = TypeVar("Content")


def measure(
    name: str,
    contents: Mapping[str, Content],
    key_of: Callable[[Content], str],
    draw: Callable[[Content], bytes],
) -> None:
    """Print one row: milliseconds a file, cold and cached, and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cold, sizes = list[float](), list[int]()
        for path, content in contents.items():
            start = time.perf_counter()
            (file,) = derive_files(cache, {path: content}, key_of, draw).values()
            cold.append((time.perf_counter() - start) * 1000)
            sizes.append(file.stat().st_size)
        start = time.perf_counter()
        derive_files(cache, contents, key_of, draw)
        cached = (time.perf_counter() - start) * 1000 / len(contents)
    print(
        f"{name:<10}{len(contents):>6}{statistics.median(cold):>12.1f}{max(cold):>9.1f}"
        f"{cached:>12.2f}{statistics.median(sizes) / 1000:>12.1f}{max(sizes) / 1000:>9.1f}"
    )


def main() -> None:
    """Print the table."""
    library = load_library(ROOT)
    mark = (ROOT / "theme/partials/mark.svg").read_text(encoding="utf-8")
    site = Site("Kỹ năng số Ninh Bình", "Cho bà con", "https://kynangso.example.vn/", mark=mark)
    cards = {
        page.uri: card_content(
            shared_page(
                page.uri, page.url, {**page.meta, "description": page.meta.get("summary")}, library
            ),
            site,
            library.statistics,
        )
        for page in library.pages
    }
    handouts = handout_sources(library, site)
    print(f"{'':<10}{'files':>6}{'cold ms':>12}{'max':>9}{'cached ms':>12}{'KB':>12}{'max':>9}")
    measure("cards", cards, card_key, draw_card)
    measure("handouts", handouts, handout_key, draw_guide)
    measure("booklets", booklet_sources(library, handouts), handout_key, draw_booklet)


if __name__ == "__main__":
    main()
