"""Inspects a picture file; runs in a limited worker, which protects against hostile files."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PIL.ExifTags import IFD

from portal.images import formats
from portal.images.appendix import is_film, read_appendix
from portal.images.formats import PILLOW_FORMATS, SNIFFED_BYTES, Format, sniff
from portal.images.opening import open_picture
from portal.images.pixels import is_turned, to_scalable, to_srgb, upright, upright_size
from portal.images.svg import UnsafeSvgError, read_svg, svg_size
from portal.source.merge_conflicts import find_conflict
from portal.system.workers import Limits

MAX_DECODED_PIXELS = 50_000_000
# Seconds and memory for one file: 50 megapixels of RGBA take 200 MB, decoders up to twice that.
LIMITS = Limits(seconds=5, memory=1_000_000_000)
_MIN_CONTRAST = 8  # of 255 grey levels; below it a hash is noise

_SERIAL_TAGS = (0xA420, 0xA430, 0xA431, 0xA435, 0xC62F, 0x927C)  # Exif 3.0; 0x927C = MakerNote
_EMPTY_EXIF_BYTES = 32  # header and an empty directory: too short for private data
_THUMBNAIL_TAG = 0x0201
_PHOTOSHOP_THUMBNAILS = (0x0409, 0x040C)
_PRIVATE_TEXT = {
    "gps": (b"GPSLatitude", b"GPSCoordinates", b"geo:lat"),
    "serial": (b"SerialNumber", b"CameraOwnerName"),
    "thumbnail": (b"xmpGImg:image", b"xap:Thumbnails"),
}


@dataclass(frozen=True)
class Inspection:
    """The result of an inspection; `refusal` (Vietnamese, with `fix`) says why a file is invalid.

    `width` and `height` are in pixels, after rotation. `private` names the private data found:
    "gps", "serial", "thumbnail", "unreadable" in metadata, "film" and "appendix" behind the
    picture. `fingerprint` is a 64-bit difference hash in hexadecimal, "" for a picture without
    contrast.
    """

    format: str
    width: int = 0
    height: int = 0
    animated: bool = False
    turned: bool = False
    private: tuple[str, ...] = ()
    fingerprint: str = ""
    refusal: str = ""
    fix: str = ""


def inspect(file: Path) -> Inspection:
    """Return the inspection of a file; any defect becomes a `refusal`."""
    if file.suffix.lower() == ".svg" and (conflict := find_conflict(file.read_bytes(), file.name)):
        return _refuse(formats.SVG, conflict.message, conflict.fix)
    with file.open("rb") as stream:
        kind = sniff(stream.read(SNIFFED_BYTES))
    if kind is formats.SVG:
        return _inspect_svg(file.read_bytes())
    if kind in formats.ALLOWED:
        return _inspect_raster(file, kind)
    return _refuse(kind, *_reason_for(kind))


def _reason_for(kind: Format) -> tuple[str, str]:
    if kind is formats.HEIC:
        return (
            "ảnh HEIC của iPhone, nhiều máy không mở được",
            "thêm ảnh qua trang biên tập, máy tự đổi; hoặc mở ảnh trên máy tính rồi lưu thành JPEG",
        )
    if kind is formats.PROGRAM:
        return "bên trong là chương trình, không phải hình", "xóa tệp và báo người quản trị"
    return "bên trong không phải hình", "chép lại tệp hình từ máy gốc"


def _refuse(kind: Format, refusal: str, fix: str) -> Inspection:
    return Inspection(kind.name, refusal=refusal, fix=fix)


def _inspect_svg(data: bytes) -> Inspection:
    try:
        root = read_svg(data)
    except UnsafeSvgError as error:
        return _refuse(formats.SVG, error.message, error.fix)
    size = svg_size(root)
    if not size:
        fix = 'thêm vào thẻ <svg>  viewBox="0 0 RỘNG CAO"  với số đo thật của hình'
        return _refuse(formats.SVG, "SVG không ghi kích thước (viewBox)", fix)
    return Inspection(formats.SVG.name, round(size[0]), round(size[1]))


def _inspect_raster(file: Path, kind: Format) -> Inspection:
    warnings.simplefilter("ignore")  # about odd metadata, which is inspected below
    Image.MAX_IMAGE_PIXELS = None  # checked below, before decoding
    try:
        with open_picture(file, PILLOW_FORMATS) as image:
            if image.width * image.height > MAX_DECODED_PIXELS:
                message = f"hình có {image.width} × {image.height} điểm ảnh, mở ra làm treo máy"
                return _refuse(kind, message, "xuất lại hình, cạnh dài nhất 4096 điểm ảnh")
            return _describe(image, kind, _appended(file, kind))
    except MemoryError:
        raise
    except Exception as error:  # decoders raise any exception on damaged files
        cut_off = "truncated" in str(error) or isinstance(error, EOFError)
        message = "hình bị cụt, chép chưa xong" if cut_off else "hình hỏng, không mở được"
        return _refuse(kind, message, "chép lại tệp từ máy gốc")


def _appended(file: Path, kind: Format) -> tuple[str, ...]:
    """Return the name of a picture's appendix in `Inspection.private`."""
    appendix = read_appendix(file.read_bytes(), kind)
    return ("film" if is_film(appendix) else "appendix",) if appendix else ()


