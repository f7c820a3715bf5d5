"""A cache of inspections by content hash, so that unchanged pictures are not decoded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import PIL

from portal.images.formats import UNKNOWN
from portal.images.inspection import LIMITS, Inspection, inspect
from portal.system.files import write_atomically
from portal.system.workers import Failure, run_limited

# Incremented when `inspect` changes; Pillow's version counts too.
_VERSION = f"3 Pillow {PIL.__version__}"


def inspect_files(
    files: Iterable[Path], memory: Path
) -> tuple[dict[Path, Inspection], OSError | None]:
    """Return the inspection of each file, from the cache file `memory` where it is known.

    The second value is why `memory` could not be written, which only costs time.
    """
    digests = {file: _digest(file) for file in files}
    remembered = _recall(memory)
    known = {digest: remembered[digest] for digest in digests.values() if digest in remembered}
    unknown = {digest: file for file, digest in digests.items() if digest not in known}
    fresh = dict[str, Inspection]()
    for file, result in run_limited(inspect, list(unknown.values()), LIMITS):
        found = _overrun(result) if isinstance(result, Failure) else result
        fresh[digests[file]] = found
        if not isinstance(result, Failure):
            known[digests[file]] = found
    error = _remember(memory, known) if known.keys() != remembered.keys() else None
    found_all = known | fresh
    return {file: found_all[digest] for file, digest in digests.items()}, error


def _overrun(failure: Failure) -> Inspection:
    reasons = {
        Failure.TIMEOUT: f"mở hình mất hơn {LIMITS.seconds:.0f} giây",
        Failure.MEMORY: f"mở hình cần hơn {LIMITS.memory // 1_000_000} MB bộ nhớ",
        Failure.CRASH: "hình hỏng, làm chương trình đọc hình dừng đột ngột",
    }
    return Inspection(
        UNKNOWN.name, refusal=reasons[failure], fix="xuất lại hình từ máy gốc, nhỏ hơn"
    )


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _recall(memory: Path) -> dict[str, Inspection]:
    """Return digest → inspection; a cache that is damaged or of another version is dropped."""
    try:
        data = json.loads(memory.read_bytes())
        rows = data["inspections"] if data["version"] == _VERSION else {}
        return {digest: _from_json(row) for digest, row in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _from_json(row: dict[str, Any]) -> Inspection:
    return Inspection(**{**row, "private": tuple(row["private"])})


def _remember(memory: Path, known: Mapping[str, Inspection]) -> OSError | None:
    rows = {digest: asdict(inspection) for digest, inspection in sorted(known.items())}
    data = json.dumps({"version": _VERSION, "inspections": rows}, ensure_ascii=False)
    try:
        write_atomically(memory, data.encode())
    except OSError as error:
        return error
    return None
