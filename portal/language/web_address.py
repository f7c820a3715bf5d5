"""Addresses in data that pages print as links: of a site, never of anything that could run."""

from __future__ import annotations

import re

_WEB_ADDRESS = re.compile(r"https?://[\w.-]+[^\s\"<>]*", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Return whether a text is the whole address of a site or of a page in one."""
    return _WEB_ADDRESS.fullmatch(text) is not None
