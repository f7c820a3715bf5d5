"""Posts the summary of a branch as a comment on its merge request; for CI.

Exit status: 0 when the comment was posted, 1 on an error of the git host.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the job with write permission installs nothing

from portal.system.command_line import run_command  # noqa: E402
from desk.host_comment import HostError, keep_comment, merge_request_of  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Post the file given as first argument, and return the exit status."""
    file = Path((sys.argv[1:] if arguments is None else arguments)[0])
    try:
        text = file.read_text(encoding="utf-8")
        number = keep_comment(merge_request_of(os.environ), text)
    except (HostError, OSError) as error:
        print(f"Chưa ghi được lời tóm tắt: {error}", file=sys.stderr)
        return 1
    print(f"Đã ghi lời tóm tắt, số {number}")
    return 0


if __name__ == "__main__":
    run_command(main)
