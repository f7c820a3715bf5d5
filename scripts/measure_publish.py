"""Measures what readers notice of a publish: six load pages while new scripts go out.

Without --to it publishes over ssh to OpenSSH and nginx on this machine, with --store to SeaweedFS
behind nginx. Each reader loads pages
with all that they name; one loads again and again what a page named that was open before. The line
to the target is as slow as --rate says. Then publishes are killed at random moments. Exit status 1
when a reader met a page without its files, or a killed publish left anything.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from portal.system.command_line import run_command
from desk.audit.changed_release import with_changed_scripts
from desk.audit.readers import OpenPage, SiteReader, readable_pages
from desk.audit.slow_line import SlowLine, slow_line
from desk.audit.ssh_server import ssh_server
from desk.audit.store_server import BUCKET, KEYS, nginx_before_store, store_server
from desk.audit.web_servers import nginx_server
from desk.publishing.release import LATEST, Release, read_release

ROOT = Path(__file__).resolve().parent.parent
READERS = 6


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", type=Path, default=ROOT / "dist" / LATEST, help="first")
    parser.add_argument("--edited", type=Path, help="a release of the same site after an edit")
    parser.add_argument("--store", action="store_true", help="an object store on this machine")
    parser.add_argument("--to", help="another target than ssh on this machine, such as s3://bucket")
    parser.add_argument("--read", help="the address where readers get what --to publishes")
    parser.add_argument("--line", help="host:port that the slow line leads to; default: of --to")
    parser.add_argument("--rate", type=float, default=300, help="KB a second")
    parser.add_argument("--loads", type=int, default=2000, help="pages that readers load")
    parser.add_argument("--kills", type=int, default=100)
    return parser.parse_args(arguments)


@dataclass
class Stage:
    """A target, where its readers look, and the variables that lead publishing over a line."""

    to: str
    read: str
    server: tuple[str, int]
    variables: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None  # of the server, when it is this machine

    def over(self, line: SlowLine) -> tuple[str, Mapping[str, str]]:
        """Return the target's address and the variables, with the line in place of the server."""
        there = f"127.0.0.1:{line.port}"
        if endpoint := {**os.environ, **self.variables}.get("AWS_ENDPOINT_URL"):
            return self.to, {**self.variables, "AWS_ENDPOINT_URL": _with_host(endpoint, there)}
        return _with_host(self.to, there), self.variables


def _with_host(address: str, host: str) -> str:
    return urlunsplit(urlsplit(address)._replace(netloc=host))


@contextmanager
def open_stage(options: argparse.Namespace) -> Iterator[Stage]:
    """Yield the target of the command line, or one on this machine."""
    if options.to:
        parts = urlsplit(os.environ.get("AWS_ENDPOINT_URL", options.to))
        host, _, port = (options.line or f"{parts.hostname}:{parts.port}").partition(":")
        yield Stage(options.to, options.read, (host, int(port)))
        return
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        start = _start_store if options.store else _start_ssh
        yield start(Path(place), stack)


def _start_ssh(run: Path, stack: ExitStack) -> Stage:
    for name in ("ssh", "nginx", "portal"):
        (run / name).mkdir()
    port = stack.enter_context(ssh_server(run / "ssh"))
    # The key of the server is known under every port that the line may have.
    known = (run / "ssh/host.pub").read_text(encoding="utf-8")
    (run / "ssh/known").write_text(f"* {known}", encoding="utf-8")
    configuration = ROOT / "deploy/nginx/portal.conf"
    read = stack.enter_context(nginx_server(configuration, run / "portal/site", run / "nginx"))
    path = f"{run / 'ssh/bin'}:{os.environ['PATH']}"
    to = f"ssh://127.0.0.1:{port}{run / 'portal'}"
    return Stage(to, read, ("127.0.0.1", port), {"PATH": path}, run / "portal")


def _start_store(run: Path, stack: ExitStack) -> Stage:
    for name in ("store", "nginx"):
        (run / name).mkdir()
    store = stack.enter_context(store_server(run / "store"))
    configuration = ROOT / "deploy/nginx/store.conf"
    read = stack.enter_context(nginx_before_store(configuration, store, run / "nginx"))
    host, _, port = store.partition(":")
    variables = {**KEYS, "AWS_ENDPOINT_URL": f"http://{store}"}
    return Stage(f"s3://{BUCKET}?compression=copies", read, (host, int(port)), variables)


