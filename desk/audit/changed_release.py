"""A release as it would be after its scripts had changed, for measurements."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import brotli

from desk.publishing.release import STAGED, Release, Role, seal
from portal.system.precompression import TEXT_SUFFIXES

_QUALITY = 5


def with_changed_scripts(release: Release, dist: Path) -> Release:
    """Return a release, sealed in `dist`, of the same site with scripts of other names and content.

    Every page names the scripts' folder, so every page changes too, as after a real change.
    """
    staged = dist / STAGED
    shutil.copytree(release.folder, staged)
    old = next(
        file.path.split("/")[1]
        for file in release.with_role(Role.ASSET)
        if file.path.endswith("/js/site.js")
    )
    new = hashlib.sha256(old.encode()).hexdigest()[:10]
    (staged / "assets" / old).rename(staged / "assets" / new)
    script = staged / "assets" / new / "js/site.js"
    _rewrite(script, script.read_bytes() + b"\n// changed\n")
    for file in _texts(staged):
        data = file.read_bytes()
        if old.encode() in data:
            _rewrite(file, data.replace(old.encode(), new.encode()))
    return seal(staged, dist, release.date, release.commit)


def _texts(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.suffix in TEXT_SUFFIXES)


def _rewrite(file: Path, data: bytes) -> None:
    """Write a file, and its compressed copies where it has any."""
    file.write_bytes(data)
    copies = {".br": brotli.compress(data, quality=_QUALITY), ".gz": gzip.compress(data, mtime=0)}
    for suffix, copy in copies.items():
        if (beside := file.with_name(file.name + suffix)).exists():
            beside.write_bytes(copy)
