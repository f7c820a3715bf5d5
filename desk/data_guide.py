"""The fields of every data file as Markdown tables, for CONTRIBUTING.md."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import portal.library
from portal.source.datafiles import Table
from portal.source.schema import Field

HEAD = "| Trường | Là gì | Ví dụ |\n|---|---|---|\n"


def tables() -> dict[str, Table]:
    """Return path → table of every `Table` in the modules of the library."""
    names = [each.name for each in pkgutil.iter_modules(portal.library.__path__, "portal.library.")]
    values = (value for name in names for value in vars(importlib.import_module(name)).values())
    found = {value.path: value for value in values if isinstance(value, Table)}
    return dict(sorted(found.items()))


def render_fields() -> str:
    """Return the fields of all data files as Markdown tables."""
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
