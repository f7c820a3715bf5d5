import io
import json

from PIL import Image
from support.project import REPOSITORY

from portal.drawn.app_icons import GROUND, AppIcon, app_manifest, draw_app_icon, mark_file

DRAWING = (REPOSITORY / "theme/partials/mark.svg").read_text(encoding="utf-8")


def test_icon_has_its_drawing_in_the_safe_zone_and_ground_to_the_edge() -> None:
    image = Image.open(io.BytesIO(draw_app_icon(AppIcon(DRAWING, 192)))).convert("RGB")
    ground = tuple(bytes.fromhex(GROUND[1:]))
    assert image.size == (192, 192)
    border = [image.getpixel((x, y)) for x in range(192) for y in (0, 10, 181, 191)]
    assert {max(abs(a - b) for a, b in zip(p, ground, strict=True)) for p in border} <= {0, 1, 2}
    assert image.getpixel((72, 110)) == (255, 255, 255)  # the near mountain


def test_manifest_describes_an_app_in_vietnamese_that_starts_at_the_root() -> None:
    manifest = json.loads(app_manifest("Kỹ năng số Ninh Bình", "Kỹ năng số", "Hướng dẫn."))
    assert manifest["lang"] == "vi"
    assert manifest["start_url"] == manifest["scope"] == "../../"
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512"]


def test_mark_is_a_file_of_its_own() -> None:
    assert mark_file(DRAWING).startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
