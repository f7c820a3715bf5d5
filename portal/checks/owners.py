"""Owners of the topics in CODEOWNERS: whose approval a change to a topic's guides waits for."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.library.library import Library
from portal.source.problems import Problem

FILE = "CODEOWNERS"


@reads("data/topics.yml")
def check_owners(library: Library) -> Iterator[Problem]:
    """Yield an error for each topic without an owner, where the project names owners at all."""
    try:
        text = (library.docs.parent / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if "\n<<<<<<< " in f"\n{text}":  # has its own error
        return
    rows = [line.split() for line in text.splitlines()]
    owners = {row[0]: row[-1] for row in rows if len(row) > 1}
    for topic in library.topics:
        folder = f"/docs/guides/{topic.id}/"
        if folder not in owners:
            owner = owners.get("/docs/", owners.get("*", "@bien-tap/ban-bien-tap"))
            message = f"chủ đề '{topic.id}' chưa có người duyệt bài"
            yield Problem(FILE, len(rows), message, f"thêm dòng:  {folder} {owner}")
