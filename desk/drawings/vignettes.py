"""Small pictures of a person, a hand or a place, one a topic, drawn from parts for its page.

They are set into the page, so that `theme/assets/css/topic.css` colours them by class: light and
dark, and `topic` in the topic's own colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from desk.drawings.canvas import icon_path
from desk.drawings.scenes import SceneError

SIDE = 120  # units
VignettePart = Callable[[Mapping[str, Any]], str]


def draw_vignette(parts: Iterable[Mapping[str, Any]]) -> str:
    """Return the SVG of the parts, each over the one before.

    Raises:
        SceneError: a part is of no known kind.
        FileNotFoundError: there is no icon of a name.
    """
    drawn = "".join(_draw(part) for part in parts)
    ground = f'<rect class="ground" width="{SIDE}" height="{SIDE}" rx="26"/>'
    return (
        f'<svg class="vignette" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true">'
        f'<clipPath id="v"><rect width="{SIDE}" height="{SIDE}" rx="26"/></clipPath>'
        f'{ground}<g clip-path="url(#v)">{drawn}</g></svg>\n'
    )


def _draw(part: Mapping[str, Any]) -> str:
    for name, value in part.items():
        if name in PARTS:
            return PARTS[name](value)
    raise SceneError(f"không có phần nào trong {', '.join(part)}; có: {', '.join(PARTS)}")


def draw_person(spec: Mapping[str, Any]) -> str:
    """Draw {x, y, size, hair, grey, shirt, glasses}: head and shoulders, the head around (x, y)."""
    hair, shade = HAIR[spec.get("hair", "short")], "grey" if spec.get("grey") else "hair"
    shirt = spec.get("shirt", "topic")
    behind, above = (path and f'<path class="{shade}" d="{path}"/>' for path in hair)
    face = (
        '<circle class="ink" cx="-6" cy="1" r="1.7"/><circle class="ink" cx="6" cy="1" r="1.7"/>'
        '<path class="line" d="M-6 7.5q6 5 12 0"/>'
    )
    if spec.get("glasses"):
        face += f'<path class="line" d="M-11 1{_GLASS}m12 0{_GLASS}"/>'
    place = f"translate({spec['x']} {spec['y']}) scale({spec.get('size', 1)})"
    return (
        f'<g transform="{place}">{behind}'
        f'<path class="{shirt}" d="M-31 80V52q0-26 31-26t31 26v28z"/>'
        '<path class="skin" d="M-7 10h14v18q-7 7-14 0z"/><circle class="skin" r="18"/>'
        f"{face}{above}</g>"
    )


# What lies behind the head, and what above it; the head has a radius of 18 around (0, 0).
_GLASS = "a5 5 0 1 0 10 0a5 5 0 1 0-10 0"
_CAP = "M-19 1q-2-23 19-22t19 22q-4-11-12-12t-13-1t-13 13z"
HAIR: Mapping[str, tuple[str, str]] = {
    "short": ("", _CAP),
    "long": ("M-20 0q0-22 20-22t20 22v26q-4 8-12 6h-16q-8 2-12-6z", _CAP),
    "bun": ("M-8-22a8 8 0 1 1 16 0a8 8 0 1 1-16 0", _CAP),
    "thin": ("", "M-19 4q-2-12 5-17q-1 8-2 17zm38 0q2-12-5-17q1 8 2 17z"),
}


def draw_hat(spec: Mapping[str, Any]) -> str:
    """Draw {x, y, size}: a conical hat on a head around (x, y)."""
    place = f"translate({spec['x']} {spec['y']}) scale({spec.get('size', 1)})"
    return f'<path class="gold" transform="{place}" d="M-33-6L0-31L33-6q-33 7-66 0z"/>'


def draw_phone(spec: Mapping[str, Any]) -> str:
    """Draw {x, y, icon, turn}: a telephone whose middle is (x, y), with an icon on its screen."""
    place = f"translate({spec['x']} {spec['y']}) rotate({spec.get('turn', 0)})"
    return (
        f'<g transform="{place}">'
        '<rect class="frame edge" x="-19" y="-33" width="38" height="66" rx="7"/>'
        '<rect class="paper" x="-15.5" y="-27" width="31" height="54" rx="3"/>'
        f"{_icon(spec['icon'], -13, -15, 26, 'topic')}</g>"
    )


def draw_paper_card(spec: Mapping[str, Any]) -> str:
    """Draw {x, y, icon}: a card or sheet whose middle is (x, y)."""
    x, y = spec["x"], spec["y"]
    width, height = spec.get("width", 54), spec.get("height", 36)
    box = f'x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width}" height="{height}" rx="5"'
    side = min(width, height) - 6
    icon = _icon(spec["icon"], x - side / 2, y - side / 2, side, "topic")
    return f'<rect class="paper edge" {box}/>{icon}'


def draw_hands(spec: Mapping[str, Any]) -> str:
    """Draw {left, right, y}: the hands that hold something between them."""
    return "".join(
        f'<circle class="skin" cx="{spec[side]}" cy="{spec["y"]}" r="8"/>'
        for side in ("left", "right")
    )


def draw_lone_icon(spec: Mapping[str, Any]) -> str:
    """Draw {name, x, y, size, fill}: an icon whose middle is (x, y)."""
    size = spec.get("size", 40)
    x, y = spec["x"] - size / 2, spec["y"] - size / 2
    return _icon(spec["name"], x, y, size, spec.get("fill", "topic"))


def draw_bubble(spec: Mapping[str, Any]) -> str:
    """Draw {x, y, icon}: a speech bubble whose middle is (x, y)."""
    x, y = spec["x"], spec["y"]
    bubble = f"M{x - 18} {y - 14}h36q6 0 6 6v16q0 6-6 6h-14l-9 9v-9h-13q-6 0-6-6v-16q0-6 6-6z"
    icon = _icon(spec["icon"], x - 10, y - 10, 20, "topic")
    return f'<path class="paper edge" d="{bubble}"/>{icon}'


def draw_hills(_: Mapping[str, Any]) -> str:
    """Draw the limestone hills of Ninh Bình as the horizon."""
    line = "M0 88V62q10-26 20-2q4-40 20-40t20 36q8-22 18-4q6-38 20-34t22 40v30z"
    return f'<path class="hills" d="{line}"/>'


def draw_house(spec: Mapping[str, Any]) -> str:
    """Draw {x, y}: a house whose doorstep is at (x, y)."""
    x, y = spec["x"], spec["y"]
    return (
        f'<path class="paper" d="M{x - 34} {y}v-32h68v32z"/>'
        f'<path class="roof" d="M{x - 42} {y - 30}q12-4 18-20h48q6 16 18 20z"/>'
        f'<path class="topic" d="M{x - 9} {y}v-22h18v22z"/>'
        f'<path class="hills" d="M{x - 27} {y - 10}v-12h11v12zm43 0v-12h11v12z"/>'
    )


def draw_counter(spec: Mapping[str, Any]) -> str:
    """Draw {y}: a counter in front, from its top at y."""
    y = spec["y"]
    return (
        f'<path class="wood" d="M6 {y}h108v9h-6v60h-96v-60h-6z"/>'
        f'<path class="shade" d="M12 {y + 9}h96v4h-96z"/>'
    )


def draw_awning(_: Mapping[str, Any]) -> str:
    """Draw the striped awning of a market stall."""
    return "".join(
        f'<path class="{fill}" d="M{6 + n * 18} 8h18v16a9 9 0 0 1-18 0z"/>'
        for n, fill in enumerate(("topic", "paper") * 3)
    )


def _icon(name: str, x: float, y: float, size: float, fill: str) -> str:
    place = f"translate({x:g} {y:g}) scale({size / 24:.3g})"
    return f'<path class="{fill}" transform="{place}" d="{icon_path(name)}"/>'


PARTS: Mapping[str, VignettePart] = {
    "person": draw_person,
    "hat": draw_hat,
    "phone": draw_phone,
    "card": draw_paper_card,
    "hands": draw_hands,
    "icon": draw_lone_icon,
    "bubble": draw_bubble,
    "hills": draw_hills,
    "house": draw_house,
    "counter": draw_counter,
    "awning": draw_awning,
}
