"""Consent of people in stories: those named, and those in photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.images.formats import SUFFIXES, SVG
from portal.language.text import UPPER_CASE
from portal.library.library import Library, Page
from portal.source.problems import Problem

_NAME = rf"[{UPPER_CASE}][^\W\d_]+"
# A title and the name after it.
_CALLED = re.compile(
    rf"\b(?:[ÔôBb]à|[Ôô]ng|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Ee]m|[Tt]hầy|[Đđ]ồng chí)\s+"
    rf"({_NAME}(?:\s+{_NAME})*)"
)
# A surname and at least two more names; two alone are as often a place (Hà Nam, Hoàng Long).
_SURNAMES = (
    "Bùi Cao Chu Doãn Dương Đàm Đào Đặng Đinh Đoàn Đỗ Hà Hoàng Hồ Huỳnh Khúc Kiều Lã Lại Lê Lương "
    "Lưu Lý Mai Nghiêm Ngô Nguyễn Phạm Phan Phí Phùng Quách Tạ Tăng Thái Tô Tống Trần Triệu Trịnh "
    "Trương Vi Võ Vũ Vương"
)
_FULL_NAME = re.compile(rf"\b((?:{'|'.join(_SURNAMES.split())})(?:\s+{_NAME}){{2,3}})")
_OF_PERSONS = ("Văn", "Thị")  # as a middle name never that of a commune
_NAMED_AFTER = re.compile(  # names of places and institutions, and historical persons
    r"\b(?:đường|phố|ngõ|ngách|trường|thpt|thcs|tiểu học|mầm non|cầu|chợ|công viên|quảng trường|"
    r"bệnh viện|đền|đình|chùa|bảo tàng|thư viện|giải|giải thưởng|quỹ|vua|anh hùng|liệt sĩ)\s+$"
)
_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|tỉnh|thành phố|tp\.?|thôn|xóm|làng|tổ)\s+$")
_NOBODY = frozenset(  # "Bác Hồ", "bà con Việt Nam"
    ("Hồ", "Hồ Chí Minh", "Việt", "Việt Nam", "Thái Bình Dương", "Hà Nam Ninh")
)
_ANSWERS = ("none", "consented")


def check_people(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each person named without consent, and for photos without an answer."""
    if not page.kind.tells_of_people or not page.file.lines:
        return
    people = page.meta.get("people")
    rows = [row for row in people if isinstance(row, dict)] if isinstance(people, list) else []
    agreed = {str(row["name"]) for row in rows if row.get("name")}
    seen = set[str]()
    for text, line in _texts(page):
        for start, written, name in _names_in(text):
            is_known = any(name in each or each in name for each in (*agreed, *seen))
            if not is_known and name not in _NOBODY:
                seen.add(name)
                message = f"bài nêu tên '{written}' mà trường people chưa ghi người ấy đồng ý"
                place = line or page.contents.line_at(start)
                yield Problem(page.path, place, message, _NAMED)
    yield from _check_photos(page)


def _texts(page: Page) -> Iterator[tuple[str, int]]:
    """Yield every text that may name somebody, and its line, 0 for the body."""
    for field in ("title", "summary"):
        yield str(page.meta.get(field) or ""), page.line_of(field)
    yield page.contents.said, 0
    for image in page.contents.images:
        yield image.title, image.line


def _names_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield start, words as written and name of everybody called by a title or by a full name."""
    for match in _CALLED.finditer(text):
        yield match.start(), match[0], " ".join(match[1].split())
    for match in _FULL_NAME.finditer(text):
        name = " ".join(match[1].split())
        before = text[: match.start()].lower()
        is_place = _PLACE.search(before) and name.split()[1] not in _OF_PERSONS
        if not is_place and not _NAMED_AFTER.search(before):
            yield match.start(), match[0], name


def _check_photos(page: Page) -> Iterator[Problem]:
    answer = page.meta.get("people_in_picture")
    photos = [
        image
        for image in page.contents.images
        if image.target.lower().endswith(tuple(set(SUFFIXES) - {f".{SVG.name.lower()}"}))
    ]
    if answer is not None and answer not in _ANSWERS:
        line = page.line_of("people_in_picture")
        message = f"'people_in_picture' ghi '{answer}', phải là none hoặc consented"
        yield Problem(page.path, line, message, _QUESTION)
    elif photos and answer is None:
        message = "bài có ảnh chụp mà chưa trả lời trong ảnh có ai"
        yield Problem(page.path, photos[0].line, message, _QUESTION)


_NAMED = "ghi người ấy vào people với đủ ba trường consent_…, hoặc thay tên bằng vai trò"
_QUESTION = (
    "không thấy mặt ai thì ghi  people_in_picture: none  ; mọi người trong ảnh đã đồng ý đăng "
    "thì ghi  people_in_picture: consented"
)
