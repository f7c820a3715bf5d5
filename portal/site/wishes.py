"""Readers' wishes in a topic, in their own words, and the guides that answer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from portal.library.library import Library, Page
from portal.library.topics import Topic


@dataclass(frozen=True)
class Wish:
    """A guide and its reader's wish ("" when none is written); see `Topic.wishes`."""

    guide: Page
    text: str = ""


def wishes_of(topic: Topic, library: Library) -> tuple[Wish, ...]:
    """Return the guides of a topic in the order of its wishes, then those without a wish."""
    return tuple(_wishes(topic, library.guides_of(topic)))


def _wishes(topic: Topic, guides: tuple[Page, ...]) -> Iterator[Wish]:
    by_slug = {PurePosixPath(guide.uri).stem: guide for guide in guides}
    for slug, text in topic.wishes:
        if guide := by_slug.pop(slug, None):
            yield Wish(guide, text)
    yield from map(Wish, by_slug.values())
