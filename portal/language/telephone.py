"""Telephone numbers: which can be dialled, and whether a link's text shows the number it dials."""

from __future__ import annotations

import re

# The emergency services, and 111 for children in danger (F21.01, F21.04, F21.04b).
EMERGENCY = frozenset({"111", "112", "113", "114", "115"})
DIALLED = re.compile(r"\+?\d{3,15}", re.ASCII)
# Fewer digits are not a telephone number: "bước 2", "24/7".
_SHOWN = re.compile(r"\+?\d(?:[ .-]?\d){2,}", re.ASCII)


_CODE = re.compile(r"[*#]{1,3}\d{1,4}(?:[*#]\d+)*#", re.ASCII)


def codes_in(text: str) -> list[str]:
    """Return the service codes in a text, such as "*101#", in order."""
    return _CODE.findall(text)


def plain_number(shown: str) -> str:
    """Return a number as it is dialled, without blanks, dots and dashes."""
    return re.sub(r"[ .-]", "", shown)


def shown_numbers(text: str) -> list[str]:
    """Return the telephone numbers in a text as printed, in order."""
    return _SHOWN.findall(text)


def is_same_number(shown: str, dialled: str) -> bool:
    """Return whether both are the same number; +84 equals a leading 0."""
    return _domestic(plain_number(shown)) == _domestic(dialled)


def _domestic(number: str) -> str:
    return "0" + number.removeprefix("+84") if number.startswith("+84") else number
