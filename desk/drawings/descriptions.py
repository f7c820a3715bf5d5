"""The descriptions of all pictures, and the files that they become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from desk.drawings.scenes import SceneError, draw_scene


@dataclass(frozen=True)
class Drawing:
    """A drawn picture: `path` within docs/ and the SVG."""

    path: str
    svg: str


def draw_all(folder: Path) -> Iterator[Drawing]:
    """Yield the picture of every description in a folder of YAML files.

    A file names the `folder` within docs/ and, for each picture's name, its `title` and `scene`.

    Raises:
        SceneError: a description cannot be drawn; the text names it.
    """
    for file in sorted(folder.glob("*.yml")):
        try:
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise SceneError(f"{file}: {error}") from error
        for name, picture in data["pictures"].items():
            path = f"{data['folder']}/{name}.svg"
            try:
                yield Drawing(path, draw_scene(picture["scene"], picture["title"]))
            except (SceneError, KeyError, TypeError, OSError) as error:
                raise SceneError(f"{file}: {name}: {error}") from error
