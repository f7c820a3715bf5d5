"""Deletes unused entries of the caches under .cache/."""

from __future__ import annotations

import sys
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from portal.system.cache import Cache, CacheError

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "images",
    "cards",
    "paper",
    "qr",
    "icons",
)  # within .cache/; each holds entries of `portal.system.cache`


def main(arguments: list[str] | None = None) -> int:
    """Prune every cache of the project, print the number of entries, and return the exit status."""
    parser = CommandLine(description="Xóa bộ nhớ đệm lâu không dùng trong .cache/.")
    parser.add_argument("--days", type=float, default=30, help="số ngày không dùng (mặc định 30)")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    options = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    try:
        counts = [Cache(options.root / ".cache" / name).prune(options.days) for name in FOLDERS]
    except CacheError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Đã xóa {sum(counts)} mục.")
    return 0


if __name__ == "__main__":
    run_command(main)
