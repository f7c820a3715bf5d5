"""The fields of pages and data files, for checks, scaffolds and forms.

A `Field` has what an editor must know (label, help, an example to paste); `check_fields` validates
front matter, `find_faults` any values, against a list of fields.
"""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import count
from typing import Any

from portal.language.likeness import nearest
from portal.language.text import fold, format_day, slugify
from portal.language.web_address import is_web_address
from portal.source.address_faults import fault_of
from portal.source.problems import Problem, Severity
from portal.source.yaml_source import Ambiguous, find_cut_texts

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TEAM_FORM = "phiếu của tổ"  # the source of words that were never published
DRAFT = "[Viết: "  # begins a placeholder for an editor to fill in
_LINE_OF_TABLE = "dòng này"
_LINE_OF_FIRST = "{line}"
_FACT_ID = re.compile(r"\b[Ff](\d+)\s?[.,_-]\s?(\d+\w?)\b")
_PERIOD = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


@dataclass(frozen=True)
class Vocabulary:
    """The ids that fields may refer to, and today's date, which dates may not exceed.

    None means unknown, such as facts when their data file is invalid. `pages` are paths within
    docs/, those of invalid pages included.
    """

    topics: tuple[str, ...] | None = None
    topic_titles: Mapping[str, str] | None = None  # folded → id
    facts: Mapping[str, str] | None = None
    sources: tuple[str, ...] | None = None
    pages: frozenset[str] | None = None
    today: datetime.date = datetime.date.max


@dataclass(frozen=True)
class Fault:
    """An invalid value: message and remedy, and the sub-field that it is about, if any.

    `first` is the earlier duplicate, whose line replaces `_LINE_OF_FIRST` in the message.
    """

    message: str
    fix: str
    part: str = ""
    first: str = ""
    severity: Severity = Severity.ERROR


class Kind(StrEnum):
    """The type of a field's value."""

    TEXT = "text"
    ADDRESS = "address"
    DATE = "date"
    PERIOD = "period"  # a day, a month or a year
    MONTHS = "months"
    MINUTES = "minutes"
    ORDINAL = "ordinal"
    QUALITY = "quality"
    LEVEL = "level"  # of compression
    PIXELS = "pixels"  # a list of widths
    FLAG = "flag"
    TOPIC = "topic"
    SLUG = "slug"
    TEXTS = "texts"
    FACT = "fact"
    FACTS = "facts"  # ids of facts, or records of sources where the field has sub-fields
    SOURCE = "source"
    PAGE = "page"
    PAGES = "pages"
    PAIRS = "pairs"  # of texts, by name
    GROUP = "group"  # of the field's own fields
    RECORDS = "records"
    NAMED_RECORDS = "named_records"  # by name


_BLANKS = {  # placeholders of each kind
    Kind.ADDRESS: "https://…",
    Kind.DATE: "NĂM-THÁNG-NGÀY",
    Kind.PERIOD: "NĂM-THÁNG",
    Kind.MINUTES: "SỐ",
    Kind.ORDINAL: "SỐ",
    Kind.TOPIC: "MÃ",
    Kind.SLUG: "TÊN-NGẮN",
    Kind.FACT: "MÃ",
    Kind.FACTS: "[MÃ]",
    Kind.SOURCE: "MÃ",
    Kind.PAGE: "THƯ-MỤC/TỆP.md",
}
_OF_RECORDS = (Kind.RECORDS, Kind.NAMED_RECORDS)  # their `check` runs on each record
_FLAGS = {  # folded
    **dict.fromkeys("true yes on y 1 co dung".split(), "true"),
    **dict.fromkeys("false no off n 0 khong sai".split(), "false"),
}
_NUMBERS = {
    Kind.MONTHS: ("số tháng", 1, 24),
    Kind.MINUTES: ("số phút", 1, 240),
    Kind.ORDINAL: ("số thứ tự", 1, 6),
    Kind.QUALITY: ("số", 1, 100),
    Kind.LEVEL: ("số", 0, 11),
    Kind.PIXELS: ("các số", 1, 4096),
}


