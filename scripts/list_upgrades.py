"""Lists which packages the lock files have in other versions than the last commit.

The report is in Vietnamese.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from portal.system.command_line import run_command
from desk.locked_versions import LOCK_FILES, locked_versions, version_changes

ROOT = Path(__file__).resolve().parent.parent


def main(root: Path = ROOT) -> int:
    """Print a line a package, and how to go back; return 0."""
    before, after = dict[str, str](), dict[str, str]()
    for name in LOCK_FILES:
        before |= locked_versions(_committed(root, name))
        after |= locked_versions((root / name).read_text(encoding="utf-8"))
    changes = list(version_changes(before, after))
    if changes:
        print(*changes, sep="\n")
        print(
            f"{len(changes)} gói đổi bản. Muốn trở lại bản cũ: git checkout {' '.join(LOCK_FILES)}"
        )
    else:
        print("Không gói nào có bản mới.")
    return 0


def _committed(root: Path, name: str) -> str:
    command = ["git", "-C", str(root), "show", f"HEAD:./{name}"]
    return subprocess.run(command, capture_output=True, text=True).stdout


if __name__ == "__main__":
    run_command(main)