def start_publishing(to: str, variables: Mapping[str, str], folder: Path) -> subprocess.Popen[str]:
    """Start `make publish` of a release, in a process group of its own."""
    command = [sys.executable, str(ROOT / "scripts/publish.py"), "--to", to]
    return subprocess.Popen(
        [*command, "--release", str(folder)],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def publish_whole(stage: Stage, release: Release) -> None:
    """Publish a release over a line without limit; ends this program when it fails."""
    publishing = start_publishing(stage.to, stage.variables, release.folder)
    said, _ = publishing.communicate()
    if publishing.returncode:
        sys.exit(said)


@dataclass
class Loads:
    """What readers met: pages loaded in each phase, and what was broken, "phase path"."""

    phase: str = "before"
    counts: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def count(self, phase: str, page: OpenPage, missing: Sequence[str]) -> None:
        """Count a load."""
        self.counts[phase] = self.counts.get(phase, 0) + 1
        if not page.releases or missing:
            self.broken.append(f"{phase} {page.path} {' '.join(missing)}")


def read_for_ever(
    read: str, releases: Sequence[Release], number: int, loads: Loads, stop: threading.Event
) -> None:
    """Load pages with all that they name; reader 0 only what a page named that was open before."""
    reader, pages = SiteReader(read, releases), readable_pages(releases[0])
    choice = random.Random(number)
    kept = reader.open_page(pages[0]) if number == 0 else None
    while not stop.is_set():
        phase = loads.phase
        page = kept or reader.open_page(choice.choice(pages))
        loads.count(f"open page, {phase}" if kept else phase, page, reader.load_parts(page.parts))


def measure_readers(stage: Stage, old: Release, new: Release, rate: float, loads: int) -> bool:
    """Publish `new` over `old` on a slow line while readers read; return whether all went well."""
    publish_whole(stage, old)
    met, stop = Loads(), threading.Event()
    readers = [
        threading.Thread(target=read_for_ever, args=(stage.read, (old, new), number, met, stop))
        for number in range(READERS)
    ]
    for each in readers:
        each.start()
    time.sleep(2)
    met.phase = "during"
    with slow_line(*stage.server, rate * 1000) as line:
        start = time.monotonic()
        publishing = start_publishing(*stage.over(line), new.folder)
        print(publishing.communicate()[0].strip())
        seconds = time.monotonic() - start
    met.phase = "after"
    after = max(loads // 4, loads - sum(met.counts.values()))
    while met.counts.get("after", 0) < after and all(each.is_alive() for each in readers):
        time.sleep(0.5)
    stop.set()
    for each in readers:
        each.join()
    print_cost("changed scripts", line, seconds, new)
    for phase, count in met.counts.items():
        print(f"  {phase}: {count} page loads")
    print(f"  broken: {len(met.broken)} of {sum(met.counts.values())}")
    print("".join(f"    {each}\n" for each in met.broken[:20]), end="")
    return not publishing.returncode and not met.broken and sum(met.counts.values()) >= loads


def print_cost(name: str, line: SlowLine, seconds: float, release: Release) -> None:
    """Print the bytes and seconds of a publish."""
    size = release.counts["bytes"]
    share = 100 * line.sent / size
    print(
        f"{name}: {line.sent / 1000:.0f} KB sent and {line.received / 1000:.0f} KB received "
        f"of {size / 1e6:.1f} MB ({share:.2f} %), {seconds:.1f} s"
    )


def measure_edit(stage: Stage, old: Release, new: Release, rate: float) -> None:
    """Print what it costs to publish an edit on the slow line."""
    publish_whole(stage, old)
    with slow_line(*stage.server, rate * 1000) as line:
        start = time.monotonic()
        publishing = start_publishing(*stage.over(line), new.folder)
        publishing.communicate()
        print_cost("an edit", line, time.monotonic() - start, new)


def measure_kills(stage: Stage, releases: tuple[Release, Release], kills: int) -> bool:
    """Kill publishes at random moments; return whether readers always saw whole releases."""
    publish_whole(stage, releases[0])
    start = time.monotonic()
    publish_whole(stage, releases[1])
    longest = time.monotonic() - start
    choice, torn, shown = random.Random(0), list[str](), set[str]()
    reader, pages = SiteReader(stage.read, releases), readable_pages(releases[0])
    for number in range(kills):
        publishing = start_publishing(stage.to, stage.variables, releases[number % 2].folder)
        time.sleep(choice.uniform(0, longest))
        os.killpg(publishing.pid, signal.SIGKILL)
        publishing.communicate()
        found = torn_pages(reader, pages, is_switched=stage.to.startswith("ssh:"))
        torn += [f"{number}: {each}" for each in found]
        shown.add(live_release(stage, reader))
    publish_whole(stage, releases[0])
    torn += [f"at the end: {each}" for each in torn_pages(reader, pages, is_switched=True)]
    left = left_over(stage.folder) if stage.folder else []
    print(f"kills: {kills} within {longest:.1f} s, {len(shown)} releases seen, torn: {len(torn)}")
    print("".join(f"    {each}\n" for each in torn[:20]), end="")
    print(f"  left over after the next publish: {', '.join(left) or 'nothing'}")
    return not torn and not left


def torn_pages(reader: SiteReader, pages: Sequence[str], is_switched: bool) -> list[str]:
    """Return what is wrong with the site: each page, what three of them load.

    Where targets switch all at once, all pages must be of one release; who looks again sees one
    that was being switched meanwhile.
    """
    for _ in range(3):
        opened = [reader.open_page(path) for path in pages]
        common = frozenset.intersection(*(page.releases for page in opened))
        if common or not is_switched:
            break
    else:
        return ["pages of different releases"]
    broken = [f"{page.path} is of no release" for page in opened if not page.releases]
    return broken + [part for page in opened[:3] for part in reader.load_parts(page.parts)]


def live_release(stage: Stage, reader: SiteReader) -> str:
    """Return the name of the release that version.json is of."""
    return ", ".join(sorted(reader.open_page("version.json").releases))


def left_over(folder: Path) -> list[str]:
    """Return what stands in a server's folder and belongs to no finished publish."""
    is_expected = re.compile(r"\.lock|history|kept|\d{4}-\d\d-\d\d-[0-9a-f]{12}(?:\.assets)?")
    found = [each.name for each in folder.iterdir() if each.name not in ("site", "releases")]
    inside = (each.name for each in (folder / "releases").iterdir())
    return found + [name for name in inside if not is_expected.fullmatch(name)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements and return the exit status."""
    options = parse_arguments(arguments)
    old = read_release(options.release)
    with tempfile.TemporaryDirectory() as place, open_stage(options) as stage:
        new = with_changed_scripts(old, Path(place))
        went_well = measure_readers(stage, old, new, options.rate, options.loads)
        if options.edited:
            measure_edit(stage, old, read_release(options.edited), options.rate)
        if options.kills:
            went_well &= measure_kills(stage, (old, new), options.kills)
    return 0 if went_well else 1


if __name__ == "__main__":
    run_command(main)
