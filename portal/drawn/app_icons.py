"""The site's logo as a favicon and as icons of the installed app."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from PIL import Image

from portal.drawn.drawing_cache import drawing_key
from portal.drawn.sitemark import GRID, draw_mark

SAFE_ZONE = 0.8  # of a maskable icon: the rest may be cut off (W3C Web App Manifest, "maskable")
SIZES = (192, 512)
TOUCH_SIZE = 180  # apple-touch-icon
GROUND, PAPER = "#0b4f47", "#ffffff"


def mark_file(drawing: str) -> str:
    """Return the drawing as an SVG file."""
    attributes = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}"'
    return f"<svg {attributes}>{drawing.strip()}</svg>\n"


@dataclass(frozen=True)
class AppIcon:
    """An icon to draw: an SVG `drawing`, `size` pixels wide and high."""

    drawing: str
    size: int


def icon_key(icon: AppIcon) -> str:
    """Return the cache key of an icon."""
    return drawing_key(icon)


def draw_app_icon(icon: AppIcon) -> bytes:
    """Return a square PNG with the logo within the safe zone."""
    size = icon.size
    image = Image.new("RGB", (size, size), GROUND)
    mark = draw_mark(icon.drawing, round(size * SAFE_ZONE))
    margin = (size - mark.width) // 2
    image.paste(mark, (margin, margin), mark)
    buffer = io.BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
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
