"""Audits the built site: weight, Lighthouse, axe, first screens, all links without scripts.

nginx and Caddy serve it with the configurations of deploy/. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from portal.system.command_line import run_command
from desk.audit.answers import answer_findings
from desk.audit.first_screen import FirstScreen, first_screens
from desk.audit.lighthouse import (
    RUNS,
    LighthouseError,
    LighthouseResult,
    median_run,
    run_lighthouse,
)
from desk.audit.visits import VIEWS, AuditFinding, axe_findings, tour_without_scripts
from desk.audit.web_servers import ServerError, caddy_server, nginx_server
from desk.page_weight import PageWeight, page_weights

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "node_modules/.bin/lighthouse"
SAMPLES = (
    "",
    "guides/dinh-danh/cai-vneid/",
    "stories/khanh-hoa/",
    "so-lieu/",
    "tim-kiem/",
)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; return 0 when every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--quick", action="store_true", help="the sample pages only")
    options = parser.parse_args(arguments)
    chromium = shutil.which("chromium") or "google-chrome"
    with tempfile.TemporaryDirectory() as run, tempfile.TemporaryDirectory() as other:
        try:
            with (
                nginx_server(ROOT / "deploy/nginx/portal.conf", options.site, Path(run)) as nginx,
                caddy_server(ROOT / "deploy/Caddyfile", options.site, Path(other)) as caddy,
            ):
                return audit(options.site, nginx, caddy, chromium, options.quick)
        except (LighthouseError, ServerError) as error:
            print(error, file=sys.stderr)
            return 1


def audit(site: Path, root: str, caddy: str, chromium: str, quick: bool) -> int:
    """Run every audit against the site served at `root`; return 1 when a target is missed.

    Of Caddy only the answers are compared: pages are the same.
    """
    weights = list(page_weights(site.resolve()))
    print_weights(weights)
    results = [
        median_run([run_lighthouse(LIGHTHOUSE, chromium, root + sample) for _ in range(RUNS)])
        for sample in SAMPLES
    ]
    print_lighthouse(results, root)
    pages = [f"{weight.address}/".replace("./", "", 1) for weight in weights if weight.scripts]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        findings = visit(browser, root, SAMPLES if quick else pages)
        browser.close()
    for served in (root, caddy):
        findings += answer_findings(served, site)
    print_findings(findings)
    return int(bool(findings) or not all(result.is_met for result in results))


def visit(browser: Browser, root: str, pages: Sequence[str]) -> list[AuditFinding]:
    """Return the findings of axe and of the visit without scripts."""
    addresses = [root + page for page in pages]
    found = [each for view in VIEWS for each in axe_findings(browser, addresses, view)]
    print(f"\naxe: {len(addresses)} pages × {len(VIEWS)} views, {len(found)} findings")
    screens = list(first_screens(browser, addresses))
    print_first_screens(screens)
    found += [finding for screen in screens for finding in screen.findings()]
    seen, wrong = tour_without_scripts(browser, root)
    print(f"Tour without JavaScript: {len(seen)} pages, {len(wrong)} findings")
    return found + wrong


def print_weights(weights: Sequence[PageWeight]) -> None:
    """Print the heaviest page of each kind, in bytes."""
    print("| heaviest page of its kind | raw | gzip | brotli | scripts | first visit |")
    print("|---|---|---|---|---|---|")
    kinds = dict[str, PageWeight]()
    for weight in weights:
        parts = weight.address.split("/")
        kind = f"{parts[0]} ({len(parts)})"
        kinds[kind] = max(weight, kinds.get(kind, weight), key=lambda each: each.html)
    for weight in kinds.values():
        if weight.scripts:
            print(
                f"| {weight.address} | {weight.raw} | {weight.gzip} | {weight.html} "
                f"| {weight.scripts} | {weight.first_visit} |"
            )


def print_first_screens(screens: Sequence[FirstScreen]) -> None:
    """Print how far readers of guides scroll, in screens of a small phone."""
    steps = sorted(screen.screens for screen in screens if not screen.is_urgent)
    if steps:
        print(
            f"\nFirst screen: {len(screens)} guides, {len(screens) - len(steps)} of them urgent; "
            f"step 1 after {median(steps):.2f} screens, {steps[-1]:.2f} at most"
        )


def print_lighthouse(results: Sequence[LighthouseResult], root: str) -> None:
    """Print scores and times of the sample pages."""
    print("\n| page | scores | FCP ms | LCP ms | TBT ms | CLS | bytes | failed |")
    print("|---|---|---|---|---|---|---|---|")
    for result in results:
        scores = " ".join(map(str, result.scores))
        print(
            f"| /{result.address.removeprefix(root)} | {scores} | {result.first_paint} "
            f"| {result.largest_paint} | {result.blocking} | {result.shift} | {result.bytes} "
            f"| {', '.join(result.failed)} |"
        )


def print_findings(findings: Sequence[AuditFinding]) -> None:
    """Print the findings, one a line."""
    for finding in findings:
        print(f"{finding.address}: {finding.what}")


if __name__ == "__main__":
    run_command(main)
