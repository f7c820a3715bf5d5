"""Settings of published pictures: `extra: images:` in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ImageSettings:
    """Widths in pixels, ascending, and the quality (1 to 100) of each lossy format."""

    widths: tuple[int, ...] = (480, 800, 1200)
    quality: Mapping[str, int] = field(
        default_factory=lambda: {"avif": 50, "webp": 70, "jpeg": 74}, hash=False
    )


def image_settings_of(values: Mapping[str, Any]) -> ImageSettings:
    """Return the settings in valid values of `extra: images:`, with defaults for other formats."""
    quality = {**ImageSettings().quality, **values["quality"]}
    return ImageSettings(tuple(sorted(values["widths"])), quality)


def are_widths(value: object) -> bool:
    """Return whether a value is a list of widths, 1 to 4096 pixels each."""
    return isinstance(value, list) and bool(value) and _are_numbers(value, 4096)


def are_qualities(value: object) -> bool:
    """Return whether a value maps formats to a quality from 1 to 100."""
    known = ImageSettings().quality.keys()
    return isinstance(value, dict) and value.keys() <= known and _are_numbers(value.values(), 100)


def _are_numbers(values: Iterable[object], largest: int) -> bool:
    return all(type(each) is int and 1 <= each <= largest for each in values)
