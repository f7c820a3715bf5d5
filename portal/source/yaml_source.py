"""Strict YAML parser: every value keeps its line, and errors are in Vietnamese.

The source is composed into nodes and walked. Aliases, tags and duplicate keys are errors: they are
never needed here and often mistakes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

import yaml

from portal.language.syllables import is_bare_syllable

# libyaml's loader is ten times faster; PyYAML without it gives the same result.
SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 8
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge")
}
_BOOL_TAG = "tag:yaml.org,2002:bool"
_TEXT_TAG = "tag:yaml.org,2002:str"
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines (1.1, 5.4)
_KEY_AND_VALUE = re.compile(r"^\s*(?:- )?([\w-]+):\s+(.*?)\s*$")
_VALUE = re.compile(r"^\s*(?:- )?(?:[\w-]+:\s+)?")  # the key or dash before a value
_OUTERMOST = re.compile(r"(?!.+?:(?:[ \t]|$)|- )(\w[\w-]*)[ \t]*([:：=]*)\s*(.*)")  # no colon
_OPENED = re.compile(r"[\w-]+:\s*(?:[>|].*)?")  # a field whose value is on the next lines
# A field behind a bullet, in bold, or further right than its neighbours.
_MARKED = re.compile(r"(?:[-*•][ \t]+| +|\*\*)([a-z_]+)(?:\*\*:|:\*\*|:)[ \t]+(\S.*)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?:^|\s)#.*")  # or a comment
_ENDS = {"[": "]", "{": "}"}
_FIX_QUOTES = "đặt giá trị trong ngoặc kép:  {key}: {value}"
_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])&\S", re.MULTILINE)
_IN_BRACKETS = re.compile(r"[{,]\s*([\w-]+):\s+([^{}\[\],]+)")  # a field and its value
_BEGINS = re.compile(r"( *)(- +)\{?([\w-]*)|( *)([\w-]+):(?:\s|$)")  # an entry or a field


class Ambiguous(str):
    """A word such as "no" or "On", which YAML 1.1 parsers read as a boolean."""


class YamlError(ValueError):
    """An error in a YAML source: its line from 1, the message and the remedy."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


def read_mapping(
    source: str, max_characters: int, example: str = "title: Tên bài"
) -> tuple[dict[str, object], dict[str, int]]:
    """Return the values of a YAML mapping and the line of each, from 1.

    `example` is the remedy for a source that is not a mapping.

    Raises:
        YamlError: the YAML is invalid, is not a mapping, is longer than `max_characters`, nests
        deeper than `MAX_DEPTH`, or has aliases, tags or duplicate keys.
    """
    if len(source) > max_characters:
        raise _too_long(source, max_characters)
    node = compose(source)
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1
        raise YamlError(line, "không phải các dòng 'trường: giá trị'", example)
    lines: dict[str, int] = {}
    meta = _value_of(node, "", lines, set())
    assert isinstance(meta, dict)
    if _ANCHOR.search(source):
        _refuse_anchors(source)
    return meta, lines


def _refuse_anchors(source: str) -> None:
    """Raise for a name that begins with "&": YAML leaves it out of the value."""
    for token in yaml.scan(source, SafeLoader):
        if isinstance(token, yaml.AnchorToken):
            line = token.start_mark.line
            pair = _KEY_AND_VALUE.match(_LINE_BREAK.split(source)[line])
            message = f"chữ '&{token.value}' bị bỏ mất: dấu & ở đầu là lệnh của YAML"
            fix = "đặt chữ có dấu & trong ngoặc kép"
            if pair:
                fix = _FIX_QUOTES.format(key=pair[1], value=_in_quotes(pair[2]))
            raise YamlError(line + 1, message, fix)


def read_part(source: str, name: str) -> tuple[dict[str, object], dict[str, int]]:
    """Return one field of a mapping, {} without it, and the line of each of its parts.

    The other fields may have tags. `!ENV` is resolved from the environment, as MkDocs does.

    Raises:
        YamlError: see `read_mapping`.
    """
    node = compose(source)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lines: dict[str, int] = {}
    for key, value in pairs:
        if key.value == name:
            lines[name] = key.start_mark.line + 1
            return {name: _value_of(_from_environment(value), name, lines, set())}, lines
    return {}, lines


def _from_environment(node: yaml.Node) -> yaml.Node:
    """Return a node with each !ENV tag replaced by the variable's value or its default."""
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, _from_environment(value)) for key, value in node.value]
    if node.tag != "!ENV":
        return node
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names, default = (nodes[:-1], nodes[-1]) if len(nodes) > 1 else (nodes, _scalar("", node))
    given = (os.environ[each.value] for each in names if each.value in os.environ)
    return next((_scalar(text, node) for text in given), default)


