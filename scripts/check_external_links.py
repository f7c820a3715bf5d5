"""Checks whether official addresses in the content still respond; for a scheduled job.

Exit status: 0 when all responded, 1 when some did not. The build never runs this.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.external_links import Patience, check_external_links, is_online, request_site
from portal.library.library import load_library
from portal.source.problems import as_github, as_text, errors

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Hỏi các trang chính thức còn mở được không.")
    parser.add_argument("--pause", type=float, default=2, help="giây nghỉ giữa hai trang")
    parser.add_argument("--format", choices=("text", "github"), default="text", help="dạng kết quả")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Check, print the result and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    if not is_online():
        fix = "    Cách sửa: xem mạng rồi chạy lại"
        print(f"máy này không có mạng, chưa hỏi được trang nào\n{fix}", file=sys.stderr)
        return 1
    patience = Patience(pause=options.pause)
    ask = partial(request_site, timeout=patience.timeout)
    report = check_external_links(load_library(options.root), ask, patience)
    show = as_github if options.format == "github" else as_text
    if report.problems:
        print(show(report.problems))
    print(f"Đã hỏi {report.asked} địa chỉ, {len(errors(report.problems))} không mở được;")
    print(f"{report.skipped} địa chỉ ngoài danh sách chính thức không hỏi.")
    return 1 if errors(report.problems) else 0


if __name__ == "__main__":
    run_command(main)
