"""Prints what a branch changes for readers, as Markdown: against origin/main unless told otherwise.

Exit status: 0, or 2 when git does not know the branch to compare with.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from portal.branch_summary import summarise
from portal.library import Library, load_library

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description="Tóm tắt thay đổi của nhánh cho người duyệt.")
    parser.add_argument("--base", default="origin/main", help="nhánh để so, mặc định origin/main")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def git(root: Path, *arguments: str) -> bytes:
    """Return what git prints; raises CalledProcessError when it refuses."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout


def load_commit(root: Path, commit: str, folder: Path) -> Library:
    """Return the library of a commit, unpacked into an empty folder."""
    archive = git(root, "archive", "--format=tar", commit, "docs", "data")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")  # nothing outside the folder, no devices
    return load_library(folder)


def main(arguments: list[str] | None = None) -> int:
    """Print the summary and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            base = git(options.root, "merge-base", options.base, "HEAD").decode().strip()
            before = load_commit(options.root, base, Path(folder))
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip()
            print(f"Không so được với {options.base}: {reason}", file=sys.stderr)
            return 2
        print(summarise(before, load_library(options.root)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
