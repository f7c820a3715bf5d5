from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.project import REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import check_release

SETTINGS = """\
extra:
  operator:
    name: {name}
    contact: {contact}
"""
FIRST = (
    "data/published.txt còn trống. Đăng xong thì chạy make publish-list rồi ghi (commit) tệp đó:\n"
    "từ lần sau, bài đổi tên hay bị xóa mà quên dẫn đường sẽ bị báo lỗi.\n"
)


@pytest.fixture(autouse=True)
def address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.vn/")


def test_release_is_refused_without_https(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", "http://kynangso.vn/")
    assert check_release.main() == 1
    assert capsys.readouterr().err == (
        "SITE_URL phải bắt đầu bằng https://, đang là 'http://kynangso.vn/'\n"
        "    Cách sửa: viết địa chỉ thật của trang vào SITE_URL, như SITE_URL=https://…/ "
        "make release\n"
    )


def test_a_missing_slash_is_added_in_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.vn")
    assert check_release.main() == 1
    assert capsys.readouterr().err == (
        "SITE_URL phải kết thúc bằng dấu /, đang là 'https://kynangso.vn'\n"
        "    Cách sửa: SITE_URL=https://kynangso.vn/ make release\n"
    )


def test_a_site_that_somebody_answers_for_is_released_without_a_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    feedback = "  feedback: {channel: tel, to: '0912 345 678'}\n"
    named = SETTINGS.format(name="Tổ Lạc Hiền", contact="'0229 3871 000'")
    write(tmp_path / "mkdocs.yml", named + feedback)
    write(tmp_path / "data/published.txt", "/\n")
    assert check_release.main(tmp_path) == 0
    assert capsys.readouterr() == ("", "")


def test_what_makes_the_site_a_draft_is_told_by_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "mkdocs.yml", SETTINGS.format(name="Tổ Lạc Hiền", contact="''"))
    write(tmp_path / "data/published.txt", "/\n")
    assert check_release.main(tmp_path) == 0
    assert capsys.readouterr().out == (
        "Bản này là bản nháp, máy tìm kiếm được dặn đừng đưa vào (noindex), vì chưa ghi:\n"
        "    mkdocs.yml:4: extra.operator.contact — bà con báo chỗ sai ở đâu\n"
        "    mkdocs.yml:1: extra.feedback.channel — câu “Trang này có ích không?” gửi về đâu\n"
    )


@pytest.mark.parametrize("text", [None, "# Mọi địa chỉ đã đăng.\n"])
def test_first_release_is_told_to_note_its_addresses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str | None
) -> None:
    if text:
        write(tmp_path / "data/published.txt", text)
    assert check_release.main(tmp_path) == 0
    assert capsys.readouterr().out.endswith(FIRST)


def test_release_is_refused_when_the_published_addresses_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "data/published.txt").mkdir(parents=True)
    assert check_release.main(tmp_path) == 1
    assert capsys.readouterr().err == (
        "data/published.txt:1: không phải tệp thường, không đọc được\n"
        "    Cách sửa: chuyển data/published.txt sang chỗ khác, đặt tệp vào đó\n"
    )
