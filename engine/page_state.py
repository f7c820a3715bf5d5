"""What rendering leaves in a page, as JSON: for another process, and for the cache."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

_DAY = "__day__"


def to_json(value: object) -> bytes:
    """Return JSON in which days stay days.

    Raises:
        TypeError: the value holds something that JSON cannot; such a page is not cached.
    """
    return json.dumps(value, ensure_ascii=False, default=_encode).encode()


def from_json(data: bytes) -> Any:  # noqa: ANN401 - JSON has no types
    """Return what `to_json` was given; tuples are lists."""
    return json.loads(data, object_hook=_decode)


def _encode(value: object) -> object:
    if type(value) is datetime.date:
        return {_DAY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _decode(value: dict[str, Any]) -> object:
    return datetime.date.fromisoformat(value[_DAY]) if _DAY in value else value


def take_state(page: Page, key: str | None, seen: Mapping[str, str], said: object) -> bytes:
    """Return a line of what is asked of every page, one of its table of contents, and its content.

    The first has `key`, what was looked up (`seen`) and what was logged (`said`) too. The Markdown
    is left out: it has been used.

    Raises:
        TypeError: front matter holds what JSON cannot.
    """
    links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
    anchors = sorted(page.present_anchor_ids or ())
    head = [key, seen, said, page.meta, page._title_from_render, anchors, links]
    toc = [_link_state(link) for link in page.toc]
    return b"\n".join((to_json(head), to_json(toc), (page.content or "").encode()))


class PageState:
    """What `take_state` returned, of which all but the first line is decoded when asked for."""

    def __init__(self, data: bytes) -> None:
        head, self._toc, self._content = data.split(b"\n", 2)  # JSON writes those of texts as "\\n"
        self.key, self.seen, self.said, *self._head = from_json(head)

    def restore(self, page: Page, files: Files) -> None:
        """Set on a page what was taken from it in another process or build."""
        page.markdown = ""  # None would say that nothing has been read, and hide the title
        page.meta, page._title_from_render, anchors, links = self._head
        page.present_anchor_ids = set(anchors)
        targets = ((files.get_file_from_path(uri), ids) for uri, ids in links.items())
        page.links_to_anchors = {file: ids for file, ids in targets if file}
        page.content = page.toc = self  # type: ignore[assignment] # until one of them is read

    def content(self) -> str:
        """Return the HTML."""
        return self._content.decode()

    def toc(self) -> TableOfContents:
        """Return the table of contents."""
        toc = TableOfContents([_link(*link) for link in from_json(self._toc)])
        for first in toc.items[:1]:
            first.active = True  # type: ignore[attr-defined] # as in mkdocs' get_toc
        return toc


class DeferredPart:
    """An attribute of pages that is decoded when it is read.

    Between rendering and writing nobody reads it; the process that writes the page does.
    """

    def __init__(self, name: str, decode: Callable[[PageState], object]) -> None:
        self._name, self._decode = name, decode

    def __get__(self, page: Page, kind: type[Page]) -> object:
        """Return the value, decoded now if it was not yet."""
        value = page.__dict__[self._name]
        if isinstance(value, PageState):
            value = page.__dict__[self._name] = self._decode(value)
        return value

    def __set__(self, page: Page, value: object) -> None:
        """Set the value, or the state that holds it."""
        page.__dict__[self._name] = value


def _link_state(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_link_state(child) for child in link.children]]


def _link(title: str, anchor: str, level: int, children: list[Any]) -> AnchorLink:
    link = AnchorLink(title, anchor, level)
    link.children = [_link(*child) for child in children]
    return link