@dataclass(frozen=True)
class Field:
    """One field: `label` and `help` for editors in Vietnamese, `example` as YAML to paste.

    `counts` are the minimum and maximum entries of a list. `identity` names the sub-fields that are
    a record's unique key. `severity` is that of a missing page. `is_shown` says whether readers see
    the text, `is_quoted` whether it is in other people's words. A text that
    `is_long` has lines of its own. `check` yields the faults of a value of the right kind.
    """

    name: str
    kind: Kind
    label: str
    help: str
    example: str
    required: bool = True
    max_length: int | None = None
    default: object = None
    fields: tuple[Field, ...] = ()
    choices: tuple[str, ...] = ()
    counts: tuple[int, int] | None = None
    identity: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    is_shown: bool = True
    is_quoted: bool = False
    is_long: bool = False
    check: Callable[[Any], Iterator[Fault]] | None = None

    @property
    def entry(self) -> str:
        """Return the YAML template of a record in a list; without required ones, its first."""
        required = [part.line for part in self.fields if part.required]
        return "{" + ", ".join(required or [self.fields[0].line]) + "}"

    @property
    def line(self) -> str:
        """Return the YAML template of the field; placeholders left in it are errors."""
        if self.kind is Kind.TEXT:
            return f'{self.name}: "{DRAFT}{self.help}]"'
        if self.kind is Kind.TEXTS:
            return f'{self.name}: ["{DRAFT}{self.help}]"]'
        if self.kind is Kind.PAIRS:
            return f'{self.name}: {{MÃ: "{DRAFT}{self.help}]"}}'
        if self.kind is Kind.NAMED_RECORDS:
            return f"{self.name}: {{MÃ: {self.entry}}}"
        if self.kind is Kind.RECORDS and self.counts:
            return f"{self.name}: [{self.entry}]"
        return f"{self.name}: {_BLANKS.get(self.kind, self.example)}"


ID = Field("id", Kind.SLUG, "Mã", "Chữ thường không dấu, mỗi mục một mã.", "ten-ngan")
NOTE = Field("note", Kind.TEXT, "Ghi chú", "Cho người biên tập.", "Đã hỏi xã.", required=False,
             is_shown=False)  # fmt: skip
FACT = Field("fact", Kind.FACT, "Dữ kiện", "Mã trong data/facts.yml.", "F12.23")


def check_fields(
    fields: tuple[Field, ...],
    values: Mapping[str, object],
    lines: Mapping[str, int],
    path: str,
    vocabulary: Vocabulary,
) -> list[Problem]:
    """Return the missing, unknown, misspelt and invalid fields of a page's front matter."""
    found = find_faults(fields, values, vocabulary, "phần đầu trang")
    return [locate(each, lines, path) for each in found]


def find_lost_texts(fields: tuple[Field, ...], source: str, path: str) -> Iterator[Problem]:
    """Yield text of valid YAML lost as a comment: an error for text such as "#1", else advice."""
    names = set(_text_names(fields))
    for cut in find_cut_texts(source):
        if names.intersection(cut.path.split(".")):
            name = cut.path.rstrip(".0123456789").rpartition(".")[2]
            message = f"chữ từ dấu # trở đi ở '{name}' bị bỏ mất"
            severity = Severity.ERROR if cut.is_sure else Severity.ADVICE
            yield Problem(path, cut.line, message, cut.fix, severity)


def _text_names(fields: tuple[Field, ...]) -> Iterator[str]:
    """Yield the names of the fields of text, also within other fields."""
    for field in fields:
        if field.kind in (Kind.TEXT, Kind.TEXTS, Kind.PAIRS):
            yield field.name
        yield from _text_names(field.fields)


def locate(finding: Fault, lines: Mapping[str, int], path: str) -> Problem:
    """Return a fault as a problem; `lines` maps "title" or "people.0.name" to its line."""
    line = _line(lines, finding.part) if finding.part else 1
    message = finding.message.replace(_LINE_OF_FIRST, str(_line(lines, finding.first)))
    return Problem(path, line, message, finding.fix, finding.severity)


