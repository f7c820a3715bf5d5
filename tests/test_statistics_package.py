import csv
import datetime
import json
from pathlib import Path

import pytest
from support.project import OBSERVATIONS as ROWS
from support.project import REPOSITORY, STATISTICS, TODAY, write

from portal.checks import check_library
from portal.library.library import load_library
from portal.library.statistics_package import (
    INDICATORS,
    OBSERVATIONS,
    SCOPES,
    SOURCES,
    as_observations_csv,
    load_statistics,
)

COLUMNS = {
    Path(table.path).stem: table.columns for table in (OBSERVATIONS, INDICATORS, SCOPES, SOURCES)
}


def problems_of(folder: Path, today: datetime.date = TODAY) -> list[str]:
    return [str(problem) for problem in load_statistics(folder, today)[1]]


def test_the_file_is_what_the_import_would_write() -> None:
    statistics, problems = load_statistics(STATISTICS, TODAY)
    assert problems == []
    assert as_observations_csv(statistics) == (STATISTICS / "observations.csv").read_text("utf-8")


def test_the_description_for_other_programs_names_the_same_columns_and_ids() -> None:
    package = json.loads((REPOSITORY / "data/statistics/datapackage.json").read_text("utf-8"))
    described = {
        resource["name"]: tuple(field["name"] for field in resource["schema"]["fields"])
        for resource in package["resources"]
    }
    assert described == COLUMNS
    assert [license["name"] for license in package["licenses"]] == ["CC-BY-4.0"]


def test_every_row_keeps_to_the_described_types_and_required_cells() -> None:
    package = json.loads((STATISTICS / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (STATISTICS / resource["path"]).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for field in resource["schema"]["fields"]:
            cells = {row[field["name"]] for row in rows}
            rules = field.get("constraints", {})
            assert not (rules.get("required") and "" in cells), (resource["name"], field["name"])
            assert cells <= set(rules.get("enum", cells)), (resource["name"], field["name"])


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        (
            "observations",
            "so_to,tinh-cuu,2024-09-08,article,1,,,S00,true,",
            "không có phạm vi 'tinh-cuu'\n    Cách sửa: tên gần nhất: tinh-cu",
        ),
        (
            "observations",
            "so_to,tinh-cu,8/9/2024,article,1,,,S00,true,",
            "'as_of' phải là ngày, đang là 8/9/2024\n"
            "    Cách sửa: ghi vào ô ở cột as_of:  2024-09-08",
        ),
        (
            "observations",
            'so_to,tinh-cu,2024-09-08,article,"1,5",,,S00,true,',
            "'1,5' không phải số (trong tệp dùng dấu chấm thập phân)\n"
            "    Cách sửa: chỉ ghi chữ số và dấu chấm thập phân, ví dụ 1679 hoặc 83.95",
        ),
        (
            "observations",
            "so_to,tinh-cu,2024-09-08,article,1e400,,,S00,true,",
            "'1e400' không phải số (trong tệp dùng dấu chấm thập phân)\n"
            "    Cách sửa: chỉ ghi chữ số và dấu chấm thập phân, ví dụ 1679 hoặc 83.95",
        ),
        (
            "observations",
            "dien_thoai,tinh-cu,2024-09-08,article,101,,,S00,true,",
            "tỷ lệ 101% nằm ngoài khoảng 0–100\n    Cách sửa: sửa giá trị",
        ),
        (
            "observations",
            "so_to,tinh-cu,2027-01-01,explicit,5,,,S00,true,",
            "ngày 1/1/2027 ở tương lai\n    Cách sửa: ghi ngày của số liệu",
        ),
        (
            "observations",
            "so_to,tinh-cu,2024-09-08,article,5,,trêm,S00,true,",
            "'qualifier' ghi 'trêm', phải là một trong: trên, hơn, khoảng, gần, dưới, ít nhất, "
            "nhiều nhất\n    Cách sửa: ghi vào ô ở cột qualifier:  trên",
        ),
        (
            "observations",
            "so_to,tinh-cu,2024-09-08,article,5,,,S00,x,",
            "'ambiguous' phải là true hoặc false\n    Cách sửa: ghi true hoặc false",
        ),
        (
            "observations",
            "so_to,tinh-cu",
            "dòng này có 2 ô, dòng đầu có 10 cột\n    Cách sửa: đặt ô có dấu phẩy trong ngoặc kép; "
            "ô trống cũng giữ dấu phẩy",
        ),
        (
            "indicators",
            "a,A,number,tổ,,G,12,",
            "'kind' ghi 'number', phải là một trong: count, percent, money, range\n"
            "    Cách sửa: chọn một: count, percent, money, range",
        ),
        (
            "indicators",
            "a,A,count,tổ,,G,1.5,",
            "'1.5' không phải số tháng từ 1 đến 120\n    Cách sửa: ghi một số nguyên",
        ),
        (
            "indicators",
            'a"" onclick=x,A,count,tổ,,G,12,',
            "mã 'a\"\" onclick=x' chỉ được có chữ không dấu, chữ số, '-' và '_'\n"
            "    Cách sửa: đổi mã, cả ở những dòng khác ghi mã ấy",
        ),
        (
            "sources",
            "S00,T,P,javascript:alert(1),2024-09-08,",
            "'url' phải là địa chỉ https://, đang là javascript:alert(1)\n"
            "    Cách sửa: ghi vào ô ở cột url:  https://…",
        ),
        (
            "scopes",
            '"a,b',
            "dòng CSV không đọc được\n    Cách sửa: xem lại dấu ngoặc kép từ dòng này",
        ),
    ],
)
def test_bad_rows_are_named(project: Path, name: str, row: str, message: str) -> None:
    file = project / f"data/statistics/{name}.csv"
    write(file, f"{','.join(COLUMNS[name])}\n{row}\n")
    assert problems_of(file.parent)[0] == f"data/statistics/{name}.csv:2: {message}"


