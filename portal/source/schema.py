"""The fields of guides, stories and pages: one table that checks, scaffold and documentation read.

A `Field` says what an editor must know (label, help, an example to paste); `check_fields` holds a
page's front matter against such a table.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from portal.language.likeness import nearest
from portal.language.text import fold, format_day, slugify
from portal.language.web_address import is_web_address
from portal.source.problems import Problem
from portal.source.yaml_source import Ambiguous

MAX_SUMMARY = 160  # characters; what a share preview and a search result show without cutting
DEFAULT_REVIEW_MONTHS = 6  # style.vi.md §11
SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Kind(StrEnum):
    """What sort of value a field takes."""

    TEXT = "text"
    ADDRESS = "address"
    DATE = "date"
    MONTHS = "months"
    TOPIC = "topic"
    SLUG = "slug"
    TAGS = "tags"
    FACTS = "facts"
    PEOPLE = "people"


_BLANKS = {  # what must be filled in
    Kind.ADDRESS: "https://…",
    Kind.DATE: "NĂM-THÁNG-NGÀY",
    Kind.TOPIC: "MÃ",
    Kind.SLUG: "TÊN-NGẮN",
    Kind.FACTS: "[MÃ]",
}


@dataclass(frozen=True)
class Field:
    """One field: `label` and `help` for editors in Vietnamese, `example` as YAML to paste."""

    name: str
    kind: Kind
    label: str
    help: str
    example: str
    required: bool = True
    max_length: int | None = None
    default: object = None
    fields: tuple[Field, ...] = ()

    @property
    def line(self) -> str:
        """Return the field as YAML to fill in: what stands there is refused until it is."""
        if self.kind is Kind.TEXT:
            return f'{self.name}: "[Viết: {self.help}]"'
        return f"{self.name}: {_BLANKS.get(self.kind, self.example)}"


_TITLE = Field(
    "title", Kind.TEXT, "Tên bài", "Bắt đầu bằng động từ, không quá 8 tiếng nếu được.",
    "Kích hoạt tài khoản VNeID", max_length=120,
)  # fmt: skip
_SUMMARY = Field(
    "summary", Kind.TEXT, "Tóm tắt", "Một câu hiện khi chia sẻ và khi tìm kiếm.",
    "Làm một lần trên điện thoại, khoảng bốn bước.", max_length=MAX_SUMMARY,
)  # fmt: skip
_SOURCES = Field(
    "sources", Kind.FACTS, "Nguồn", "Mã dữ kiện trong data/facts.yml, hoặc tên + url + ngày.",
    "[F1.14, F1.15]",
    fields=(
        Field("name", Kind.TEXT, "Tên nguồn", "Nơi đăng.", "Báo Ninh Bình"),
        Field("url", Kind.ADDRESS, "Địa chỉ", "Bắt đầu bằng https://", "https://…"),
        Field("date", Kind.DATE, "Ngày", "Ngày của nguồn.", "2024-09-08"),
    ),
)  # fmt: skip
_SHORTLINK = Field(
    "shortlink", Kind.SLUG, "Đường dẫn ngắn", "Chữ thường không dấu, đọc được qua điện thoại.",
    "kich-hoat", max_length=30,
)  # fmt: skip
_TAGS = Field(
    "tags", Kind.TAGS, "Từ khóa", "Chữ bà con hay dùng để gọi việc này.", "[VNeID, kích hoạt]",
    required=False,
)  # fmt: skip
_REVIEWED = Field(
    "reviewed", Kind.DATE, "Ngày kiểm tra", "Ngày đối chiếu bài với dữ kiện.", "2026-11-24"
)

GUIDE_FIELDS: tuple[Field, ...] = (
    _TITLE,
    _SUMMARY,
    Field("topic", Kind.TOPIC, "Chủ đề", "Một mã trong data/topics.yml.", "dinh-danh"),
    Field(
        "audience", Kind.TEXT, "Dành cho ai", "Một câu, in ở đầu bài.",
        "Người đã làm định danh mức 2 tại Công an.", max_length=160,
    ),
    _REVIEWED,
    Field(
        "review_in", Kind.MONTHS, "Kiểm tra lại sau (tháng)", "Từ 1 đến 24.", "6",
        required=False, default=DEFAULT_REVIEW_MONTHS,
    ),
    Field("owner", Kind.TEXT, "Người phụ trách", "Nhóm hoặc vai trò.", "ban-bien-tap",
          max_length=60),
    _SOURCES,
    _SHORTLINK,
    _TAGS,
)  # fmt: skip

STORY_FIELDS: tuple[Field, ...] = (
    _TITLE,
    _SUMMARY,
    Field("team", Kind.TEXT, "Tổ", "Tên tổ.", "Tổ công nghệ số cộng đồng thôn Lạc Hiền"),
    Field("place_then", Kind.TEXT, "Nơi, lúc đó", "Tên gọi khi câu chuyện diễn ra.",
          "thôn Lạc Hiền, xã Yên Hòa, huyện Yên Mô (cũ)"),
    Field("place_now", Kind.TEXT, "Nơi, bây giờ", "Tên đơn vị sau ngày 1/7/2025.", "xã Yên Mô"),
    Field("published", Kind.DATE, "Ngày đăng", "Ngày đăng trên trang này.", "2026-11-24"),
    Field(
        "people", Kind.PEOPLE, "Người được nhắc tên", "Vai trò, lời lấy từ đâu, sự đồng ý.",
        "[]", required=False, default=(),
        fields=(
            Field("role", Kind.TEXT, "Vai trò", "Chức vụ hoặc vai trò.", "Phó Chủ tịch UBND xã"),
            Field("name", Kind.TEXT, "Tên", "Chỉ khi có consent.", "Nguyễn Văn A", required=False),
            Field("words_from", Kind.TEXT, "Lời lấy từ", "Mã nguồn trong data/facts.yml.", "S00"),
            Field("consent", Kind.TEXT, "Sự đồng ý", "Ai đồng ý, bằng cách nào, ngày nào.",
                  "phát biểu theo chức vụ, báo đã đăng ngày 8/9/2024", required=False),
        ),
    ),
    _SOURCES,
    Field("shortlink", Kind.SLUG, _SHORTLINK.label, _SHORTLINK.help, "lac-hien",
          required=False, max_length=30),
    _TAGS,
)  # fmt: skip

PAGE_FIELDS: tuple[Field, ...] = (
    _TITLE,
    _SUMMARY,
    Field("reviewed", Kind.DATE, _REVIEWED.label, _REVIEWED.help, "2026-11-24", required=False),
    Field("sources", Kind.FACTS, _SOURCES.label, _SOURCES.help, "[F12.04]",
          required=False, fields=_SOURCES.fields),
    Field("shortlink", Kind.SLUG, _SHORTLINK.label, _SHORTLINK.help, "gioi-thieu",
          required=False, max_length=30),
    _TAGS,
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """What fields may refer to, and the day "today" is for dates in the future.

    None stands for what nobody knows since its data file is damaged.
    """

    topics: tuple[str, ...] | None = ()
    facts: Mapping[str, str] | None = dataclass_field(default_factory=dict)
    topic_titles: Mapping[str, str] = dataclass_field(default_factory=dict)  # folded → id
    sources: tuple[str, ...] | None = ()
    today: datetime.date = datetime.date.max


@dataclass(frozen=True)
class Finding:
    """What is wrong with one value: message and remedy, and the sub-field it is about, if any."""

    message: str
    fix: str
    part: str = ""


def check_fields(
    fields: tuple[Field, ...],
    meta: Mapping[str, object],
    lines: Mapping[str, int],
    path: str,
    vocabulary: Vocabulary,
) -> list[Problem]:
    """Return what is missing, unknown, misspelt or wrong in a page's front matter."""
    problems = [
        Problem(path, _line(lines, f"{name}.{finding.part}"), finding.message, finding.fix)
        for name in meta
        for finding in _check_field(fields, name, meta, vocabulary)
    ]
    meant = {_nearest_field(fields, name) for name in meta}  # one that is misspelt is not missing
    for field in fields:
        if field.required and field.name not in meant:
            message = f"thiếu trường '{field.name}' ({field.label})"
            problems.append(
                Problem(path, 1, message, f"thêm vào phần đầu trang rồi điền:  {field.line}")
            )
    return problems


