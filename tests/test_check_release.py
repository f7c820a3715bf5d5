from __future__ import annotations

import sys

import pytest
from conftest import REPOSITORY

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
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", "https://kynangso.example.vn/")
    assert check_release.main() == 0
    assert capsys.readouterr().err == ""
