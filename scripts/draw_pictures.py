"""Draws the pictures described in data/drawings/ into docs/, those of topics into the theme.

Exit status: 0 when all are drawn (or, with --check, up to date), else 1.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.drawings.descriptions import draw_all, draw_vignettes
from desk.drawings.scenes import SceneError
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Vẽ hình minh họa từ data/drawings/ vào docs/ và theme/.")
    parser.add_argument("--check", action="store_true", help="chỉ xem hình nào chưa vẽ lại")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Draw or check, print the changed files, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    folder = options.root / "data/drawings"
    try:
        drawings = [
            *(replace(each, path=f"docs/{each.path}") for each in draw_all(folder)),
            *draw_vignettes(folder / "topics/vignettes.yml"),
        ]
    except SceneError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [each for each in drawings if _content(options.root / each.path) != each.svg]
    for drawing in stale:
        if options.check:
            print(f"{drawing.path}: chưa vẽ lại\n    Cách sửa: make pictures", file=sys.stderr)
        else:
            print(drawing.path)
            write_atomically(options.root / drawing.path, drawing.svg.encode())
    return 1 if options.check and stale else 0


def _content(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


if __name__ == "__main__":
    run_command(main)