def _line(lines: Mapping[str, int], name: str) -> int:
    """Return the line of the innermost part of "people.0.name" that is known."""
    while name and name not in lines:
        name = name.rpartition(".")[0]
    return lines.get(name, 1)


def _check_field(
    fields: tuple[Field, ...], name: str, values: Mapping[str, object], vocabulary: Vocabulary
) -> Iterator[Finding]:
    field = next((field for field in fields if field.name == name), None)
    value = values[name]
    if field is None:
        yield _unknown_field(fields, name, values)
    elif value is None or value in ("", []):
        if field.required:
            yield Finding(f"trường '{name}' ({field.label}) để trống", f"điền vào:  {field.line}")
    else:
        yield from _CHECKS[field.kind](field, value, vocabulary)


def _unknown_field(fields: tuple[Field, ...], name: str, values: Mapping[str, object]) -> Finding:
    near = _nearest_field(fields, name)
    if not near:
        others = ", ".join(field.name for field in fields if field.name not in values)
        fix = f"xóa trường '{name}'" + (f", hoặc đổi thành một trong: {others}" if others else "")
        return Finding(f"không có trường '{name}'", fix)
    if name != near and name.strip(" \u00a0\u200b") == near:
        written = json.dumps(values[name], ensure_ascii=False, default=str)
        message = f"sau tên trường '{near}' có dấu cách lạ, máy không nhận ra"
        return Finding(message, f"{near}: {written}")
    is_there = near in values  # a field twice would be the next error
    rename = f"đổi '{name}:' thành '{near}:'"
    fix = f"xóa trường '{name}', bài đã có '{near}'" if is_there else rename
    return Finding(f"không có trường '{name}'; tên gần nhất là '{near}'", fix)


