"""Draws the pictures that data/drawings/ describes into docs/, beside the pages that show them.

Exit status: 0 when all is drawn (or, with --check, up to date), 1 when not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desk.drawings.descriptions import draw_all
from desk.drawings.scenes import SceneError
from portal.system.command_line import CommandLine
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Vẽ hình minh họa từ data/drawings/ vào docs/.")
    parser.add_argument("--check", action="store_true", help="chỉ xem hình nào chưa vẽ lại")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Draw or check, name what is new, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    try:
        drawings = list(draw_all(options.root / "data/drawings"))
    except SceneError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [each for each in drawings if _content(options.root / "docs" / each.path) != each.svg]
    for drawing in stale:
        print(f"docs/{drawing.path}" + (": chưa vẽ lại" if options.check else ""))
        if not options.check:
            write_atomically(options.root / "docs" / drawing.path, drawing.svg.encode())
    return 1 if options.check and stale else 0


def _content(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
