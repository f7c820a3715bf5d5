"""Checks of pictures in pages: they exist, lie beside the page, and have alt text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from portal.document.tree import Image, Link, Words, plain, walk
from portal.images.file_checks import ImageFile, is_screen, proper_name
from portal.images.formats import SUFFIXES, SVG
from portal.images.inspection import Inspection
from portal.images.usage import DECORATIVE, ELSEWHERE, ImageUse
from portal.language.likeness import nearest
from portal.language.text import fold
from portal.library.library import Library, Page
from portal.source.problems import Problem

ALT_LENGTH = range(5, 151)
_CAMERA_NAME = re.compile(r"(?:img|dsc|image|screenshot|photo|anh|hinh|z)[-_ ]?\d[\d_ -]*", re.I)
_BLURRED = re.compile(r"\bda (?:che|lam mo)\b(?!.*…)")  # "…" is a placeholder
_VAGUE_ALTS = frozenset(
    (
        *(
            "loi ta",
            "mo ta",
            "hinh",
            "anh",
            "hinh anh",
            "buc anh",
            "hinh minh hoa",
            "anh minh hoa",
            "minh hoa",
        ),
        *("man hinh", "anh man hinh", "anh chup man hinh", "chup man hinh", "anh chup"),
        *("image", "picture", "photo", "screenshot"),
    )
)


def check_forms(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for a picture in a link, a link to a picture, and a caption that is lost."""
    for node in page.document.walk():
        line = page.document.line(node)
        if isinstance(node, Link):
            if any(isinstance(child, Image) for child in walk(node.children)):
                message = "hình nằm trong đường dẫn; bấm vào hình là để xem hình lớn"
                fix = f"tách ra: hình một đoạn, rồi [chữ nói dẫn đến đâu]({node.target})"
                yield Problem(page.path, line, message, fix)
            elif _is_picture_file(node.target):
                message = f"đường dẫn tới tệp hình '{node.target}', tệp gốc không được đăng"
                text = plain(node.children).strip()
                yield Problem(page.path, line, message, f"![{text}]({node.target})")
        elif isinstance(node, Words):
            for image in node.children[:-1]:
                if isinstance(image, Image) and image.title:
                    message = "hình có chú thích phải đứng cuối đoạn, không thì mất chú thích"
                    line = page.document.line(image)
                    yield Problem(page.path, line, message, "thêm một dòng trống sau hình")


def _is_picture_file(target: str) -> bool:
    """Return whether a link's target is a picture of the site."""
    path = target.partition("#")[0].partition("?")[0].lower()
    return not ELSEWHERE.match(target) and path.endswith(tuple(SUFFIXES))


def check_uses(uses: Iterable[ImageUse], images: Mapping[str, ImageFile]) -> Iterator[Problem]:
    """Yield an error for each picture of a page that is missing or has no alt text."""
    for use in uses:
        image = images.get(use.uri)
        if image:
            yield from _check_screenshot(use, image.inspection)
        else:
            yield Problem(use.path, use.line, *_missing(use, images))
        yield from _check_alt(use)


def _missing(use: ImageUse, images: Mapping[str, ImageFile]) -> tuple[str, str]:
    message = f"không có hình '{use.target}'"
    if use.uri.startswith((".", "/")):
        return message, "chép tệp hình vào cạnh bài, chỉ ghi tên tệp"
    name = posixpath.basename(use.uri)
    folder = posixpath.dirname(use.uri)
    beside = [posixpath.basename(uri) for uri in images if posixpath.dirname(uri) == folder]
    near = nearest(proper_name(name), beside)
    if near:
        return message, f"![{use.alt}]({near[0]})"
    return message, f"chép tệp hình vào {posixpath.dirname(use.path)}/, hoặc xóa dòng này"


def _check_alt(use: ImageUse) -> Iterator[Problem]:
    """Yield the problems of a picture's alt text."""
    wrong = _wrong_alt(use)
    if wrong:
        yield Problem(use.path, use.line, *wrong)


def _wrong_alt(use: ImageUse) -> tuple[str, str] | None:
    example = f"tả điều thấy trong hình, dạng ![lời tả]({use.target})"
    if use.decorative:
        fix = f"![]({use.target}){{{DECORATIVE}}}"
        return ("hình trang trí mà vẫn có lời tả", fix) if use.alt else None
    if not use.alt:
        fix = f"{example}; chỉ để trang trí thì ![]({use.target}){{{DECORATIVE}}}"
        return "hình không có lời tả, người nghe máy đọc không biết là gì", fix
    if _is_file_name(use):
        return f"lời tả '{use.alt}' là tên tệp", example
    if fold(use.alt).strip(" .") in _VAGUE_ALTS:
        return f"lời tả '{use.alt}' không nói hình vẽ gì", example
    if len(use.alt) not in ALT_LENGTH:
        low, high = ALT_LENGTH[0], ALT_LENGTH[-1]
        return f"lời tả dài {len(use.alt)} ký tự, cần từ {low} đến {high}", example
    return None


def _is_file_name(use: ImageUse) -> bool:
    name = posixpath.basename(use.uri)
    return (
        use.alt in (name, posixpath.splitext(name)[0])
        or PurePosixPath(use.alt).suffix.lower() in SUFFIXES
        or bool(_CAMERA_NAME.fullmatch(use.alt))
    )


def _check_screenshot(use: ImageUse, found: Inspection) -> Iterator[Problem]:
    """Yield an error for a screenshot in a story that does not say what is blurred in it."""
    told = found.format != SVG.name and "man hinh" in fold(f"{use.alt} {use.title}")
    if use.in_story and (told or is_screen(found)) and not _BLURRED.search(fold(use.title)):
        message = "ảnh chụp màn hình trong câu chuyện chưa ghi đã che những gì"
        fix = f'![{use.alt}]({use.target} "Đã che: …")'
        yield Problem(use.path, use.line, message, fix)