def _nearest_field(fields: tuple[Field, ...], name: str) -> str:
    """Return the field that a name means, "" for none."""
    names = [field.name for field in fields]
    return name if name in names else next(iter(nearest(name, names)), "")


def _check_text(field: Field, value: object, _: Vocabulary) -> Iterator[Finding]:
    if not isinstance(value, str) or isinstance(value, Ambiguous):
        written = ", ".join(map(str, value)) if isinstance(value, list) else _word(value)
        message = f"'{field.name}' phải là chữ, đang là {_type_name(value)}"
        yield Finding(message, f"{field.name}: {json.dumps(written, ensure_ascii=False)}")
    elif field.max_length and len(value) > field.max_length:
        message = f"'{field.name}' dài {len(value)} ký tự, nhiều nhất {field.max_length}"
        yield Finding(message, f"bớt ít nhất {len(value) - field.max_length} ký tự")


def _check_address(field: Field, value: object, _: Vocabulary) -> Iterator[Finding]:
    if not is_web_address(str(value)):
        message = f"'{field.name}' phải là địa chỉ https://, đang là {value}"
        yield Finding(message, field.line)


def _check_date(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Finding]:
    if type(value) is not datetime.date:
        yield Finding(f"'{field.name}' phải là ngày, đang là {value}", _date_fix(field, str(value)))
    elif value > vocabulary.today:
        fix = f"ghi đúng ngày đã làm, muộn nhất là hôm nay, {vocabulary.today.isoformat()}"
        yield Finding(f"'{field.name}' là ngày {format_day(value)}, sau hôm nay", fix)


def _date_fix(field: Field, value: str) -> str:
    digits = list(map(int, re.findall(r"\d+", value)))
    if len(digits) == 3 and re.fullmatch(r"[\d\W]*|(?:ngày)?[\s\d]+tháng[\s\d]+năm[\s\d]+", value):
        year, month, day = digits if digits[0] > 31 else reversed(digits)
        try:
            return f"{field.name}: {datetime.date(year, month, day).isoformat()}"
        except ValueError:
            return f"ngày {value} không có thật; ghi ngày thật, dạng năm-tháng-ngày"
    return f"viết ngày thật, dạng năm-tháng-ngày:  {field.line}"


def _check_months(field: Field, value: object, _: Vocabulary) -> Iterator[Finding]:
    if type(value) is not int or not 1 <= value <= 24:
        message = f"'{field.name}' phải là số tháng từ 1 đến 24, đang là {value}"
        written = re.fullmatch(r"0*(\d{1,2})(?: tháng)?", str(value).strip())
        is_clear = written and 1 <= int(written[1]) <= 24
        words = "ghi một số từ 1 đến 24, không có chữ và ngoặc kép"
        yield Finding(
            message, f"{field.name}: {int(written[1])}" if written and is_clear else words
        )


def _check_topic(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Finding]:
    topics = vocabulary.topics
    if topics is not None and value not in topics:
        titled = vocabulary.topic_titles.get(fold(str(value)))
        near = [titled] if titled else nearest(slugify(str(value)), topics)
        choice = f"chọn một: {', '.join(topics)}" if topics else "thêm chủ đề vào data/topics.yml"
        fix = f"{field.name}: {near[0]}" if near else choice
        yield Finding(f"không có chủ đề '{value}'", fix)


def _check_slug(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Finding]:
    yield from _check_text(field, value, vocabulary)
    if isinstance(value, str) and not re.fullmatch(SLUG_PATTERN, value):
        message = f"'{field.name}' chỉ được có chữ thường không dấu, số và gạch nối: {value}"
        yield Finding(message, f"{field.name}: {slugify(value) or field.example}")


def _check_tags(field: Field, value: object, _: Vocabulary) -> Iterator[Finding]:
    if not isinstance(value, list) or not all(map(_is_plain_text, value)):
        fix = _as_list(field, value, lambda tag: json.dumps(tag, ensure_ascii=False))
        yield Finding(f"'{field.name}' phải là danh sách chữ", fix)


