"""File names that are valid on every operating system."""

from __future__ import annotations

from portal.language.text import slugify
from portal.source.problems import Problem

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def file_slug(text: str, fallback: str) -> str:
    """Return a slug that is a valid file name on every system: "con" gives "bai-con"."""
    slug = slugify(text)
    return f"{fallback}-{slug}" if is_reserved(slug) else slug or fallback


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a name; only the part before the first dot counts."""
    return name.partition(".")[0].lower() in _DEVICES


def reserved_name(path: str, fix: str) -> Problem:
    """Return the error of a file with such a name."""
    message = "tên này Windows giữ cho mình, máy Windows không chép được kho"
    return Problem(path, 1, message, fix)
