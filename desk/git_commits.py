"""Commits of the repository: where a branch began, and what a commit holds."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path


def ask_git(root: Path, *arguments: str) -> bytes:
    """Return git's output; raises CalledProcessError."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout


def base_of(root: Path, branch: str) -> str:
    """Return the commit at which HEAD left a branch; raises CalledProcessError."""
    return ask_git(root, "merge-base", branch, "HEAD").decode().strip()


def unpack_commit(root: Path, commit: str, folder: Path) -> None:
    """Write docs/ and data/ of a commit into a folder; raises CalledProcessError."""
    archive = ask_git(root, "archive", "--format=tar", commit, "docs", "data")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")  # nothing outside the folder, no devices
