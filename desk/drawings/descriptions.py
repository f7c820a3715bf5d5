"""Draws pictures from the descriptions in data/drawings/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.drawings.canvas import TEXT_SIZE, WIDTH, text_width
from desk.drawings.scenes import SceneError, draw_scene
from desk.drawings.vignettes import draw_vignette
from portal.images.svg import SVG, read_svg

VIGNETTES = "theme/partials/topics"
_MARGIN = 4.0  # pixels that stay free at the left
_PARTS = {"middle": 0.5, "end": 1.0}  # of a text's width that stands left of its anchor


@dataclass(frozen=True)
class Drawing:
    """A drawn picture: `path` within docs/, of a topic's within the project, and the SVG."""

    path: str
    svg: str


def draw_all(folder: Path) -> Iterator[Drawing]:
    """Yield the picture of every description in a folder of YAML files.

    A file has the `folder` within docs/ and, for each picture's name, its `title` and `scene`.

    Raises:
        SceneError: a description is invalid; the message names it.
    """
    for file in sorted(folder.glob("*.yml")):
        data = _read(file)
        for name, picture in data["pictures"].items():
            path = f"{data['folder']}/{name}.svg"
            try:
                svg = draw_scene(picture["scene"], picture["title"])
                _check_texts(svg)
                yield Drawing(path, svg)
            except (SceneError, KeyError, TypeError, OSError) as error:
                raise SceneError(f"{file}: {name}: {error}") from error


def draw_vignettes(file: Path) -> Iterator[Drawing]:
    """Yield the small picture of each topic that a file describes; none without the file.

    Raises:
        SceneError: a description is invalid; the message names it.
    """
    for topic, parts in _read(file).items() if file.is_file() else ():
        try:
            yield Drawing(f"{VIGNETTES}/{topic}.svg", draw_vignette(parts))
        except (SceneError, KeyError, TypeError, OSError) as error:
            raise SceneError(f"{file}: {topic}: {error}") from error


def _read(file: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SceneError(f"{file}: {error}") from error
    return data


def _check_texts(svg: str) -> None:
    """Raise a SceneError for the first text that is too small, or that the edge would cut."""
    for text in read_svg(svg.encode()).iter(f"{SVG}text"):
        size = float(text.get("font-size") or TEXT_SIZE)
        part = _PARTS.get(text.get("text-anchor", ""), 0.0)
        for line in list(text) or [text]:
            said = line.text or ""
            width = text_width(said, size, "font-weight" in text.attrib)
            left = float(line.get("x") or 0) - width * part
            if size < TEXT_SIZE or left < _MARGIN or left + width > WIDTH - 2:
                raise SceneError(f"chữ '{said}' nhỏ quá, hoặc dài quá bề rộng của hình")
