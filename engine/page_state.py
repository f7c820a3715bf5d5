"""Serialises the state that rendering sets on a page, to move it between processes."""

from __future__ import annotations

import datetime
import json
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from engine.log_journal import Message

_DAY = "__day__"


def to_json(value: object) -> bytes:
    """Return JSON that preserves dates.

    Raises:
        TypeError: a value is not serialisable.
    """
    return json.dumps(value, ensure_ascii=False, default=_encode).encode()


def from_json(data: bytes) -> Any:  # noqa: ANN401 - JSON has no types
    """Return the value given to `to_json`, with tuples as lists."""
    return json.loads(data, object_hook=_decode)


def _encode(value: object) -> object:
    if type(value) is datetime.date:
        return {_DAY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _decode(value: dict[str, Any]) -> object:
    return datetime.date.fromisoformat(value[_DAY]) if _DAY in value else value


def take_state(page: Page, messages: list[Message]) -> bytes:
    """Return the state that rendering has set on a page, and its log messages.

    Raises:
        TypeError: front matter is not serialisable.
    """
    links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
    anchors = sorted(page.present_anchor_ids or ())
    toc = [_link_state(link) for link in page.toc]
    values = [messages, page.meta, page._title_from_render, anchors, links, toc, page.content]
    return to_json(values)


def restore_state(data: bytes, page: Page, files: Files) -> list[Message]:
    """Restore the state of a page from another process; return the log messages."""
    messages, page.meta, page._title_from_render, anchors, links, toc, content = from_json(data)
    page.markdown = ""  # None would mean unread, and hide the title
    page.present_anchor_ids = set(anchors)
    targets = ((files.get_file_from_path(uri), ids) for uri, ids in links.items())
    page.links_to_anchors = {file: ids for file, ids in targets if file}
    page.content, page.toc = content, _contents(toc)
    return [(name, level, text) for name, level, text in messages]


def _contents(links: list[Any]) -> TableOfContents:
    contents = TableOfContents([_link(*link) for link in links])
    for first in contents.items[:1]:
        first.active = True  # type: ignore[attr-defined] # as in mkdocs' get_toc
    return contents


def _link_state(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_link_state(child) for child in link.children]]


def _link(title: str, anchor: str, level: int, children: list[Any]) -> AnchorLink:
    link = AnchorLink(title, anchor, level)
    link.children = [_link(*child) for child in children]
    return link
