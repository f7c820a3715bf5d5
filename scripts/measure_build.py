"""Times real builds of reproducible corpora: seconds, CPU and peak memory, stage by stage.

Every page is put together from the sentences of the real guides, with all hooks on. The same number
of pages gives the same corpus on every machine. Each build runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority

from portal.library import Library, load_library

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES_A_PAGE = 580
STAGES = {
    "pre_build": "library read",
    "files": "content checked",
    "nav": "files gathered",
    "env": "Markdown rendered",
    "post_build": "pages written",
    "end": "site finished",
}


class StageClock(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Notes when each stage of a build begins, before any hook of that stage runs."""

    def __init__(self) -> None:
        self.seconds = {"config": time.perf_counter()}

    def _note(self, event: str) -> None:
        self.seconds.setdefault(event, time.perf_counter())

    @event_priority(1000)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Note that the library has been read."""
        self._note("pre_build")

    @event_priority(1000)
    def on_files(self, files: object, **_: object) -> None:
        """Note that the content has been checked."""
        self._note("files")

    @event_priority(1000)
    def on_nav(self, nav: object, **_: object) -> None:
        """Note that all files are known."""
        self._note("nav")

    @event_priority(1000)
    def on_env(self, env: object, **_: object) -> None:
        """Note that every page's Markdown has been rendered."""
        self._note("env")

    @event_priority(1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Note that every page has been written."""
        self._note("post_build")


def write_corpus(folder: Path, pages: int) -> None:
    """Write a project of `pages` guides with the real configuration, hooks, theme and data."""
    for name in ("hooks", "theme", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "portal").mkdir()  # watched by the configuration
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("guides"))
    library = load_library(ROOT)
    chosen = random.Random(pages)
    sentences = [
        s.text
        for page in library.guides
        for s in page.prose.sentences
        if len(s.text) > 20 and not any(map(str.isdigit, s.text))
    ]
    topics = [topic.id for topic in library.topics]
    for number in range(pages):
        topic = topics[number % len(topics)]
        file = folder / f"docs/guides/{topic}/bai-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(corpus_page(number, topic, sentences, chosen), encoding="utf-8")
    keep_linked_guides(library, folder)


def keep_linked_guides(library: Library, folder: Path) -> None:
    """Copy the real guides too: stories and pages link to them."""
    for guide in library.guides:
        target = folder / "docs" / guide.uri
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library.docs / guide.uri, target)
        for image in (library.docs / guide.uri).parent.glob("*.svg"):
            shutil.copy(image, target.parent)


def corpus_page(number: int, topic: str, sentences: list[str], chosen: random.Random) -> str:
    """Return one guide of about 580 syllables in the fixed order of sections."""
    # In letters: digits would be taken for a telephone number that no fact supports.
    word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    front = (
        f"---\ntitle: Bài thử {word}\nsummary: Một bài để đo thời gian dựng trang.\n"
        f"topic: {topic}\naudience: Người đo tốc độ.\nreviewed: 2026-11-24\nowner: ban-bien-tap\n"
        f"sources: [F1.14, F1.15, F1.03]\nshortlink: bai-thu-{number}\n---\n"
    )
    steps = "\n".join(f"{i}. {text}" for i, text in enumerate(pick(sentences, chosen, 9), 1))
    rest = "\n\n".join(
        f"## {title}\n\n" + "\n\n".join(" ".join(pick(sentences, chosen, 4)) for _ in range(3))
        for title in ("Làm xong thấy gì", "Hay vướng", "Coi chừng")
    )
    before = "\n".join(f"- {text}" for text in pick(sentences, chosen, 4))
    return (
        f"{front}\n## Cần có trước\n\n{before}\n\n## Các bước\n\n{steps}\n\n{rest}\n\n"
        f"## Vẫn không được\n\nGọi [1900 0368](tel:19000368).\n"
    )


def pick(sentences: list[str], chosen: random.Random, count: int) -> list[str]:
    """Return some sentences, the same for the same state of `chosen`."""
    return [chosen.choice(sentences) for _ in range(count)]


def measure(folder: Path) -> dict[str, float]:
    """Build the project in this process and return its figures by name."""
    clock = StageClock()
    started = time.perf_counter()
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins["stage_clock"] = clock
    build(config)
    clock.seconds["end"] = time.perf_counter()
    marks = list(clock.seconds.items())
    figures = {STAGES[event]: at - before for (_, before), (event, at) in pairwise(marks)}
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return figures | {
        "wall": clock.seconds["end"] - started,
        "cpu": sum(each.ru_utime + each.ru_stime for each in usage),
        "peak MB": max(each.ru_maxrss for each in usage) / 1024,
    }


def measure_resident(folder: Path) -> dict[str, float]:
    """Build twice in this process, as `serve` does, with one edit between; return the second."""
    measure(folder)
    edit(folder)
    return measure(folder)


def edit(folder: Path) -> None:
    """Add a sentence to one page."""
    page = folder / "docs/guides/dinh-danh/bai-0.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Hay vướng", "Thêm một câu.\n\n## Hay vướng", 1), "utf-8")


def measure_apart(folder: Path, *how: str) -> dict[str, float]:
    """Build the project in a fresh process and return its figures."""
    command = [sys.executable, __file__, "--one", str(folder), *how]
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


def leave_engine_out(folder: Path) -> None:
    """Let the project build with MkDocs as released."""
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  - hooks/build_engine.py\n", "", 1), "utf-8")


def builds_of(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the kinds of builds with their figures.

    The first build draws pictures, cards and handouts; `cold` has those, but no page cache.
    """
    yield "first", measure_apart(folder)
    shutil.rmtree(folder / ".cache/pages", ignore_errors=True)
    shutil.rmtree(folder / "site")
    yield "cold", measure_apart(folder)
    yield "nothing changed", measure_apart(folder)
    edit(folder)
    yield "one edit", measure_apart(folder)
    yield "one edit, resident", measure_apart(folder, "--resident")
    leave_engine_out(folder)
    yield "without engine", measure_apart(folder)


def report(sizes: list[int]) -> Iterator[str]:
    """Yield the lines of a Markdown table, seconds unless the name says else."""
    names = ["wall", "ms a page", "cpu", "peak MB", *STAGES.values()]
    yield f"| pages | build | {' | '.join(names)} |"
    yield "|" + "---:|" * (len(names) + 2)
    for pages in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_corpus(folder, pages)
            for kind, figures in builds_of(folder):
                figures["ms a page"] = figures["wall"] / pages * 1000
                cells = " | ".join(f"{figures[each]:.2f}" for each in names)
                yield f"| {pages} | {kind} | {cells} |"


def main() -> int:
    """Print the table for the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="100,1000", help="sizes, with commas between them")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--resident", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        figures = measure_resident(options.one) if options.resident else measure(options.one)
        print(json.dumps(figures))
        return 0
    for line in report([int(size) for size in options.pages.split(",")]):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
