"""Pictures for tests: small, reproducible, and wrong in one way each."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

Size = tuple[int, int]


def photo(size: Size = (900, 600), seed: int = 1) -> Image.Image:
    """Return coloured patches of every size, the fainter the finer: what photos are made of."""
    dice = random.Random(seed)
    image = Image.new("RGB", size, "grey")
    for cells, strength in ((6, 0.5), (24, 0.3), (96, 0.15)):
        data = dice.randbytes(cells * cells * 3)
        patches = Image.frombytes("RGB", (cells, cells), data)
        image = Image.blend(image, patches.resize(size, Image.Resampling.BICUBIC), strength)
    return image


def drawing(size: Size = (900, 600)) -> Image.Image:
    """Return two even areas: what encoders find in a screenshot."""
    image = Image.new("RGB", size, "white")
    image.paste("#0b4f47", (0, 0, size[0] // 3, size[1] // 2))
    return image


def as_bytes(image: Image.Image, pillow: str, **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, pillow, **options)
    return stream.getvalue()


def save(file: Path, image: Image.Image, **options: object) -> Path:
    """Save under a name whose suffix tells the format."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, **options)
    return file


def camera_exif(*, gps: bool = False, serial: bool = False, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    exif[0x0112] = orientation
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (20.0, 15.0, 0.0)
    if serial:
        exif.get_ifd(0x8769)[0xA431] = "SN-12345"
    return exif


def png(
    size: Size, depth: int, colour_type: int, rows: list[bytes], *extra: tuple[bytes, bytes]
) -> bytes:
    """Return a PNG of these samples, with (kind, data) of other chunks before the pixels."""
    head = struct.pack(">IIBBBBB", *size, depth, colour_type, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = ((b"IHDR", head), *extra, (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Return a few hundred bytes that claim 3.6 thousand million pixels."""
    return png((width, height), 8, 2, [bytes(1000)])


def swapped_profile() -> bytes:
    """Return a colour profile under which the numbers of red mean another colour."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    data = bytearray(lab.tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def orientations() -> dict[int, Callable[[Image.Image], Image.Image]]:
    """Return EXIF orientation → how a camera that writes it has stored an upright picture."""
    turn = Image.Transpose
    return {
        2: lambda image: image.transpose(turn.FLIP_LEFT_RIGHT),
        3: lambda image: image.transpose(turn.ROTATE_180),
        4: lambda image: image.transpose(turn.FLIP_TOP_BOTTOM),
        5: lambda image: image.transpose(turn.TRANSPOSE),
        6: lambda image: image.transpose(turn.ROTATE_90),
        7: lambda image: image.transpose(turn.TRANSVERSE),
        8: lambda image: image.transpose(turn.ROTATE_270),
    }
