"""Command lines: usage, errors and what stops a command, in Vietnamese.

Scripts import this module first (pyproject.toml, isort): from then on Ctrl-C prints a sentence,
also while the rest is imported.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn

from portal.system.files import DISK_FULL

# argparse's messages and their translations; "{}" is the argument typed or missing.
_SAID = (
    (r"the following arguments are required: (.+)", "thiếu: {}"),
    (r"unrecognized arguments: (.+)", "không hiểu: {}"),
    (r"argument (\S+): expected (?:one|at least one) argument", "{} phải có giá trị theo sau"),
    (
        r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)",
        "{}: {} không phải một trong {}",
    ),
    (r"argument (\S+): invalid \w+ value: (.+)", "{}: {} không đọc được"),
    (r"argument (\S+): not allowed with argument (.+)", "{} không đi cùng {}"),
    (r"ambiguous option: (\S+) could match (.+)", "{} có thể là {}, viết cho đủ"),
)


STOPPED = "Đã dừng."


def run_command(main: Callable[[], int]) -> NoReturn:
    """Exit with the status that a command returns; Python's own tracebacks reach nobody.

    A disk that is full or refuses is told in a sentence, a reader of the output who has left not at
    all.
    """
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # such as `| head`; Python would complain again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        print(explain_system_error(error), file=sys.stderr)
        status = 1
    sys.exit(status)


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what ends Python; afterwards it ends as by the signal, which shells understand."""
    if issubclass(kind, KeyboardInterrupt):
        print(f"\n{STOPPED}", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _tell


def explain_system_error(error: OSError) -> str:
    """Return, in Vietnamese, what the system refused and the remedy."""
    if error.errno in DISK_FULL:
        return "không ghi được: đĩa đã đầy\n    Cách sửa: xóa bớt tệp rồi chạy lại"
    place = error.filename
    if not place:
        return f"máy báo lỗi: {error.strerror or error}\n    Cách sửa: chạy lại"
    fix = f"xem có nó không, và quyền của nó: ls -ld {shlex.quote(str(place))}"
    return f"không đọc hay ghi được {place} ({error.strerror})\n    Cách sửa: {fix}"


class CommandLine(argparse.ArgumentParser):
    """A parser whose usage and errors are Vietnamese."""

    def error(self, message: str) -> NoReturn:
        """Print the error and the usage; exit with status 2."""
        usage = self.format_usage().replace("usage: ", "", 1)
        self.exit(2, f"{_translate(message)}\n    Cách gọi: {usage}")


def _translate(message: str) -> str:
    for pattern, translation in _SAID:
        if found := re.fullmatch(pattern, message):
            return translation.format(*found.groups())
    return message