def find_unknown(fields: tuple[Field, ...], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (message, fix) for each unknown or misspelt column."""
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        yield f"cột '{name}' có hai lần", "xóa hoặc đổi tên một cột"
    for name in names:
        if near := _nearest_field(fields, name, names):
            fix = f"đổi tên cột '{name}' thành '{near}'"
            yield f"không có cột '{name}'; tên gần nhất là '{near}'", fix
        elif name not in [field.name for field in fields]:
            known = ", ".join(field.name for field in fields)
            yield f"không có cột '{name}'", f"dùng một trong các cột: {known}"
    if missing := [field.name for field in _missing_fields(fields, names)]:
        yield f"thiếu cột {', '.join(missing)}", f"thêm cột {', '.join(missing)}"


def _line(lines: Mapping[str, int], name: str) -> int:
    """Return the line of "people.0.name" or of the nearest parent that has one."""
    while name and name not in lines:
        name = name.rpartition(".")[0]
    return lines.get(name, 1)


def find_faults(
    fields: tuple[Field, ...],
    values: Mapping[str, object],
    vocabulary: Vocabulary,
    place: str = "tệp",
    owner: str = "",
) -> Iterator[Fault]:
    """Yield the faults of the fields of a page or file (`place`) or of an entry (`owner`)."""
    known = {field.name: field for field in fields}
    holder = "mục" if owner else "tệp" if place == "tệp" else "bài"
    for name, value in values.items():
        found = (
            _check_value(known[name], value, vocabulary)
            if name in known
            else _unknown_field(fields, name, values, holder)
        )
        yield from _within(name, found)
    for field in _missing_fields(fields, values):
        if owner:
            message = f"{owner} thiếu '{field.name}' ({field.label})"
            is_cell = owner == _LINE_OF_TABLE
            fix = f"ghi ô ở cột {field.name}" if is_cell else f"thêm rồi điền:  {field.line}"
            yield Fault(message, fix)
        else:
            message = f"thiếu trường '{field.name}' ({field.label})"
            yield Fault(message, f"thêm vào {place} rồi điền:  {field.line}")


def _within(name: str, findings: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults with their paths prefixed by the part's name."""
    for each in findings:
        first = f"{name}.{each.first}" if each.first else ""
        yield replace(each, part=f"{name}.{each.part}".removesuffix("."), first=first)


def _missing_fields(fields: tuple[Field, ...], names: Iterable[str]) -> list[Field]:
    """Return the required fields that are missing; a misspelt one is not missing."""
    given = list(names)
    missing = [field for field in fields if field.required and field.name not in given]
    meant = {_nearest_field(fields, name, given) for name in given} if missing else set()
    return [field for field in missing if field.name not in meant]


def _unknown_field(
    fields: tuple[Field, ...], name: str, values: Mapping[str, object], holder: str
) -> Iterator[Fault]:
    message = f"không có trường '{name}'"
    if (near := _nearest_field(fields, name)) and name.strip(" \u00a0\u200b") == near:
        written = json.dumps(values[name], ensure_ascii=False, default=str)
        message = f"sau tên trường '{near}' có dấu cách lạ, máy không nhận ra"
        yield Fault(message, f"{near}: {written}")
    elif near and near not in values:
        yield Fault(f"{message}; tên gần nhất là '{near}'", f"đổi '{name}:' thành '{near}:'")
    elif near:  # renaming would make a duplicate
        fix = f"xóa trường '{name}', {holder} đã có '{near}'"
        yield Fault(f"{message}; tên gần nhất là '{near}'", fix)
    else:
        others = ", ".join(field.name for field in fields if field.name not in values)
        fix = f"xóa trường '{name}'" + (f", hoặc đổi thành một trong: {others}" if others else "")
        yield Fault(message, fix)


def _nearest_field(fields: tuple[Field, ...], name: str, taken: Iterable[str] = ()) -> str:
    """Return the unused field nearest to an unknown name or label, else ""."""
    names = [field.name for field in fields]
    if name in names:
        return ""
    labels = {fold(field.label): field.name for field in fields}
    near = labels.get(fold(name)) or next(iter(nearest(name.lower(), names)), "")
    return "" if near in set(taken) else near


def _check_value(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if value is None or value == "" or (value == [] and field.kind is not Kind.RECORDS):
        if field.required:
            message = f"trường '{field.name}' ({field.label}) để trống"
            yield Fault(message, f"điền vào:  {field.line}")
        return
    found = list(_CHECKS[field.kind](field, value, vocabulary))
    yield from found
    if not found or field.kind in _OF_RECORDS:
        yield from _check_sound(field, value)


def _check_sound(field: Field, value: object) -> Iterator[Fault]:
    """Yield the other faults of a value that has its field's kind."""
    entries = value if isinstance(value, list) else [value]
    if field.counts and not field.counts[0] <= len(entries) <= field.counts[1]:
        need = " đến ".join(map(str, dict.fromkeys(field.counts)))
        message = f"'{field.name}' có {len(entries)} mục, cần {need}"
        yield Fault(message, f"thêm hoặc bớt mục trong {field.name}")
    for entry in entries if field.choices else ():
        if entry not in field.choices:
            yield _no_choice(field, str(entry))
    if field.check and field.kind not in _OF_RECORDS:
        yield from field.check(value)


def _no_choice(field: Field, value: str) -> Fault:
    choices = ", ".join(field.choices)
    near = nearest(value, field.choices)
    fix = f"{field.name}: {near[0]}" if near and field.kind is Kind.TEXT else f"chọn một: {choices}"
    return Fault(f"'{field.name}' ghi '{value}', phải là một trong: {choices}", fix)


def _check_text(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, str) or isinstance(value, Ambiguous):
        written = ", ".join(map(_word, value)) if isinstance(value, list) else _word(value)
        message = f"'{field.name}' phải là chữ, đang là {_type_name(value)}"
        quoted = f"{field.name}: {json.dumps(written, ensure_ascii=False)}"
        yield Fault(message, field.line if isinstance(value, dict) else quoted)
    elif field.max_length and not any(map(str.isalnum, value)):
        yield Fault(
            f"trường '{field.name}' ({field.label}) chưa có chữ", f"điền vào:  {field.line}"
        )
    elif field.max_length and len(value) > field.max_length:
        message = f"'{field.name}' dài {len(value)} ký tự, nhiều nhất {field.max_length}"
        yield Fault(message, f"bớt ít nhất {len(value) - field.max_length} ký tự")


def _check_address(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    if not is_web_address(str(value)):
        message = f"'{field.name}' phải là địa chỉ https://, đang là {value}"
        is_bare = "." in str(value) and is_web_address(f"https://{value}")
        yield Fault(message, f"{field.name}: https://{value}" if is_bare else field.line)
    elif wrong := fault_of(str(value)):
        message, right = wrong
        yield Fault(message, f"{field.name}: {right}" if "://" in right else right)


def _check_date(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if type(value) is not datetime.date:
        yield Fault(f"'{field.name}' phải là ngày, đang là {value}", _date_fix(field, str(value)))
    elif value > vocabulary.today:
        fix = f"ghi đúng ngày đã làm, muộn nhất là hôm nay, {vocabulary.today.isoformat()}"
        yield Fault(f"'{field.name}' là ngày {format_day(value)}, sau hôm nay", fix)


def _date_fix(field: Field, value: str) -> str:
    digits = list(map(int, re.findall(r"\d+", value)))[:3]  # the day of a timestamp
    if len(digits) == 3 and re.fullmatch(r"[\d\W]*|(?:ngày)?[\s\d]+tháng[\s\d]+năm[\s\d]+", value):
        year, month, day = digits if digits[0] > 31 else reversed(digits)
        year += 2000 if year < 100 else 0  # "24/11/26"
        try:
            return f"{field.name}: {datetime.date(year, month, day).isoformat()}"
        except ValueError:
            return f"ngày {value} không có thật; ghi ngày thật, dạng năm-tháng-ngày"
    return f"viết ngày thật, dạng năm-tháng-ngày:  {field.line}"


def _check_period(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    if not _is_period(str(value)):
        message = f"'{field.name}' phải là ngày, tháng hay năm có thật, đang là {value}"
        yield Fault(message, _period_fix(field, str(value)))


def _period_fix(field: Field, value: str) -> str:
    """Return the field with the period that "08/09/2024" or "9/2024" means, else words."""
    parts = [part.zfill(2) for part in reversed(re.findall(r"\d+", value))]
    period = "-".join(parts)
    is_written = re.fullmatch(r"(?:\d{1,2}[/.-]){1,2}\d{4}", value)
    if is_written and _is_period(period):
        return f'{field.name}: "{period}"'
    return "ghi ngày, tháng hay năm thật, dạng năm-tháng-ngày, năm-tháng, hoặc năm"


def _is_period(text: str) -> bool:
    """Return whether a text is a valid day, month or year."""
    if not _PERIOD.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _check_number(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    unit, low, high = _NUMBERS[field.kind]
    if type(value) is not int or not low <= value <= high:
        message = f"'{field.name}' phải là {unit} từ {low} đến {high}, đang là {value}"
        written = re.fullmatch(r"0*(\d{1,3})(?: (?:tháng|phút))?", str(value).strip())
        is_clear = written and low <= int(written[1]) <= high
        words = f"ghi một số từ {low} đến {high}, không có chữ và ngoặc kép"
        yield Fault(message, f"{field.name}: {int(written[1])}" if written and is_clear else words)


def _check_pixels(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    unit, low, high = _NUMBERS[field.kind]
    entries = value if isinstance(value, list) else [value]
    if (
        entries is not value
        or any(type(each) is not int for each in entries)
        or not (low <= min(entries) <= max(entries) <= high)
    ):
        yield Fault(f"'{field.name}' phải là {unit} từ {low} đến {high}", field.line)


def _check_flag(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, bool):
        meant = _FLAGS.get(fold(str(value)))
        fix = f"{field.name}: {meant}" if meant else "ghi true hoặc false"
        yield Fault(f"'{field.name}' phải là true hoặc false", fix)


def _check_topic(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    topics = vocabulary.topics
    if topics is not None and value not in topics:
        titled = (vocabulary.topic_titles or {}).get(fold(str(value)))
        near = [titled] if titled else nearest(slugify(str(value)), topics)
        choice = f"chọn một: {', '.join(topics)}" if topics else "thêm chủ đề vào data/topics.yml"
        fix = f"{field.name}: {near[0]}" if near else choice
        yield Fault(f"không có chủ đề '{value}'", fix)


def _check_slug(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    yield from _check_text(field, value, vocabulary)
    if isinstance(value, str) and not re.fullmatch(SLUG_PATTERN, value):
        message = f"'{field.name}' chỉ được có chữ thường không dấu, số và gạch nối: {value}"
        yield Fault(message, f"{field.name}: {slugify(value) or field.example}")


def _check_texts(field: Field, value: object, _: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(map(_is_text, value)):
        fix = _as_list(field, value, lambda tag: json.dumps(tag, ensure_ascii=False))
        yield Fault(f"'{field.name}' phải là danh sách chữ", fix)
    elif written := [text for text in value if not text.strip()]:
        message = f"'{field.name}' có {len(written)} mục để trống"
        kept = [text for text in value if text.strip()]
        yield Fault(message, _as_list(field, kept, partial(json.dumps, ensure_ascii=False)))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, Ambiguous)


def _as_list(field: Field, value: object, quote: Callable[[str], str]) -> str:
    """Return a field's line with its value as a list, or with its example."""
    rows = value.split(",") if isinstance(value, str) else value
    if not isinstance(rows, list):
        rows = [] if isinstance(value, dict) else [value]
    words = [_word(row) for row in rows if row is not None and not isinstance(row, list)]
    return f"{field.name}: [{', '.join(map(quote, words))}]" if words else field.line


def _word(value: object) -> str:
    """Return a value as it was written; a text with a colon was read as fields."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_word(each or '')}".strip() for name, each in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _check_facts(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, list):
        ids = _ids_in(value)
        fix = f"{field.name}: [{', '.join(ids)}]" if ids else _as_list(field, value, str)
        yield Fault(f"'{field.name}' phải là danh sách trong ngoặc vuông", fix)
        return
    merged = _with_points(value)
    if len(merged) < len(value):
        written = ", ".join(map(str, merged))
        message = "mã dữ kiện viết dấu phẩy thay cho dấu chấm"
        yield Fault(message, f"{field.name}: [{written}]")
        return
    for index, entry in enumerate(value):
        if isinstance(entry, dict) and field.fields:
            yield from _check_entry(field, index, entry, vocabulary)
        elif len(ids := _ids_in(entry)) > 1:
            message = f"hai mã dữ kiện viết dính nhau: '{entry}'"
            yield Fault(message, f"cách nhau bằng dấu phẩy:  {', '.join(ids)}", str(index))
        else:
            yield from _within(str(index), _check_fact(field, entry, vocabulary))


def _with_points(entries: list[object]) -> list[object]:
    """Return entries with fact ids rejoined that were split at a comma ("F1", "02")."""
    merged = list[object]()
    for entry in entries:
        before = str(merged[-1]) if merged else ""
        if type(entry) is int and re.fullmatch(r"F\d+", before):
            merged[-1] = f"{before}.{entry:02}"
        else:
            merged.append(entry)
    return merged


def _ids_in(value: object) -> list[str]:
    """Return the ids of facts in a text that holds nothing else but signs, else none."""
    ids = _FACT_ID.findall(str(value))
    is_all = isinstance(value, str) and not re.search(r"\w", _FACT_ID.sub("", value))
    return [f"F{topic}.{number}" for topic, number in ids] if is_all else []


def _check_fact(_: Field, entry: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if vocabulary.facts is None:
        return
    confidence = vocabulary.facts.get(str(entry))
    if confidence is None:
        near = [id for id in _ids_in(entry) if id in vocabulary.facts]
        near = near or nearest(str(entry), vocabulary.facts, 3)
        use = f"dùng mã có trong data/facts.yml, gần nhất: {', '.join(near)}"
        fix = use if near else "tra mã đúng trong data/facts.yml"
        yield Fault(f"không có dữ kiện '{entry}'", fix)
    elif confidence == "low":
        message = f"dữ kiện {entry} có độ chắc 'low', không được in"
        yield Fault(message, f"bỏ {entry} và bỏ câu dựa vào nó")


def _check_source(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    yield from _check_text(field, value, vocabulary)
    known = (TEAM_FORM, *(vocabulary.sources or [value]))
    if isinstance(value, str) and value not in known:
        message = f"'{field.name}' nêu nguồn {value} không có trong data/facts.yml"
        near = nearest(value, vocabulary.sources or ())
        fix = f"{field.name}: {near[0]}" if near else "tra mã nguồn đúng trong data/facts.yml"
        yield Fault(message, fix)


def _check_page(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    yield from _check_text(field, value, vocabulary)
    pages, uri = vocabulary.pages, str(value)
    folder = f"{field.example.lstrip('[').partition('/')[0]}/"  # that of its kind: guides, stories
    if isinstance(value, str) and pages is not None and uri not in pages:
        name = posixpath.basename(uri)
        same_name = sorted(page for page in pages if posixpath.basename(page) == name)
        near = same_name or nearest(uri, sorted(pages))
        fix = near[0] if near else "ghi đường dẫn của một tệp .md có trong docs/"
        yield Fault(f"bài '{uri}' không có trong docs/", fix, severity=field.severity)
    elif isinstance(value, str) and pages is not None and not uri.startswith(folder):
        message = f"'{uri}' không nằm trong docs/{folder}"
        yield Fault(message, f"thay bằng một tệp trong docs/{folder}")


def _check_pages(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    faults = list(_check_texts(field, value, vocabulary))
    yield from faults
    uris = value if isinstance(value, list) and not faults else []
    for index, uri in enumerate(uris):
        yield from _within(str(index), _check_page(field, uri, vocabulary))
        if uri in uris[:index]:
            message = f"'{field.name}' có '{uri}' hai lần"
            yield Fault(message, "thay bằng một bài khác, hoặc xóa", str(index))


def _check_group(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if isinstance(value, dict):
        yield from find_faults(field.fields, value, vocabulary, owner=f"'{field.name}'")
    else:
        yield Fault(f"'{field.name}' phải là nhóm trường", field.line)


def _check_pairs(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(f"'{field.name}' phải là nhóm trường", field.line)
        return
    for name, text in value.items():
        part = Field(name, Kind.TEXT, field.label, "", "…")
        yield from _within(name, _check_value(part, text, vocabulary))


def _check_records(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, list):
        names = " và ".join(part.name for part in field.fields if part.required)
        message = f"'{field.name}' phải là danh sách, mỗi mục có {names}"
        yield Fault(message, field.line)
        return
    holders = dict[tuple[str, ...], int]()
    for index, entry in enumerate(value):
        if not isinstance(entry, dict):
            message = f"mục {index + 1} của '{field.name}' không có các trường"
            yield Fault(message, f"- {field.entry}", str(index))
            continue
        yield from _check_entry(field, index, entry, vocabulary)
        key = tuple(str(entry.get(name) or "") for name in field.identity)
        if any(key) and (first := holders.setdefault(key, index)) != index:
            yield _repeated(
                field, key, index, first, [row for row in value if isinstance(row, dict)]
            )


def _repeated(
    field: Field, key: tuple[str, ...], index: int, first: int, rows: list[object]
) -> Fault:
    """Return the fault of a duplicate entry; an unused id is proposed."""
    if field.identity != ("id",):
        message = f"'{', '.join(filter(None, key))}' đã có ở dòng {_LINE_OF_FIRST}"
        return Fault(message, "xóa một trong hai dòng", str(index), str(first))
    taken = {str(row.get("id")) for row in rows if isinstance(row, dict)}
    message = f"id '{key[0]}' đã dùng ở dòng {_LINE_OF_FIRST}"
    free = next(id for number in count(2) if (id := f"{key[0]}-{number}") not in taken)
    return Fault(message, f"id: {free}", f"{index}.id", f"{first}.id")


def _check_named_records(field: Field, value: object, vocabulary: Vocabulary) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(f"'{field.name}' phải là các dòng 'mã: các trường'", field.line)
        return
    for name, entry in value.items():
        if isinstance(entry, dict):
            owner = f"mục {name} của '{field.name}'"
            yield from _within(name, find_faults(field.fields, entry, vocabulary, owner=owner))
        else:
            message = f"mục {name} của '{field.name}' không có các trường"
            yield Fault(message, f"{name}: {field.entry}", name)


def _check_entry(
    field: Field, index: int, entry: dict[str, object], vocabulary: Vocabulary
) -> Iterator[Fault]:
    owner = f"mục {index + 1} của '{field.name}'" if field.name else _LINE_OF_TABLE
    yield from _within(str(index), find_faults(field.fields, entry, vocabulary, owner=owner))
    is_known = entry.keys() <= {part.name for part in field.fields}  # else it has its own error
    yield from _within(str(index), field.check(entry) if field.check and is_known else ())


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


_Check = Callable[[Field, object, Vocabulary], Iterator[Fault]]
_CHECKS: Mapping[Kind, _Check] = {
    Kind.TEXT: _check_text,
    Kind.ADDRESS: _check_address,
    Kind.DATE: _check_date,
    Kind.PERIOD: _check_period,
    Kind.MONTHS: _check_number,
    Kind.MINUTES: _check_number,
    Kind.ORDINAL: _check_number,
    Kind.QUALITY: _check_number,
    Kind.LEVEL: _check_number,
    Kind.PIXELS: _check_pixels,
    Kind.FLAG: _check_flag,
    Kind.TOPIC: _check_topic,
    Kind.SLUG: _check_slug,
    Kind.TEXTS: _check_texts,
    Kind.FACT: _check_fact,
    Kind.FACTS: _check_facts,
    Kind.SOURCE: _check_source,
    Kind.PAGE: _check_page,
    Kind.PAGES: _check_pages,
    Kind.GROUP: _check_group,
    Kind.PAIRS: _check_pairs,
    Kind.RECORDS: _check_records,
    Kind.NAMED_RECORDS: _check_named_records,
}
