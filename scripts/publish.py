"""Publishes the release made last, or shows readers the one before with --rollback."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from portal.system.command_line import CommandLine, run_command
from desk.publishing.release import LATEST, read_release
from desk.publishing.target import Publication, PublishError
from desk.publishing.targets import open_target

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
            address = ""
        else:
            release = read_release(options.release)
            outcome, address = target.publish(release), release.address
    except PublishError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\n{STOPPED}", file=sys.stderr)
        return 130
    print(told(outcome, address, time.monotonic() - start))
    return 0


def told(outcome: Publication, address: str, seconds: float) -> str:
    """Return, in Vietnamese, what readers see now, made for which address, and what it cost."""
    made = f", dựng cho {address}" if address else ""
    kilobytes = round(outcome.bytes_sent / 1000)
    return (
        f"Bà con đang xem bản {outcome.release}{made}. Đã gửi {outcome.files_sent} tệp, "
        f"{kilobytes} KB, mất {seconds:.0f} giây."
    )


if __name__ == "__main__":
    run_command(main)
