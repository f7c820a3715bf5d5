from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, write

sys.path.insert(0, str(REPOSITORY / "scripts"))
import check_release


def test_release_is_refused_without_https(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", "http://kynangso.example.vn/")
    assert check_release.main() == 1
    assert capsys.readouterr().err == (
        "SITE_URL phải bắt đầu bằng https://, đang là 'http://kynangso.example.vn/'\n"
        "    Cách sửa: SITE_URL=https://ten-mien-cua-trang.vn/ make release\n"
    )


def test_release_is_allowed_under_https(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.example.vn/")
    write(tmp_path / "data/published.txt", "/\n")
    assert check_release.main(tmp_path) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("text", [None, "# Mọi địa chỉ đã đăng.\n"])
def test_first_release_is_told_to_note_its_addresses(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    text: str | None,
) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.example.vn/")
    if text:
        write(tmp_path / "data/published.txt", text)
    assert check_release.main(tmp_path) == 0
    assert capsys.readouterr().out.startswith(
        "data/published.txt còn trống. Đăng xong thì chạy make publish-list"
    )


def test_release_is_refused_when_the_published_addresses_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.example.vn/")
    (tmp_path / "data/published.txt").mkdir(parents=True)
    assert check_release.main(tmp_path) == 1
    assert capsys.readouterr().err == (
        "data/published.txt:1: không phải tệp thường, không đọc được\n"
        "    Cách sửa: chuyển data/published.txt sang chỗ khác, đặt tệp vào đó\n"
    )
