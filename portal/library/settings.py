"""The operator's settings under `extra` of mkdocs.yml, validated by one table.

A missing or invalid setting has its default, so that readers of settings need no checks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from portal.language.likeness import nearest
from portal.library.feedback import FeedbackError, feedback_channel, suits_channel
from portal.library.image_settings import are_qualities, are_widths
from portal.source.problems import Problem
from portal.source.source_text import read_text
from portal.source.yaml_source import Ambiguous, YamlError, compose, values_of

CONFIG_FILE = "mkdocs.yml"
_GROUPS = ("operator", "feedback", "images", "editor")
_ENVIRONMENT_TAG = "!ENV"
Values = dict[str, Any]


class Setting(NamedTuple):
    """One setting: default, requirement in Vietnamese, validator, and a line to paste."""

    default: object
    must: str
    fits: Callable[[object], bool]
    example: str


class SettingFault(NamedTuple):
    """An invalid setting: its name, message and remedy."""

    name: str
    message: str
    fix: str


@dataclass(frozen=True)
class SiteSettings:
    """The settings of mkdocs.yml with the line of each ("extra.operator.name")."""

    values: Values = field(default_factory=lambda: read_values({})[0])
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, name: str, message: str, fix: str) -> Problem:
        """Return a problem at the line of a setting, or of its nearest parent present."""
        path = f"extra.{name}"
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return Problem(CONFIG_FILE, self.lines.get(path, 1), message, fix)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_contact(value: object) -> bool:
    kinds = ("tel", "email", "issue")
    return value == "" or (_is_text(value) and any(suits_channel(k, str(value)) for k in kinds))


def _is_quality(value: object) -> bool:
    return type(value) is int and 0 <= value <= 11


_QUOTED = "chữ trong ngoặc kép"
_PAGES = "danh sách các bài, mỗi dòng một tệp"
SETTINGS: Mapping[str, Setting] = {
    "operator.name": Setting("", _QUOTED, _is_text, 'name: "Tên đơn vị"'),
    "operator.official": Setting(False, "true hoặc false", _is_flag, "official: false"),
    "operator.contact": Setting(
        "", "số điện thoại, thư điện tử hay địa chỉ https:// trong ngoặc kép", _is_contact,
        'contact: "to@ten-mien.vn"',
    ),
    "feedback.channel": Setting("", _QUOTED, _is_text, 'channel: ""'),
    "feedback.to": Setting("", _QUOTED, _is_text, 'to: "0912 345 678"'),
    "images.widths": Setting(
        [480, 800, 1200], "các số từ 1 đến 4096", are_widths,
        "widths: [480, 800, 1200]",
    ),
    "images.quality": Setting(
        {}, "các số từ 1 đến 100 của avif, webp, jpeg", are_qualities,
        "quality: {avif: 50, webp: 70, jpeg: 74}",
    ),
    "home_urgent": Setting([], _PAGES, _are_texts, "- guides/an-toan/lo-chuyen-tien.md"),
    "home_common": Setting([], _PAGES, _are_texts, "- guides/dinh-danh/kich-hoat-vneid.md"),
    "home_figures": Setting([], "danh sách số liệu", _are_texts, "- so_lieu.so_to"),
    "preview": Setting(
        False, "true hoặc false", _is_flag, "ghi true hoặc false, cả ở biến PREVIEW"
    ),
    "brotli_quality": Setting(
        10, "số từ 0 đến 11", _is_quality, "ghi số từ 0 đến 11, cả ở biến BROTLI_QUALITY"
    ),
    "release": Setting(
        False, "true hoặc false", _is_flag, "ghi true hoặc false, cả ở biến RELEASE"
    ),
    "trial": Setting(False, "true hoặc false", _is_flag, "ghi true hoặc false, cả ở biến TRIAL"),
    "editor.backend": Setting("", _QUOTED, _is_text, "backend: github"),
    "editor.repo": Setting("", _QUOTED, _is_text, 'repo: "ten-nhom/ten-kho"'),
    "editor.branch": Setting("", _QUOTED, _is_text, "branch: bien-tap"),
    "editor.api_root": Setting("", _QUOTED, _is_text, 'api_root: ""'),
}  # fmt: skip


def load_settings(file: Path) -> tuple[SiteSettings, list[Problem]]:
    """Return the settings of a mkdocs.yml, defaults without the file, and the problems."""
    if not file.exists():
        return SiteSettings(), []
    text = read_text(file, CONFIG_FILE)
    if isinstance(text, Problem):
        return SiteSettings(), [text]
    try:
        extra, lines = _read_extra(text)
    except YamlError as error:
        return SiteSettings(), [Problem(CONFIG_FILE, error.line, error.message, error.fix)]
    values, findings = read_values(extra)
    settings = SiteSettings(values, lines)
    return settings, [settings.problem(*finding) for finding in findings]


def _read_extra(source: str) -> tuple[object, dict[str, int]]:
    """Return `extra`, with environment variables resolved as MkDocs does, and its lines."""
    node = compose(source)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    extra = next((value for key, value in pairs if key.value == "extra"), None)
    return values_of(_from_environment(extra), "extra") if extra else (None, {})


def _from_environment(node: yaml.Node) -> yaml.Node:
    """Return a node with each !ENV tag replaced by the variable's value or its default."""
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, _from_environment(value)) for key, value in node.value]
    if node.tag != _ENVIRONMENT_TAG:
        return node
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names, default = (nodes[:-1], nodes[-1]) if len(nodes) > 1 else (nodes, _null(node))
    for name in names:
        if name.value in os.environ:
            text = os.environ[name.value]
            resolver: Any = yaml.resolver.Resolver()
            tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
            return yaml.ScalarNode(tag, text, node.start_mark, node.end_mark)
    return default


