"""The versions in the lock files, and what differs between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LOCK_FILES = tuple(f"requirements{each}.txt" for each in ("", "-s3", "-zim", "-dev"))
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def locked_versions(text: str) -> dict[str, str]:
    """Return package → version of a lock file."""
    return dict(_PINNED.findall(text))


def version_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each package whose version changed, that is new or that is gone."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None:
            yield f"{name} {new} (mới thêm)"
        elif new is None:
            yield f"{name} {old} (không cần nữa)"
        elif old != new:
            yield f"{name} {old} → {new}"
