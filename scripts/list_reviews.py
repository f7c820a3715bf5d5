"""Prints the reviews due within some months, by owner, and writes them as a calendar.

Exit status: 0; with `--fail` 1 when a review is overdue.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.review_list import as_calendar, duties, duties_as_text
from portal.language.dates import add_months
from portal.library.library import load_library
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = CommandLine(description="Bài và số liệu đến hạn kiểm tra lại.")
    parser.add_argument("--months", type=int, default=3, help="trong mấy tháng tới (mặc định 3)")
    parser.add_argument("--ics", type=Path, help="ghi mọi hạn vào tệp lịch này")
    parser.add_argument("--fail", action="store_true", help="báo lỗi khi có việc quá hạn")
    parser.add_argument("--root", type=Path, default=ROOT, help="thư mục dự án")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Print the list, write the calendar with --ics, and return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    library = load_library(options.root)
    found = duties(library)
    end = add_months(library.today, options.months)
    soon = [duty for duty in found if duty.due <= end]
    late = [duty for duty in found if duty.due < library.today]
    if soon:
        print(duties_as_text(soon, library.today), end="\n\n")
    print(
        f"{len(late)} việc quá hạn, {len(soon) - len(late)} việc trong {options.months} tháng tới."
    )
    if options.ics:
        write_atomically(options.ics, as_calendar(found, library.today).encode())
    return 1 if options.fail and late else 0


if __name__ == "__main__":
    run_command(main)
