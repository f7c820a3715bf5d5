"""Errors and advice for editors, each with a remedy.

Every check returns `Problem` objects instead of raising, so that one run shows all of them, sorted
by file and line, each with a remedy to paste.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops the build (`ERROR`) or is only shown (`ADVICE`)."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Problem:
    """An error or advice: `path` relative to the project, `line` from 1, texts in Vietnamese."""

    path: str
    line: int
    message: str
    fix: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return `path:line: message` and, on the next line, the remedy."""
        head = f"{self.path}:{self.line}: {self.message}"
        if "\n" in self.fix:  # lines to paste, as they stand
            return f"{head}\n    Cách sửa: thay bằng\n{self.fix}"
        return f"{head}\n    Cách sửa: {self.fix}" if self.fix else head


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop the build, in order."""
    return [problem for problem in sorted(problems) if problem.severity is Severity.ERROR]


def advice(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are only shown, in order."""
    return [problem for problem in sorted(problems) if problem.severity is Severity.ADVICE]


def as_text(problems: Iterable[Problem]) -> str:
    """Return the problems for a terminal, errors first, then a blank line and the advice."""
    found = list(problems)
    blocks = ["\n".join(map(str, errors(found)))]
    if hints := advice(found):
        blocks.append("Gợi ý (không chặn):\n" + "\n".join(map(str, hints)))
    return "\n\n".join(block for block in blocks if block)


def as_github(problems: Iterable[Problem]) -> str:
    """Return one GitHub Actions annotation a line (workflow commands `::error` and `::warning`)."""
    return "\n".join(_github_line(problem) for problem in sorted(problems))


def _github_line(problem: Problem) -> str:
    level = "error" if problem.severity is Severity.ERROR else "warning"
    text = problem.message + (f"\nCách sửa: {problem.fix}" if problem.fix else "")
    path = _escape_github(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={problem.line}::{_escape_github(text)}"


def _escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of objects with path, line, severity, message and fix."""
    rows = [
        {
            "path": problem.path,
            "line": problem.line,
            "severity": problem.severity.value,
            "message": problem.message,
            "fix": problem.fix,
        }
        for problem in sorted(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_gitlab(problems: Iterable[Problem]) -> str:
    """Return a GitLab code quality report; a fingerprint does not change when lines move."""
    rows = [
        {
            "description": problem.message + (f" Cách sửa: {problem.fix}" if problem.fix else ""),
            "check_name": problem.severity.value,
            "fingerprint": fingerprint,
            "severity": "major" if problem.severity is Severity.ERROR else "info",
            "location": {"path": problem.path, "lines": {"begin": problem.line}},
        }
        for problem, fingerprint in _fingerprints(sorted(problems))
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _fingerprints(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with a digest of its path and message; duplicates are numbered."""
    seen = Counter[tuple[str, str]]()
    for problem in problems:
        key = (problem.path, problem.message)
        seen[key] += 1
        yield problem, hashlib.sha256(f"{key}{seen[key]}".encode()).hexdigest()


def summarise_rows(problems: list[Problem], rows: int) -> list[Problem]:
    """Return the problems of a table's rows, as a single one when the file itself is damaged.

    That is so when more than half of the rows are wrong, or more than three and a quarter of them.
    """
    wrong = sorted({problem.line for problem in errors(problems)})
    is_damaged = 2 * len(wrong) > rows or len(wrong) > max(3, rows / 4)
    if len(wrong) < 2 or not is_damaged:
        return problems
    first = errors(problems)[0]
    message = f"{len(wrong)} trong {rows} dòng hỏng, dòng đầu tiên: {first.message}"
    fix = (
        f"cả tệp có lẽ bị dời cột, mất ô hay lưu sai dạng; xem chỗ nào đổi:  git diff {first.path}"
    )
    return [Problem(first.path, first.line, message, fix)]
