"""What git is about to commit, and putting into it what a command has mended."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path


def unstaged_changes(root: Path) -> frozenset[str]:
    """Return the paths within the project that differ from what git is about to commit.

    Files that git does not know are none of them; one that it knows and that is gone is one.
    """
    return frozenset(_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z"))


def stage(root: Path, paths: Iterable[str]) -> None:
    """Put these files into the next commit as they are now, those that are gone as removed."""
    if names := sorted(paths):
        _git(root, "add", "--all", "--", *names)


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", "-c", "core.quotePath=false", "--literal-pathspecs", *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return [name for name in run.stdout.decode("utf-8", "surrogateescape").split("\0") if name]
