"""The palette: 7:1 for text (WCAG 2.2, 1.4.6), 3:1 for the borders of controls (1.4.11)."""

from __future__ import annotations

import re

import pytest
from support.project import REPOSITORY

TOKENS = (REPOSITORY / "theme/assets/css/tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6})")
LIGHT = dict(COLOUR.findall(TOKENS.partition("@media")[0]))
DARK = LIGHT | dict(COLOUR.findall(TOKENS.partition("@media")[2]))

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "link", "link-visited")
        for ground in ("paper", "tint")
    ),
    ("on-brand", "brand"),
    *((ink, ground) for ink in ("ink", "ok") for ground in ("ok-ground",)),
    *((ink, ground) for ink in ("ink", "warn", "link") for ground in ("warn-ground",)),
    *((ink, ground) for ink in ("ink", "danger", "link") for ground in ("danger-ground",)),
    ("link", "ok-ground"),
]
EDGES = [
    ("edge", "paper"),
    ("edge", "tint"),
    ("focus", "paper"),
    ("danger-edge", "paper"),
    ("gold", "brand"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_reaches_seven_to_one(scheme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(scheme[ink], scheme[ground]) >= 7


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_borders_reach_three_to_one(scheme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(scheme[edge], scheme[ground]) >= 3


def test_dark_text_on_gold_reaches_seven_to_one() -> None:
    assert contrast(LIGHT["ink"], LIGHT["gold"]) >= 7
