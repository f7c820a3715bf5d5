"""Imports figures into data/statistics/ from a CSV, XLSX or JSON file or its https address.

Everything is checked first; then all rows are written, or none. Exit status: 0 when written or
unchanged, 1 when rejected, 2 for a usage error.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.statistics_import import ChangeKind, RowChange, map_columns, merged, plan_import
from portal.library.clock import build_day
from portal.library.statistics import Statistics
from portal.library.statistics_package import as_observations_csv, load_statistics
from portal.source.problems import Problem, as_text
from portal.source.tables import MAX_BYTES, TableError, TableRow, read_table
from portal.system.download import DownloadError, download, is_url
from portal.system.files import write_atomically

FOLDER = Path(__file__).resolve().parent.parent / "data/statistics"


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    usage = 'make stats FILE=so-lieu.xlsx [ACCEPT="mã mã"] [DRY=1]'
    parser = CommandLine(description="Cập nhật số liệu từ bảng tính.", usage=usage)
    parser.add_argument("source", metavar="FILE", help="tệp CSV, XLSX, JSON, hoặc địa chỉ https://")
    accepted = "xác nhận con số mà máy hỏi lại (mã in trong thông báo)"
    parser.add_argument("--accept", action="append", default=[], metavar="KEY", help=accepted)
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem, không ghi")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="thư mục số liệu")
    return parser.parse_args(arguments)


def read_input(source: str) -> bytes:
    """Return the bytes of a file or address; of a large file only enough to detect that.

    Raises:
        TableError: the file or address cannot be read.
    """
    try:
        if is_url(source):
            return download(source, MAX_BYTES)
        with Path(source).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except DownloadError as error:
        raise TableError(1, f"không tải được: {error}", "chạy lại, hoặc tải tệp về máy") from None
    except FileNotFoundError:
        raise TableError(1, "không có tệp này", "kiểm tra tên tệp và thư mục") from None
    except OSError:
        raise TableError(1, "không đọc được tệp này", "kiểm tra quyền đọc của tệp") from None


def table_of(changes: Sequence[RowChange], known: Statistics) -> str:
    """Return the changes as an aligned text table."""
    rows = [("", "chỉ tiêu", "nơi", "ngày", "trước", "nay")]
    for change in changes:
        now = known.figure(change.observation)
        before = known.figure(change.previous).number if change.previous else "–"
        day = change.observation.as_of.isoformat()
        rows.append((change.kind, now.indicator.id, now.scope.id, day, before, now.number))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def refuse(problems: list[Problem]) -> int:
    """Print the problems and return the exit status of a rejection."""
    print(as_text(problems), file=sys.stderr)
    print(f"{len(problems)} lỗi, chưa ghi gì.", file=sys.stderr)
    return 1


def print_columns(rows: list[TableRow]) -> None:
    """Print the column of each header."""
    for header, column in map_columns(rows).items():
        print(f"cột '{header}' → {column}")


def main(arguments: list[str] | None = None) -> int:
    """Read, check, print and write; return the exit status."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    known, problems = load_statistics(options.folder, build_day())
    if problems:
        return refuse(problems)
    try:
        rows = read_table(read_input(options.source))
    except TableError as error:
        return refuse([Problem(options.source, error.line, error.message, error.fix)])
    print_columns(rows)
    plan = plan_import(rows, known, options.source, build_day(), options.accept)
    if plan.problems:
        status = refuse(plan.problems)
        if len(plan.asked) == len(plan.problems):
            keys = shlex.quote(" ".join((*options.accept, *plan.asked)))
            file = shlex.quote(options.source)
            print(f"Đúng cả thì chạy:  make stats FILE={file} ACCEPT={keys}", file=sys.stderr)
        return status
    print(table_of(plan.changes, known))
    if options.dry_run or all(change.kind is ChangeKind.SAME for change in plan.changes):
        print("Chưa ghi gì.")
        return 0
    return write(options.folder, merged(known, plan.changes), plan.changes)


def write(folder: Path, statistics: Statistics, changes: Sequence[RowChange]) -> int:
    """Write the observations and return the exit status."""
    file = folder / "observations.csv"
    try:
        write_atomically(file, as_observations_csv(statistics).encode())
    except OSError:
        fix = "kiểm tra chỗ trống trên đĩa và quyền ghi"
        return refuse([Problem(file.as_posix(), 1, "không ghi được tệp này", fix)])
    print(f"Đã ghi {sum(change.kind is not ChangeKind.SAME for change in changes)} dòng.")
    return 0


if __name__ == "__main__":
    run_command(main)
