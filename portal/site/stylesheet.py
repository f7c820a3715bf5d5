"""The inline CSS of a page: only the components that it uses, minified."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rcssmin import cssmin

from portal.library.topics import Topic


class StyleSheet:
    """A folder of CSS components, each read and minified once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._minified: dict[str, str] = {}

    def bundle(self, names: Iterable[str]) -> str:
        """Return the unique named components, in order.

        Raises:
            FileNotFoundError: a component has no file `<name>.css`.
        """
        return "".join(self._component(name) for name in dict.fromkeys(names))

    def _component(self, name: str) -> str:
        if name not in self._minified:
            source = (self._folder / f"{name}.css").read_text(encoding="utf-8")
            self._minified[name] = str(cssmin(source))
        return self._minified[name]


def topic_colours(topics: Iterable[Topic]) -> str:
    """Return a rule per topic that sets `--topic`: the security policy forbids `style=`."""
    return "".join(f"[data-topic={topic.id}]{{--topic:{topic.colour}}}" for topic in topics)
