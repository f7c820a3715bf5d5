"""The site's mark as a file of its own and as the pictures of an installed app."""

from __future__ import annotations

import io
import json
import re

from PIL import Image, ImageDraw

from portal.silhouettes import trace_path

GRID = 64  # units of the drawing, theme/partials/mark.svg
SAFE_ZONE = 0.8  # of a maskable icon: the rest may be cut off (W3C Web App Manifest, "maskable")
SIZES = (192, 512)
TOUCH_SIZE = 180  # apple-touch-icon
GROUND, PAPER = "#0b4f47", "#ffffff"
_SUPERSAMPLING = 4
_CURVE_STEPS = 24  # straight pieces a curve; invisible at 512 px
_PATH = re.compile(r'<path fill="(#[0-9a-f]+)" d="([^"]+)"/>')


def mark_file(drawing: str) -> str:
    """Return the drawing as an SVG file."""
    attributes = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}"'
    return f"<svg {attributes}>{drawing.strip()}</svg>\n"


def app_icon(drawing: str, size: int) -> bytes:
    """Return a square PNG of `size` pixels: the drawing in the safe zone, ground around it."""
    side = size * _SUPERSAMPLING
    image = Image.new("RGB", (side, side), GROUND)
    pen = ImageDraw.Draw(image)
    scale = side * SAFE_ZONE / GRID
    margin = side * (1 - SAFE_ZONE) / 2
    for fill, data in _PATH.findall(drawing):
        for outline in trace_path(data, _CURVE_STEPS):
            pen.polygon([(x * scale + margin, y * scale + margin) for x, y in outline], fill=fill)
    small = image.resize((size, size), Image.Resampling.LANCZOS).quantize(64)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def app_manifest(name: str, short_name: str, description: str) -> str:
    """Return the web app manifest; its addresses are relative to it, in assets/icons/."""
    icons = [
        {
            "src": f"app-{size}.png",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    manifest = {
        "name": name,
        "short_name": short_name,
        "description": description,
        "lang": "vi",
        "start_url": "../../",
        "scope": "../../",
        "display": "minimal-ui",
        "theme_color": GROUND,
        "background_color": PAPER,
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
