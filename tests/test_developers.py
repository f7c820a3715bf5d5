"""contributing/developers.md: each of its additions is made in a scratch copy, and works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.builds import SITE_FRONT
from support.node import urls_of
from support.project import BODY, NOON_TODAY, REPOSITORY, complete_project, write, write_project

ADDITIONS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data/additions.yml").read_text(encoding="utf-8")
)
CODE = ("portal", "desk", "engine", "scripts")
GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
LOUD = "GỌI NGAY CÔNG AN XÃ.\n"
TEAM = """\
id,name,place_then,commune_now,contact,since,fact
a,Tổ A,xóm A,xã A,Hỏi trưởng xóm.,2022-06,F12.23
"""
EVENT = """\
---
title: Buổi cài VNeID
summary: Tối thứ bảy, mang theo thẻ căn cước.
place: nhà văn hóa xóm Đình
published: 2026-11-20
---

Bà con đến từ 7 giờ tối.
"""
# Run in the copy, with its code: says what cannot be read off the built site.
PROBE = """\
import json, sys
sys.path.insert(0, "scripts")
import new_page
from desk import cms, data_guide
from mkdocs.commands.build import build
from mkdocs.config import load_config
from portal.checks import check_library
from portal.library.library import load_library
from pathlib import Path
from portal.source.problems import as_text

