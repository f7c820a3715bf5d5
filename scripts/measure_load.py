"""Measures how many readers one nginx process serves, beside stock Material with the same guide.

All stand behind deploy/nginx/portal.conf and are asked in turn by wrk (apt-get install wrk): of
the page alone, and of all that a first visit loads. Material is there twice: as it is published,
where nginx compresses each answer; and with copies compressed beforehand, as our build makes them.

Counted are answers in a second of nginx's own CPU time, which is what a process with a core of its
own gives: wrk, which decrypts all, and whatever else runs here take their share of the clock's.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from portal.system.command_line import run_command
from desk.audit.answers import Visitor
from desk.audit.web_servers import nginx_server
from portal.system.precompression import compress_site

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = ROOT / "deploy/nginx/portal.conf"
PEER = ROOT / "scripts/measure_peers/material/mkdocs.yml"
_COUNT = re.compile(r"(\d+) requests in")
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAILED = re.compile(r"Non-2xx|Socket errors")
_IN_TURN = """\
local paths, at = {%s}, 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


@dataclass(frozen=True)
class ServedPage:
    """A page behind nginx: the folder that nginx runs in, its address, a first visit's paths."""

    run: Path
    root: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """How often all of a page was answered: in a second of nginx's CPU time, and of the clock."""

    working: float
    passing: float


def build_stock(folder: Path) -> Path:
    """Build this project's pages with Material, no feature chosen; return the site's folder."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    lines = PEER.read_text(encoding="utf-8").splitlines(keepends=True)
    stock = "".join(line for line in lines if "features:" not in line)
    (folder / "mkdocs.yml").write_text(stock, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "site"


def with_copies(site: Path, folder: Path) -> Path:
    """Return a copy of the site with compressed copies of its files."""
    copy = folder / "compressed"
    shutil.copytree(site, copy)
    compress_site(copy, folder / "cache", 10)
    return copy


def compressing_per_request(folder: Path) -> Path:
    """Return our configuration of nginx, changed so that it compresses each answer itself.

    Who takes brotli would get no gzip while nginx looks for copies in brotli.
    """
    text = CONFIGURATION.read_text(encoding="utf-8").replace("brotli_static on;", "")
    on = "gzip on; gzip_types text/css text/javascript application/json image/svg+xml;"
    changed = folder / "per-request.conf"
    changed.write_text(text.replace("gzip_static on;", on), encoding="utf-8")
    return changed


def is_packed(root: str, path: str) -> bool:
    """Return whether a server compresses an answer."""
    visitor = Visitor(root)
    answer = visitor.get(path)
    visitor.close()
    return "content-encoding" in answer.headers


def paths_of(root: str, page: str) -> tuple[str, ...]:
    """Return what Chromium asks the server for on a first visit, the page first."""
    asked = list[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        tab = browser.new_page(ignore_https_errors=True, service_workers="block")
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(root + page, wait_until="networkidle")
        browser.close()
    paths = (urlsplit(url)._replace(scheme="", netloc="").geturl() for url in asked)
    return tuple(dict.fromkeys(path for path in paths if path.startswith("/")))


def cpu_seconds(run: Path) -> float:
    """Return the CPU time that nginx's one worker has taken."""
    pid = (run / "nginx.pid").read_text(encoding="utf-8").strip()
    worker = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").strip()
    fields = Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load_of(page: ServedPage, first: int | None, seconds: int, folder: Path) -> Load:
    """Return how often the first paths of a page, or all for None, are answered."""
    paths = page.paths[:first]
    script = folder / "in-turn.lua"
    script.write_text(_IN_TURN % ", ".join(f'"{path}"' for path in paths), encoding="utf-8")
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-H", "Accept-Encoding: br, gzip"]
    before = cpu_seconds(page.run)
    run = subprocess.run(
        [*command, "-s", str(script), page.root], check=True, capture_output=True, text=True
    )
    count, rate = _COUNT.search(run.stdout), _RATE.search(run.stdout)
    if not count or not rate or _FAILED.search(run.stdout):
        raise SystemExit(run.stdout)
    working = int(count[1]) / (cpu_seconds(page.run) - before)
    return Load(working / len(paths), float(rate[1]) / len(paths))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table; ratios are medians of those of runs in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="built with compression")
    parser.add_argument("--page", default="guides/dinh-danh/kich-hoat-vneid/")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, ExitStack() as servers:
        folder = Path(name)
        stock = build_stock(folder)
        served = (
            (options.site, CONFIGURATION),
            (stock, compressing_per_request(folder)),
            (with_copies(stock, folder), CONFIGURATION),
        )
        pages = list[ServedPage]()
        for number, (site, configuration) in enumerate(served):
            (run := folder / f"run{number}").mkdir()
            root = servers.enter_context(nginx_server(configuration, site, run))
            if not is_packed(root, options.page):
                raise SystemExit(f"{root}{options.page} is not compressed")
            pages.append(ServedPage(run, root, paths_of(root, options.page)))
        print(
            "| a second of nginx (of the clock) | ours | Material | … compressed "
            "| ours / Material | … compressed |"
        )
        print("|---|---:|---:|---:|---:|---:|")
        for what, first in (("the page", 1), ("first visits", None)):
            runs = [
                [load_of(page, first, options.seconds, folder) for page in pages]
                for _ in range(options.runs)
            ]
            cells = [
                f"{median(each.working for each in column):.0f} "
                f"({median(each.passing for each in column):.0f})"
                for column in zip(*runs, strict=True)
            ]
            for peer in (1, 2):
                working = median(loads[0].working / loads[peer].working for loads in runs)
                passing = median(loads[0].passing / loads[peer].passing for loads in runs)
                cells.append(f"{working:.1f} ({passing:.1f})")
            print(f"| {what} | {' | '.join(cells)} |")
        counts = [len(page.paths) for page in pages]
        print(f"A first visit asks for {counts[0]} files of ours, {counts[1]} of Material's.")
    return 0


if __name__ == "__main__":
    run_command(main)
