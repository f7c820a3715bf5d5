"""Publishes the release made last, or shows readers the one before with --rollback."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from desk.publishing.release import LATEST, read_release
from desk.publishing.target import Publication, PublishError
from desk.publishing.targets import open_target
from portal.system.command_line import CommandLine
from portal.system.files import explain_write_error

ROOT = Path(__file__).resolve().parent.parent
STOPPED = "Đã dừng. Chạy lại lệnh này thì gửi tiếp phần còn lại."


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish or roll back, print what readers see now, and return the exit status."""
    parser = CommandLine(description="Đăng bản dựng mới nhất lên máy chủ.")
    parser.add_argument("--to", required=True, help="nơi đăng, như ssh://may-chu/srv/portal")
    parser.add_argument("--rollback", action="store_true", help="trở lại bản trước")
    parser.add_argument("--release", type=Path, default=ROOT / "dist" / LATEST, help="bản dựng")
    options = parser.parse_args(arguments)
    start = time.monotonic()
    try:
        target = open_target(options.to)
        if options.rollback:
            outcome = target.roll_back()
        else:
            outcome = target.publish(read_release(options.release))
    except PublishError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        place = Path(error.filename or tempfile.gettempdir())
        message, fix = explain_write_error(error, place, place.parent)
        print(f"{message}\n    Cách sửa: {fix}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    print(told(outcome, time.monotonic() - start))
    return 0


def told(outcome: Publication, seconds: float) -> str:
    """Return, in Vietnamese, what readers see now and what it cost."""
    kilobytes = round(outcome.bytes_sent / 1000)
    return (
        f"Bà con đang xem bản {outcome.release}. Đã gửi {outcome.files_sent} tệp, "
        f"{kilobytes} KB, mất {seconds:.0f} giây."
    )


if __name__ == "__main__":
    sys.exit(main())
