"""Where the code of others comes from: declared packages, pinned actions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.project import REPOSITORY

PROGRAMS = Path(sys.executable).parent


def run(*command: str) -> tuple[int, str]:
    """Return the exit status and output of a program of the environment, in the repository."""
    done = subprocess.run(
        [PROGRAMS / command[0], *command[1:]], cwd=REPOSITORY, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def test_workflows_pin_actions_and_keep_no_credentials() -> None:
    status, report = run("zizmor", "--offline", "--no-progress", "--color=never", ".github")
    assert (status, "No findings to report" in report) == (0, True), report


def test_every_import_is_a_declared_dependency() -> None:
    status, report = run("deptry", "--no-ansi", ".")
    assert status == 0, report
