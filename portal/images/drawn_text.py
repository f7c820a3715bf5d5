"""The texts of a drawing: screen labels, other words, step numbers.

A drawing marks texts by class (desk/drawings/canvas.py): `screen` is a group, `step` a number, and
`note`, `said` and `typed` are not labels of a screen. An SVG from elsewhere has no such classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from portal.images.svg import SVG

_SCREEN, _STEP = "screen", "step"
_NO_LABEL = frozenset(("note", "said", "typed"))


@dataclass(frozen=True)
class DrawnText:
    """The unique texts in file order; `steps` are step numbers."""

    labels: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()


def drawn_text(root: Element) -> DrawnText:
    """Return the texts of a drawing."""
    labels, words, steps = dict[str, None](), dict[str, None](), dict[int, None]()
    for element, is_screen in _texts(root, is_screen=False):
        text = " ".join("".join(element.itertext()).split())
        classes = set(element.get("class", "").split())
        if _STEP in classes and text.isdecimal():
            steps[int(text)] = None
        elif text:
            (words if classes & _NO_LABEL or not is_screen else labels)[text] = None
    return DrawnText(tuple(labels), tuple(words), tuple(steps))


def _texts(parent: Element, *, is_screen: bool) -> Iterator[tuple[Element, bool]]:
    """Yield (text, whether it is a screen's label)."""
    for element in parent:
        if element.tag == f"{SVG}text":
            yield element, is_screen
        else:
            within = is_screen or _SCREEN in element.get("class", "").split()
            yield from _texts(element, is_screen=within)
