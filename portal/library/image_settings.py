"""What an operator may choose about published pictures: `extra: images:` in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Settings:
    """Widths in pixels, ascending, and the quality (1 to 100) of each lossy format."""

    widths: tuple[int, ...] = (480, 800, 1200)
    quality: Mapping[str, int] = field(
        default_factory=lambda: {"avif": 50, "webp": 70, "jpeg": 74}, hash=False
    )


def read_settings(values: object) -> Settings:
    """Return `extra: images:` of mkdocs.yml; what is not given there has its default.

    Raises:
        ValueError: a value is not of the kind that it must be; the text is Vietnamese.
    """
    given = values if isinstance(values, dict) else {}
    widths = given.get("widths", Settings().widths)
    quality = given.get("quality") or {}
    if not _are_numbers(widths, 4096) or not widths:
        raise ValueError("extra.images.widths trong mkdocs.yml phải là các số từ 1 đến 4096")
    if not isinstance(quality, dict) or not quality.keys() <= Settings().quality.keys():
        raise ValueError("extra.images.quality trong mkdocs.yml chỉ nhận avif, webp, jpeg")
    if not _are_numbers([*quality.values()], 100):
        raise ValueError("extra.images.quality trong mkdocs.yml phải là các số từ 1 đến 100")
    return Settings(tuple(sorted(widths)), {**Settings().quality, **quality})


def _are_numbers(values: object, largest: int) -> bool:
    return isinstance(values, list | tuple) and all(
        type(each) is int and 1 <= each <= largest for each in values
    )
