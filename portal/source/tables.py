"""Tables as people send them (CSV, XLSX, JSON), parsed into rows of named cells.

Nothing is guessed: merged cells, duplicate headers and other file types are errors.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from defusedxml.ElementTree import iterparse

from portal.language.letters import plain_cell
from portal.source.merge_conflicts import find_conflict

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 50_000_000  # an XLSX is a ZIP, and may be a ZIP bomb
MAX_ROWS = 10_000
MAX_CELLS = 1_000_000  # of a spreadsheet, empty cells between others included
_FOREIGN_HEADS = (
    (b"\xd0\xcf\x11\xe0", "tệp .xls kiểu cũ, hoặc tệp Excel có đặt mật khẩu"),
    (b"%PDF", "tệp PDF"),
    (b"{\\rtf", "tệp RTF"),
    (b"<", "trang web hay XML đổi tên thành bảng tính"),
)
_FOREIGN_PARTS = (  # the file in the ZIP that identifies the type
    ("xl/workbook.bin", "tệp .xlsb (Excel nhị phân)"),
    ("content.xml", "tệp .ods (LibreOffice, OpenDocument)"),
    ("word/document.xml", "tệp .docx (Word)"),
    ("Index/Document.iwa", "tệp .numbers (Numbers của máy Mac)"),
)
# Parts of a number format: literal text, and the accounting padding around money.
_LITERALS = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_MONEY_SIGNS = ("đ", "₫", "vnd", "vnđ", "đồng")
_SCALED = re.compile(r"[0#?],+(?=[^0#?,.]*(?:;|$))")
_SEPARATOR = re.compile(r"sep=(.)")
_EMPTY = "tệp không có dòng nào"
_FILL = "ghi tên cột ở dòng đầu, số liệu ở các dòng sau"

Cell = str | int | float | bool | datetime.date | None


class TableError(ValueError):
    """Why a file is not a valid table: the row from 1, a Vietnamese message and the remedy."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


@dataclass(frozen=True)
class TableRow:
    """The cells of one row by header; `line` is its number in the file, from 1."""

    line: int
    cells: dict[str, Cell]


def read_table(data: bytes) -> list[TableRow]:
    """Return the rows below the header row; empty rows are left out.

    The type is detected from the bytes: XLSX is a ZIP, JSON begins with a bracket, all else is CSV.

    Raises:
        TableError: see the message.
    """
    if len(data) > MAX_BYTES:
        raise TableError(1, f"tệp lớn hơn {MAX_BYTES // 1_000_000} MB", "chỉ gửi các dòng cần thêm")
    if conflict := find_conflict(data, ""):
        raise TableError(conflict.line, conflict.message, conflict.fix)
    if kind := _foreign_kind(data):
        fix = "mở tệp, chọn Lưu thành: Excel (.xlsx) hoặc CSV UTF-8"
        raise TableError(1, f"{kind}, máy chỉ đọc được XLSX, CSV, JSON", fix)
    if data.startswith(b"PK\x03\x04"):
        return _named(_read_xlsx(data))
    text = _decode(data)
    if text.lstrip()[:1] in ("[", "{"):
        return _read_json(text)
    return _named(csv_records(text))


def _foreign_kind(data: bytes) -> str:
    """Return the type of a file that is not a table, by its content, else ""."""
    for head, kind in _FOREIGN_HEADS:
        if data.startswith(head):
            return kind
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    return next((kind for name, kind in _FOREIGN_PARTS if name in names), "")


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "tệp không phải CSV, XLSX hay JSON ở bảng mã UTF-8"
        raise TableError(
            line, message, "trong Excel chọn Lưu thành: CSV UTF-8, hoặc XLSX"
        ) from None


def csv_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each non-empty row; the first line decides the delimiter.

    Raises:
        TableError: see the message.
    """
    head, _, rest = text.partition("\n")
    delimiter = max(",;\t", key=head.count)
    if found := _SEPARATOR.fullmatch(head.rstrip("\r")):  # Excel's own line
        text, delimiter = f"\n{rest}", found[1]
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = list(map(plain_cell, row))
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        fix = "xem lại dấu ngoặc kép từ dòng này"
        raise TableError(line, "dòng CSV không đọc được", fix) from None


def _read_xlsx(data: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    from openpyxl import load_workbook  # slow to import, and builds never need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_merged_cells(archive)
        book = load_workbook(io.BytesIO(data), data_only=True)
    except TableError:
        raise
    except Exception:  # openpyxl raises any exception of its parsers on a damaged file
        fix = "mở lại bằng Excel rồi lưu thành XLSX"
        raise TableError(1, "tệp XLSX hỏng, không mở được", fix) from None
    sheet = _only_filled_sheet(book)
    _refuse_hidden(sheet)
    for line, cells in enumerate(sheet.iter_rows(), 1):
        yield line, [_spreadsheet_value(cell) for cell in cells]


def _refuse_hidden(sheet: Worksheet) -> None:
    """Raise for a hidden row or column that is not empty."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            letters = re.sub(r"\d", "", cell.coordinate)
            fix = "bỏ lọc, cho hiện lại rồi xem; không cần thì xóa hẳn"
            if sheet.row_dimensions[cell.row].hidden:
                raise TableError(cell.row, f"dòng {cell.row} đang ẩn trong bảng", fix)
            if _is_hidden_column(sheet, cell.column):
                raise TableError(cell.row, f"cột {letters} đang ẩn trong bảng", fix)


