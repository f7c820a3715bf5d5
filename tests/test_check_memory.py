"""What the checks found on a page is kept, and never longer than it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import BODY, FRONT, write

import portal.checks
import portal.checks.memory
from portal.checks import check_library
from portal.library import load_library
from portal.problems import Problem, errors

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
ADVICE = f"{GUIDE}:22: nên tránh 'chỉ cần'"


@pytest.fixture
def spoilt(project: Path) -> Path:
    write(project / GUIDE, FRONT + BODY.replace("Hỏi Công an xã.", "Bạn chỉ cần hỏi."))
    return project


def problems_of(project: Path) -> list[Problem]:
    return check_library(load_library(project), project / ".cache/checks")


def test_findings_are_the_same_from_memory_and_no_page_is_checked_again(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = problems_of(spoilt)
    assert [str(each).partition("\n")[0] for each in first] == [ADVICE]
    assert first == check_library(load_library(spoilt))
    monkeypatch.setattr(portal.checks, "PAGE_CHECKS", (refuse,))
    assert problems_of(spoilt) == first


def refuse(*_: object) -> None:
    raise AssertionError("checked again")


def test_changed_data_and_changed_pages_are_checked_again(spoilt: Path) -> None:
    problems_of(spoilt)
    file = spoilt / "data/wording.yml"
    write(file, file.read_text(encoding="utf-8").replace("chỉ cần", "hỏi"))
    assert [each.message for each in problems_of(spoilt)] == ["nên tránh 'hỏi'"]
    write(spoilt / GUIDE, FRONT + BODY.replace("Hỏi", "Nhờ"))
    assert problems_of(spoilt) == []


def test_several_processes_find_the_same(spoilt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.checks.memory, "_WORTH_FORKING", 1)
    assert [str(each).partition("\n")[0] for each in problems_of(spoilt)] == [ADVICE]


def test_a_link_is_checked_against_the_pages_of_today(project: Path) -> None:
    target = project / "docs/guides/dinh-danh/cai-dat.md"
    write(
        project / GUIDE, FRONT + BODY.replace("Hỏi Công an xã.", "Xem [bài](cai-dat.md#cac-buoc).")
    )
    write(target, FRONT.replace("kich-hoat", "cai-dat").replace("title: ", "title: Khác ") + BODY)
    assert problems_of(project) == []
    write(target, target.read_text(encoding="utf-8").replace("## Các bước", "## Làm ngay"))
    assert [each.message for each in errors(problems_of(project))] == [
        "không có mục '#cac-buoc' trong docs/guides/dinh-danh/cai-dat.md"
    ]
    target.unlink()
    assert [(each.path, each.line, each.message) for each in problems_of(project)] == [
        (GUIDE, 22, "đường dẫn 'cai-dat.md#cac-buoc' không tới trang nào")
    ]