def _as_list(field: Field, value: object, quote: Callable[[str], str]) -> str:
    """Return a field with its own values as a list, or its example when they are no words."""
    rows = value.split(",") if isinstance(value, str) else value
    if not isinstance(rows, list):
        rows = [] if isinstance(value, dict) else [value]
    words = [_word(row) for row in rows if row is not None and not isinstance(row, dict | list)]
    return f"{field.name}: [{', '.join(map(quote, words))}]" if words else field.line


def _is_plain_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Ambiguous)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _check_facts(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Finding]:
    if not isinstance(value, list):
        fix = _as_list(field, value, str)
        yield Finding(f"'{field.name}' phải là danh sách trong ngoặc vuông", fix)
        return
    merged = _with_points(value)
    if len(merged) < len(value):
        written = ", ".join(map(str, merged))
        message = "mã dữ kiện viết dấu phẩy thay cho dấu chấm"
        yield Finding(message, f"{field.name}: [{written}]")
        return
    for index, entry in enumerate(value):
        if isinstance(entry, dict):
            yield from _check_record(field, index, entry, vocabulary)
        else:
            yield from _check_fact(entry, str(index), vocabulary)


def _with_points(entries: list[object]) -> list[object]:
    """Return entries in which "F1" and the number after it, parted by a comma, are one."""
    merged = list[object]()
    for entry in entries:
        before = str(merged[-1]) if merged else ""
        if type(entry) is int and re.fullmatch(r"F\d+", before):
            merged[-1] = f"{before}.{entry:02}"
        else:
            merged.append(entry)
    return merged


def _check_fact(entry: object, part: str, vocabulary: Vocabulary) -> Iterator[Finding]:
    if vocabulary.facts is None:
        return
    confidence = vocabulary.facts.get(str(entry))
    if confidence is None:
        near = nearest(str(entry), vocabulary.facts, 3)
        search = "tra mã đúng trong data/facts.yml"
        fix = f"dùng mã có trong data/facts.yml, gần nhất: {', '.join(near)}" if near else search
        yield Finding(f"không có dữ kiện '{entry}'", fix, part)
    elif confidence == "low":
        message = f"dữ kiện {entry} có độ chắc 'low', không được in"
        yield Finding(message, f"bỏ {entry} và bỏ câu dựa vào nó", part)


def _check_record(
    field: Field, index: int, entry: dict[str, object], vocabulary: Vocabulary
) -> Iterator[Finding]:
    for name in entry:
        for finding in _check_field(field.fields, name, entry, vocabulary):
            yield Finding(finding.message, finding.fix, f"{index}.{name}")
    for part in field.fields:
        if part.required and part.name not in entry:
            message = f"mục {index + 1} của '{field.name}' thiếu '{part.name}' ({part.label})"
            yield Finding(message, f"thêm rồi điền:  {part.line}", str(index))


def _check_people(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Finding]:
    if not isinstance(value, list) or not all(isinstance(person, dict) for person in value):
        yield Finding(
            f"'{field.name}' phải là danh sách, mỗi người có role và words_from", "people: []"
        )
        return
    for index, person in enumerate(value):
        yield from _check_record(field, index, person, vocabulary)
        yield from _check_person(index, person, vocabulary)


def _check_person(
    index: int, person: dict[str, object], vocabulary: Vocabulary
) -> Iterator[Finding]:
    if person.get("name") and not person.get("consent"):
        message = f"nêu tên {person['name']} mà không ghi 'consent' (sự đồng ý)"
        yield Finding(message, "thêm consent, hoặc bỏ name và chỉ ghi vai trò", f"{index}.name")
    source, known = person.get("words_from"), vocabulary.sources
    if isinstance(source, str) and known is not None and source not in known:
        message = f"'words_from' nêu nguồn {source} không có trong data/facts.yml"
        near = nearest(source, known)
        fix = f"words_from: {near[0]}" if near else "tra mã nguồn đúng trong data/facts.yml"
        yield Finding(message, fix, f"{index}.words_from")


def _type_name(value: object) -> str:
    names: dict[type, str] = {
        bool: "đúng/sai",
        Ambiguous: "đúng/sai",
        int: "số",
        float: "số",
        datetime.date: "ngày",
        list: "danh sách",
        dict: "nhóm trường",
    }
    return names.get(type(value), "kiểu khác")


_Check = Callable[[Field, object, Vocabulary], Iterator[Finding]]
_CHECKS: Mapping[Kind, _Check] = {
    Kind.TEXT: _check_text,
    Kind.ADDRESS: _check_address,
    Kind.DATE: _check_date,
    Kind.MONTHS: _check_months,
    Kind.TOPIC: _check_topic,
    Kind.SLUG: _check_slug,
    Kind.TAGS: _check_tags,
    Kind.FACTS: _check_facts,
    Kind.PEOPLE: _check_people,
}
