"""The command that operators run once a month."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from support.project import REPOSITORY, write
from support.serving import serving

from portal.library.statistics_package import OBSERVATIONS as TABLE

sys.path.insert(0, str(REPOSITORY / "scripts"))
import update_statistics

HEADER = "chỉ tiêu,phạm vi,đến ngày,giá trị,nguồn\n"
FIRST = ("--accept", "so_to--tinh-moi--2026-06-30")  # the first value of that series


@pytest.fixture
def folder(project: Path) -> Path:
    return project / "data/statistics"


def run(folder: Path, source: Path | str, *arguments: str) -> int:
    return update_statistics.main([str(source), "--folder", str(folder), *arguments])


def table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    return write(folder.parent / "moi.csv", header + "\n".join(rows) + "\n")


def test_new_changed_and_same_rows_are_shown_and_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(
        folder,
        "so_to,tinh-moi,30/6/2026,1.700,S00",
        'dien_thoai,tinh-moi,30/6/2026,"khoảng 84,5%",S00',
        "dien_thoai,tinh-cu,15/8/2024,khoảng 91%,S00",
    )
    assert run(folder, file, *FIRST) == 0
    assert capsys.readouterr().out.splitlines() == [
        "cột 'chỉ tiêu' → indicator",
        "cột 'phạm vi' → scope",
        "cột 'đến ngày' → as_of",
        "cột 'giá trị' → value",
        "cột 'nguồn' → source",
        "        chỉ tiêu    nơi       ngày        trước       nay",
        "mới     so_to       tinh-moi  2026-06-30  –           1.700",
        "đổi     dien_thoai  tinh-moi  2026-06-30  83,95%      khoảng 84,5%",
        "như cũ  dien_thoai  tinh-cu   2024-08-15  khoảng 91%  khoảng 91%",
        "Đã ghi 2 dòng.",
    ]
    assert (folder / "observations.csv").read_text().splitlines()[3:] == [
        "dien_thoai,tinh-moi,2026-06-30,explicit,84.5,,khoảng,S00,false,",
        "so_to,tinh-moi,2026-06-30,explicit,1700,,,S00,false,",
    ]


def test_dry_run_and_nothing_new_write_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "observations.csv").read_bytes()
    file = table(folder, "so_to,tinh-moi,30/6/2026,1.700,S00")
    assert run(folder, file, "--dry-run", *FIRST) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Chưa ghi gì."
    assert (folder / "observations.csv").read_bytes() == before


REFUSED = [
    (
        ["so_toi,tinh-cu,1/1/2025,5,S00"],
        "2: không có chỉ tiêu 'so_toi'",
        "gần nhất: so_to, dien_thoai",
    ),
    (
        ["so_to,tinh-xa,1/1/2025,1700,S00"],
        "2: không có phạm vi 'tinh-xa'",
        "gần nhất: tinh-cu, tinh-moi",
    ),
    (["so_to,tinh-cu,1/1/2025,1700,"], "2: ô nguồn để trống", "ghi mã nguồn, ví dụ S00"),
    (
        ["so_to,tinh-cu,1/1/2027,1700,S00"],
        "2: ngày 1/1/2027 ở tương lai",
        "ghi ngày của số liệu",
    ),
    (
        ['so_to,tinh-cu,1/1/2025,"12,5,3",S00'],
        "2: '12,5,3' không phải số đọc được",
        "sửa ô đó rồi chạy lại",
    ),
    (["so_to,tinh-cu,1/1/2025,,S00"], "2: ô giá trị để trống", "sửa ô đó rồi chạy lại"),
    (
        ['so_to,tinh-cu,1/1/2025,"1700,5",S00'],
        "2: số đếm 1700.5 phải là số nguyên",
        "viết 1.234 hoặc 1234, không viết 1,234",
    ),
    (
        ["dien_thoai,tinh-cu,1/1/2025,101%,S00"],
        "2: tỷ lệ 101% nằm ngoài khoảng 0–100",
        "sửa giá trị",
    ),
    (
        ["so_to,tinh-cu,1/1/2025,17%,S00"],
        "2: đơn vị '%' khác đơn vị đã dùng 'tổ'",
        "đổi về đơn vị cũ, hoặc lập chỉ tiêu mới",
    ),
    (
        ["so_to,tinh-cu,1/1/2025,5-7,S00"],
        "2: chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số",
        "viết như 5-7, hoặc một số",
    ),
    (
        ["so_to,tinh-cu,1/1/2025,3000,S00"],
        "2: 3.000 lệch hơn 50% so với 1.679 (ngày 8/9/2024)",
        "nếu đúng, chạy lại với  --accept so_to--tinh-cu--2025-01-01",
    ),
    (
        ["so_to,tinh-cu,1/1/2025,1700,S00", "so_to,tinh-cu,2025-01-01,1701,S00"],
        "3: trùng với dòng 2 (so_to--tinh-cu--2025-01-01)",
        "giữ một dòng",
    ),
    (
        ["so_to,tinh-cu,31/2/2025,1700,S00"],
        "2: '31/2/2025' không phải ngày có thật, viết như 15/8/2024",
        "sửa ô đó rồi chạy lại",
    ),
]


REFUSED += [
    (
        ['so_to,tinh-cu,1/1/2025,"25,000",S00'],
        "2: '25,000' đọc được hai cách: dấu phẩy ngăn nghìn hay ngăn phần lẻ",
        "viết 25.000 nếu là nghìn, 25 nếu là phần lẻ",
    ),
    (
        ["dien_thoai,tinh-cu,1/1/2025,0.8395,S00"],
        "2: tỷ lệ '0.8395' đọc được hai cách: 83,95% hay 0,8395%",
        "ghi kèm dấu %: 83,95% hoặc 0,8395%",
    ),
    (
        ['dien_thoai,tinh-cu,1/1/2025,"0,84",S00'],
        "2: tỷ lệ '0,84' đọc được hai cách: 84% hay 0,84%",
        "ghi kèm dấu %: 84% hoặc 0,84%",
    ),
    (
        ["dien_thoai,tinh-moi,10/5/2026,84%,S00"],
        "2: '10/5/2026' đọc được hai cách: ngày 10 tháng 5 hay ngày 5 tháng 10",
        "viết 2026-05-10 hoặc 2026-10-05",
    ),
    (
        ["so_to,tinh-moi,30/6/2026,1.700,S00"],
        "2: số đầu tiên của 'Số tổ', trang sẽ in: 1.700 (đến ngày 30/6/2026; tỉnh Ninh Bình)",
        "nếu đúng, chạy lại với  --accept so_to--tinh-moi--2026-06-30",
    ),
]


@pytest.mark.parametrize(("rows", "message", "fix"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_bad_row_refuses_the_whole_file(
    folder: Path, capsys: pytest.CaptureFixture[str], rows: list[str], message: str, fix: str
) -> None:
    before = (folder / "observations.csv").read_bytes()
    file = table(folder, *rows)
    assert run(folder, file) == 1
    error = capsys.readouterr().err.partition("Đúng cả")[0].splitlines()
    assert error[-3:] == [
        f"{file}:{message}",
        f"    Cách sửa: {fix}",
        "1 lỗi, chưa ghi gì.",
    ]
    assert (folder / "observations.csv").read_bytes() == before


def test_a_jump_within_another_scope_is_no_jump(folder: Path) -> None:
    file = table(folder, "so_to,tinh-moi,1/1/2026,4000,S00")
    assert run(folder, file, "--accept", "so_to--tinh-moi--2026-01-01") == 0


def test_a_jump_is_written_once_it_is_accepted(folder: Path) -> None:
    file = table(folder, "so_to,tinh-cu,1/1/2025,3000,S00")
    assert run(folder, file, "--accept", "so_to--tinh-cu--2025-01-01") == 0


def test_a_title_above_the_names_of_columns_is_one_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(folder, "so_to", header="Bảng số liệu tháng 11\n")
    assert run(folder, file) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{file}:1: dòng đầu không phải các tên cột",
        "    Cách sửa: xóa dòng ở trên tên cột; cần các cột: chỉ tiêu, phạm vi, ngày, giá trị, "
        "nguồn",
        "1 lỗi, chưa ghi gì.",
    ]


def test_wrong_and_missing_columns_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(folder, "a,b,c,d", header="chỉ tiêu,pham vy,ngày,giá trị\n")
    assert run(folder, file) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{file}:1: không hiểu cột 'pham vy'",
        "    Cách sửa: đổi tên cột thành 'phạm vi'",
        f"{file}:1: thiếu cột 'nguồn'",
        "    Cách sửa: thêm cột: nguồn hoặc mã nguồn hoặc source",
        f"{file}:1: thiếu cột 'phạm vi'",
        "    Cách sửa: thêm cột: phạm vi hoặc nơi hoặc địa bàn",
        "3 lỗi, chưa ghi gì.",
    ]


def test_missing_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "khong-co.csv") == 1
    assert capsys.readouterr().err == (
        "khong-co.csv:1: không có tệp này\n"
        "    Cách sửa: kiểm tra tên tệp và thư mục\n"
        "1 lỗi, chưa ghi gì.\n"
    )


def test_a_folder_that_cannot_be_written_to(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(update_statistics, "write_atomically", fail)
    assert run(folder, table(folder, "so_to,tinh-moi,30/6/2026,1.700,S00"), *FIRST) == 1
    assert capsys.readouterr().err == (
        f"{folder}/observations.csv:1: không ghi được tệp này\n"
        "    Cách sửa: kiểm tra chỗ trống trên đĩa và quyền ghi\n"
        "1 lỗi, chưa ghi gì.\n"
    )


def stored(folder: Path) -> list[str]:
    return (folder / "observations.csv").read_text().splitlines()[1:]


def test_a_new_value_keeps_the_caution_that_the_file_does_not_speak_of(folder: Path) -> None:
    write(
        folder / "observations.csv",
        ",".join(TABLE.columns) + "\nso_to,tinh-cu,2024-09-08,article,1679,,,S00,true,Chưa rõ.\n",
    )
    assert run(folder, table(folder, "so_to,tinh-cu,8/9/2024,1.680,S00")) == 0
    assert stored(folder) == ["so_to,tinh-cu,2024-09-08,article,1680,,,S00,true,Chưa rõ."]
    header = HEADER.replace("\n", ",chưa rõ,ghi chú\n")
    assert run(folder, table(folder, "so_to,tinh-cu,8/9/2024,1.680,S00,,", header=header)) == 0
    assert stored(folder) == ["so_to,tinh-cu,2024-09-08,article,1680,,,S00,false,"]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("chưa rõ", "hình như", "2: không hiểu 'chưa rõ: hình như'"),
        ("căn cứ ngày", "báo", "2: không có căn cứ ngày 'báo'"),
        ("chữ đi kèm", "cỡ", "2: 'cỡ' không phải một trong: trên, hơn, khoảng"),
        ("giá trị lớn nhất", "1.800", "2: chỉ tiêu dạng khoảng cần hai số, dạng khác cần một số"),
    ],
)
def test_remarks_that_are_not_understood_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], column: str, cell: str, message: str
) -> None:
    header = HEADER.replace("\n", f",{column}\n")
    file = table(folder, f"so_to,tinh-moi,30/6/2026,1.700,S00,{cell}", header=header)
    assert run(folder, file) == 1
    assert message in capsys.readouterr().err


def test_rows_of_one_file_are_compared_with_each_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("so_to,tinh-moi,31/5/2026,100,S00", "so_to,tinh-moi,30/6/2026,1.000,S00")
    assert run(folder, table(folder, *rows)) == 1
    assert "3: 1.000 lệch hơn 50% so với 100 (ngày 31/5/2026)" in capsys.readouterr().err


def test_labels_name_indicator_and_place_as_well_as_ids(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(folder, '"SỐ TỔ",tỉnh Ninh Bình,30/6/2026,1.700,S00')
    assert run(folder, file, *FIRST) == 0
    assert stored(folder)[-1] == "so_to,tinh-moi,2026-06-30,explicit,1700,,,S00,false,"
    assert run(folder, table(folder, "Có điện toại,tinh-moi,30/6/2026,84%,S00")) == 1
    assert "Cách sửa: gần nhất: dien_thoai" in capsys.readouterr().err


def test_a_copy_of_the_stored_file_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "observations.csv").read_bytes()
    assert run(folder, folder / "observations.csv") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Chưa ghi gì."
    assert (folder / "observations.csv").read_bytes() == before


def test_json_may_hold_numbers_and_no_unknown_name_in_any_row(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"indicator": "so_to", "scope": "tinh-moi", "as_of": "2026-06-30", "source": "S00"}
    file = folder.parent / "moi.json"
    write(file, json.dumps([{**row, "value": 1700.0}, {**row, "value": 1, "giatri": 2}]))
    assert run(folder, file) == 1
    assert "1: không hiểu cột 'giatri'\n    Cách sửa: đổi tên cột thành 'giá trị'" in (
        capsys.readouterr().err
    )
    write(file, json.dumps([{**row, "value": float("nan")}]))
    assert run(folder, file) == 1
    assert "1: 'nan' không phải số đọc được" in capsys.readouterr().err
    write(file, json.dumps([{**row, "value": 1700.0}]))
    assert run(folder, file, *FIRST) == 0
    assert stored(folder)[-1] == "so_to,tinh-moi,2026-06-30,explicit,1700,,,S00,false,"


def test_a_workbook_with_merged_cells_is_refused_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    for row in (HEADER.strip().split(","), ["so_to", "tinh-moi", "30/6/2026", 1700, "S00"], []):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    file = folder.parent / "moi.xlsx"
    book.save(file)
    assert run(folder, file) == 1
    assert capsys.readouterr().err.splitlines()[:2] == [
        f"{file}:2: các ô A2:A3 bị gộp",
        "    Cách sửa: bỏ gộp ô, ghi giá trị vào từng ô",
    ]


def test_the_command_ends_with_its_status_and_no_traceback(folder: Path) -> None:
    file = table(folder, 'so_to,tinh-cu,1/1/2025,"12,5,3",S00')
    command = [sys.executable, str(REPOSITORY / "scripts/update_statistics.py"), str(file)]
    ended = subprocess.run([*command, "--folder", str(folder)], capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"{file}:2: '12,5,3' không phải số đọc được",
        "    Cách sửa: sửa ô đó rồi chạy lại",
        "1 lỗi, chưa ghi gì.",
    ]


def test_an_address_is_read_after_retries(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("portal.system.download.time.sleep", waits.append)
    good = (HEADER + "so_to,tinh-moi,30/6/2026,1.700,S00\n").encode()
    with serving((503, {}, b""), (500, {}, b""), (200, {}, good)) as url:
        assert run(folder, url, *FIRST) == 0
    assert waits == [2.0, 4.0]
    assert stored(folder)[-1] == "so_to,tinh-moi,2026-06-30,explicit,1700,,,S00,false,"


def test_a_failing_address_leaves_the_data_untouched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "observations.csv").read_bytes()
    with serving((404, {}, b"")) as url:
        assert run(folder, url) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{url}:1: không tải được: máy chủ trả lời lỗi 404",
        "    Cách sửa: chạy lại, hoặc tải tệp về máy",
        "1 lỗi, chưa ghi gì.",
    ]
    assert (folder / "observations.csv").read_bytes() == before


@pytest.mark.parametrize(
    "rows",
    [
        ["dien_thoai,tinh-moi,10/5/2026,84%,S00", "dien_thoai,tinh-moi,30/4/2026,84%,S00"],
        ["dien_thoai,tinh-moi,ngày 10/5/2026,84%,S00"],
        ["dien_thoai,tinh-moi,5/5/2026,84%,S00"],
        ["dien_thoai,tinh-moi,2026-05-10,84%,S00"],
        ["dien_thoai,tinh-cu,15/8/2024,90%,S00", "so_to,tinh-cu,8/9/2024,1.680,S00"],
    ],
)
def test_a_day_that_something_else_tells_is_read(folder: Path, rows: list[str]) -> None:
    accepted = ("--accept", "dien_thoai--tinh-moi--2026-04-30")
    accepted += ("--accept", "dien_thoai--tinh-moi--2026-05-10")
    accepted += ("--accept", "dien_thoai--tinh-moi--2026-05-05")
    assert run(folder, table(folder, *rows), *accepted) == 0


def test_what_is_asked_can_be_answered_by_the_command_that_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(folder, "so_to,tinh-moi,30/6/2026,1.700,S00", "so_to,tinh-cu,30/6/2026,9.000,S00")
    assert run(folder, file) == 1
    keys = "so_to--tinh-moi--2026-06-30 so_to--tinh-cu--2026-06-30"
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"Đúng cả thì chạy:  make stats FILE={file} ACCEPT='{keys}'"
    make = ["make", "-n", "-o", ".venv/.run", "stats", f"FILE={file}", f"ACCEPT={keys}"]
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")  # of `make test`
    environment = {name: value for name, value in os.environ.items() if name not in outer}
    done = subprocess.run(
        make, cwd=REPOSITORY, capture_output=True, text=True, check=True, env=environment
    )
    first, second = keys.split()
    assert done.stdout.strip() == (
        f'.venv/bin/python scripts/update_statistics.py "$FILE" --accept {first} --accept {second}'
    )


def test_a_wrong_call_is_answered_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    usage = 'make stats FILE=so-lieu.xlsx [ACCEPT="mã mã"] [DRY=1]'
    for arguments, said in (
        ([], "thiếu: FILE"),
        (["a.csv", "--accept"], "--accept phải có giá trị theo sau"),
        (["a.csv", "b.csv"], "không hiểu: b.csv"),
    ):
        with pytest.raises(SystemExit) as ended:
            update_statistics.main(arguments)
        assert ended.value.code == 2
        assert capsys.readouterr().err == f"{said}\n    Cách gọi: {usage}\n"
