"""One picture file: its name, format, size and what it gives away.

Every remedy that says `make fix` is carried out by `portal.images.mending`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.images.formats import ALLOWED, GIF, PNG, SVG, Format
from portal.images.inspection import Inspection
from portal.source.naming import file_slug, is_reserved, reserved_name
from portal.source.problems import Problem

MAX_BYTES = 1_000_000
MAX_SVG_BYTES = 100_000  # sent to readers as it is
MAX_SIDE = 4096  # pixels
_SIDES = (2560, 2048, 1600, 1200)  # tried until the file is small enough; all show well at 1200
_READABLE_WIDTH = 720  # pixels; a phone's screen has so many across
MIN_PHOTO_WIDTH = 800  # pixels; sharp at 360 CSS pixels on a 2× phone
_SCREEN_RATIO = 1.75  # phones are at least 16:9; cameras take 4:3 and 3:2
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z]+")
_GIVEN_AWAY = {
    "gps": "tọa độ nơi chụp",
    "serial": "số máy của máy ảnh",
    "thumbnail": "ảnh thu nhỏ của bản chưa sửa",
    "unreadable": "thông tin máy ảnh không đọc được",
    "film": "đoạn phim máy tự ghi lúc bấm chụp",
    "appendix": "dữ liệu lạ nối sau hình",
}


@dataclass(frozen=True)
class ImageFile:
    """A picture in docs/ with what it holds; `path` is how problems name it."""

    file: Path
    path: str
    uri: str
    inspection: Inspection

    @property
    def suffix(self) -> str:
        """Return the suffix in lower case."""
        return self.file.suffix.lower()

    @property
    def kind(self) -> Format | None:
        """Return the format of the content when it is an allowed one."""
        return next((each for each in ALLOWED if each.name == self.inspection.format), None)


def check_name(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for a name that is not lower-case ASCII with hyphens."""
    if not _NAME.fullmatch(image.file.name):
        message = f"tên tệp '{image.file.name}' có dấu, chữ hoa, khoảng trắng hoặc ký tự lạ"
        fix = f"chạy make fix, hoặc đổi tên thành {proper_name(image.file.name)}"
        yield Problem(image.path, 1, message, fix)
    elif is_reserved(image.file.name):
        fix = f"chạy make fix, hoặc đổi tên thành {proper_name(image.file.name)}"
        yield reserved_name(image.path, fix)


def proper_name(name: str, suffix: str | None = None) -> str:
    """Return a file's name as it must be: a slug and a lower-case suffix."""
    stem, dot, own = name.rpartition(".")
    return file_slug(stem if dot else name, "hinh") + (suffix or f".{own.lower()}")


def check_format(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for what cannot be shown, moves, or is not what its suffix says."""
    found = image.inspection
    kind = image.kind
    if found.refusal:
        yield Problem(image.path, 1, found.refusal, found.fix)
    elif kind and image.suffix not in kind.suffixes:
        message = f"tên là {image.suffix} nhưng bên trong là {kind.name}"
        name = proper_name(image.file.name, kind.suffixes[0])
        yield Problem(image.path, 1, message, f"chạy make fix, hoặc đổi tên thành {name}")
    if found.animated:
        message = "hình động làm người đọc rối và tốn mạng"
        yield Problem(image.path, 1, message, "lưu một khung hình thành PNG hoặc JPEG")


def check_size(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for too many bytes or pixels, or a photo with too few."""
    found, size = image.inspection, image.file.stat().st_size
    if found.format == SVG.name:
        if size > MAX_SVG_BYTES:
            message = f"SVG nặng {size // 1000} KB, nhiều nhất {MAX_SVG_BYTES // 1000} KB"
            yield Problem(image.path, 1, message, "bớt nét vẽ, hoặc xuất ra PNG")
    elif size > MAX_BYTES and can_be_made_smaller(found):
        message = f"hình nặng {size / 1_000_000:.1f} MB, nhiều nhất 1 MB".replace(".", ",")
        yield Problem(image.path, 1, message, "chạy make fix để thu nhỏ")
    if max(found.width, found.height) > MAX_SIDE and found.format != SVG.name:
        message = f"hình {found.width} × {found.height} điểm ảnh, mỗi cạnh nhiều nhất {MAX_SIDE}"
        cut = "cắt thành nhiều hình, mỗi hình một màn hình; thu nhỏ cả dải thì chữ không đọc được"
        fix = "chạy make fix để thu nhỏ" if can_be_made_smaller(found) else cut
        yield Problem(image.path, 1, message, fix)
    if 0 < found.width < MIN_PHOTO_WIDTH and _is_photo(found):
        message = f"ảnh chụp chỉ rộng {found.width} điểm ảnh, cần ít nhất {MIN_PHOTO_WIDTH}"
        yield Problem(image.path, 1, message, "lấy ảnh gốc từ máy chụp, chưa gửi qua Zalo")


def can_be_made_smaller(found: Inspection) -> bool:
    """Return whether a picture has a size within the limits at which its words can be read."""
    return any(readable_sizes(found.width, found.height))


def readable_sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes to try for a file, largest first: its own, then smaller ones.

    A long strip of a screen is not made narrower than a phone's screen has pixels.
    """
    longest = max(width, height)
    if longest <= MAX_SIDE:
        yield width, height
    sides = (MAX_SIDE, *_SIDES) if height > 2 * width else _SIDES
    for side in (side for side in sides if side < longest):
        scaled = max(1, round(width * side / longest)), max(1, round(height * side / longest))
        if scaled[0] >= min(width, _READABLE_WIDTH):
            yield scaled


def _is_photo(found: Inspection) -> bool:
    """Return whether a camera took it, as far as format and shape tell."""
    return found.format not in (PNG.name, GIF.name, SVG.name) and not is_screen(found)


def is_screen(found: Inspection) -> bool:
    """Return whether it has the upright shape of a phone's screen."""
    return found.format != SVG.name and found.height >= _SCREEN_RATIO * max(found.width, 1)


def check_privacy(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for each thing that a photo gives away besides what it shows."""
    if image.inspection.private:
        names = ", ".join(_GIVEN_AWAY[each] for each in image.inspection.private)
        message = f"hình mang theo {names}; ai tải về cũng đọc được"
        yield Problem(image.path, 1, message, "chạy make fix để xóa")


FileCheck = Callable[[ImageFile], Iterable[Problem]]
FILE_CHECKS: tuple[FileCheck, ...] = (check_name, check_format, check_size, check_privacy)
