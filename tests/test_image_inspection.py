"""What a file holds is found out, and no file can hang, crash or fill the check."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from support.pictures import as_bytes, camera_exif, drawing, orientations, photo, png_bomb, save

from portal.images.appendix import read_appendix
from portal.images.encoding import EncodeTask, encode
from portal.images.formats import JPEG, sniff
from portal.images.inspection import Inspection, inspect
from portal.images.inspection_memory import inspect_files
from portal.library.image_settings import ImageSettings
from portal.system.workers import Failure

BROKEN = ("hình hỏng, không mở được", "chép lại tệp từ máy gốc")
CUT_OFF = ("hình bị cụt, chép chưa xong", "chép lại tệp từ máy gốc")
AGAIN = "chép lại tệp hình từ máy gốc"


def inspect_bytes(folder: Path, data: bytes) -> Inspection:
    file = folder / "hinh.bin"
    file.write_bytes(data)
    return inspect(file)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif", "gif"])
def test_format_and_size_are_told_by_the_content(tmp_path: Path, suffix: str) -> None:
    found = inspect(save(tmp_path / f"a.{suffix}", photo((64, 48))))
    names = {"jpg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "gif": "GIF"}
    assert (found.format, found.width, found.height) == (names[suffix], 64, 48)
    assert (found.refusal, found.private, found.animated, found.turned) == ("", (), False, False)


@pytest.mark.parametrize(
    ("data", "format_name", "refusal"),
    [
        (b"", "không rõ loại", ("bên trong không phải hình", AGAIN)),
        (b"<html><p>404</p>", "không rõ loại", ("bên trong không phải hình", AGAIN)),
        (
            b"MZ\x90\x00" + bytes(200),
            "chương trình",
            (
                "bên trong là chương trình, không phải hình",
                "xóa tệp và báo người quản trị",
            ),
        ),
        (
            bytes(4) + b"ftypheic" + bytes(40),
            "HEIC",
            (
                "ảnh HEIC của iPhone, nhiều máy không mở được",
                "thêm ảnh qua trang biên tập, máy tự đổi; hoặc mở ảnh trên máy tính rồi lưu thành "
                "JPEG",
            ),
        ),
        (
            png_bomb(),
            "PNG",
            (
                "hình có 60000 × 60000 điểm ảnh, mở ra làm treo máy",
                "xuất lại hình, cạnh dài nhất 4096 điểm ảnh",
            ),
        ),
        (as_bytes(photo((64, 48)), "JPEG")[:900], "JPEG", CUT_OFF),
        (as_bytes(photo((64, 48)), "PNG")[:900], "PNG", CUT_OFF),
        (as_bytes(photo((64, 48)), "WEBP")[:300], "WebP", BROKEN),
        (b"\xff\xd8\xff\xe0 not a picture at all", "JPEG", BROKEN),
        (b"\x89PNG\r\n\x1a\n", "PNG", BROKEN),
    ],
    ids="empty html exe heic bomb cut-jpeg cut-png cut-webp no-jpeg no-png".split(),
)
def test_what_cannot_be_shown_is_refused(
    tmp_path: Path, data: bytes, format_name: str, refusal: tuple[str, str]
) -> None:
    found = inspect_bytes(tmp_path, data)
    assert (found.format, (found.refusal, found.fix)) == (format_name, refusal)


@pytest.mark.parametrize(
    ("exif", "private"),
    [
        (camera_exif(gps=True), ("gps",)),
        (camera_exif(serial=True), ("serial",)),
        (camera_exif(gps=True, serial=True), ("gps", "serial")),
        (camera_exif(), ()),
        (b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", ()),
    ],
    ids=["gps", "serial", "both", "harmless", "broken"],
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # by Pillow, while it writes the file
@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_metadata_that_gives_something_away_is_named(
    tmp_path: Path, pillow: str, exif: Image.Exif | bytes, private: tuple[str, ...]
) -> None:
    data = as_bytes(photo((64, 48)), pillow, exif=exif)
    assert inspect_bytes(tmp_path, data).private == private


def test_coordinates_in_xmp_and_in_text_are_named(tmp_path: Path) -> None:
    xmp = b'<x:xmpmeta exif:GPSLatitude="20,15N" aux:SerialNumber="1"/>'
    data = as_bytes(photo((64, 48)), "JPEG", xmp=xmp)
    assert inspect_bytes(tmp_path, data).private == ("gps", "serial")


@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("appended", "private"),
    [
        (b"\0\0\0\x18ftypmp42" + bytes(16), ("film",)),
        (b"MotionPhoto_Data\0\0\0\x18ftypmp42", ("film",)),
        (b"PK\x03\x04 a letter", ("appendix",)),
        (b"\0\0\0\xff\xff\r\n", ()),
    ],
    ids=["film", "samsung-film", "anything", "padding"],
)
def test_what_lies_behind_the_picture_is_named(
    tmp_path: Path, pillow: str, appended: bytes, private: tuple[str, ...]
) -> None:
    data = as_bytes(photo((64, 48)), pillow)
    found = inspect_bytes(tmp_path, data + appended)
    assert (found.refusal, found.width, found.private) == ("", 64, private)


def test_thumbnail_in_front_is_not_the_end_of_a_jpeg() -> None:
    thumbnail = as_bytes(photo((16, 12)), "JPEG")
    data = as_bytes(photo((64, 48)), "JPEG", restart_marker_blocks=1, comment=thumbnail)
    assert read_appendix(data, JPEG) == b""
    assert read_appendix(data + b"end", JPEG) == b"end"


@pytest.mark.parametrize(
    "filling", [b"\xff", b"\xff\x00", b"\xff\xd0", b"\xff\xe0\0\0", b"\xff\xe0\0\2"]
)
def test_end_of_a_hostile_jpeg_is_found_fast(filling: bytes) -> None:
    data = b"\xff\xd8" + filling * (2_000_000 // len(filling))
    start = time.process_time()
    assert read_appendix(data, JPEG) == b""
    assert time.process_time() - start < 2  # quadratic searching would take minutes


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("pillow", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
def test_damaged_picture_is_accepted_or_refused_with_a_remedy(tmp_path: Path, pillow: str) -> None:
    """Forty damages of each format, always the same ones; what is accepted can be published."""
    whole = as_bytes(photo((40, 30)), pillow)
    for seed in range(40):
        dice = random.Random(seed)
        data = bytearray(whole)
        for _ in range(dice.choice((1, 2, 8, 40))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        found = inspect_bytes(tmp_path, bytes(data[: dice.choice((len(data), seed * 20))]))
        assert bool(found.refusal) == bool(found.fix) == (found.width == 0), seed
        if not found.refusal and found.height <= 4096:
            assert encode(EncodeTask(tmp_path / "hinh.bin", ImageSettings()))


def test_picture_of_one_pixel_and_broken_camera_data_are_no_reason_to_refuse(
    tmp_path: Path,
) -> None:
    assert inspect_bytes(tmp_path, as_bytes(photo((1, 1)), "JPEG")).refusal == ""
    broken = b"Exif\0\0\xff\xff\xff\xff\0\0\0\x08" + b"GPS?" * 9
    found = inspect_bytes(tmp_path, as_bytes(photo((64, 48)), "JPEG", exif=broken))
    assert (found.refusal, found.turned, found.private) == ("", False, ("unreadable",))


@pytest.mark.parametrize("pillow", ["PNG", "WEBP", "GIF", "AVIF"])
def test_moving_pictures_are_told(tmp_path: Path, pillow: str) -> None:
    frames = [photo((32, 32), seed) for seed in (2, 3)]
    data = as_bytes(photo((32, 32)), pillow, save_all=True, append_images=frames)
    assert inspect_bytes(tmp_path, data).animated


@pytest.mark.parametrize("orientation", range(2, 9))
def test_size_and_fingerprint_are_those_of_the_upright_picture(
    tmp_path: Path, orientation: int
) -> None:
    upright = photo((90, 60))
    stored = orientations()[orientation](upright)
    straight = inspect(save(tmp_path / "a.png", upright))
    turned = inspect(save(tmp_path / "b.png", stored, exif=camera_exif(orientation=orientation)))
    assert turned.turned
    assert (turned.width, turned.height) == (90, 60)
    bits = int(turned.fingerprint, 16) ^ int(straight.fingerprint, 16)
    assert bits.bit_count() <= 2  # levels are rounded before the turn; 4 bits still count as equal


@pytest.mark.parametrize(
    "image",
    [
        photo((64, 48)).convert("CMYK"),
        photo((64, 48)).convert("L").convert("I;16"),
        photo((64, 48)).convert("LA"),
        photo((64, 48)).quantize(8),
        drawing((64, 48)).convert("1"),
    ],
    ids=lambda image: image.mode,
)
def test_unusual_pixels_are_accepted(tmp_path: Path, image: Image.Image) -> None:
    pillow = "JPEG" if image.mode == "CMYK" else "PNG"
    found = inspect_bytes(tmp_path, as_bytes(image, pillow))
    assert (found.refusal, found.width, found.height) == ("", 64, 48)


def test_even_picture_has_no_fingerprint(tmp_path: Path) -> None:
    assert inspect(save(tmp_path / "a.png", Image.new("RGB", (64, 48), "grey"))).fingerprint == ""


def test_second_inspection_decodes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [save(tmp_path / f"{n}.png", photo((64, 48), n)) for n in (1, 2)]
    memory = tmp_path / "cache/memory.json"
    first = inspect_files(files, memory)
    monkeypatch.setattr("portal.images.inspection_memory.run_limited", refuse_work)
    assert inspect_files(files, memory) == first
    assert [each.width for each in first[0].values()] == [64, 64]


def refuse_work(_function: object, tasks: list[Path], _limits: object) -> list[object]:
    assert tasks == []
    return []


def test_memory_is_forgotten_when_damaged_or_old_and_holds_no_lost_files(tmp_path: Path) -> None:
    file = save(tmp_path / "a.png", photo((64, 48)))
    memory = tmp_path / "memory.json"
    expected = inspect_files([file], memory)
    whole = json.loads(memory.read_text())
    for damage in (b"", b"[]", b'{"version": 0}', json.dumps({**whole, "version": "0"}).encode()):
        memory.write_bytes(damage)
        assert inspect_files([file], memory) == expected
        assert json.loads(memory.read_text()) == whole
    assert inspect_files([], memory) == ({}, None)
    assert json.loads(memory.read_text())["inspections"] == {}


def test_limits_become_a_reason_that_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = save(tmp_path / "a.png", photo((64, 48)))
    memory = tmp_path / "memory.json"
    for failure, reason in {
        Failure.TIMEOUT: "mở hình mất hơn 5 giây",
        Failure.MEMORY: "mở hình cần hơn 1000 MB bộ nhớ",
        Failure.CRASH: "hình hỏng, làm chương trình đọc hình dừng đột ngột",
    }.items():
        monkeypatch.setattr(
            "portal.images.inspection_memory.run_limited",
            lambda _, tasks, __, failure=failure: [(task, failure) for task in tasks],
        )
        found, _ = inspect_files([file], memory)
        assert found[file].refusal == reason
    assert not memory.exists()


def test_memory_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    file = save(tmp_path / "a.png", photo((64, 48)))
    found, error = inspect_files([file], file / "memory.json")
    assert found[file].format == "PNG"
    assert isinstance(error, OSError)


def test_sniffing_is_fast_on_hostile_heads() -> None:
    code = f"from portal.images.formats import sniff; print(sniff({b'<!DOCTYPE' * 455!r}).name)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=5)
    assert run.stdout == "không rõ loại\n"
    assert sniff(b"\xef\xbb\xbf <!-- a > b -->\n<svg>").name == "SVG"
