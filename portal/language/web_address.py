"""Addresses in data that become links on pages: http or https only, never a script."""

from __future__ import annotations

import re

_WEB_ADDRESS = re.compile(r"https?://[\w.-]+[^\s\"<>]*", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Return whether a text is a complete http or https address."""
    return _WEB_ADDRESS.fullmatch(text) is not None
