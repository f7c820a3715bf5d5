"""The command that operators run once a month."""

import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import update_statistics

HEADER = "chỉ tiêu,phạm vi,đến ngày,giá trị,nguồn\n"


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
    assert run(folder, file) == 0
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
    assert run(folder, file, "--dry-run") == 0
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
        "2: giá trị 3000 lệch hơn 50% so với 1679 (ngày 8/9/2024)",
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


@pytest.mark.parametrize(("rows", "message", "fix"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_bad_row_refuses_the_whole_file(
    folder: Path, capsys: pytest.CaptureFixture[str], rows: list[str], message: str, fix: str
) -> None:
    before = (folder / "observations.csv").read_bytes()
    file = table(folder, *rows)
    assert run(folder, file) == 1
    error = capsys.readouterr().err.splitlines()
    assert error[-3:] == [
        f"{file}:{message}",
        f"    Cách sửa: {fix}",
        "1 lỗi, chưa ghi gì.",
    ]
    assert (folder / "observations.csv").read_bytes() == before


def test_a_jump_within_another_scope_is_no_jump(folder: Path) -> None:
    assert run(folder, table(folder, "so_to,tinh-moi,1/1/2026,4000,S00")) == 0


def test_a_jump_is_written_once_it_is_accepted(folder: Path) -> None:
    file = table(folder, "so_to,tinh-cu,1/1/2025,3000,S00")
    assert run(folder, file, "--accept", "so_to--tinh-cu--2025-01-01") == 0


def test_wrong_and_missing_columns_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(folder, "a,b,c,d", header="chỉ tiêu,pham vy,ngày,giá trị\n")
    assert run(folder, file) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{file}:1: không hiểu cột 'pham vy'",
        "    Cách sửa: đổi tên cột thành 'scope'",
        f"{file}:1: thiếu cột 'scope'",
        "    Cách sửa: thêm cột: scope hoặc pham vi hoặc noi",
        f"{file}:1: thiếu cột 'source'",
        "    Cách sửa: thêm cột: source hoặc nguon hoặc ma nguon",
        "3 lỗi, chưa ghi gì.",
    ]


def test_missing_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "khong-co.csv") == 1
    assert capsys.readouterr().err.startswith(
        "khong-co.csv:1: không đọc được: No such file or directory\n"
    )


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers each request with the next of `queue`: (status, headers, body)."""

    queue: list[tuple[int, dict[str, str], bytes]]

    def do_GET(self) -> None:
        status, headers, body = self.queue.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[str]:
    handler = type("Handler", (Answers,), {"queue": list(answers)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/so-lieu.csv"
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_wait(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waits: list[float] = []
    monkeypatch.setattr("portal.download.time.sleep", waits.append)
    monkeypatch.setattr("portal.download.download.__defaults__", (3, waits.append))
    return waits


def test_an_address_is_read_after_retries(folder: Path, no_wait: list[float]) -> None:
    good = (HEADER + "so_to,tinh-moi,30/6/2026,1.700,S00\n").encode()
    with serving((503, {}, b""), (500, {}, b""), (200, {}, good)) as url:
        assert run(folder, url) == 0
    assert no_wait == [2.0, 4.0]
    assert "so_to,tinh-moi" in (folder / "observations.csv").read_text()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([(404, {}, b"")], "máy chủ trả lời lỗi 404"),
        ([(500, {}, b"")] * 3, "máy chủ trả lời lỗi 500"),
        ([(200, {}, b"x" * 5_000_001)], "tệp lớn hơn 5 MB"),
        ([(302, {"Location": "http://example.vn/a.csv"}, b"")], "chỉ tải từ địa chỉ https://"),
    ],
)
def test_a_failing_address_leaves_the_data_untouched(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    no_wait: list[float],
    answers: list[tuple[int, dict[str, str], bytes]],
    reason: str,
) -> None:
    before = (folder / "observations.csv").read_bytes()
    with serving(*answers) as url:
        assert run(folder, url) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"{url}:1: không đọc được: {reason}"
    assert (folder / "observations.csv").read_bytes() == before


def test_an_address_that_is_not_encrypted_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "http://example.vn/a.csv") == 1
    assert "chỉ tải từ địa chỉ https://" in capsys.readouterr().err
