"""Names of files that every system can hold, so that anybody can copy the project."""

from __future__ import annotations

from portal.language.text import slugify
from portal.source.problems import Problem

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def file_slug(text: str, fallback: str) -> str:
    """Return a slug that every system takes for a file's name: "con" gives "bai-con"."""
    slug = slugify(text)
    return f"{fallback}-{slug}" if is_reserved(slug) else slug or fallback


def is_reserved(name: str) -> bool:
    """Return whether Windows keeps a name for itself, whatever follows its first dot."""
    return name.partition(".")[0].lower() in _DEVICES


def reserved_name(path: str, fix: str) -> Problem:
    """Return the error of a file with such a name."""
    message = "tên này Windows giữ cho mình, máy Windows không chép được kho"
    return Problem(path, 1, message, fix)
