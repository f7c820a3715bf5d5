"""What rendering leaves in a page, as JSON: for another process, and for the cache."""

from __future__ import annotations

import datetime
import json
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

State = dict[str, Any]
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


def take_state(page: Page) -> State:
    """Return all that reading and rendering have set, but for the Markdown: it has been used."""
    return {
        "meta": page.meta,
        "content": page.content,
        "toc": [_link_state(link) for link in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def restore_state(page: Page, state: State, files: Files) -> None:
    """Set on a page what `take_state` took from it in another process or build."""
    page.markdown = ""  # None would say that nothing has been read, and hide the title
    page.meta, page.content = state["meta"], state["content"]
    page.toc = TableOfContents([_link(*link) for link in state["toc"]])
    if page.toc.items:
        page.toc.items[0].active = True  # type: ignore[attr-defined] # as in mkdocs' get_toc
    page._title_from_render = state["title"]
    page.present_anchor_ids = set(state["anchors"])
    targets = ((files.get_file_from_path(uri), links) for uri, links in state["links"].items())
    page.links_to_anchors = {file: links for file, links in targets if file}


def _link_state(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_link_state(child) for child in link.children]]


def _link(title: str, anchor: str, level: int, children: list[Any]) -> AnchorLink:
    link = AnchorLink(title, anchor, level)
    link.children = [_link(*child) for child in children]
    return link