def test_a_wrong_column_is_the_only_problem(project: Path) -> None:
    folder = project / "data/statistics"
    write(folder / "scopes.csv", "id,ten,note\na,b,c\n")
    assert problems_of(folder) == [
        "data/statistics/scopes.csv:1: không có cột 'ten'; tên gần nhất là 'label'\n"
        "    Cách sửa: đổi tên cột 'ten' thành 'label'"
    ]


def test_a_missing_file_is_the_only_problem(project: Path) -> None:
    folder = project / "data/statistics"
    (folder / "indicators.csv").unlink()
    assert problems_of(folder) == [
        "data/statistics/indicators.csv:1: không đọc được tệp dữ liệu\n"
        "    Cách sửa: lấy lại từ git: git checkout data/statistics/indicators.csv"
    ]


def test_repeated_rows_and_ids_are_named(project: Path) -> None:
    folder = project / "data/statistics"
    write(folder / "observations.csv", ROWS + ROWS.splitlines()[1] + "\n")
    assert problems_of(folder) == [
        "data/statistics/observations.csv:5: 'so_to, tinh-cu, 2024-09-08' đã có ở dòng 2\n"
        "    Cách sửa: xóa một trong hai dòng"
    ]
    write(folder / "scopes.csv", "id,label,note\na,A,\nb,A,\n")
    assert problems_of(folder)[0] == (
        "data/statistics/scopes.csv:3: tên 'A' đã có ở dòng 2\n    Cách sửa: đổi tên, hoặc xóa dòng"
    )
    write(folder / "scopes.csv", "id,label,note\ntinh-cu,A,\ntinh-cu,B,\n")
    assert problems_of(folder)[0] == (
        "data/statistics/scopes.csv:3: id 'tinh-cu' đã dùng ở dòng 2\n"
        "    Cách sửa: ghi vào ô ở cột id:  tinh-cu-2"
    )


def test_a_spreadsheet_may_write_true_in_capitals(project: Path) -> None:
    folder = project / "data/statistics"
    known = load_statistics(folder, TODAY)
    write(folder / "observations.csv", ROWS.replace("true", "TRUE").replace("false", "FALSE"))
    assert load_statistics(folder, TODAY) == known


def test_an_unusable_row_leaves_the_others(project: Path) -> None:
    folder = project / "data/statistics"
    write(folder / "observations.csv", ROWS + "so_to,x,2024-09-08,article,1,,,S00,true,\n")
    assert len(load_statistics(folder, TODAY)[0].observations) == 3


def test_odd_blanks_in_cells_are_no_part_of_them(project: Path) -> None:
    folder = project / "data/statistics"
    known = load_statistics(folder, TODAY)
    write(folder / "observations.csv", ROWS.replace(",", "\u00a0,\u200b"))
    assert load_statistics(folder, TODAY) == known


def _swapped(row: str) -> list[str]:
    first, second, *others = row.split(",")
    return [second, first, *others]


LINES = ROWS.splitlines()
DAMAGES = {  # what came of the file → the one thing that is said
    "cut in a row": (ROWS[:-12], "4: dòng này có 7 ô, dòng đầu có 10 cột"),
    "cut in a note": (
        ROWS.rstrip("\n"),
        "4: tệp dừng ở giữa dòng cuối: sau nó không có dấu xuống dòng",
    ),
    "only names": (f"{LINES[0]}\n", "1: tệp chỉ còn dòng tên cột"),
    "no names": (
        "\n".join(LINES[1:]) + "\n",
        "1: dòng đầu không phải các tên cột, cách nhau bằng dấu phẩy",
    ),
    "shifted cells": (
        "\n".join([LINES[0], *(f",{row}" for row in LINES[1:])]),
        "2: dòng này có 11 ô, dòng đầu có 10 cột",
    ),
    "swapped columns": (
        "\n".join([LINES[0], *(",".join(_swapped(row)) for row in LINES[1:])]) + "\n",
        "2: 3 trong 3 dòng hỏng, dòng đầu tiên: không có chỉ tiêu 'tinh-cu'",
    ),
    "other days": (
        ROWS.replace("-", "/").replace("tinh/", "tinh-"),
        "2: 3 trong 3 dòng hỏng, dòng đầu tiên: 'as_of' phải là ngày, đang là 2024/09/08",
    ),
    "other separators": (
        ROWS.replace(",", "|"),
        "1: dòng đầu không phải các tên cột, cách nhau bằng dấu phẩy",
    ),
    "another encoding": (
        ROWS.encode().decode("latin-1"),
        "3: chữ bị vỡ: tệp UTF-8 đã mở bằng bảng mã khác rồi lưu lại",
    ),
    "pasted twice": (
        ROWS + ROWS,
        "5: 4 trong 7 dòng hỏng, dòng đầu tiên: 'ambiguous' phải là true hoặc false",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_one_problem(project: Path, damage: str) -> None:
    text, said = DAMAGES[damage]
    folder = project / "data/statistics"
    write(folder / "observations.csv", text)
    guide = (project / "docs/guides/dinh-danh/kich-hoat.md").read_text("utf-8")
    figure = "\nCó {{ so_lieu.so_to.tinh_cu }} tổ.\n"
    write(project / "docs/guides/dinh-danh/kich-hoat.md", guide + figure)
    found = [str(each).split("\n")[0] for each in check_library(load_library(project))]
    assert found == [f"data/statistics/observations.csv:{said}"]
