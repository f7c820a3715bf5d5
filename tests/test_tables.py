import datetime
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from portal.source.tables import MAX_BYTES, TableError, TableRow, read_table


def workbook(rows: list[list[object]], merge: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_csv_with_commas_semicolons_and_quotes() -> None:
    expected = [TableRow(2, {"ngày": "15/8/2024", "giá trị": "83,95%"})]
    assert read_table('ngày,giá trị\n15/8/2024,"83,95%"\n\n'.encode()) == expected
    assert read_table("\ufeffngày;giá trị\r\n15/8/2024;83,95%\r\n".encode()) == expected


def test_xlsx_keeps_numbers_and_days() -> None:
    data = workbook([["ngày", "giá trị"], [datetime.datetime(2024, 8, 15), 1679], [None, None]])
    assert read_table(data) == [TableRow(2, {"ngày": datetime.date(2024, 8, 15), "giá trị": 1679})]


def test_json_list_or_list_within_an_object() -> None:
    expected = [TableRow(1, {"a": 1.5})]
    assert read_table(b'[{"a": 1.5}]') == expected
    assert read_table(b'{"observations": [{"a": 1.5}]}') == expected


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"a,a\n1,2\n", 1, "cột 'a' có hai lần"),
        (b"a\n1,2\n", 2, "dòng này thừa ô '2' so với dòng tên cột"),
        (b'a\n"1\n', 2, "dòng CSV không đọc được"),
        (b"\n\n", 1, "tệp không có dòng nào"),
        (b"a\n\xff\n", 2, "tệp không phải CSV, XLSX hay JSON ở bảng mã UTF-8"),
        (b'[{"a": 1},\n]', 2, "tệp JSON không đọc được"),
        (b'{"a": 1}', 1, "tệp JSON không phải danh sách các dòng"),
        (b"[" * 100_000, 1, "tệp JSON không đọc được"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", 1, "tệp JSON không đọc được"),
        (b"a\n" + b"1\n" * 10_001, 10_000, "tệp có hơn 10000 dòng"),
        (b"PK\x03\x04 broken", 1, "tệp XLSX hỏng, không mở được"),
        (b" " * (MAX_BYTES + 1), 1, "tệp lớn hơn 5 MB"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, line: int, message: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(data)
    assert (caught.value.line, caught.value.message) == (line, message)


def test_merged_cells_are_named() -> None:
    with pytest.raises(TableError) as caught:
        read_table(workbook([["a", "b"], [1, 2], [3, 4]], merge="A2:A3"))
    assert (caught.value.line, caught.value.message) == (2, "các ô A2:A3 bị gộp")
    assert caught.value.fix == "bỏ gộp ô, ghi giá trị vào từng ô"


def changed_sheet(old: bytes, new: bytes) -> bytes:
    """Return a workbook of two rows with part of its sheet's XML replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a", "b"], [1, 2]]))) as source,
        zipfile.ZipFile(target, "w") as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new)
            archive.writestr(name, content)
    return target.getvalue()


MERGED = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"</sheetData>", MERGED, "các ô A1:XFD1048576 bị gộp"),
        (b"</sheetData>", FAR, "trang tính 'Sheet' có ô ở quá xa: A1:XFD1048576"),
        (b"</sheetData>", b"</sheet", "tệp XLSX hỏng, không mở được"),
        (
            b"<worksheet",
            b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet',
            "tệp XLSX hỏng, không mở được",
        ),
    ],
    ids=["merged range of the whole sheet", "a cell far away", "broken XML", "entities"],
)
def test_a_small_file_cannot_take_all_memory_or_break_the_reader(
    old: bytes, new: bytes, message: str
) -> None:
    with pytest.raises(TableError) as caught:
        read_table(changed_sheet(old, new))
    assert caught.value.message == message


def test_percent_cells_are_read_as_they_are_shown() -> None:
    book = Workbook()
    book.active.append(["giá trị"])
    for value, number_format in ((0.8395, "0.00%"), (0.91, "0%"), (0.91, "0.00")):
        book.active.append([value])
        book.active.cell(book.active.max_row, 1).number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    rows = read_table(stream.getvalue())
    assert [row.cells["giá trị"] for row in rows] == ["83,95%", "91%", 0.91]


def test_only_one_visible_sheet_may_hold_data() -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active.append([1])
    other = book.create_sheet("Khác")
    other.append(["b"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(TableError, match="tệp có nhiều trang tính: Sheet, Khác"):
        read_table(stream.getvalue())
    other.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    assert read_table(stream.getvalue()) == [TableRow(2, {"a": 1})]


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(TableError, match="tệp XLSX giải nén ra quá lớn"):
        read_table(stream.getvalue())


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive("mimetype", "content.xml"), "tệp .ods (LibreOffice, OpenDocument)"),
        (archive("xl/workbook.bin"), "tệp .xlsb (Excel nhị phân)"),
        (archive("word/document.xml"), "tệp .docx (Word)"),
        (b"\xd0\xcf\x11\xe0\xa1", "tệp .xls kiểu cũ, hoặc tệp Excel có đặt mật khẩu"),
        (b"%PDF-1.4", "tệp PDF"),
        (b"<html><table>", "trang web hay XML đổi tên thành bảng tính"),
    ],
)
def test_files_of_other_programs_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(data)
    assert caught.value.message == f"{kind}, máy chỉ đọc được XLSX, CSV, JSON"
    assert caught.value.fix == "mở tệp, chọn Lưu thành: Excel (.xlsx) hoặc CSV UTF-8"


def styled(number_format: str, value: object = 5.2) -> bytes:
    book = Workbook()
    book.active.append(["giá trị"])
    book.active.append([value])
    book.active["A2"].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("number_format", "how"),
    [
        ('0.0" tỷ"', "kèm chữ 'tỷ'"),
        ('#,##0.0\\ "nghìn"', "kèm chữ 'nghìn'"),
        ("#,##0,", "chia cho nghìn, triệu"),
        ('0.0,,"tr"', "kèm chữ 'tr'"),
        ("#,##0,;-#,##0,", "chia cho nghìn, triệu"),
    ],
)
def test_a_unit_that_stands_only_in_the_format_is_refused(number_format: str, how: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(styled(number_format))
    assert (caught.value.line, caught.value.message, caught.value.fix) == (
        2,
        f"ô A2 hiện {how} nhờ định dạng, giá trị thật là 5.2",
        "gõ hẳn số và đơn vị vào ô, ví dụ: 5,2 tỷ",
    )


@pytest.mark.parametrize(
    "number_format",
    [
        "General",
        "0.00",
        "#,##0",
        '#,##0 "đ"',
        "#,##0 [$₫-42A]",
        "_(* #,##0_);_(* (#,##0)",
        "0.00E+00",
    ],
)
def test_usual_formats_are_read(number_format: str) -> None:
    assert read_table(styled(number_format)) == [TableRow(2, {"giá trị": 5.2})]


def test_hidden_rows_and_columns_are_named() -> None:
    book = Workbook()
    for row in (["a", "b", "c"], [1, 2, 3], [4, 5, 6], [None, None, None]):
        book.active.append(row)
    for number in (3, 4):
        book.active.row_dimensions[number].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(TableError) as caught:
        read_table(stream.getvalue())
    assert (caught.value.line, caught.value.message) == (3, "dòng 3 đang ẩn trong bảng")
    for number in (3, 4):
        book.active.row_dimensions[number].hidden = False
    book.active.column_dimensions.group("B", "C", hidden=True)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(TableError) as caught:
        read_table(stream.getvalue())
    assert (caught.value.line, caught.value.message) == (1, "cột B đang ẩn trong bảng")
    assert caught.value.fix == "bỏ lọc, cho hiện lại rồi xem; không cần thì xóa hẳn"


def test_a_value_that_is_struck_through_is_asked_about() -> None:
    book = Workbook()
    for row in (["a", "b"], [1, 2]):
        book.active.append(row)
    book.active["B2"].font = Font(strike=True)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(TableError) as caught:
        read_table(stream.getvalue())
    assert caught.value.message == "ô B2 bị gạch ngang, không rõ còn dùng hay bỏ"


def test_the_line_in_which_excel_names_its_separator_is_no_row() -> None:
    expected = [TableRow(3, {"a": "1", "b": "2,5"})]
    assert read_table(b"sep=;\r\na;b\r\n1;2,5\r\n") == expected


def test_conflict_markers_in_a_table_are_named() -> None:
    with pytest.raises(TableError) as caught:
        read_table(b"a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n")
    assert (caught.value.line, caught.value.message[:24]) == (2, "hai người sửa cùng một c")
