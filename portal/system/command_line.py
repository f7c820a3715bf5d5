"""Command lines with usage and errors in Vietnamese."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

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
