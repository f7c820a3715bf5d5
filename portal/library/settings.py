"""The operator's settings: `extra` of mkdocs.yml, described by fields as a data file is.

A missing or invalid setting has its default, so that readers of settings need no checks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.library.feedback import CHANNELS, feedback_faults, suits_channel
from portal.source.datafiles import UNKNOWN, Row, Table
from portal.source.problems import Problem
from portal.source.schema import Fault, Field, Kind, Vocabulary, locate

CONFIG_FILE = "mkdocs.yml"
EDITOR_BACKENDS = ("github", "gitlab", "gitea")
REVIEW_BRANCH = "bien-tap"
PROTECTED_BRANCHES = ("main", "master")
_VARIABLE = re.compile(r"!ENV \[(\w+)")
Values = dict[str, Any]


def _check_contact(value: str) -> Iterator[Fault]:
    if not any(suits_channel(kind, value) for kind in ("tel", "email", "issue")):
        message = f"'contact' phải là số điện thoại, thư điện tử hay địa chỉ https://: {value}"
        yield Fault(message, 'contact: ""')


def _check_repository(value: str) -> Iterator[Fault]:
    if "/" not in value:
        yield Fault(f"'repo' là '{value}', thiếu tên nhóm", f'repo: "ten-nhom/{value}"')


def _check_branch(value: str) -> Iterator[Fault]:
    if value in PROTECTED_BRANCHES:
        message = f"'branch' là '{value}', bài sẽ lên thẳng trang thật"
        yield Fault(message, f"branch: {REVIEW_BRANCH}")


def _check_api_root(value: str) -> Iterator[Fault]:
    if urlsplit(value).scheme != "https":
        yield Fault("'api_root' phải bắt đầu bằng https://", 'api_root: ""')


_Setting = partial(Field, required=False)
_text = partial(_Setting, kind=Kind.TEXT, default="")
_flag = partial(_Setting, kind=Kind.FLAG, example="false", default=False)
_group = partial(_Setting, kind=Kind.GROUP, example="{}")
_quality = partial(_Setting, kind=Kind.QUALITY, help="Từ 1 đến 100.")
EXTRA = _group(
    "extra", label="Cài đặt", help="Của người vận hành.",
    fields=(
        _group("operator", label="Người vận hành", help="Ai làm trang này.", fields=(
            _text("name", label="Tên", help="Tên đơn vị.", example='"Tổ công nghệ số"'),
            _flag("official", label="Chính thức", help="Cơ quan đã giao."),
            _text("contact", label="Liên hệ", help="Nơi báo chỗ sai.", example='""',
                  check=_check_contact),
        )),
        _group("feedback", label="Góp ý", help="Nơi nhận góp ý.", check=feedback_faults, fields=(
            _text("channel", label="Kênh", help="Cách gửi.", example='""', choices=CHANNELS),
            _text("to", label="Gửi đến", help="Số hay địa chỉ.", example='""'),
        )),
        _group("images", label="Hình", help="Hình được đăng.", fields=(
            _Setting("widths", Kind.PIXELS, "Bề ngang", "Điểm ảnh.", "[480, 800, 1200]",
                     default=[480, 800, 1200]),
            _group("quality", label="Chất lượng", help="Của mỗi kiểu tệp.", fields=(
                _quality("avif", label="AVIF", example="50", default=50),
                _quality("webp", label="WebP", example="70", default=70),
                _quality("jpeg", label="JPEG", example="74", default=74),
            )),
        )),
        _Setting("home_urgent", Kind.PAGES, "Đang gấp", "Mỗi dòng một tệp trong docs/.",
                 "[guides/an-toan/lo-chuyen-tien.md]", default=[]),
        _Setting("home_common", Kind.PAGES, "Việc hay cần", "Mỗi dòng một tệp trong docs/.",
                 "[guides/dinh-danh/kich-hoat-vneid.md]", default=[]),
        _Setting("home_figures", Kind.TEXTS, "Số liệu", "Viết như trong bài.",
                 "[so_lieu.so_to]", default=[]),
        _flag("preview", label="Xem thử", help="make serve đặt."),
        _Setting("brotli_quality", Kind.LEVEL, "Mức nén", "0 là không nén.", "10", default=10),
        _flag("release", label="Bản đăng", help="make release đặt."),
        _flag("trial", label="Bản thử", help="Bản xem trước đặt."),
        _group("editor", label="Trang biên tập", help="make cms đọc.", fields=(
            _text("backend", label="Máy chủ git", help="Một trong ba.", example="github",
                  choices=EDITOR_BACKENDS, default=EDITOR_BACKENDS[0]),
            _text("repo", label="Kho", help="Nhóm/kho.", example='"ten-nhom/ten-kho"',
                  check=_check_repository),
            _text("branch", label="Nhánh", help="Nơi nhận bài.", example=REVIEW_BRANCH,
                  default=REVIEW_BRANCH, check=_check_branch),
            _text("api_root", label="Máy chủ riêng", help="Địa chỉ API.", example='""',
                  check=_check_api_root),
        )),
    ),
)  # fmt: skip


SETTINGS = Table(CONFIG_FILE, (EXTRA,), is_optional=True, is_part=True)


@dataclass(frozen=True)
class SiteSettings:
    """The settings of mkdocs.yml with the line of each ("extra.operator.name")."""

    values: Values = field(default_factory=lambda: read_values({}))
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, name: str, message: str, fix: str) -> Problem:
        """Return a problem at the line of a setting, or of its nearest parent present."""
        return locate(Fault(message, fix, f"extra.{name}"), self.lines, CONFIG_FILE)


def load_settings(
    file: Path, vocabulary: Vocabulary = UNKNOWN
) -> tuple[SiteSettings, list[Problem]]:
    """Return the settings of a mkdocs.yml, defaults without the file, and the problems."""
    row, problems = SETTINGS.read(file, vocabulary)
    source = file.read_text(encoding="utf-8").split("\n") if row.lines and problems else []
    problems = [_of_variable(each, source[each.line - 1]) if source else each for each in problems]
    return SiteSettings(_values_of(row), row.lines), problems


def _of_variable(problem: Problem, line: str) -> Problem:
    """Return a problem whose remedy keeps the environment variable that its line reads."""
    name = match[1] if (match := _VARIABLE.search(line)) else ""
    if name not in os.environ:
        return problem
    message = f"{problem.message}; biến {name} đang ghi '{os.environ[name]}'"
    return replace(problem, message=message, fix=f"unset {name}")


def read_values(extra: object) -> Values:
    """Return every setting, by group, of `extra` as MkDocs reads it."""
    given = dict(extra) if isinstance(extra, Mapping) else extra
    return _values_of(SETTINGS.judge({EXTRA.name: given}, {})[0])


def _values_of(row: Row) -> Values:
    values = _filled(EXTRA, row.values.get(EXTRA.name), EXTRA.name, row.wrong)
    assert isinstance(values, dict)
    return values


def _filled(setting: Field, value: object, at: str, wrong: Container[str]) -> object:
    """Return a valid value, else the default; of a group each setting's."""
    if setting.kind is Kind.GROUP:
        given = value if isinstance(value, dict) else {}
        return {
            each.name: _filled(each, given.get(each.name), f"{at}.{each.name}", wrong)
            for each in setting.fields
        }
    return setting.default if value in (None, "", []) or at in wrong else value