def _is_hidden_column(sheet: Worksheet, number: int) -> bool:
    """Return whether a column is hidden; openpyxl groups adjacent columns of equal format."""
    return any(
        (each.hidden or each.width == 0) and (each.min or 0) <= number <= (each.max or 0)
        for each in sheet.column_dimensions.values()
    )


def _refuse_merged_cells(archive: zipfile.ZipFile) -> None:
    """Raise for merged cells before openpyxl allocates an object for every cell in the range.

    A merged range of a few bytes can cover 17 billion cells.
    """
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise TableError(1, "tệp XLSX giải nén ra quá lớn", "chỉ gửi các dòng cần thêm")
    for name in archive.namelist():
        if not name.startswith("xl/worksheets/"):
            continue
        with archive.open(name) as sheet:
            for _, element in iterparse(sheet):
                if element.tag.endswith("mergeCell"):
                    area = element.get("ref", "")
                    first_row = re.search(r"\d+", area)
                    message = f"các ô {area} bị gộp"
                    fix = "bỏ gộp ô, ghi giá trị vào từng ô"
                    raise TableError(int(first_row[0]) if first_row else 1, message, fix)


def _only_filled_sheet(book: Workbook) -> Worksheet:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in sheets:
        if sheet.max_row * sheet.max_column > MAX_CELLS:
            message = f"trang tính '{sheet.title}' có ô ở quá xa: {sheet.dimensions}"
            raise TableError(1, message, "chép bảng sang tệp mới")
    filled = [sheet for sheet in sheets if any(map(any, sheet.values))]
    if len(filled) > 1:
        names = ", ".join(sheet.title for sheet in filled)
        raise TableError(1, f"tệp có nhiều trang tính: {names}", "để lại một trang tính")
    if not filled:
        raise TableError(1, _EMPTY, _FILL)
    return filled[0]


def _spreadsheet_value(cell: SheetCell | MergedCell) -> Cell:
    """Return a cell's value as displayed: "83,95%" is stored as 0.8395."""
    if cell.value is not None and cell.font and cell.font.strike:
        message = f"ô {cell.coordinate} bị gạch ngang, không rõ còn dùng hay bỏ"
        raise TableError(cell.row or 1, message, "còn dùng thì bỏ dấu gạch; bỏ thì xóa cả dòng")
    if type(cell.value) in (int, float):
        _refuse_unit_in_format(cell)
    if "%" in cell.number_format and isinstance(cell.value, int | float):
        percent = (Decimal(str(cell.value)) * 100).normalize()
        return f"{percent:f}%".replace(".", ",")
    return _plain(cell.value)


def _refuse_unit_in_format(cell: SheetCell | MergedCell) -> None:
    """Raise for a number whose unit or scale comes from the cell's format alone."""
    positive = cell.number_format.partition(";")[0]
    texts = ["".join(groups) for groups in _LITERALS.findall(positive)]
    text = "".join(texts).strip()
    has_unit = any(map(str.isalpha, text)) and text.lower() not in _MONEY_SIGNS
    if has_unit or _SCALED.search(_LITERALS.sub("", positive)):
        shown = f"kèm chữ '{text}'" if has_unit else "chia cho nghìn, triệu"
        message = f"ô {cell.coordinate} hiện {shown} nhờ định dạng, giá trị thật là {cell.value}"
        fix = "gõ hẳn số và đơn vị vào ô, ví dụ: 5,2 tỷ"
        raise TableError(cell.row or 1, message, fix)


def _plain(value: object) -> Cell:
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, int | float | bool | datetime.date):
        return value
    return plain_cell(str(value))


def _read_json(text: str) -> list[TableRow]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:  # int() raises ValueError for 5,000 digits
        line = getattr(error, "lineno", 1)
        raise TableError(line, "tệp JSON không đọc được", "kiểm tra dấu ngoặc, dấu phẩy") from None
    if isinstance(document, dict):
        document = next((value for value in document.values() if isinstance(value, list)), None)
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        fix = 'ghi các dòng trong ngoặc vuông:  [{"chi_tieu": "so_to", …}, …]'
        raise TableError(1, "tệp JSON không phải danh sách các dòng", fix)
    return [
        TableRow(number, {plain_cell(str(name)): _plain(value) for name, value in row.items()})
        for number, row in enumerate(document, 1)
    ]


def _named(lines: Iterable[tuple[int, Sequence[Cell]]]) -> list[TableRow]:
    filled = [(line, cells) for line, cells in lines if any(_is_filled(cell) for cell in cells)]
    if not filled:
        raise TableError(1, _EMPTY, _FILL)
    if len(filled) > MAX_ROWS:
        raise TableError(MAX_ROWS, f"tệp có hơn {MAX_ROWS} dòng", "chia thành nhiều tệp")
    line, header = filled[0]
    names = [str(cell).strip() if _is_filled(cell) else "" for cell in header]
    for name in names:
        if name and names.count(name) > 1:
            raise TableError(line, f"cột '{name}' có hai lần", "xóa hoặc đổi tên một cột")
    return [TableRow(line, _row(line, names, cells)) for line, cells in filled[1:]]


def _row(line: int, names: list[str], cells: Sequence[Cell]) -> dict[str, Cell]:
    extra = [cell for cell in cells[len(names) :] if _is_filled(cell)]
    if extra:
        message = f"dòng này thừa ô '{extra[0]}' so với dòng tên cột"
        raise TableError(line, message, "số lẻ dùng dấu phẩy thì đặt ô trong ngoặc kép")
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}


def _is_filled(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""
