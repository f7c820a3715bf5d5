"""Benchmarks cards and printed sheets: time with and without cache, and file sizes.

Those of the repository's own pages are drawn with all processors, into a temporary cache. Pictures
are the originals.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from portal.system.command_line import run_command
from portal.drawn.cards import card_key, draw_card
from portal.drawn.drawing_cache import derive_files
from portal.drawn.paper.compiler import draw_sheet, sheet_key
from portal.drawn.paper.sources import booklets_of, evening_sheets_of, handouts_of
from portal.images.usage import shown_images
from portal.library.library import load_library
from portal.library.site_identity import Site
from portal.site.sharing import card_content, shared_page
from portal.system.cache import Cache

ROOT = Path(__file__).resolve().parent.parent
Content = TypeVar("Content")


def print_times(
    name: str,
    contents: Mapping[str, Content],
    key_of: Callable[[Content], str],
    draw: Callable[[Content], bytes],
    pool_from: int,
) -> None:
    """Print one row: milliseconds a file, uncached and cached, and bytes."""
    with tempfile.TemporaryDirectory() as folder:
        times = list[float]()
        for _ in ("cold", "cached"):
            start = time.perf_counter()
            files = derive_files(Cache(Path(folder)), contents, key_of, draw, pool_from)
            times.append((time.perf_counter() - start) * 1000 / len(contents))
        sizes = [file.stat().st_size / 1000 for file in files.values()]
    print(
        f"{name:<10}{len(contents):>6}{times[0]:>12.1f}{times[1]:>12.2f}"
        f"{statistics.median(sizes):>12.1f}{max(sizes):>9.1f}"
    )


def main() -> int:
    """Print the table and return the exit status."""
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
    handouts = handouts_of(library, site, shown_images(library))
    booklets = booklets_of(library, site, handouts)
    print(f"{'':<10}{'files':>6}{'cold ms':>12}{'cached ms':>12}{'KB':>12}{'max':>9}")
    print_times("cards", cards, card_key, draw_card, 1)
    print_times("handouts", handouts, sheet_key, draw_sheet, 1)
    print_times("booklets", booklets, sheet_key, draw_sheet, 1)
    print_times("evenings", evening_sheets_of(library, site), sheet_key, draw_sheet, 1)
    return 0


if __name__ == "__main__":
    run_command(main)
