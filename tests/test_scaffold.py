"""New pages: what a template holds, and where it goes."""

from pathlib import Path

import pytest
from support.project import FRONT, write

from desk.scaffold import (
    draft_page,
    draft_team_story,
    free_uri,
    propose_shortlink,
)
from portal.checks import check_library
from portal.checks.headings import SECTIONS
from portal.library import page_kinds
from portal.library.library import load_library
from portal.source.problems import Severity

GUIDE = """\
---
title: "Lấy lại \\"passcode\\": cách hỏi"
summary: "[Viết: Một câu hiện khi chia sẻ và khi tìm kiếm.]"
topic: "dinh-danh"
audience: "[Viết: Một câu, in ở đầu bài.]"
reviewed: 2026-11-24
review_in: 6
owner: "ban-bien-tap"
sources: []  # Mã dữ kiện trong data/facts.yml, hoặc tên + url + ngày.
shortlink: "lay-lai-passcode-cach"
tags: ["[Viết: Chữ bà con hay dùng để gọi việc này.]"]
---

## Cần có trước

- [Viết: thứ bà con phải có trong tay, 2 đến 5 dòng, ví dụ: thẻ căn cước]
"""


def test_guide_has_every_field_and_the_fixed_sections(project: Path) -> None:
    draft = draft_page(
        load_library(project), page_kinds.GUIDE, 'Lấy lại  "passcode": cách hỏi ', "dinh-danh"
    )
    assert draft.uri == "guides/dinh-danh/lay-lai-passcode-cach-hoi.md"
    assert draft.text.startswith(GUIDE)
    sections = [line[3:] for line in draft.text.splitlines() if line.startswith("## ")]
    assert sections == list(SECTIONS[1:])


def test_every_section_of_the_checks_has_advice() -> None:
    assert tuple(page_kinds.GUIDE.sections or ()) == SECTIONS


def test_guide_against_scams_begins_with_what_to_do_now(project: Path) -> None:
    draft = draft_page(load_library(project), page_kinds.GUIDE, "Chặn số lạ", "an-toan")
    assert draft.text.split("---\n")[2].startswith("\n## Làm ngay\n\n1. [Viết: ")


@pytest.mark.parametrize("kind", ["guide", "story", "team-story"])
def test_new_page_is_refused_only_for_what_is_not_yet_written(project: Path, kind: str) -> None:
    library = load_library(project)
    draft = {
        "guide": lambda: draft_page(library, page_kinds.GUIDE, "Đăng ký", "dinh-danh"),
        "story": lambda: draft_page(library, page_kinds.STORY, "Tổ xóm Đình"),
        "team-story": lambda: draft_team_story(library, "Tổ xóm Đình"),
    }[kind]()
    file = write(project / "docs" / draft.uri, draft.text)
    problems = check_library(load_library(project))
    found = [problem for problem in problems if problem.severity is Severity.ERROR]
    advised = [n for n, line in enumerate(draft.text.splitlines(), 1) if "[Viết: " in line]
    empty = [n for n, line in enumerate(draft.text.splitlines(), 1) if "sources: []" in line]
    assert {problem.path for problem in found} == {file.relative_to(project).as_posix()}
    assert sorted(problem.line for problem in found) == sorted([*advised, *empty])


def test_story_that_a_team_tells_names_its_form_as_source(project: Path) -> None:
    text = draft_team_story(load_library(project), "Tổ xóm Đình").text
    assert (
        'sources:\n  - name: "[Viết: Phiếu tự kể của tổ nào, ai giữ phiếu]"\n    date: 2026-11-24\n'
    ) in text
    assert "\nChuyện do tổ tự kể theo phiếu tám câu. Ban biên tập chỉ sửa chính tả.\n" in text


def test_letters_are_composed_and_tones_placed(project: Path) -> None:
    draft = draft_page(load_library(project), page_kinds.STORY, "Tổ Kho\u0301a, khoẻ")
    assert 'title: "Tổ Khóa, khỏe"' in draft.text


@pytest.mark.parametrize(
    ("title", "uri"),
    [
        ("Đăng ký ở Đình", "guides/dinh-danh/dang-ky-o-dinh.md"),
        ("Kích hoạt", "guides/dinh-danh/kich-hoat-2.md"),
        ("Index", "guides/dinh-danh/index-2.md"),
    ],
)
def test_place_of_a_new_page(project: Path, title: str, uri: str) -> None:
    assert free_uri(load_library(project), "guides/dinh-danh", title) == uri


@pytest.mark.parametrize(
    ("title", "shortlink"),
    [
        ("Đăng ký khám bệnh từ xa", "dang-ky-kham-benh"),
        ("Kích hoạt", "kich-hoat-3"),
        ("Số liệu", "so-lieu-2"),  # an address of the site
        ("Biên tập", "bien-tap-2"),
        ("Nghiêng nghiêng nghiêng nghiêng nghiêng", "nghieng-nghieng-nghieng"),
        ("x" * 50, "x" * 27),
    ],
)
def test_short_link_is_short_and_free(project: Path, title: str, shortlink: str) -> None:
    write(project / "docs/a.md", FRONT.replace("shortlink: kich-hoat", "shortlink: kich-hoat-2"))
    assert propose_shortlink(load_library(project), title) == shortlink
