"""The site's logo rasterised from theme/partials/mark.svg."""

from __future__ import annotations

from functools import cache

from defusedxml.ElementTree import fromstring
from PIL import Image, ImageDraw

from portal.drawn.silhouettes import trace_path

GRID = 64  # width and height of the drawing in units
_SUPERSAMPLING = 4
_CURVE_STEPS = 24  # segments a curve; not visible at 512 px


@cache
def draw_mark(drawing: str, size: int) -> Image.Image:
    """Return the logo as an RGBA image of size × size pixels.

    `drawing` has filled SVG elements only: `<rect>` with rounded corners, and `<path>`.
    """
    side = size * _SUPERSAMPLING
    scale = side / GRID
    image = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(image)
    for element in fromstring(f"<svg>{drawing}</svg>"):
        shape = element.attrib
        if element.tag == "rect":
            box = 0, 0, float(shape["width"]) * scale, float(shape["height"]) * scale
            pen.rounded_rectangle(box, float(shape["rx"]) * scale, fill=shape["fill"])
        else:
            for outline in trace_path(shape["d"], _CURVE_STEPS):
                pen.polygon([(x * scale, y * scale) for x, y in outline], fill=shape["fill"])
    return image.resize((size, size), Image.Resampling.LANCZOS)