def _describe(image: Image.Image, kind: Format, appended: tuple[str, ...]) -> Inspection:
    width, height = upright_size(image)
    animated = bool(getattr(image, "is_animated", False)) and image.format != "MPO"
    turned = is_turned(image)
    image.draft("RGB", (max(1, width // 8), max(1, height // 8)))
    image.load()  # before metadata: reading it loads a PNG without reporting damage
    private = tuple(sorted({*_private_data(image), *appended}))
    if image.format == "MPO":  # its other pictures are there; they count as "thumbnail"
        private = tuple(each for each in private if each != "appendix")
    return Inspection(kind.name, width, height, animated, turned, private, _fingerprint(image))


def _private_data(image: Image.Image) -> tuple[str, ...]:
    texts = b"".join(_as_bytes(value) for value in image.info.values())
    found = {name for name, words in _PRIVATE_TEXT.items() if any(word in texts for word in words)}
    try:
        return tuple(sorted(found | set(_private_exif(image))))
    except Exception:  # a damaged directory raises any exception, and may hide anything
        return tuple(sorted(found | {"unreadable"}))


def _private_exif(image: Image.Image) -> Iterator[str]:
    exif = image.getexif()
    # Pillow raises for a damaged directory at the first access only; later it is empty.
    if not exif and len(image.info.get("exif") or b"") > _EMPTY_EXIF_BYTES:
        yield "unreadable"
    camera = exif.get_ifd(IFD.Exif)
    if exif.get_ifd(IFD.GPSInfo):
        yield "gps"
    if any(tag in camera or tag in exif for tag in _SERIAL_TAGS):
        yield "serial"
    photoshop = image.info.get("photoshop") or {}
    if (
        image.format == "MPO"
        or _THUMBNAIL_TAG in exif.get_ifd(IFD.IFD1)
        or any(key in photoshop for key in _PHOTOSHOP_THUMBNAILS)
    ):
        yield "thumbnail"


def _as_bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return value if isinstance(value, bytes) else b""


def _fingerprint(image: Image.Image) -> str:
    """Return a difference hash: each cell of a 9 × 8 grid against its right neighbour."""
    small = to_scalable(image).resize((72, 72), Image.Resampling.BOX)
    grid = to_srgb(upright(small)).convert("L").resize((9, 8), Image.Resampling.BOX)
    cells = grid.tobytes()
    pairs = [(cells[i], cells[i + 1]) for i in range(len(cells) - 1) if i % 9 != 8]
    bits = "".join("1" if left > right else "0" for left, right in pairs)
    return f"{int(bits, 2):016x}" if max(cells) - min(cells) >= _MIN_CONTRAST else ""
