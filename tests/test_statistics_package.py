import csv
import datetime
import json
from pathlib import Path

import pytest
from conftest import OBSERVATIONS, REPOSITORY, TODAY, write

from portal.library.statistics_package import COLUMNS, as_observations_csv, load_statistics

REAL = REPOSITORY / "data/statistics"


def problems_of(folder: Path, today: datetime.date = TODAY) -> list[str]:
    return [str(problem) for problem in load_statistics(folder, today)[1]]


def test_the_file_is_what_the_import_would_write() -> None:
    statistics, problems = load_statistics(REAL, TODAY)
    assert problems == []
    assert as_observations_csv(statistics) == (REAL / "observations.csv").read_text("utf-8")


def test_the_description_for_other_programs_names_the_same_columns_and_ids() -> None:
    package = json.loads((REAL / "datapackage.json").read_text("utf-8"))
    described = {
        resource["name"]: tuple(field["name"] for field in resource["schema"]["fields"])
        for resource in package["resources"]
    }
    assert described == dict(COLUMNS)
    assert [license["name"] for license in package["licenses"]] == ["CC-BY-4.0"]


def test_every_row_keeps_to_the_described_types_and_required_cells() -> None:
    package = json.loads((REAL / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        with (REAL / resource["path"]).open(encoding="utf-8", newline="") as stream:
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
            "'8/9/2024' không phải ngày dạng 2024-08-15\n    Cách sửa: sửa ô đó",
        ),
        (
            "observations",
            'so_to,tinh-cu,2024-09-08,article,"1,5",,,S00,true,',
            "'1,5' không phải số (trong tệp dùng dấu chấm thập phân)\n    Cách sửa: sửa ô đó",
        ),
        (
            "observations",
            "so_to,tinh-cu,2024-09-08,article,1e400,,,S00,true,",
            "'1e400' không phải số (trong tệp dùng dấu chấm thập phân)\n    Cách sửa: sửa ô đó",
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
            "'trêm' không phải một trong: trên, hơn, khoảng, gần, dưới, ít nhất, nhiều nhất\n"
            "    Cách sửa: sửa ô đó",
        ),
        (
            "observations",
            "so_to,tinh-cu,2024-09-08,article,5,,,S00,True,",
            "'True' không phải một trong: true, false\n    Cách sửa: sửa ô đó",
        ),
        (
            "observations",
            "so_to,tinh-cu",
            "dòng này thừa hoặc thiếu ô so với dòng đầu\n    Cách sửa: sửa ô đó",
        ),
        (
            "indicators",
            "a,A,number,tổ,,G,12,",
            "'number' không phải một trong: count, percent, money, range\n    Cách sửa: sửa ô đó",
        ),
        (
            "indicators",
            "a,A,count,tổ,,G,1.5,",
            "'1.5' không phải số tháng từ 1 đến 120\n    Cách sửa: sửa ô đó",
        ),
        (
            "indicators",
            'a"" onclick=x,A,count,tổ,,G,12,',
            "mã 'a\"\" onclick=x' chỉ được có chữ không dấu, chữ số, '-' và '_'\n"
            "    Cách sửa: sửa ô đó",
        ),
        (
            "sources",
            "S00,T,P,javascript:alert(1),2024-09-08,",
            "'javascript:alert(1)' không phải địa chỉ https://\n    Cách sửa: sửa ô đó",
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
        "data/statistics/scopes.csv:1: thiếu cột 'label', không có cột 'ten'\n"
        "    Cách sửa: dòng đầu phải là: id,label,note"
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
    write(folder / "observations.csv", OBSERVATIONS + OBSERVATIONS.splitlines()[1] + "\n")
    assert problems_of(folder) == [
        "data/statistics/observations.csv:5: trùng với một dòng ở trên "
        "(so_to--tinh-cu--2024-09-08)\n    Cách sửa: xóa một dòng"
    ]
    write(folder / "scopes.csv", "id,label,note\na,A,\nb,A,\n")
    assert "mã 'b' hoặc tên 'A' đã có ở dòng trên" in problems_of(folder)[0]
    write(folder / "scopes.csv", "id,label,note\ntinh-cu,A,\ntinh-cu,B,\n")
    assert problems_of(folder)[0] == (
        "data/statistics/scopes.csv:3: mã 'tinh-cu' hoặc tên 'B' đã có ở dòng trên\n"
        "    Cách sửa: đổi mã và tên, hoặc xóa dòng"
    )


def test_an_unusable_row_leaves_the_others(project: Path) -> None:
    folder = project / "data/statistics"
    write(folder / "observations.csv", OBSERVATIONS + "so_to,x,2024-09-08,article,1,,,S00,true,\n")
    assert len(load_statistics(folder, TODAY)[0].observations) == 3


def test_odd_blanks_in_cells_are_no_part_of_them(project: Path) -> None:
    folder = project / "data/statistics"
    known = load_statistics(folder, TODAY)
    write(folder / "observations.csv", OBSERVATIONS.replace(",", "\u00a0,\u200b"))
    assert load_statistics(folder, TODAY) == known
