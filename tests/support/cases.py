"""Golden cases of the checks (tests/cases/*.yml).

A case spoils the tiny valid project in one place: `front` or `body` replace those of
its guide, `files` adds or replaces others. `problems` is what an editor is shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from support.project import BODY, FRONT, write

CASE_FILES = sorted(Path(__file__).parents[1].glob("cases/*.yml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in CASE_FILES
    for case in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # all text
]
GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


def spoil(project: Path, case: dict[str, Any]) -> None:
    """Write the files of a case into the project."""
    fields = dict.fromkeys(case.get("without", ()))
    front = case.get("front", changed_front(FRONT, {**fields, **case.get("fields", {})}))
    body = case.get("body", BODY)
    if "extra" in case:
        body = f"{BODY}\n{case['extra']}"
    write(project / GUIDE, front + body)
    for name, text in case.get("files", {}).items():
        write(project / name, text)


def changed_front(front: str, fields: dict[str, str | None]) -> str:
    """Return the front matter with some lines replaced, added or (None) left out."""
    lines = front.splitlines()
    for name, value in fields.items():
        kept = [line for line in lines if not line.startswith(f"{name}:")]
        position = next((i for i, line in enumerate(lines) if line.startswith(f"{name}:")), 1)
        lines = kept if value is None else [*kept[:position], f"{name}: {value}", *kept[position:]]
    return "\n".join(lines) + "\n"
