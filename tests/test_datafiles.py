"""Data files: one strict reader for all tables; a slip is named with a remedy that cures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from support.project import CONTACTS, GLOSSARY, TOPICS, write

from desk.data_guide import tables
from portal.checks import check_library
from portal.library.library import load_library
from portal.source.datafiles import Row, Table
from portal.source.problems import Problem
from portal.source.schema import Field, Kind, Vocabulary

TABLES = tables()


def value_of(field: Field, turn: int = 0) -> object:
    """Return a sound value of a field, whole with all that a record may have.

    Where a record may not have all, there is one for each part; `turn` tells which come first.
    """
    if field.kind is Kind.RECORDS:
        number = field.counts[0] if field.counts else 1
        whole = [record_of(field, turn) for turn in range(number)]
        if not (field.check and list(field.check(whole[0]))):
            return whole
        most = field.counts[1] if field.counts else len(field.fields)
        return [part_of(field, part.name) for part in field.fields][turn * most :][:most]
    if field.kind is Kind.GROUP:
        return record_of(field, 0)
    if field.kind is Kind.NAMED_RECORDS:
        return {"S00": record_of(field, 0)}
    value = yaml.safe_load(field.example.replace("https://…", "https://a.vn/"))
    value = value * field.counts[0] if field.counts else value
    if field.kind is Kind.PAGES and field.counts:  # each once
        return [page.replace(".md", f"-{number}.md") for number, page in enumerate(value)]
    return value


def record_of(field: Field, turn: int) -> dict[str, object]:
    record = {part.name: value_of(part, turn) for part in field.fields}
    return record | {name: f"{record[name]}-{turn}" for name in field.identity if turn}


def part_of(field: Field, first: str) -> dict[str, object]:
    """Return a record with this part and all others that may stand beside it."""
    assert field.check
    whole = record_of(field, 0)
    for second in whole:
        record = {name: whole[name] for name in (first, second)}
        for name, value in whole.items():
            if len(list(field.check(record | {name: value}))) <= len(list(field.check(record))):
                record[name] = value
        if not list(field.check(record)):
            return record
    raise AssertionError(f"{first} stands beside nothing")


def text_of(table: Table, values: dict[str, object]) -> str:
    if not table.path.endswith(".csv"):
        return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    rows = values[""]
    assert isinstance(rows, list)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def sound(table: Table) -> dict[str, object]:
    return {field.name: value_of(field) for field in table.fields}


def file_of(path: str, folder: Path) -> Path:
    """Return a file of a table, which may be a folder of files."""
    return folder / (f"{Path(path).name}/mot.yml" if path.endswith("/") else Path(path).name)


def read(table: Table, folder: Path, text: str) -> tuple[Row, list[Problem]]:
    return table.read(write(file_of(table.path, folder), text), Vocabulary())


def names_in(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield from filter(None, (field.name, *names_in(field.fields)))


@pytest.mark.parametrize("path", TABLES)
def test_examples_of_a_table_are_sound(path: str, tmp_path: Path) -> None:
    assert read(TABLES[path], tmp_path, text_of(TABLES[path], sound(TABLES[path])))[1] == []


@pytest.mark.parametrize("path", TABLES)
def test_every_misspelt_name_is_an_error_whose_remedy_cures(path: str, tmp_path: Path) -> None:
    table = TABLES[path]
    text = text_of(table, sound(table))
    fields = table.fields[0].fields if table.is_part else table.fields  # the rest is MkDocs' own
    for name in set(names_in(fields)):
        spoilt = re.sub(rf"(?<![\w/]){name}(?=[:,\n])", f"{name}x", text, count=1)
        problems = read(table, tmp_path, spoilt)[1]
        assert [each.message for each in problems if f"'{name}x'" in each.message] == [
            each.message for each in problems
        ]
        assert all(f"tên gần nhất là '{name}'" in each.message for each in problems)
        pairs = [re.findall(r"'([\w-]+):?'", each.fix) for each in problems]
        assert pairs[0] == [f"{name}x", name]
        assert read(table, tmp_path, spoilt.replace(*pairs[0]))[1] == []


@pytest.mark.parametrize("path", TABLES)
def test_odd_blanks_and_decomposed_letters_are_as_if_never_typed(path: str, tmp_path: Path) -> None:
    table = TABLES[path]
    text = text_of(table, sound(table))
    odd = re.sub(r"(?<=\w) (?=\w)", "\u00a0", text).replace("à", "a\u0300")
    assert odd.isascii() or odd != text
    assert read(table, tmp_path, odd + "\u200b")[0].values == read(table, tmp_path, text)[0].values


@pytest.mark.parametrize("path", TABLES)
def test_forms_that_look_like_plain_text_are_plain_in_every_cell(path: str, tmp_path: Path) -> None:
    table = TABLES[path]
    whole = sound(table)
    row = read(table, tmp_path, text_of(table, spoilt(whole)))[0]
    assert row.values == read(table, tmp_path, text_of(table, whole))[0].values


def spoilt(value: object) -> object:
    """Return a value with zero-width, wide and blank characters in each of its texts."""
    if isinstance(value, str):
        wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in value)
        return f"\u3164{wide[:2]}\u200d{wide[2:]}\u2800 "
    if isinstance(value, dict):
        return {name: spoilt(each) for name, each in value.items()}
    return list(map(spoilt, value)) if isinstance(value, list) else value


@pytest.mark.parametrize("path", TABLES)
def test_a_broken_file_is_one_error_and_has_no_row(path: str, tmp_path: Path) -> None:
    table = TABLES[path]
    text = text_of(table, sound(table))
    file = write(file_of(path, tmp_path), "")
    for broken in (text.encode("utf-16"), b"\xe0" + text.encode(), text.encode() + b'"a\n'):
        file.write_bytes(broken)
        row, problems = table.read(file)
        assert ([each.path for each in problems], row) == ([path], Row())


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
            TOPICS.replace("title: Tránh lừa đảo", "title: [Tránh, lừa], wishes: [a]"),
            [
                "data/topics.yml:3: 'title' phải là chữ, đang là danh sách",
                'title: "Tránh, lừa"',
                "data/topics.yml:3: 'wishes' phải là nhóm trường",
                'wishes: {MÃ: "[Viết: Tên tệp của bài: bà con muốn gì.]"}',
            ],
        ),
        (
            "topics.yml",
            TOPICS.replace("summary: VNeID.", "summary: Yes"),
            ["data/topics.yml:2: 'summary' phải là chữ, đang là đúng/sai", 'summary: "Yes"'],
        ),
        (
            "glossary.yml",
            GLOSSARY + "  - {id: sms, prefer: tin, def: Tin., abbr: SMS, everyday: yes, id_: x}\n",
            [
                "data/glossary.yml:3: 'abbr' phải là danh sách chữ",
                'abbr: ["SMS"]',
                "data/glossary.yml:3: 'everyday' phải là true hoặc false",
                "everyday: true",
                "data/glossary.yml:3: không có trường 'id_'; tên gần nhất là 'id'",
                "xóa trường 'id_', mục đã có 'id'",
            ],
        ),
        (
            "contacts.yml",
            CONTACTS.replace("sites: []", "sites: x"),
            [
                "data/contacts.yml:3: 'sites' phải là danh sách, mỗi mục có id và name và address "
                "và url và for",
                "sites: []",
            ],
        ),
        (
            "places.csv",
            "old_kind,old_name,within,district,new_kind,new_name,fact,ghi chú\n"
            "xã,Khánh Hòa,,huyện Yên Khánh,phường,Đông Hoa Lư,F1.14,Còn là tên một tỉnh.\n",
            [
                "data/places.csv:1: không có cột 'ghi chú'; tên gần nhất là 'note'",
                "đổi tên cột 'ghi chú' thành 'note'",
            ],
        ),
        (
            "places.csv",
            "old_kind;old_name;district;new_kind;new_name;fact\n\nxã;Hòa;huyện A;xã;Hòa\n",
            [
                "data/places.csv:3: dòng này có 5 ô, dòng đầu có 6 cột",
                "đặt ô có dấu phẩy trong ngoặc kép; ô trống cũng giữ dấu phẩy",
            ],
        ),
        (
            "places.csv",
            'old_kind,old_name,district,new_kind,new_name,fact\nxã,"Hòa,huyện A,xã,Hòa,F1.14\n\n',
            ["data/places.csv:2: dòng CSV không đọc được", "xem lại dấu ngoặc kép từ dòng này"],
        ),
        (
            "teams.csv",
            "",
            [
                "data/teams.csv:1: thiếu cột id, name, place_then, commune_now, contact, fact",
                "thêm cột id, name, place_then, commune_now, contact, fact",
            ],
        ),
        (
            "places.csv",
            "old_kind,old_kind,old_nme,distric,new_kind,new_name,fact\n",
            [
                "data/places.csv:1: cột 'old_kind' có hai lần; không có cột 'old_nme'; "
                "tên gần nhất là 'old_name'; không có cột 'distric'; tên gần nhất là 'district'",
                "xóa hoặc đổi tên một cột; đổi tên cột 'old_nme' thành 'old_name'; "
                "đổi tên cột 'distric' thành 'district'",
            ],
        ),
        ("places.csv", "old_kind;old_name;district;new_kind;new_name;fact\n", []),
    ],
)
def test_slip_is_named_with_a_remedy_and_nothing_else_is(
    project: Path, name: str, text: str, shown: list[str]
) -> None:
    write(project / "data" / name, text)
    found = [str(p).split("\n    Cách sửa: ") for p in check_library(load_library(project))]
    assert [part for problem in found for part in problem] == shown


PHONE = (
    "phones:\n  - id: a\n    name: Tổng đài\n    number: 1900 0368\n    tel: '19000368'\n"
    "    for: Hỏi.\n    ways: [gọi]\n    as_of: 2026-11\n"
    "sites:\n  - id: b\n    name: Cổng\n    address: a.vn\n    url: https://a.vn/\n    for: Nộp.\n"
)


@pytest.mark.parametrize(
    ("line", "spoilt"),
    [
        ("name: Tổng đài", "name: no"),
        ("name: Tổng đài", "name: 115"),
        ("name: Tổng đài", "name: [Tổng, đài]"),
        ("id: b", "id: Cổng chính"),
        ("ways: [gọi]", "ways: gọi, nhắn"),
        ("ways: [gọi]", "ways: [on]"),
        ("tel: '19000368'", "tel: '19000386'"),
        ("url: https://a.vn/", "url: a.vn/x"),
        ("as_of: 2026-11", "as_off: 2026-11"),
        ("for: Hỏi.", "fore: Hỏi."),
    ],
)
def test_remedy_pasted_as_printed_cures(tmp_path: Path, line: str, spoilt: str) -> None:
    table = TABLES["data/contacts.yml"]
    (problem,) = read(table, tmp_path, PHONE.replace(line, spoilt, 1))[1]
    pasted = spoilt.replace(*renamed) if (renamed := re.findall(r"'(\w+:)'", problem.fix)) else ""
    cured = PHONE.replace(line, pasted or problem.fix, 1)
    assert read(table, tmp_path, cured)[1] == []


def test_what_is_to_be_filled_in_is_refused_until_it_is(tmp_path: Path) -> None:
    table = TABLES["data/contacts.yml"]
    (missing,) = read(table, tmp_path, PHONE.replace("    for: Hỏi.\n", ""))[1]
    pasted = PHONE.replace("for: Hỏi.", missing.fix.removeprefix("thêm rồi điền:  "))
    assert [str(each) for each in read(table, tmp_path, pasted)[1]] == [
        "data/contacts.yml:6: còn chỗ chưa điền: [Viết: Một câu.]\n"
        "    Cách sửa: viết nội dung vào chỗ đó"
    ]
