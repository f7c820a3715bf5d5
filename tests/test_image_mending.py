"""`--fix` makes pictures fit for git without losing what they show."""

from __future__ import annotations

import unicodedata
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
from support.project import BODY, FRONT, write

from portal.images.checks import check_images
from portal.images.mending import mend_images
from portal.images.pixels import to_srgb
from portal.library.library import load_library
from portal.source.problems import errors
from portal.system.workers import Failure

FOLDER = "docs/guides/dinh-danh"
GUIDE = f"{FOLDER}/kich-hoat.md"


def mend(project: Path, wanted: set[str] | None = None) -> list[str]:
    return [str(change) for change in mend_images(load_library(project), wanted)]


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return the mean difference of two pictures, 0 to 255."""
    grey = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).convert("L")
    return sum(n * count for n, count in enumerate(grey.histogram())) / (grey.width * grey.height)


def test_metadata_goes_and_the_pixels_stay(project: Path) -> None:
    exif = camera_exif(gps=True, serial=True)
    options = {"exif": exif, "quality": 90, "comment": b"x", "xmp": b"GPSLatitude"}
    file = save(project / FOLDER / "anh.jpg", photo(), **options)
    before = Image.open(BytesIO(file.read_bytes()))
    assert len(mend(project)) == 1
    after = Image.open(file)
    assert (dict(after.getexif()), after.info.get("xmp"), after.info.get("comment")) == (
        {},
        None,
        None,
    )
    assert difference(before, after) < 0.2
    assert mend(project) == []


@pytest.mark.parametrize("orientation", range(2, 9))
def test_turned_photo_stands_upright(project: Path, orientation: int) -> None:
    upright = photo((900, 600))
    stored = orientations()[orientation](upright)
    exif = camera_exif(orientation=orientation)
    file = save(project / FOLDER / "anh.jpg", stored, exif=exif, quality=95)
    assert len(mend(project)) == 1
    after = Image.open(file)
    assert (after.size, dict(after.getexif())) == ((900, 600), {})
    assert difference(upright, after) < 3


def test_colour_profile_is_carried_out(project: Path) -> None:
    source, profile = photo((900, 600)), swapped_profile()
    exif = camera_exif(gps=True)
    file = save(project / FOLDER / "anh.jpg", source, icc_profile=profile, exif=exif, quality=95)
    shown = to_srgb(Image.open(BytesIO(file.read_bytes())))
    assert difference(source, shown) > 10
    mend(project)
    after = Image.open(file)
    assert "icc_profile" not in after.info
    assert difference(shown, after) < 3


def test_large_photo_becomes_small_and_says_so(project: Path) -> None:
    noise = Image.effect_noise((4200, 1100), 80).convert("RGB")
    file = save(project / FOLDER / "anh.jpg", noise, quality=95)
    (change,) = mend(project)
    before, after = change.split(" → ")
    assert before.startswith(f"{FOLDER}/anh.jpg (")
    assert before.endswith(" MB, 4200 × 1100)")
    assert file.stat().st_size <= 1_000_000
    assert after.endswith(f"{Image.open(file).width} × {Image.open(file).height})")


def test_heavy_png_photo_becomes_a_jpeg_and_the_page_follows(project: Path) -> None:
    noise = Image.effect_noise((1200, 900), 80).convert("RGB")
    save(project / FOLDER / "anh.png", noise)
    write(project / GUIDE, f"{FRONT}{BODY}\n![Bà con học](anh.png)\n")
    (change,) = mend(project)
    assert f" → {FOLDER}/anh.jpg (" in change
    assert (project / GUIDE).read_text() == f"{FRONT}{BODY}\n![Bà con học](anh.jpg)\n"
    assert not (project / FOLDER / "anh.png").exists()


@pytest.mark.parametrize(
    "target", ["Ảnh 1.JPG", "<Ảnh 1.JPG>", "%E1%BA%A2nh%201.JPG", "./Ảnh 1.JPG", "Ảnh 1.JPG 'x'"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_is_mended_and_pages_follow_however_they_spell_it(
    project: Path, target: str, form: str
) -> None:
    save(project / FOLDER / unicodedata.normalize(form, "Ảnh 1.JPG"), photo())
    write(project / GUIDE, f"{FRONT}{BODY}\n![Bà con học]({target})\n")
    write(project / "docs/index.md", "![Bà con](guides/dinh-danh/Ảnh 1.JPG)")
    assert len(mend(project)) == 1
    shown = target.replace("Ảnh 1.JPG", "anh-1.jpg").replace("%E1%BA%A2nh%201.JPG", "anh-1.jpg")
    assert (project / GUIDE).read_text().endswith(f"\n![Bà con học]({shown})\n")
    assert (project / "docs/index.md").read_text() == "![Bà con](guides/dinh-danh/anh-1.jpg)"
    assert (project / FOLDER / "anh-1.jpg").is_file()


def test_taken_name_gets_a_number_and_suffix_follows_the_content(project: Path) -> None:
    first = save(project / FOLDER / "anh.jpg", photo(seed=2)).read_bytes()
    (project / FOLDER / "anh.png").write_bytes(as_bytes(photo(), "JPEG"))
    mend(project)
    assert sorted(file.name for file in (project / FOLDER).glob("anh*")) == ["anh-2.jpg", "anh.jpg"]
    assert (project / FOLDER / "anh.jpg").read_bytes() == first


@pytest.mark.parametrize(("suffix", "pillow"), [("bmp", "BMP"), ("tif", "TIFF"), ("tiff", "TIFF")])
def test_what_no_browser_shows_becomes_a_png_and_the_page_follows(
    project: Path, suffix: str, pillow: str
) -> None:
    image = drawing()
    old = save(project / FOLDER / f"Hình 1.{suffix}", image)
    before = f"{old.stat().st_size / 1_000_000:.2f} MB".replace(".", ",")
    write(project / GUIDE, f"{FRONT}{BODY}\n![Bà con học](<Hình 1.{suffix}>)\n")
    (change,) = mend(project)
    assert change == (
        f"{FOLDER}/Hình 1.{suffix} ({before}, 900 × 600) → {FOLDER}/hinh-1.png (0,00 MB, 900 × 600)"
    )
    assert (project / GUIDE).read_text() == f"{FRONT}{BODY}\n![Bà con học](<hinh-1.png>)\n"
    after = Image.open(project / FOLDER / "hinh-1.png")
    assert (after.format, difference(image, after)) == ("PNG", 0)
    assert not old.exists()
    assert mend(project) == []


def test_what_would_lose_pages_or_cannot_be_read_is_not_converted(project: Path) -> None:
    pages = {"save_all": True, "append_images": [photo(seed=2)]}
    files = [
        save(project / FOLDER / "nhieu-trang.tif", photo(), **pages),
        project / FOLDER / "hong.bmp",
        project / FOLDER / "khong-lo.bmp",
    ]
    whole = as_bytes(photo((8, 8)), "BMP")
    files[1].write_bytes(whole[:30])
    files[2].write_bytes(whole[:18] + b"\0\0\1\0\0\0\1\0" + whole[26:])  # 65536 × 65536
    contents = [file.read_bytes() for file in files]
    assert mend(project) == []
    assert [file.read_bytes() for file in files] == contents


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_film_behind_the_picture_goes(project: Path, pillow: str) -> None:
    file = project / FOLDER / f"anh.{pillow.lower().replace('jpeg', 'jpg')}"
    data = as_bytes(photo(), pillow)
    file.write_bytes(data + b"\0\0\0\x18ftypmp42 a voice in the room")
    before = Image.open(BytesIO(data))
    assert len(mend(project)) == 1
    assert b"voice" not in file.read_bytes()
    assert difference(before, Image.open(file)) < 2
    assert mend(project) == []


def test_transparent_png_stays_one(project: Path) -> None:
    image = drawing().convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    file = save(project / FOLDER / "hinh.png", image, exif=camera_exif(gps=True))
    mend(project)
    assert (Image.open(file).format, Image.open(file).getpixel((0, 0))) == ("PNG", (0, 0, 0, 0))


def test_only_wanted_pictures_are_mended(project: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        save(project / FOLDER / name, photo(), exif=camera_exif(gps=True))
    (change,) = mend(project, {f"{FOLDER}/b.jpg", GUIDE})
    assert change.startswith(f"{FOLDER}/b.jpg ")


def test_what_cannot_be_read_or_made_within_limits_is_left_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / FOLDER / "hong.jpg").write_bytes(b"\xff\xd8\xff broken")
    file = save(project / FOLDER / "anh.jpg", photo(), exif=camera_exif(gps=True))
    before = file.read_bytes()
    monkeypatch.setattr(
        "portal.images.mending.run_limited",
        lambda _, tasks, __: [(task, Failure.TIMEOUT) for task in tasks],
    )
    assert mend(project) == []
    assert file.read_bytes() == before


def test_full_disk_leaves_the_old_picture(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save(project / FOLDER / "anh.jpg", photo(), exif=camera_exif(gps=True))
    before = file.read_bytes()

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.images.mending.write_atomically", no_space)
    with pytest.raises(OSError, match="No space left"):
        mend(project)
    assert file.read_bytes() == before


def test_disk_that_is_full_when_the_page_should_follow_is_mended_the_next_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(project / FOLDER / "Ảnh 1.jpg", photo())
    source = f"{FRONT}{BODY}\n![Bà con học](<Ảnh 1.jpg>)\n"
    page = write(project / GUIDE, source)

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("portal.images.mending.write_atomically", no_space)
        with pytest.raises(OSError, match="No space left"):
            mend(project)
    assert page.read_text() == source
    assert (project / FOLDER / "Ảnh 1.jpg").is_file()
    assert len(mend(project)) == 1
    assert page.read_text() == source.replace("Ảnh 1", "anh-1")


def test_nothing_that_a_command_can_mend_is_left(project: Path) -> None:
    noise = Image.effect_noise((4200, 1300), 60).convert("RGB")
    exif = camera_exif(gps=True, serial=True, orientation=6)
    save(project / FOLDER / "Ảnh To.JPG", noise, exif=exif, quality=95)
    save(project / FOLDER / "ANH.webp", photo((1200, 900)), exif=exif)
    save(project / FOLDER / "anh-khac.avif", photo((1200, 900), seed=3), exif=exif)
    assert len(errors(check_images(load_library(project)))) == 4
    assert len(mend(project)) == 3
    assert errors(check_images(load_library(project))) == []


def test_long_screenshot_stays_readable(project: Path) -> None:
    """A phone's screen is 720 pixels or wider; narrower, its words cannot be read."""
    file = save(project / FOLDER / "dai.png", drawing((1080, 5000)))
    (change,) = mend(project)
    assert change.endswith(" MB, 885 × 4096)")
    assert Image.open(file).size == (885, 4096)


def test_screenshot_that_would_become_unreadable_keeps_its_pixels(project: Path) -> None:
    file = save(project / FOLDER / "dai.png", drawing((1080, 9000)))
    before = file.read_bytes()
    assert mend(project) == []
    assert file.read_bytes() == before
    private = save(
        project / FOLDER / "rieng.jpg", drawing((1080, 9000)), exif=camera_exif(gps=True)
    )
    (change,) = mend(project)
    assert change.endswith(" MB, 1080 × 9000)")
    assert not Image.open(private).getexif()
    assert mend(project) == []
