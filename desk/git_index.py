"""Git's index: unstaged changes, and staging of repaired files."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def unstaged_changes(root: Path) -> frozenset[str]:
    """Return the paths within the project with unstaged changes.

    Untracked files are left out; deleted ones are included.
    """
    return frozenset(_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z"))


def stage(root: Path, paths: Iterable[str]) -> None:
    """Stage these files, deleted ones included."""
    if names := sorted(paths):
        _git(root, "add", "--all", "--", *names)


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=false", "--literal-pathspecs", *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return [name for name in run.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