def _scalar(text: str, place: yaml.Node) -> yaml.Node:
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    if tag == _BOOL_TAG:  # "True" of a variable is meant so
        text = str(yaml.SafeLoader.bool_values[text.lower()]).lower()
    return yaml.ScalarNode(tag, text, place.start_mark, place.end_mark)


class CutText(NamedTuple):
    """A text that YAML ends at a comment: its path ("phones.0.name"), its line, the line mended.

    `is_sure` tells "#1", which nobody means as a comment, from "# note".
    """

    path: str
    line: int
    fix: str
    is_sure: bool


def find_cut_texts(source: str) -> Iterator[CutText]:
    """Yield the unquoted texts of valid YAML that are followed by a comment on their line."""
    if " #" in source and (node := compose(source)):
        rows = _LINE_BREAK.split(source)
        for path, text in _texts_of(node, ""):
            row, end = rows[text.end_mark.line], text.end_mark.column
            rest = row[end:].lstrip(" \t")
            if rest.startswith("#") and not text.style and row[end : end + 1] in (" ", "\t"):
                yield CutText(path, text.end_mark.line + 1, _quoted(text, row), rest[1:2] != " ")


def _texts_of(node: yaml.Node, path: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield the texts in a node with their paths."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts_of(value, f"{path}.{key.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _texts_of(value, f"{path}.{index}".lstrip("."))
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


def _quoted(text: yaml.ScalarNode, row: str) -> str:
    """Return a line whose text and comment are quoted as one; advice where brackets are near."""
    start, is_one_line = text.start_mark.column, text.start_mark.line == text.end_mark.line
    if not is_one_line or any(mark in row[:start] for mark in _ENDS):
        return 'đặt chữ có dấu # trong ngoặc kép, ví dụ:  "Báo số #1"'
    return f"{row[:start].strip()} {json.dumps(row[start:].strip(), ensure_ascii=False)}"


def _too_long(source: str, max_characters: int) -> YamlError:
    """Return the error for a source that is too long, at its longest line."""
    rows = source.split("\n")
    line, text = max(enumerate(rows, 1), key=lambda row: len(row[1]))
    pair = _KEY_AND_VALUE.match(text)
    where = f", nhiều nhất ở trường '{pair[1]}'" if pair else ""
    message = f"dài quá {max_characters} ký tự{where}"
    return YamlError(line, message, "chuyển bớt nội dung sang chỗ khác")


def compose(source: str) -> yaml.Node | None:
    """Return the nodes of a YAML source, None when it is empty.

    Raises:
        YamlError: the YAML is invalid.
    """
    loader = SafeLoader(source)
    try:
        return loader.get_single_node()
    except yaml.YAMLError as error:
        raise _explain(error, source) from None
    except RecursionError:
        raise YamlError(1, "lồng ngoặc quá sâu", "bỏ bớt dấu ngoặc") from None
    finally:
        loader.dispose()


def _value_of(node: yaml.Node, name: str, lines: dict[str, int], seen: set[int]) -> object:
    line = node.start_mark.line + 1
    lines.setdefault(name, line)
    if id(node) in seen:
        message = f"'{name}' dùng bí danh YAML (& và *), trang này không dùng"
        raise YamlError(line, message, "chép lại giá trị thay cho bí danh")
    seen.add(id(node))
    if name.count(".") > MAX_DEPTH:
        raise YamlError(line, f"'{name.split('.')[0]}' lồng quá sâu", "bỏ bớt dấu ngoặc, thụt dòng")
    if node.tag not in _PLAIN_TAGS:
        raise YamlError(line, f"'{name}' có nhãn YAML (dấu !), trang này không dùng", "xóa nhãn đó")
    if isinstance(node, yaml.MappingNode):
        return dict(_items_of(node, name, lines, seen))
    if isinstance(node, yaml.SequenceNode):
        return [_value_of(item, f"{name}.{i}", lines, seen) for i, item in enumerate(node.value)]
    return _scalar_of(node, name, line)


def _items_of(
    mapping: yaml.MappingNode, name: str, lines: dict[str, int], seen: set[int]
) -> Iterator[tuple[str, object]]:
    keys: set[str] = set()
    _refuse_comma(mapping)
    for key_node, value_node in mapping.value:
        line, key = key_node.start_mark.line + 1, str(key_node.value)
        if not isinstance(key_node, yaml.ScalarNode):
            message = "tên trường phải là một từ, không phải danh sách hay nhóm trường"
            raise YamlError(line, message, "viết theo dạng  trường: giá trị")
        if key in keys:
            raise YamlError(line, f"trường '{key}' ghi hai lần", f"xóa một trong hai dòng '{key}:'")
        keys.add(key)
        path = f"{name}.{key}" if name else key
        lines[path] = line
        yield key, _value_of(value_node, path, lines, seen)


def _refuse_comma(mapping: yaml.MappingNode) -> None:
    """Raise for a text in brackets that goes on behind a comma: YAML reads that as field names."""
    if not mapping.flow_style:
        return
    for at, (key, value) in enumerate(mapping.value):
        if at and isinstance(key, yaml.ScalarNode) and key.end_mark.index == value.start_mark.index:
            name, text = (node.value for node in mapping.value[at - 1])
            rest = takewhile(lambda pair: not pair[1].value, mapping.value[at:])
            whole = ", ".join((str(text), *(str(more.value) for more, _ in rest)))
            message = f"chữ '{key.value}' đứng sau dấu phẩy, máy đọc thành tên trường"
            fix = f'đặt cả câu của {name} trong ngoặc kép: "{whole}"'
            raise YamlError(key.start_mark.line + 1, message, fix)


def _scalar_of(node: yaml.Node, name: str, line: int) -> object:
    if node.tag == _TEXT_TAG:  # the common case: text needs no conversion
        return node.value
    if node.tag == _BOOL_TAG and node.value not in ("true", "false"):
        return Ambiguous(node.value)
    constructor = yaml.constructor.SafeConstructor()
    try:
        value = constructor.construct_object(node)
        # As a number, 0345671234 would become 60256924 and 1900.9060 would become 1900.906.
        is_altered = type(value) in (int, float) and str(value) != node.value
    except (ValueError, yaml.YAMLError):
        message = f"'{name}' ghi {node.value}, không phải ngày hay số có thật"
        fix = "ghi ngày hay số có thật; ngày viết dạng năm-tháng-ngày"
        raise YamlError(line, message, fix) from None
    if is_altered:
        message = f"'{name}' ghi {node.value}, máy đọc thành số khác: {value}"
        fix = _FIX_QUOTES.format(key=_key_of(name), value=_in_quotes(node.value))
        if name.rpartition(".")[2].isdigit():
            fix = f'đặt số ấy trong ngoặc kép:  "{node.value}"'
        elif len(node.value) < 3 and node.value.isdigit():  # a count of months
            fix = f"{_key_of(name)}: {int(node.value)}"
        raise YamlError(line, message, fix)
    return value


def _key_of(name: str) -> str:
    """Return the last key of a path ("phones.0.tel"), for an item of a list the list's key."""
    return name.rstrip(".0123456789").rpartition(".")[2]


def _explain(error: yaml.YAMLError, source: str) -> YamlError:
    in_quotes = "quoted scalar" in (getattr(error, "context", None) or "")
    mark = getattr(error, "context_mark" if in_quotes else "problem_mark", None)
    rows = source.splitlines() or [""]
    line = min(mark.line + 1, len(rows)) if mark else 1
    is_open = False
    for number, row in enumerate(rows[:line], 1):
        after = next((each for each in rows[number:] if each.strip()), "")
        if slip := _slip_in(row) if _indent(after) <= _indent(row) else None:
            return YamlError(number, *slip)
        if not is_open and (field := _MARKED.fullmatch(row)):
            message = "trước tên trường có dấu hay dấu cách thừa"
            return YamlError(number, message, f"{field[1]}: {field[2]}")
        is_open = bool(_OPENED.fullmatch(row)) or (is_open and row[:1] in ("", " ", "-"))
    text = rows[line - 1]
    if slip := _colon_within(text):
        return YamlError(line, *slip)
    pair = _KEY_AND_VALUE.match(text)
    if "\t" in text:
        return YamlError(line, "dòng này thụt bằng phím Tab", "thay phím Tab bằng hai dấu cách")
    if pair and re.search(r":(?: |$)", pair[2]) and pair[2][0] not in "\"'":
        fix = _FIX_QUOTES.format(key=pair[1], value=_in_quotes(pair[2]))
        return YamlError(line, f"giá trị của '{pair[1]}' chứa dấu hai chấm nên không đọc được", fix)
    if pair and pair[2] and pair[2][0] in "@`%&*!|>{[\"'":
        fix = _FIX_QUOTES.format(key=pair[1], value=_in_quotes(pair[2]))
        return YamlError(line, f"giá trị của '{pair[1]}' không đọc được", fix)
    message = "dòng này không phải YAML đọc được"
    form = "viết theo dạng  trường: giá trị  (có một dấu cách sau dấu hai chấm)"
    return YamlError(line, *(_misplaced(rows[:line]) or (message, form)))


def _colon_within(row: str) -> tuple[str, str] | None:
    """Return the error of a text with a colon between brackets, and its remedy."""
    for pair in _IN_BRACKETS.finditer(_QUOTED.sub("", row)):
        if ": " in pair[2]:
            message = f"giá trị của '{pair[1]}' chứa dấu hai chấm nên không đọc được"
            value = json.dumps(pair[2].strip(), ensure_ascii=False)
            return message, row.strip().replace(pair[2].strip(), value)
    return None


def _misplaced(rows: list[str]) -> tuple[str, str] | None:
    """Return the error of a last row that stands in no column of those before, and its remedy."""
    # Column → line, first word, whether an entry begins there: what the last row may go on with.
    open_rows = dict[int, tuple[int, str, bool]]()
    for number, row in enumerate(rows, 1):
        if not (found := _BEGINS.match(row)):
            continue
        is_entry = bool(found[2])
        column, word = (len(found[1]), found[3]) if is_entry else (len(found[4]), found[5])
        if number == len(rows):
            return _nearest_place(open_rows, column, word, is_entry=is_entry)
        open_rows = {at: each for at, each in open_rows.items() if at < column}
        open_rows[column] = (number, word, is_entry)
        if is_entry:
            open_rows[column + len(found[2])] = (number, word, False)
    return None


def _nearest_place(
    open_rows: dict[int, tuple[int, str, bool]], column: int, word: str, *, is_entry: bool
) -> tuple[str, str] | None:
    fit = [at for at, (_, _, begins) in open_rows.items() if begins == is_entry]
    if not fit or column in fit:
        return None
    place = min(fit, key=lambda at: (is_entry and open_rows[at][1] != word, abs(at - column), -at))
    message = f"dòng này thụt vào {column} dấu cách, không thẳng với dòng nào ở trên"
    return message, f"thụt vào {place} dấu cách, như dòng {open_rows[place][0]}"


def _slip_in(row: str) -> tuple[str, str] | None:
    """Return the syntax error of a single line and its remedy.

    The parser reports it later: it reads the next lines as the continuation of this one.
    """
    value = _VALUE.sub("", row, count=1).rstrip()
    plain = _QUOTED.sub("", value)
    if plain.startswith(("'", '"')):
        fix = f"{row.rstrip()[: -len(value)].strip()} {_in_quotes(value[1:])}"
        return f"dòng này mở dấu {value[0]} mà không đóng", fix
    if end := _missing_end(plain) if value[:1] in _ENDS else "":
        if " #" in value and value.endswith(end):
            message = "chữ từ dấu # trở đi bị bỏ mất, kể cả dấu ngoặc đóng"
            return message, 'đặt chữ có dấu # trong ngoặc kép, ví dụ:  "Báo số #1"'
        fix = _QUOTED.sub(lambda match: match[0] if match[0][0] in "\"'" else "", row)
        return f"dòng này mở dấu {value[0]} mà không đóng", fix.strip() + end
    if field := _OUTERMOST.fullmatch(row):
        if not field[2] and (not field[1].isascii() or is_bare_syllable(field[1].lower())):
            message = "dòng này không lùi vào nên không nối được dòng trên"
            return (
                message,
                f"lùi vào hai dấu cách, hoặc viết nối vào cuối dòng trên:  {row.strip()}",
            )
        message = "dòng này thiếu dấu hai chấm, hay dấu cách sau dấu hai chấm"
        return message, f"{field[1]}: {field[3]}"
    return None


def _missing_end(plain: str) -> str:
    """Return the closing brackets that a text, its quotations removed, lacks."""
    ends = list[str]()
    for letter in plain:
        if letter in _ENDS:
            ends.append(_ENDS[letter])
        elif ends and letter == ends[-1]:
            ends.pop()
    return "".join(reversed(ends))


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _in_quotes(value: str) -> str:
    """Return a value in the quotation marks of YAML; marks within it become “ and ”."""
    is_whole = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    first, *others = (value[1:-1] if is_whole else value).split('"')
    marked = ("“”"[number % 2] + part for number, part in enumerate(others))
    return json.dumps(first + "".join(marked), ensure_ascii=False)