def _null(node: yaml.Node) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:null", "", node.start_mark, node.end_mark)


def read_values(extra: object) -> tuple[Values, list[SettingFault]]:
    """Return every setting, by group, and the faults of those given."""
    findings = [*_check_names(extra, "", {name.partition(".")[0] for name in SETTINGS})]
    given = extra if isinstance(extra, Mapping) else {}
    values: Values = {group: {} for group in _GROUPS}
    for group in _GROUPS:
        known = {name.removeprefix(f"{group}.") for name in SETTINGS if name.startswith(group)}
        findings += _check_names(given.get(group), group, known)
    for name, setting in SETTINGS.items():
        group, _, key = name.rpartition(".")
        row = given.get(group) if group else given
        value = row.get(key) if isinstance(row, Mapping) else None
        if isinstance(value, Ambiguous) and setting.fits is _is_flag:
            value = value.lower() in ("true", "yes", "on", "y")
        findings += _check_value(name, setting, value)
        is_right = value is not None and setting.fits(value)
        (values[group] if group else values)[key] = value if is_right else setting.default
    findings += _check_feedback(values)
    return values, findings


def _check_value(name: str, setting: Setting, value: object) -> Iterator[SettingFault]:
    if value is not None and not setting.fits(value):
        message = f"extra.{name} phải là {setting.must}, đang là '{value}'"
        yield SettingFault(name, message, setting.example)


def _check_feedback(values: Values) -> Iterator[SettingFault]:
    """Yield the fault of an invalid feedback channel, and empty the channel."""
    try:
        feedback_channel(values["feedback"])
    except FeedbackError as error:
        values["feedback"] = {"channel": "", "to": ""}
        yield SettingFault(error.setting, f"extra.{error.message}", error.fix)


def _check_names(given: object, group: str, known: set[str]) -> Iterator[SettingFault]:
    """Yield a fault when a group is not a mapping, and for each unknown name in it."""
    path = f"extra.{group}" if group else "extra"
    if given is not None and not isinstance(given, Mapping):
        message = f"{path} phải là các dòng 'tên: giá trị' thụt vào, đang là '{given}'"
        yield SettingFault(
            group, message, f"{group or 'extra'}: rồi các dòng thụt vào hai dấu cách"
        )
        return
    for name in sorted(map(str, given or ())):
        if name not in known:
            near = nearest(name, known)
            fix = f"đổi '{name}:' thành '{near[0]}:'" if near else f"xóa '{name}:'"
            yield SettingFault(
                f"{group}.{name}".lstrip("."), f"{path} không có cài đặt '{name}'", fix
            )
