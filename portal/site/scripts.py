"""Minifies JavaScript without raising the required browser version."""

from __future__ import annotations

import re

import minify

OLDEST_LANGUAGE = 2019  # ECMAScript; the output must run in Chrome 80


def minify_script(source: str) -> str:
    """Return the script minified."""
    minify.config({"js-version": OLDEST_LANGUAGE})
    return str(minify.string("application/javascript", source))


def plain_script(*modules: str) -> str:
    """Return modules as one classic script; their exports become globals.

    Each may import only from those before it.
    """
    return re.sub(r"^(export |import .*\n)", "", "".join(modules), flags=re.MULTILINE)
