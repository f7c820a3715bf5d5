"""What stops a command is told in a sentence; Python's tracebacks reach nobody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.project import REPOSITORY

from portal.system.workers import Limits, run_limited

_COMMAND = """
import os, signal, sys
from portal.system.command_line import run_command
def main():
    {}
    return 0
run_command(main)
"""


def said(body: str, **options: object) -> tuple[int, str]:
    """Return the status and the errors of a command that does this."""
    command = [sys.executable, "-c", _COMMAND.format(body)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, **options)  # type: ignore[call-overload]
    return run.returncode, run.stderr


@pytest.mark.parametrize(
    ("body", "status", "errors"),
    [
        ("pass", 0, ""),
        ("os.kill(os.getpid(), signal.SIGINT)", -2, "\nĐã dừng.\n"),
        (
            "raise OSError(28, 'No space left on device', '/x')",
            1,
            "không ghi được: đĩa đã đầy\n    Cách sửa: xóa bớt tệp rồi chạy lại\n",
        ),
        (
            "open('/khong co/x')",
            1,
            "không đọc hay ghi được /khong co/x (No such file or directory)\n"
            "    Cách sửa: xem có nó không, và quyền của nó: ls -ld '/khong co/x'\n",
        ),
        ("raise OSError('lạ')", 1, "máy báo lỗi: lạ\n    Cách sửa: chạy lại\n"),
    ],
)
def test_what_stops_a_command_is_told(body: str, status: int, errors: str) -> None:
    assert said(body) == (status, errors)


def test_a_reader_of_the_output_may_leave() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-c", _COMMAND.format("print('x' * 100_000)")]
    run = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY)
    os.close(theirs)
    assert (run.returncode, run.stderr) == (1, "")


@pytest.mark.parametrize(
    "script", sorted((REPOSITORY / "scripts").glob("*.py")), ids=lambda s: s.stem
)
def test_every_command_is_run_so(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert text.endswith('if __name__ == "__main__":\n    run_command(main)\n')
    ours = re.findall(r"^from (?:portal|desk|engine)[\w.]*", text, re.MULTILINE)
    assert ours[0] == "from portal.system.command_line"  # Ctrl-C while the others are imported


def blocked_signals(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_ctrl_c_is_left_to_who_started_the_processes() -> None:
    limits = Limits(seconds=5, memory=400_000_000)
    assert dict(run_limited(blocked_signals, [1, 2], limits)) == {1: True, 2: True}
    assert not blocked_signals(0)
