"""The YAML of nearly every page's front matter: one `name: value` a line, of surely known meaning.

PyYAML takes six times as long to read the same. What is not written in one of the few ways below
is left to it, so that nothing is read here in another way than there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

# No escapes, and nothing that YAML calls the end of a line or refuses to read.
_QUOTED = r"[^\"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_NUMBER = r"0|[1-9][0-9]{0,8}"
# Text that begins with a letter is text, but for `_MEANINGFUL`; a colon or "#" could end it.
_ITEM = r"[^\W\d_][\w./-]*(?: [\w./-]+)*"
_TEXT = r"[^\W\d_](?:[\w ,.;!?()/%“”–…-]*[\w,.;!?()/%“”–…-])?"
_LINE = re.compile(
    rf"([a-z][a-z_]*): "
    rf"(?:\"({_QUOTED})\"|({_DAY})|({_NUMBER})|\[((?:{_ITEM}(?:, {_ITEM})*)?)\]|({_TEXT}))\n"
)
_MEANINGFUL = frozenset("yes no true false on off y n null".split())  # in any case


def read_plain_mapping(source: str) -> dict[str, object] | None:
    """Return the values of a YAML mapping as PyYAML's safe loader does, None if it has to."""
    values, end = dict[str, object](), 0
    try:
        while end < len(source):
            match = _LINE.match(source, end)
            if match is None or match[1] in values or match[1] in _MEANINGFUL:
                return None
            assert match.lastindex
            values[match[1]] = _READERS[match.lastindex](match[match.lastindex])
            end = match.end()
    except ValueError:  # no such day, or a word that means something else than itself
        return None
    return values or None


def lines_of(values: Mapping[str, object]) -> dict[str, int]:
    """Return the line of each value and item of a mapping read here ("tags", "tags.0"), from 1."""
    lines = {"": 1}
    for line, (name, value) in enumerate(values.items(), 1):
        lines[name] = line
        if isinstance(value, list):
            lines |= {f"{name}.{index}": line for index in range(len(value))}
    return lines


def _text(written: str) -> str:
    if written.lower() in _MEANINGFUL:
        raise ValueError(written)
    return written


def _items(written: str) -> list[str]:
    return [_text(item) for item in written.split(", ")] if written else []


_READERS: Mapping[int, Callable[[str], object]] = {  # by the number of the group in `_LINE`
    2: str,
    3: datetime.date.fromisoformat,
    4: int,
    5: _items,
    6: _text,
}
