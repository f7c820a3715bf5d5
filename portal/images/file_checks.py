"""Checks of one picture file: name, format, size and private metadata.

Whatever the build puts right by itself (capitals in a name, a wrong suffix, weight, a turned
photo) is no error. Every remedy that says `make fix` is carried out by `portal.images.mending`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.images.formats import ALLOWED, LOSSLESS, SVG, TIFF, Format
from portal.images.inspection import Inspection
from portal.source.naming import file_slug, is_reserved, reserved_name
from portal.source.problems import Problem, Severity

MAX_BYTES = 1_000_000  # what `make fix` and the commit hook leave of a photo
HEAVY_BYTES = 2_000_000  # git keeps every version for ever
MAX_SVG_BYTES = 100_000  # published unchanged
MAX_SIDE = 4096  # pixels
_SIDES = (
    2560,
    2048,
    1600,
    1200,
)  # tried until the file is small enough; published widths end at 1200
_READABLE_WIDTH = 720  # pixels; the width of a phone's screen
MIN_PHOTO_WIDTH = 800  # pixels; sharp at 360 CSS pixels on a 2× phone
_SCREEN_RATIO = 1.75  # phones are at least 16:9; cameras take 4:3 and 3:2
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z]+", re.IGNORECASE | re.ASCII)
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
    """A picture in docs/ with its inspection; `path` is its path in problems."""

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
        """Return the format of the content if it is allowed, else None."""
        return next((each for each in ALLOWED if each.name == self.inspection.format), None)


def check_name(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for a name of other signs than ASCII letters, digits, "-" and "_"."""
    if not _NAME.fullmatch(image.file.name):
        message = f"tên tệp '{image.file.name}' có dấu, khoảng trắng hoặc ký tự lạ"
        fix = f"chạy make fix, hoặc đổi tên thành {proper_name(image.file.name)}"
        yield Problem(image.path, 1, message, fix)
    elif is_reserved(image.file.name):
        fix = f"chạy make fix, hoặc đổi tên thành {proper_name(image.file.name)}"
        yield reserved_name(image.path, fix)


def proper_name(name: str, suffix: str | None = None) -> str:
    """Return the valid name of a file: a slug and a lower-case suffix."""
    stem, dot, own = name.rpartition(".")
    return file_slug(stem if dot else name, "hinh") + (suffix or f".{own.lower()}")


def check_format(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for what cannot be shown, or moves; suffixes are not looked at."""
    found = image.inspection
    if found.refusal:
        yield Problem(image.path, 1, found.refusal, found.fix)
    if found.animated and found.format == TIFF.name:
        message = "tệp TIFF có nhiều trang, trên web chỉ hiện được một"
        yield Problem(image.path, 1, message, "lưu mỗi trang thành một tệp PNG hay JPEG")
    elif found.animated:
        message = "hình động làm người đọc rối và tốn mạng"
        yield Problem(image.path, 1, message, "lưu một khung hình thành PNG hoặc JPEG")


def check_size(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for what cannot be made to fit, advice for what is heavy in git."""
    found, size = image.inspection, image.file.stat().st_size
    if found.format == SVG.name:
        if size > MAX_SVG_BYTES:
            message = f"SVG nặng {size // 1000} KB, nhiều nhất {MAX_SVG_BYTES // 1000} KB"
            yield Problem(image.path, 1, message, "bớt nét vẽ, hoặc xuất ra PNG")
    elif size > HEAVY_BYTES and can_be_made_smaller(found):
        megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
        message = f"hình nặng {megabytes} MB, kho giữ mãi cả bản nặng này"
        fix = "chạy make fix trước khi ghi; chạy make hooks một lần thì lần ghi nào máy cũng tự làm"
        yield Problem(image.path, 1, message, fix, Severity.ADVICE)
    too_long = max(found.width, found.height) > MAX_SIDE and found.format != SVG.name
    if too_long and not can_be_made_smaller(found):
        message = f"hình {found.width} × {found.height} điểm ảnh, mỗi cạnh nhiều nhất {MAX_SIDE}"
        fix = "cắt thành nhiều hình, mỗi hình một màn hình; thu nhỏ cả dải thì chữ không đọc được"
        yield Problem(image.path, 1, message, fix)
    if 0 < found.width < MIN_PHOTO_WIDTH and _is_photo(found):
        message = f"ảnh chụp chỉ rộng {found.width} điểm ảnh, cần ít nhất {MIN_PHOTO_WIDTH}"
        yield Problem(image.path, 1, message, "lấy ảnh gốc từ máy chụp, chưa gửi qua Zalo")


def can_be_made_smaller(found: Inspection) -> bool:
    """Return whether a size within the limits leaves a picture's text readable."""
    return any(readable_sizes(found.width, found.height))


def readable_sizes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes to try for a file, largest first: its own, then smaller ones.

    A long screenshot is not made narrower than a phone's screen.
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
    """Return whether this is probably a photo, by format and aspect ratio."""
    is_drawn = found.format in (SVG.name, *(each.name for each in LOSSLESS))
    return not is_drawn and not is_screen(found)


def is_screen(found: Inspection) -> bool:
    """Return whether a size has the aspect ratio of an upright phone screen."""
    return found.format != SVG.name and found.height >= _SCREEN_RATIO * max(found.width, 1)


def check_privacy(image: ImageFile) -> Iterator[Problem]:
    """Yield an error for each kind of private data in a photo's file."""
    if image.inspection.private:
        names = ", ".join(_GIVEN_AWAY[each] for each in image.inspection.private)
        message = f"hình mang theo {names}; ai tải về cũng đọc được"
        yield Problem(image.path, 1, message, "chạy make fix để xóa")


FileCheck = Callable[[ImageFile], Iterable[Problem]]
FILE_CHECKS: tuple[FileCheck, ...] = (check_name, check_format, check_size, check_privacy)
