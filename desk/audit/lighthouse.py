"""Lighthouse's mobile run of a page: scores, and the times of its simulated slow 4G."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_FLAGS = "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors"
_PATIENCE = 180  # seconds for one page
RUNS = 3  # of a page; blocking time is noisy


class LighthouseError(Exception):
    """Lighthouse could not measure a page; the message has its output."""


@dataclass(frozen=True)
class LighthouseResult:
    """One run: `scores` from 0 to 100 in the order of CATEGORIES, paint times in ms."""

    address: str
    scores: tuple[int, ...]
    first_paint: int
    largest_paint: int
    blocking: int
    shift: float
    bytes: int
    failed: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Return whether all scores are 100, LCP ≤ 1.1 s, TBT ≤ 50 ms and CLS 0."""
        fast = self.largest_paint <= 1100 and self.blocking <= 50
        return min(self.scores) == 100 and fast and self.shift == 0


def median_run(runs: Sequence[LighthouseResult]) -> LighthouseResult:
    """Return the median run by paint and blocking time, as Lighthouse recommends."""
    return sorted(runs, key=lambda run: run.largest_paint + run.blocking)[len(runs) // 2]


def run_lighthouse(program: Path, chromium: str, address: str) -> LighthouseResult:
    """Return the result for one page.

    Raises:
        LighthouseError: it could not load the page.
    """
    command = [
        str(program), address, "--quiet", "--output=json",
        f"--chrome-flags={_FLAGS}", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": chromium}
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=_PATIENCE
    )
    if run.returncode:
        raise LighthouseError(f"Lighthouse không đo được {address}:\n{run.stderr.strip()}")
    return read_result(address, json.loads(run.stdout))


def read_result(address: str, report: dict[str, Any]) -> LighthouseResult:
    """Return the result in a Lighthouse report."""
    audits, categories = report["audits"], report["categories"]
    failed = (
        name
        for name, audit in audits.items()
        if audit["scoreDisplayMode"] == "binary" and audit["score"] == 0
    )
    return LighthouseResult(
        address=address,
        scores=tuple(round(100 * categories[name]["score"]) for name in CATEGORIES),
        first_paint=round(audits["first-contentful-paint"]["numericValue"]),
        largest_paint=round(audits["largest-contentful-paint"]["numericValue"]),
        blocking=round(audits["total-blocking-time"]["numericValue"]),
        shift=audits["cumulative-layout-shift"]["numericValue"],
        bytes=round(audits["total-byte-weight"]["numericValue"]),
        failed=tuple(failed),
    )
