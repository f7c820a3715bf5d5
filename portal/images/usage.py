"""The pictures in docs/, and their use in pages."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from portal.document.contents import Reference
from portal.images.formats import SUFFIXES
from portal.library.library import Library, Page

Shown = TypeVar("Shown")

DECORATIVE = ".trang-tri"  # the class of a decorative picture
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class ImageUse:
    """A picture in a page: `uri` is its path within docs/, `title` becomes the caption."""

    path: str
    line: int
    uri: str
    target: str
    alt: str
    title: str = ""
    decorative: bool = False
    in_story: bool = False


def image_files(docs: Path) -> Iterator[Path]:
    """Yield every picture file in docs/ by its suffix, sorted, without hidden ones."""
    for folder, names, files in os.walk(docs):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(folder, name)


def image_uses(library: Library) -> Iterator[ImageUse]:
    """Yield the pictures of all pages in order, without external ones."""
    for page in library.pages:
        if "![" not in page.file.body:
            continue
        for image in page.contents.images:
            if not ELSEWHERE.match(image.target):
                yield _image_use(page, image)


def _image_use(page: Page, image: Reference) -> ImageUse:
    return ImageUse(
        page.path,
        image.line,
        resolve_target(page.uri, image.target),
        image.target,
        image.text,
        image.title,
        image.is_decorative,
        page.kind.tells_of_people,
    )


def resolve_target(page_uri: str, target: str) -> str:
    """Return the path within docs/ of a link's target."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(page_uri), path))


def pictures_on(page: Page, pictures: Mapping[str, Shown]) -> list[Shown]:
    """Return the `pictures`, by path within docs/, that a page shows."""
    uris = (resolve_target(page.uri, link.target) for link in page.contents.references)
    return [pictures[uri] for uri in uris if uri in pictures]


def shown_images(library: Library) -> dict[str, Path]:
    """Return path within docs/ → file of every existing picture that a page shows."""
    uris = dict.fromkeys(use.uri for use in image_uses(library))
    return {uri: library.docs / uri for uri in uris if (library.docs / uri).is_file()}
