"""The checks of the pictures in docs/ and of their use in pages.

The Markdown of pictures is checked in `use_checks`.
"""

from __future__ import annotations

import os
import posixpath
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from portal.images.file_checks import FILE_CHECKS, ImageFile, proper_name
from portal.images.inspection_memory import inspect_files
from portal.images.usage import ImageUse, image_files, image_uses
from portal.images.use_checks import check_uses
from portal.library.library import Library
from portal.source.problems import Problem, Severity
from portal.system.files import leads_outside, printable

INSPECTIONS = ".cache/image-inspections.json"
_NEAR = 4  # differing bits of two 64-bit fingerprints; a photo saved again differs in 0 to 3
_PART_BITS = -(-64 // (_NEAR + 1))


def check_images(library: Library) -> list[Problem]:
    """Return every problem of the pictures in docs/ and of their use in pages."""
    images, problems = read_images(library.docs)
    uses = tuple(image_uses(library))
    for image in images:
        for check in FILE_CHECKS:
            problems += check(image)
    unseen = {posixpath.dirname(uri) for uri in library.unreadable - library.by_uri.keys()}
    problems += check_usage(images, uses, unseen)
    problems += check_duplicates(images)
    problems += check_spellings(images)
    problems += check_uses(uses, {image.uri: image for image in images})
    return sorted(problems)


def read_images(docs: Path) -> tuple[list[ImageFile], list[Problem]]:
    """Return the inspection of every picture in docs/, and the problems of those not opened."""
    root = docs.parent
    readable, problems = list[Path](), list[Problem]()
    for file in (file for file in image_files(docs) if str(file) == printable(str(file))):
        misplaced = _check_place(file, docs, file.relative_to(root).as_posix())
        if misplaced:
            problems.append(misplaced)
        else:
            readable.append(file)
    inspections, error = inspect_files(readable, root / INSPECTIONS)
    if error:
        message = f"không ghi được kết quả kiểm tra hình ({error.strerror}), lần sau phải kiểm lại"
        fix = "chmod -R u+rwX .cache; rm -rf .cache"  # derived
        problems.append(Problem(INSPECTIONS, 1, message, fix, Severity.ADVICE))
    images = [
        ImageFile(file, file.relative_to(root).as_posix(), file.relative_to(docs).as_posix(), found)
        for file, found in inspections.items()
    ]
    return images, problems


def _check_place(file: Path, docs: Path, path: str) -> Problem | None:
    if leads_outside(file, docs):
        message = "liên kết tượng trưng trỏ ra ngoài thư mục docs/"
        return Problem(path, 1, message, f"xóa {path}, chép hẳn tệp hình vào")
    if not file.is_file():
        return Problem(path, 1, "không phải tệp thường, không đọc được", f"xóa {path}")
    if not os.access(file, os.R_OK):
        return Problem(path, 1, "không có quyền đọc tệp", f"chmod u+r {shlex.quote(path)}")
    return None


def check_usage(
    images: Iterable[ImageFile], uses: Iterable[ImageUse], unseen: Set[str] = frozenset()
) -> Iterator[Problem]:
    """Yield advice for an unused picture, an error for one outside the folders of its pages.

    `unseen` are the folders within docs/ with invalid pages, which may use any picture.
    """
    users = defaultdict[str, list[ImageUse]](list)
    for use in uses:
        users[use.uri].append(use)
    for image in images:
        if posixpath.dirname(image.uri) in unseen:
            continue
        used_by = users[image.uri]
        folder = posixpath.dirname(image.path)
        if not used_by:
            message = "chưa trang nào dùng hình này, hình sẽ không được đăng"
            fix = f"chèn vào bài:  ![Mô tả hình]({image.file.name})  hoặc xóa tệp"
            yield Problem(image.path, 1, message, fix, Severity.ADVICE)
        elif all(posixpath.dirname(use.path) != folder for use in used_by):
            message = f"hình không nằm cạnh trang dùng nó ({used_by[0].path})"
            fix = f"chuyển tệp vào {posixpath.dirname(used_by[0].path)}/"
            yield Problem(image.path, 1, message, fix)


def check_duplicates(images: Iterable[ImageFile]) -> Iterator[Problem]:
    """Yield advice for each picture that looks like one before it.

    Two fingerprints that differ in at most `_NEAR` bits agree in one of `_NEAR + 1` parts, so only
    pictures that share a part are compared.
    """
    seen = defaultdict[tuple[int, int], list[tuple[int, ImageFile]]](list)
    drawings = dict[bytes, ImageFile]()
    for image in images:
        if image.file.suffix == ".svg":
            first = drawings.setdefault(_code_of(image), image)
            if first is not image:
                yield _same_picture(image, first)
        if not image.inspection.fingerprint:
            continue
        bits = int(image.inspection.fingerprint, 16)
        parts = _parts(bits)
        near = [
            other
            for part in parts
            for known, other in seen[part]
            if (bits ^ known).bit_count() <= _NEAR
        ]
        if near:
            yield _same_picture(image, near[0])
        for part in parts:
            seen[part].append((bits, image))


def check_spellings(images: Iterable[ImageFile]) -> Iterator[Problem]:
    """Yield an error for each name that only capitals tell from another: Windows keeps one."""
    first = dict[str, ImageFile]()
    for image in images:
        other = first.setdefault(image.uri.lower(), image)
        if other is not image:
            message = f"tên chỉ khác {other.file.name} ở chữ hoa, máy Windows chỉ giữ được một hình"
            name = f"{Path(proper_name(image.file.name)).stem}-2{image.suffix}"
            yield Problem(image.path, 1, message, f"chạy make fix, hoặc đổi tên thành {name}")


def _code_of(image: ImageFile) -> bytes:
    """Return a drawing's source without spaces, in place of a fingerprint."""
    return b"".join(image.file.read_bytes().split())


def _same_picture(image: ImageFile, first: ImageFile) -> Problem:
    message = f"hình giống hình {first.path}"
    return Problem(image.path, 1, message, "dùng chung một tệp, xóa tệp kia", Severity.ADVICE)


def _parts(bits: int) -> list[tuple[int, int]]:
    """Return the numbered parts of a fingerprint."""
    mask = (1 << _PART_BITS) - 1
    return [(n, bits >> n * _PART_BITS & mask) for n in range(_NEAR + 1)]
