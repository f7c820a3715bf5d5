"""A remedy for a field is right, or it is none: pasted in place of its line, the field passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.cases import GUIDE, changed_front
from support.project import BODY, FRONT, write

from portal.checks import check_library
from portal.library.library import load_library
from portal.source.problems import errors

RIGHT = {  # a line as people write it → the line that is right
    "tags: [no, yes]": 'tags: ["no", "yes"]',
    "tags: [on]": 'tags: ["on"]',
    "tags: một, hai": 'tags: ["một", "hai"]',
    "title: Yes": 'title: "Yes"',
    "title: 5": 'title: "5"',
    "shortlink: no": 'shortlink: "no"',
    "shortlink: Kích hoạt": "shortlink: kich-hoat",
    'review_in: "3"': "review_in: 3",
    "review_in: 03": "review_in: 3",
    "review_in: 6 tháng": "review_in: 6",
    'reviewed: "2026-11-24"': "reviewed: 2026-11-24",
    "reviewed: 24/11/2026": "reviewed: 2026-11-24",
    "reviewed: 2026/11/24": "reviewed: 2026-11-24",
    "reviewed: ngày 24 tháng 11 năm 2026": "reviewed: 2026-11-24",
    "sources: F1.14, F12.03": "sources: [F1.14, F12.03]",
    "sources: [F1,14]": "sources: [F1.14]",
    "sources: [F12,03]": "sources: [F12.03]",
    "sources: (F1.14)": "sources: [F1.14]",
    "sources: F1.14; f12.03": "sources: [F1.14, F12.03]",
    "reviewed: 24/11/26": "reviewed: 2026-11-24",
    "topic: Định danh": "topic: dinh-danh",
    "audience\u00a0: Người lớn.": 'audience: "Người lớn."',
}
ASKED = {  # what only the writer knows → what is asked; pasted, it is refused again
    "sources: []": "điền vào:  sources: [MÃ]",
    "summary:": 'điền vào:  summary: "[Viết: Một câu hiện khi chia sẻ và khi tìm kiếm.]"',
    "reviewed: hôm nay": "viết ngày thật, dạng năm-tháng-ngày:  reviewed: NĂM-THÁNG-NGÀY",
    "reviewed: 31/11/2026": "ngày 31/11/2026 không có thật; ghi ngày thật, dạng năm-tháng-ngày",
    "review_in: sáu": "ghi một số từ 1 đến 24, không có chữ và ngoặc kép",
    "topic: nau-an": "chọn một: dinh-danh, an-toan",
}


def fix_of(project: Path, line: str) -> str:
    """Return the only remedy for a guide with a field written so, "" when nothing is wrong."""
    name, _, value = line.partition(":")
    field = name.strip("\u00a0")
    front = changed_front(FRONT, {field: value.strip() or '""'})
    write(project / GUIDE, front.replace(f"{field}:", f"{name}:", 1) + BODY)
    found = {problem.fix for problem in errors(check_library(load_library(project)))}
    assert len(found) < 2
    return found.pop() if found else ""


@pytest.mark.parametrize("line", RIGHT)
def test_a_remedy_is_right_and_passes_when_pasted(project: Path, line: str) -> None:
    assert fix_of(project, line) == RIGHT[line]
    assert fix_of(project, RIGHT[line]) == ""


@pytest.mark.parametrize("line", ASKED)
def test_what_only_the_writer_knows_is_asked(project: Path, line: str) -> None:
    fix = fix_of(project, line)
    assert fix == ASKED[line]
    pasted = fix.partition(":  ")[2]
    assert not pasted or fix_of(project, pasted)
