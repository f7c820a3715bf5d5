"""The site's mark as pixels, from the drawing that the pages show: theme/partials/mark.svg."""

from __future__ import annotations

from functools import cache

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageDraw

from portal.silhouettes import Point, trace_path

BOX = 64  # units a side of the drawing
_SUPERSAMPLING = 4


@cache
def draw_mark(svg: str, size: int) -> Image.Image:
    """Return SVG elements drawn in a box of 64 × 64 units as an RGBA image of size × size pixels.

    Known are what the mark consists of: `<rect rx>`, `<path fill>` and straight `<path stroke>`.
    """
    side = size * _SUPERSAMPLING
    scale = side / BOX
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    for element in fromstring(f"<svg>{svg}</svg>"):
        shape = element.attrib
        if element.tag == "rect":
            box = 0, 0, float(shape["width"]) * scale, float(shape["height"]) * scale
            pen.rounded_rectangle(box, float(shape["rx"]) * scale, fill=shape["fill"])
            continue
        for outline in trace_path(shape["d"]):
            points = [(x * scale, y * scale) for x, y in outline]
            if "stroke" in shape:
                _draw_stroke(pen, points, shape["stroke"], float(shape["stroke-width"]) * scale)
            else:
                pen.polygon(points, fill=shape["fill"])
    return image.resize((size, size), Image.Resampling.BOX)


def _draw_stroke(pen: ImageDraw.ImageDraw, points: list[Point], colour: str, width: float) -> None:
    pen.line(points, fill=colour, width=round(width))
    for x, y in points:  # round caps
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)
