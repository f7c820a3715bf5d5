"""People in a story: whoever is named has agreed, and whoever stands in a photo was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.images.formats import SUFFIXES, SVG
from portal.language.text import UPPER_CASE
from portal.library.library import Library, Page, PageKind
from portal.source.problems import Problem

_NAME = rf"[{UPPER_CASE}][^\W\d_]+"
# A title and the name after it; a surname and its name without a title may be a street or a place.
_CALLED = re.compile(
    rf"\b(?:[ÔôBb]à|[Ôô]ng|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ|[Ee]m|[Tt]hầy|[Đđ]ồng chí)\s+"
    rf"({_NAME}(?:\s+{_NAME})*)"
)
_NOBODY = frozenset(("Hồ", "Hồ Chí Minh", "Việt", "Việt Nam"))  # "Bác Hồ", "bà con Việt Nam"
_ANSWERS = ("none", "consented")


def check_people(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each person named without consent, and for a photo nobody answers for."""
    if page.kind is not PageKind.STORY or not page.file.lines:
        return
    people = page.meta.get("people")
    rows = [row for row in people if isinstance(row, dict)] if isinstance(people, list) else []
    agreed = {str(row["name"]) for row in rows if row.get("name")}
    said = page.contents.said
    seen = set[str]()
    for match in _CALLED.finditer(said):
        name = " ".join(match[1].split())
        is_known = any(name in each or each in name for each in agreed)
        if not is_known and name not in _NOBODY and name not in seen:
            seen.add(name)
            message = f"bài nêu tên '{match[0]}' mà trường people chưa ghi người ấy đồng ý"
            fix = "ghi người ấy vào people với đủ ba trường consent_…, hoặc thay tên bằng vai trò"
            yield Problem(page.path, page.contents.line_at(match.start()), message, fix)
    yield from _check_photos(page)


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


_QUESTION = (
    "không thấy mặt ai thì ghi  people_in_picture: none  ; mọi người trong ảnh đã đồng ý đăng "
    "thì ghi  people_in_picture: consented"
)
