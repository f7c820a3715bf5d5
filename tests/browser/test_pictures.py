"""Pictures are published as browsers show the file that the editor saw."""

from __future__ import annotations

import base64
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser
from support.pictures import as_bytes, camera_exif, photo, png
from support.project import REPOSITORY

from portal.images.formats import PILLOW_FORMATS
from portal.images.opening import open_picture
from portal.images.pixels import to_srgb, upright

pytestmark = pytest.mark.browser
PIXELS = """async (data) => {
  const image = new Image();
  image.src = URL.createObjectURL(await (await fetch(`data:;base64,${data}`)).blob());
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  return [canvas.width, canvas.height, [...pixels]];
}"""
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)
ROW = bytes([128, 128, 128, 10, 10, 10, 200, 100, 50, 255, 255, 255])
P3 = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)


def gamma(value: int) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", value)


def clear(*samples: int) -> tuple[bytes, bytes]:
    return b"tRNS", struct.pack(f">{len(samples)}H", *samples)


def xmp_png() -> bytes:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return as_bytes(photo((64, 32)), "PNG", pnginfo=info)


FILES = {
    "RGB with a clear colour": png((4, 1), 8, 2, [ROW], clear(200, 100, 50)),
    "RGB of 16 bits": png(
        (2, 1), 16, 2, [struct.pack(">6H", 65535, 0, 65535, 9, 9, 9)], clear(65535, 0, 65535)
    ),
    "grey": png((2, 1), 8, 0, [bytes([7, 8])], clear(7)),
    "grey of 4 bits": png((2, 1), 4, 0, [b"\x3c"], clear(3)),
    "grey of 2 bits": png((4, 1), 2, 0, [b"\x1b"], clear(2)),
    "black and clear": png((2, 1), 1, 0, [b"\x40"], clear(1)),
    "grey of 16 bits": png(
        (3, 1), 16, 0, [struct.pack(">3H", 0x1234, 0x1235, 0x8000)], clear(0x1234)
    ),
    "palette": png(
        (2, 1), 8, 3, [b"\0\1"], (b"PLTE", bytes([1, 2, 3, 4, 5, 6])), (b"tRNS", b"\0")
    ),
    "light as it is": png((4, 1), 8, 2, [ROW], gamma(100_000)),
    "gamma of a Macintosh": png((4, 1), 8, 2, [ROW], gamma(55_556)),
    "usual gamma": png((4, 1), 8, 2, [ROW], gamma(45_455)),
    "gamma beside sRGB": png((4, 1), 8, 2, [ROW], gamma(100_000), (b"sRGB", b"\0")),
    "grey with gamma": png((1, 1), 8, 0, [b"\x80"], gamma(100_000)),
    "gamma and alpha": png((1, 1), 8, 6, [bytes([128, 100, 50, 128])], gamma(100_000)),
    "wide colours": png(
        (4, 1), 8, 2, [ROW], gamma(45_455), (b"cHRM", struct.pack(">8I", *P3))
    ),
    "wide colours without gamma": png((4, 1), 8, 2, [ROW], (b"cHRM", struct.pack(">8I", *P3))),
    "JPEG turned by EXIF": as_bytes(photo((64, 32)), "JPEG", exif=camera_exif(orientation=6)),
    "PNG turned by EXIF": as_bytes(photo((64, 32)), "PNG", exif=camera_exif(orientation=6)),
    "AVIF turned by EXIF": as_bytes(photo((64, 32)), "AVIF", exif=camera_exif(orientation=6)),
    "WebP that EXIF would turn": as_bytes(
        photo((64, 32)), "WEBP", exif=camera_exif(orientation=6)
    ),
    "JPEG that XMP would turn": as_bytes(photo((64, 32)), "JPEG", xmp=XMP),
    "PNG that XMP would turn": xmp_png(),
    "WebP that XMP would turn": as_bytes(photo((64, 32)), "WEBP", xmp=XMP),
    "AVIF that XMP would turn": as_bytes(photo((64, 32)), "AVIF", xmp=XMP),
}  # fmt: skip


def test_pixels_are_those_that_a_browser_shows(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    for name, data in FILES.items():
        width, height, shown = page.evaluate(PIXELS, base64.b64encode(data).decode())
        file = tmp_path / "hinh"
        file.write_bytes(data)
        with open_picture(file, PILLOW_FORMATS) as opened:
            ours = to_srgb(upright(opened)).convert("RGBA")
        assert ours.size == (width, height), name
        theirs = Image.frombytes("RGBA", (width, height), bytes(shown))
        assert furthest(ours, theirs) <= (8 if min(width, height) > 8 else 2), name
    page.close()


def furthest(first: Image.Image, second: Image.Image) -> int:
    """Return the largest difference of a sample; what is clear has no colour."""
    pairs = zip(seen(first), seen(second), strict=True)
    return max(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True))


def seen(image: Image.Image) -> list[tuple[int, ...]]:
    data = image.tobytes()
    pixels = (tuple(data[at : at + 4]) for at in range(0, len(data), 4))
    return [pixel if pixel[3] else (0, 0, 0, 0) for pixel in pixels]


@pytest.mark.parametrize("look", ["", "zoom"])
def test_black_strokes_on_nothing_are_seen_in_the_dark(browser: Browser, look: str) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 200, "height": 200})
    theme = REPOSITORY / "theme/assets"
    styles = ("css/tokens.css", "css/images.css", "js/zoom.css")
    css = "".join((theme / name).read_text("utf-8") for name in styles)
    stroke = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'>"
        "<path d='M0 45h90' stroke='black' stroke-width='30'/></svg>"
    )
    data = base64.b64encode(stroke.encode()).decode()
    page.set_content(
        f"<style>{css} body {{ background: var(--paper) }} img {{ width: 90px !important }}</style>"
        f"<div class='picture {look}'><img src='data:image/svg+xml;base64,{data}'></div>"
    )
    page.locator("img").evaluate("image => image.decode()")
    shown = Image.open(BytesIO(page.locator("img").screenshot())).convert("RGB")
    assert shown.getpixel((45, 15)) == (255, 255, 255)
    assert shown.getpixel((45, 45)) == (0, 0, 0)
    page.close()
