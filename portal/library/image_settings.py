"""Settings of published pictures: `extra: images:` in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Return the settings in valid values of `extra: images:`."""
    return ImageSettings(tuple(sorted(values["widths"])), values["quality"])
