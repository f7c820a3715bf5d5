"""Material's bundled icons rasterised: SVG path data to polygons, polygons to a mask.

Only `<path d>` is supported; the bundled icons have nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageChops, ImageDraw

from portal.system.bundled_icons import icon_file

Point = tuple[float, float]
Polygon = tuple[Point, ...]

_CURVE_STEPS = 8  # segments a curve; not visible at 500 px
_SUPERSAMPLING = 3
_NEUTRAL = 128


@dataclass(frozen=True)
class Icon:
    """Closed polygons in a box of `width` × `height` units, filled by the non-zero winding rule."""

    width: float
    height: float
    outlines: tuple[Polygon, ...]


@cache
def load_icon(name: str) -> Icon:
    """Return a bundled icon by its name ("material/shield-alert-outline").

    Raises:
        MissingIconError: Material has no icon of that name.
    """
    root = fromstring(icon_file(name).read_text(encoding="utf-8"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    paths = root.iter("{http://www.w3.org/2000/svg}path")
    outlines = [outline for path in paths for outline in trace_path(path.attrib["d"])]
    return Icon(width, height, tuple(outlines))


def trace_path(data: str, curve_steps: int = _CURVE_STEPS) -> tuple[Polygon, ...]:
    """Return SVG path data as polygons, with `curve_steps` segments a curve."""
    from fontTools.pens.recordingPen import RecordingPen  # slow to import, seldom needed
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    parse_path(data, pen)
    outlines = list[list[Point]]()
    for verb, points in pen.value:
        if verb == "moveTo":
            outlines.append([points[0]])
        elif points:
            outlines[-1] += _flatten([outlines[-1][-1], *points], curve_steps)
    return tuple(map(tuple, outlines))


def _flatten(controls: Sequence[Point], curve_steps: int) -> Iterator[Point]:
    """Yield points on a Bézier curve of any degree without its first; a line has degree 1."""
    steps = curve_steps if len(controls) > 2 else 1
    for step in range(1, steps + 1):
        yield _casteljau(controls, step / steps)


def _casteljau(points: Sequence[Point], t: float) -> Point:
    while len(points) > 1:
        points = [
            (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for (x0, y0), (x1, y1) in pairwise(points)
        ]
    return points[0]


@cache
def icon_mask(name: str, size: int) -> Image.Image:
    """Return an icon as an L image of size × size pixels: 255 where it is inked.

    Raises:
        MissingIconError: Material has no icon of that name.
    """
    icon = load_icon(name)
    side = size * _SUPERSAMPLING
    scale = side / max(icon.width, icon.height)
    winding = Image.new("L", (side, side), _NEUTRAL)
    for outline in icon.outlines:
        shape = Image.new("L", (side, side))
        ImageDraw.Draw(shape).polygon([(x * scale, y * scale) for x, y in outline], fill=1)
        turn = ImageChops.add if _area(outline) > 0 else ImageChops.subtract
        winding = turn(winding, shape)
    inked = winding.point([0 if value == _NEUTRAL else 255 for value in range(256)])
    return inked.resize((size, size), Image.Resampling.BOX)


def _area(outline: Polygon) -> float:
    """Return twice the signed area; its sign is the polygon's orientation."""
    following = outline[1:] + outline[:1]
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(outline, following, strict=True))
