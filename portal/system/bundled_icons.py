"""The icons that Material bundles, as files."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


class MissingIconError(Exception):
    """Material does not bundle the icon that a topic names; the message says which."""


def icon_file(name: str) -> Path:
    """Return the SVG file of a bundled icon.

    Raises:
        MissingIconError: Material has no icon of that name.
    """
    if not has_icon(name):
        raise MissingIconError(f"không có biểu tượng '{name}' trong bộ của Material")
    return icon_folder() / f"{name}.svg"


def has_icon(name: str) -> bool:
    """Return whether Material bundles an icon of that name."""
    file = (icon_folder() / f"{name}.svg").resolve()
    return file.is_relative_to(icon_folder()) and file.is_file()


@cache
def icon_folder() -> Path:
    """Return the folder of Material's icons; nothing else knows where they come from."""
    spec = find_spec("material")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0] if folders else ".", "templates", ".icons").resolve()
