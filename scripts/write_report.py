"""Writes the report for editors to .cache/report/index.html and prints where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.editors_report import render_report
from portal.library.library import load_library
from portal.library.readings import load_readings
from portal.source.problems import as_text
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Write the report and return the exit status."""
    parser = CommandLine(description="Viết báo cáo cho ban biên tập.")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    root = parser.parse_args(sys.argv[1:] if arguments is None else arguments).root.resolve()
    file = root / ".cache/report/index.html"
    readings, problems = load_readings(root / "data/readings.csv")
    if problems:
        print(as_text(problems), file=sys.stderr)
    write_atomically(file, render_report(load_library(root), readings).encode())
    print(f"Báo cáo: {file.as_uri()}")
    return 0


if __name__ == "__main__":
    run_command(main)
