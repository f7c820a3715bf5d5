"""Rows of a data file held against their fields, so that a slip is named in the file it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from portal.language.likeness import nearest
from portal.language.text import slugify
from portal.source.schema import SLUG_PATTERN

_KINDS: Mapping[type, tuple[str, str]] = {
    str: ("chữ", '"…"'),
    list: ("danh sách", '["…"]'),
    dict: ("nhóm trường", '{tên: "…"}'),
    bool: ("true hoặc false", "true"),
}


def find_row_faults(
    line: int, row: Mapping[str, object], fields: Mapping[str, type], ids: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield (message, remedy) of what is unknown, of a wrong kind or twice in a row.

    `fields` are all that a row may have with the kind of each, `object` for any. `ids` holds the
    line of every id so far, and is given that of this row.
    """
    for name, value in row.items():
        if name not in fields:
            yield _unknown(name, fields)
        elif value is not None and not _is_of(value, fields[name]):
            kind, example = _KINDS[fields[name]]
            yield f"'{name}' phải là {kind}", f"{name}: {example}"
    id = row.get("id")
    if id and not isinstance(id, list | dict):
        yield from _find_id_faults(str(id), line, ids)


def _unknown(name: str, fields: Mapping[str, type]) -> tuple[str, str]:
    near = nearest(name, fields)
    if near:
        message = f"không có trường '{name}'; tên gần nhất là '{near[0]}'"
        return message, f"đổi '{name}:' thành '{near[0]}:'"
    return f"không có trường '{name}'", f"xóa trường '{name}'"


def _is_of(value: object, kind: type) -> bool:
    """Return whether a value is of a kind; a number or a day is text as it is written."""
    return not isinstance(value, list | dict) if kind is str else isinstance(value, kind)


def _find_id_faults(id: str, line: int, ids: dict[str, int]) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(SLUG_PATTERN, id):
        message = f"id '{id}' chỉ được có chữ thường không dấu, số và gạch nối"
        yield message, f"id: {slugify(id) or 'ten-ngan'}"
    elif id in ids:
        yield f"id '{id}' đã dùng ở dòng {ids[id]}", f"id: {id}-2"
    ids.setdefault(id, line)
