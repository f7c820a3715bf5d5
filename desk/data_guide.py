"""What every data file may hold, for editors: tables in Markdown from the tables of fields."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import portal.library
from portal.source.datafiles import Table
from portal.source.schema import Field

HEAD = "| Trường | Là gì | Ví dụ |\n|---|---|---|\n"


def tables() -> dict[str, Table]:
    """Return every table of the library by its path: a new one is found where it is described."""
    names = [each.name for each in pkgutil.iter_modules(portal.library.__path__, "portal.library.")]
    values = (value for name in names for value in vars(importlib.import_module(name)).values())
    found = {value.path: value for value in values if isinstance(value, Table)}
    return dict(sorted(found.items()))


def render() -> str:
    """Return the fields of all data files."""
    return "".join(
        f"\n### `{path}`\n\n{HEAD}{''.join(_rows(table.fields))}"
        for path, table in tables().items()
    )


def _rows(fields: tuple[Field, ...], owner: str = "") -> Iterator[str]:
    for field in fields:
        name = " › ".join(filter(None, (owner, field.name)))
        if field.name:
            need = "" if field.required else " (không bắt buộc)"
            choices = f" Một trong: {', '.join(field.choices)}." if field.choices else ""
            example = "các trường ở dưới" if field.fields else f"`{field.example}`"
            yield f"| `{name}` | {field.label}{need}. {field.help}{choices} | {example} |\n"
        yield from _rows(field.fields, name)
