from pathlib import Path

import pytest
from support.project import REPOSITORY

from desk.audit.lighthouse import (
    CATEGORIES,
    LighthouseError,
    LighthouseResult,
    median_run,
    read_result,
    run_lighthouse,
)
from desk.audit.web_servers import local_configuration

CONFIGURATION = (REPOSITORY / "deploy/nginx/portal.conf").read_text(encoding="utf-8")


def test_production_configuration_runs_here_with_other_paths_and_ports_only() -> None:
    local = local_configuration(CONFIGURATION, Path("/x/site"), Path("/x/run"), 4430, 8000)
    assert "listen 127.0.0.1:4430 ssl http2;" in local
    assert "listen 127.0.0.1:8000;" in local
    assert "root /x/site;" in local
    assert "ssl_certificate     /x/run/fullchain.pem;" in local
    assert "[::]" not in local
    kept = [line for line in CONFIGURATION.splitlines() if "add_header" in line]
    assert [line for line in local.splitlines() if "add_header" in line] == kept


def report(score: float = 1, largest: float = 900.4) -> dict[str, dict[str, object]]:
    numbers = {
        "first-contentful-paint": 880.2,
        "largest-contentful-paint": largest,
        "total-blocking-time": 12,
        "cumulative-layout-shift": 0,
        "total-byte-weight": 28_000,
    }
    audits: dict[str, object] = {
        name: {"scoreDisplayMode": "numeric", "score": 1, "numericValue": value}
        for name, value in numbers.items()
    }
    audits["image-alt"] = {"scoreDisplayMode": "binary", "score": 0}
    return {"audits": audits, "categories": {name: {"score": score} for name in CATEGORIES}}


def test_lighthouse_report_is_read() -> None:
    result = read_result("https://localhost/", report())
    assert result == LighthouseResult(
        "https://localhost/", (100,) * 4, 880, 900, 12, 0, 28_000, ("image-alt",)
    )
    assert result.is_met


def test_a_slow_page_or_a_lost_point_misses_the_target() -> None:
    assert not read_result("x", report(score=0.99)).is_met
    assert not read_result("x", report(largest=1101)).is_met


def test_the_run_in_the_middle_stands_for_a_page() -> None:
    runs = [
        LighthouseResult("/", (100,) * 4, 900, paint, blocking, 0.0, 30_000, ())
        for paint, blocking in ((960, 12), (910, 0), (930, 140))
    ]
    assert median_run(runs) == runs[0]


def test_what_lighthouse_says_itself_is_told_when_it_cannot_measure(tmp_path: Path) -> None:
    program = tmp_path / "lighthouse"
    program.write_text("#!/bin/sh\necho 'Runtime error: CHROME_INTERSTITIAL_ERROR' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(LighthouseError) as caught:
        run_lighthouse(program, "chromium", "https://localhost/x/")
    assert str(caught.value) == (
        "Lighthouse không đo được https://localhost/x/:\nRuntime error: CHROME_INTERSTITIAL_ERROR"
    )
