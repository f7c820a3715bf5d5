"""Rows of topics.yml, glossary.yml and learning-paths.yml that cannot be meant as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import GLOSSARY, TOPICS, write

from portal.checks import check_library
from portal.library.library import load_library

TERM = "  - {id: sms, prefer: tin nhắn, def: Tin ngắn.}\n"
PATHS = """\
paths:
  - {id: buoi-1, title: Một, summary: A, aim: B, minutes: 50, arrival_minutes: 5, break_minutes: 5,
     check_minutes: 10, prepare: [a], questions: [QUESTIONS], lessons: [{guide: GUIDE,
     minutes: 10, practice_minutes: 20, tasks: [a]}]}
""".replace(
    "QUESTIONS",
    ", ".join(
        f'{{ask: "a?", choices: [a, b, c], answer: {answer}, why: c, facts: [F1.14]}}'
        for answer in (1, 2, 3, 1, 2)
    ),
).replace("GUIDE", "guides/dinh-danh/kich-hoat.md")


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        (
            "topics.yml",
            TOPICS.replace("id: an-toan", "id: dinh-danh"),
            ["data/topics.yml:3: id 'dinh-danh' đã dùng ở dòng 2", "id: dinh-danh-2"],
        ),
        (
            "topics.yml",
            TOPICS.replace("icon: material/card", "icn: material/card"),
            [
                "data/topics.yml:2: không có trường 'icn'; tên gần nhất là 'icon'",
                "đổi 'icn:' thành 'icon:'",
            ],
        ),
        (
            "topics.yml",
            TOPICS.replace("title: Tránh lừa đảo", "title: [Tránh], wishes: [a]"),
            [
                "data/topics.yml:3: 'title' phải là chữ",
                'title: "…"',
                "data/topics.yml:3: 'wishes' phải là nhóm trường",
                'wishes: {tên: "…"}',
            ],
        ),
        (
            "glossary.yml",
            GLOSSARY + TERM + TERM.replace("prefer", "id_: x, abbr: SMS, prefer"),
            [
                "data/glossary.yml:4: 'abbr' phải là danh sách",
                'abbr: ["…"]',
                "data/glossary.yml:4: id 'sms' đã dùng ở dòng 3",
                "id: sms-2",
                "data/glossary.yml:4: không có trường 'id_'; tên gần nhất là 'id'",
                "đổi 'id_:' thành 'id:'",
            ],
        ),
        (
            "learning-paths.yml",
            PATHS + PATHS.removeprefix("paths:\n"),
            ["data/learning-paths.yml:5: id 'buoi-1' đã dùng ở dòng 2", "id: buoi-1-2"],
        ),
        (
            "learning-paths.yml",
            PATHS.replace("id: buoi-1", 'id: "../../Buổi 1"'),
            [
                "data/learning-paths.yml:2: id '../../Buổi 1' chỉ được có chữ thường không dấu, "
                "số và gạch nối",
                "id: buoi-1",
            ],
        ),
        ("learning-paths.yml", PATHS, []),
    ],
)
def test_row_is_named_with_a_remedy_and_nothing_else_is(
    project: Path, name: str, text: str, shown: list[str]
) -> None:
    write(project / "data" / name, text)
    found = [str(p).split("\n    Cách sửa: ") for p in check_library(load_library(project))]
    assert [part for problem in found for part in problem] == shown
