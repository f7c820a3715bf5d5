"""Scripts under a content-hashed address, so that browsers can cache them indefinitely.

One digest names their common folder, so that relative imports between modules work unchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from portal.site.scripts import minify_script

PREFIX = "assets/"


def read_assets(folder: Path, subfolders: tuple[str, ...]) -> dict[str, bytes]:
    """Return path within `folder` → content of the scripts and styles in these subfolders."""
    files = (file for name in subfolders for file in sorted((folder / name).rglob("*")))
    return {
        file.relative_to(folder).as_posix(): _minified(file) for file in files if file.is_file()
    }


def _minified(file: Path) -> bytes:
    data = file.read_bytes()
    if file.suffix in (".js", ".mjs"):
        return minify_script(data.decode("utf-8")).encode()
    return data


def versioned_folder(assets: Mapping[str, bytes]) -> str:
    """Return "assets/<digest>/" for these files."""
    digest = hashlib.sha256()
    for path, data in sorted(assets.items()):
        digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return f"{PREFIX}{digest.hexdigest()[:10]}/"
