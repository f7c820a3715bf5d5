"""The bytes that readers get: right size, upright, sRGB, bare, and never more than needed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from support.pictures import (
    as_bytes,
    camera_exif,
    drawing,
    orientations,
    photo,
    save,
    swapped_profile,
)

from portal.images.encoding import EncodeTask, encode
from portal.images.pixels import to_srgb
from portal.library.image_settings import ImageSettings


def encode_file(file: Path, settings: ImageSettings | None = None) -> dict[str, Image.Image]:
    encoded = encode(EncodeTask(file, settings or ImageSettings()))
    return {name: Image.open(BytesIO(data)) for name, data in encoded.items()}


def difference(first: Image.Image, second: Image.Image) -> float:
    grey = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).convert("L")
    return sum(n * count for n, count in enumerate(grey.histogram())) / (grey.width * grey.height)


def test_photo_becomes_every_width_in_every_format(tmp_path: Path) -> None:
    images = encode_file(save(tmp_path / "a.jpg", photo((1600, 1200)), quality=95))
    sizes = ("480x360", "800x600", "1200x900")
    assert list(images) == [f"{size}.{name}" for name in ("avif", "webp", "jpg") for size in sizes]
    for name, image in images.items():
        assert f"{image.width}x{image.height}" == name.partition(".")[0]
        assert difference(image, photo((1600, 1200)).resize(image.size)) < 12


@pytest.mark.parametrize("suffix", ["bmp", "tif"])
def test_what_no_browser_shows_is_published_as_a_png_would_be(tmp_path: Path, suffix: str) -> None:
    image = drawing((600, 400))
    published = encode_file(save(tmp_path / f"a.{suffix}", image))
    assert list(published) == list(encode_file(save(tmp_path / "a.png", image)))
    assert not any(name.endswith((".bmp", ".tif")) for name in published)
    for shown in published.values():
        assert difference(shown, image.resize(shown.size, Image.Resampling.LANCZOS)) < 2


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (300, [300]),
        (480, [480]),
        (500, [500]),
        (600, [480, 600]),
        (900, [480, 900]),
        (1000, [480, 800, 1000]),
        (4000, [480, 800, 1200]),
    ],
)
def test_no_width_is_upscaled_or_needless(tmp_path: Path, width: int, widths: list[int]) -> None:
    images = encode_file(save(tmp_path / "a.jpg", photo((width, 60))))
    assert [image.width for name, image in images.items() if name.endswith(".jpg")] == widths


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_published_picture_is_upright(tmp_path: Path, suffix: str, orientation: int) -> None:
    upright = photo((240, 120))
    exif = camera_exif(orientation=orientation)
    file = save(tmp_path / f"a.{suffix}", orientations()[orientation](upright), exif=exif)
    image = encode_file(file, ImageSettings(widths=(100,)))["100x50.jpg"]
    assert difference(image, upright.resize((100, 50))) < 12


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_nothing_but_pixels_is_published(tmp_path: Path, suffix: str) -> None:
    exif = camera_exif(gps=True, serial=True)
    options = {"xmp": b"GPSLatitude"} if suffix != "png" else {}
    file = save(tmp_path / f"a.{suffix}", photo((240, 120)), exif=exif, **options)
    for image in encode_file(file).values():
        assert dict(image.getexif()) == {}
        allowed = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive"}
        assert set(image.info) - {*allowed, "progression", "loop", "background"} == set()


def test_colour_profile_is_carried_out(tmp_path: Path) -> None:
    file = save(tmp_path / "a.jpg", photo(), icc_profile=swapped_profile(), quality=95)
    shown = to_srgb(Image.open(file))
    assert difference(shown, photo()) > 10
    for name, image in encode_file(file).items():
        assert difference(image, shown.resize(image.size)) < 12, name


def test_broken_colour_profile_is_left_out(tmp_path: Path) -> None:
    file = save(tmp_path / "a.jpg", photo(), icc_profile=b"no profile", quality=95)
    assert difference(encode_file(file)["900x600.jpg"], photo()) < 12


@pytest.mark.parametrize("mode", ["CMYK", "L", "I;16", "P", "LA", "1"])
def test_unusual_pixels_look_the_same(tmp_path: Path, mode: str) -> None:
    grey = Image.eval(drawing().convert("L"), lambda value: 255 if value > 200 else 0)
    source = {"I;16": sixteen_bits(grey), "P": grey.quantize(8)}.get(mode) or grey.convert(mode)
    file = save(tmp_path / ("a.jpg" if mode == "CMYK" else "a.png"), source)
    for name, image in encode_file(file).items():
        assert difference(image, grey.convert("RGB").resize(image.size)) < 4, name


def sixteen_bits(grey: Image.Image) -> Image.Image:
    data = b"".join(bytes((value, value)) for value in grey.tobytes())
    return Image.frombytes("I;16", grey.size, data)


def test_drawing_stays_png_when_that_is_smaller(tmp_path: Path) -> None:
    assert {name.partition(".")[2] for name in encode_file(save(tmp_path / "a.png", drawing()))} > {
        "png"
    }
    assert "900x600.jpg" in encode_file(save(tmp_path / "b.png", photo()))


def test_format_that_is_larger_than_its_fallback_is_dropped(tmp_path: Path) -> None:
    file = save(tmp_path / "a.jpg", photo())
    wasteful = ImageSettings(quality={"avif": 100, "webp": 60, "jpeg": 60})
    assert "900x600.avif" not in encode_file(file, wasteful)
    assert "900x600.avif" in encode_file(file)


def test_transparency_is_kept_and_a_full_alpha_channel_is_not(tmp_path: Path) -> None:
    see_through = drawing().convert("RGBA")
    see_through.paste((0, 0, 0, 0), (0, 0, 200, 200))
    images = encode_file(save(tmp_path / "a.png", see_through))
    assert [image.convert("RGBA").getpixel((5, 5))[3] for image in images.values()] == [0] * len(
        images
    )
    opaque = encode_file(save(tmp_path / "b.png", photo().convert("RGBA")))
    assert "900x600.jpg" in opaque


def test_drawing_in_lines_is_minified(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 200">\n <!-- a -->\n</svg>'
    (tmp_path / "a.svg").write_text(svg)
    assert encode(EncodeTask(tmp_path / "a.svg", ImageSettings())) == {
        "328x200.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 200" />'
    }


def test_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    task = EncodeTask(save(tmp_path / "a.jpg", photo()), ImageSettings())
    assert encode(task) == encode(task)


def test_bytes_for_a_phone_are_few(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(as_bytes(photo((2400, 1600)), "JPEG", quality=92))
    assert len(encode(EncodeTask(file, ImageSettings()))["800x533.avif"]) <= 60_000


def test_png_of_few_colours_loses_none_of_them(tmp_path: Path) -> None:
    """A palette that is reckoned (Pillow's quantize) moves the shades of what is seen through."""
    image = Image.new("RGBA", (16, 8))
    shades = [(10 * n, 255 - n, n % 7, 2 * n) for n in range(1, 26)]
    for n in range(128):
        image.putpixel((n % 16, n // 16), shades[n % 25])
    published = encode_file(save(tmp_path / "a.png", image))
    png = next(each for name, each in published.items() if name.endswith(".png"))
    assert png.mode == "P"
    assert png.convert("RGBA").tobytes() == image.tobytes()


def test_clear_colour_of_a_drawing_stays_clear(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 40), (255, 0, 255))
    image.paste((0, 90, 0), (10, 10, 30, 30))
    file = save(tmp_path / "a.png", image, transparency=(255, 0, 255))
    for name, each in encode_file(file).items():
        assert each.convert("RGBA").getpixel((2, 2))[3] == 0, name
        assert each.convert("RGBA").getpixel((20, 20))[3] == 255, name