library = load_library(Path.cwd())
forms = cms.configuration(library, cms.EditorSettings(), "https://x.vn/")["collections"]
build(load_config("mkdocs.yml", strict=True))
print(json.dumps({
    "report": as_text(check_library(library)),
    "forms": {form["name"]: [field["name"] for field in form["fields"]]
              for form in forms if "name" in form},
    "columns": data_guide.render_fields(),
    "draft": new_page.draft_page(library, new_page.OTHERS["event"], "Phiên chợ số").text,
}))
"""


def rows_of_the_page() -> dict[str, list[str]]:
    """Return the paths, or patterns of paths, that each row of the table names."""
    text = (REPOSITORY / "contributing/developers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|`]+) \| ([^|]+) \|$", text.partition("|---|")[2], re.MULTILINE)
    return {name: re.findall(r"`/?([^`]*/[^`]*|CODEOWNERS)`", files) for name, files in rows}


def edit(file: Path, change: dict[str, str]) -> None:
    """Make one change: lines put below or in place of others, at the end, or a new file."""
    if not file.exists():
        write(file, change["text"])
        return
    text = file.read_text(encoding="utf-8")
    old = change.get("below", "") or change.get("instead", "")
    assert text.count(old) == 1 or not old, f"{file}: {old!r}"
    new = change.get("below", "") + change["text"]
    write(file, text.replace(old, new) if old else text + new)


class Copy:
    """A scratch copy with all additions, its built site and what its code says."""

    def __init__(self, root: Path) -> None:
        self.site = root / "site"
        complete_project(write_project(root))
        caches = shutil.ignore_patterns("__pycache__")
        for name in CODE:
            shutil.copytree(REPOSITORY / name, root / name, ignore=caches, dirs_exist_ok=True)
        shutil.copy(REPOSITORY / "CODEOWNERS", root)
        for files in ADDITIONS.values():
            for path, changes in files.items():
                for change in changes if isinstance(changes, list) else [changes]:
                    edit(root / path, change)
        fields = SITE_FRONT.replace("reviewed:", "minutes: 10\nreviewed:")
        write(root / GUIDE, f"{fields}{BODY}\n{LOUD}")
        write(root / "docs/events/cai-vneid.md", EVENT)
        write(root / "data/teams.csv", TEAM)
        settings = {"PYTHONPATH": str(root), "BROTLI_QUALITY": "0", "SOURCE_DATE_EPOCH": NOON_TODAY}
        done = subprocess.run(
            [sys.executable, "-c", PROBE],
            cwd=root, env={**os.environ, **settings}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        self.said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])

    def read(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8")

    @property
    def found(self) -> dict[str, float]:
        """Return the weight in search of each page, by address."""
        leads = json.loads(self.read("search/index.json"))
        weights = map(float, leads["weights"].split("\n"))
        return dict(zip(urls_of(leads), weights, strict=True))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


def test_the_page_names_the_files_of_each_addition() -> None:
    rows = rows_of_the_page()
    assert list(rows) == list(ADDITIONS)
    for name, files in ADDITIONS.items():
        assert len(files) <= 3, name
        for path in files:
            assert [each for each in rows[name] if fnmatchcase(path, each)], (name, path)
        unused = [each for each in rows[name] if not any(fnmatchcase(path, each) for path in files)]
        assert unused == [], name


def test_a_field_is_printed_and_in_the_form(copy: Copy) -> None:
    guide = copy.read("guides/dinh-danh/kich-hoat/index.html")
    assert '<p class="minutes">Mất 10 phút.</p>' in guide
    assert "minutes" in copy.said["forms"]["guides-dinh-danh"]


def test_a_check_is_run_and_its_case_is_what_it_says(copy: Copy) -> None:
    (case,) = yaml.safe_load(ADDITIONS["a check"]["tests/cases/shouting.yml"]["text"])
    assert case["extra"] == LOUD
    said = re.sub(r"\.md:\d+:", ".md:LINE:", copy.said["report"])
    assert re.sub(r"\.md:\d+:", ".md:LINE:", case["problems"]).splitlines()[1:] == [
        line for line in said.splitlines() if "viết hoa hết" in line or "Gọi ngay" in line
    ]


def test_a_topic_has_its_page_its_form_and_its_owner(copy: Copy) -> None:
    assert "<h1>Chợ quê</h1>" in copy.read("guides/cho-que/index.html")
    assert "guides-cho-que" in copy.said["forms"]
    assert copy.found["guides/cho-que/"] == 0.95


def test_a_column_is_read_and_described(copy: Copy) -> None:
    assert (
        "| `since` | Từ bao giờ (không bắt buộc). Tháng lập tổ. | `2022-06` |"
        in (copy.said["columns"])
    )
    assert "data/teams.csv" not in copy.said["report"]


def test_a_page_from_a_data_file_is_printed_found_and_listed(copy: Copy) -> None:
    assert "<li>Chợ Rồng: ngày 2, ngày 7</li>" in copy.read("cho/index.html")
    assert copy.found["cho/"] == 0.95
    assert "/cho/</loc>" in copy.read("sitemap.xml")
    assert "### `data/markets.csv`" in copy.said["columns"]


def test_a_written_kind_is_shown_listed_found_told_and_edited(copy: Copy) -> None:
    page = copy.read("events/cai-vneid/index.html")
    assert "<p>Ở nhà văn hóa xóm Đình</p>" in page
    assert '<li><a href="../">Sự kiện</a></li>' in page
    assert '<a href="cai-vneid/">Buổi cài VNeID</a>' in copy.read("events/index.html")
    assert copy.found["events/cai-vneid/"] == 1.05
    assert "Sự kiện mới" in copy.read("co-gi-moi/index.html")
    assert "/events/cai-vneid/</link>" in copy.read("rss.xml")
    assert copy.said["forms"]["events"] == [
        "title", "summary", "place", "published", "tags", "body"
    ]  # fmt: skip
    assert "place: " in copy.said["draft"]


def test_a_card_is_drawn_anew(copy: Copy) -> None:
    assert 'property="og:image"' in copy.read("index.html")
    assert '"Cho cả nhà"' in (copy.site.parent / "portal/site/sharing.py").read_text()


def test_a_rule_of_ranking_reaches_phones(copy: Copy) -> None:
    (script,) = copy.site.glob("assets/*/search/ranking.js")
    assert re.search(r"\blead: ?1\.75\b", script.read_text(encoding="utf-8"))
