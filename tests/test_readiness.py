from __future__ import annotations

from pathlib import Path

import pytest
from support.builds import build_site

from portal.library.readiness import missing_settings, release_obstacle
from portal.library.settings import read_values

NOINDEX = '<meta name="robots" content="noindex,nofollow">'
NAMELESS = "SITE_URL thiếu tên miền, đang là '{}'"
UNREAL = "SITE_URL phải là tên miền thật của trang, đang là '{}'"
UNREADABLE = "SITE_URL không phải địa chỉ đọc được, đang là '{}'"
NOT_HTTPS = "SITE_URL phải bắt đầu bằng https://, đang là '{}'"
GAPS = "SITE_URL có dấu cách hay hai dấu / liền nhau, đang là '{}'"
SECRET = "SITE_URL không được có tên đăng nhập, mật khẩu: địa chỉ này in ra giấy"


@pytest.mark.parametrize(
    ("url", "obstacle"),
    [
        ("https://kynangso.vn/", ""),
        ("https://kynangso.vn/ky-nang-so/", ""),
        ("https://x.vn:8443/", ""),
        ("https://kỹ-năng.vn/", ""),
        ("", "chưa viết SITE_URL, địa chỉ của trang"),
        ("http://kynangso.vn/", NOT_HTTPS),
        ("https://", NAMELESS),
        ("https://may-chu/", NAMELESS),
        ("https://abc vn.x/", NAMELESS),
        ("https://.vn/", NAMELESS),
        ("https://…/", NAMELESS),
        ("https://[abc/", UNREADABLE),
        ("https://x.vn:xx/", UNREADABLE),
        ("https://x.vn", "SITE_URL phải kết thúc bằng dấu /, đang là '{}'"),
        (" https://kynangso.vn/", GAPS),
        ("https://kynangso.vn/ky nang/", GAPS),
        ("https://kynangso.vn//", GAPS),
        ("https://kynangso.example.vn/", UNREAL),
        ("https://example.com/", UNREAL),
        ("https://WWW.EXAMPLE.COM/", UNREAL),
        ("https://ten-mien-cua-trang.vn/", UNREAL),
        ("https://localhost/", UNREAL),
        ("https://to.localhost:8000/", UNREAL),
        ("https://to.test/", UNREAL),
        ("https://to.invalid/", UNREAL),
        ("https://to.local/", UNREAL),
        ("https://may.home.arpa/", UNREAL),
        ("https://192.168.1.10/", UNREAL),
        ("https://8.8.8.8/", UNREAL),
        ("https://[::1]/", UNREAL),
        ("https://10.1/", UNREAL),
        ("https://to:mat-khau@kynangso.vn/", SECRET),
    ],
)
def test_site_is_published_only_under_a_real_https_address(url: str, obstacle: str) -> None:
    assert release_obstacle(url) == obstacle.format(url)


SET = {
    "operator": {"name": "Tổ Lạc Hiền", "contact": "0229 3871 000"},
    "feedback": {"channel": "tel", "to": "0912 345 678"},
}


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, []),
        ({"operator": {"name": "Tổ Lạc Hiền"}}, ["operator.contact"]),
        ({"operator": {"contact": "0229 3871 000"}}, ["operator.name"]),
        ({"feedback": {"channel": "", "to": ""}}, ["feedback.channel"]),
        (
            {"operator": {}, "feedback": {}},
            ["operator.name", "operator.contact", "feedback.channel"],
        ),
    ],
)
def test_a_site_is_a_draft_until_somebody_answers_for_it(
    changed: dict[str, object], missing: list[str]
) -> None:
    assert list(missing_settings(read_values({**SET, **changed}))) == missing


@pytest.mark.parametrize(
    ("release", "trial", "extra", "pages"),
    [
        ("true", "false", "", 1),
        ("false", "false", "", 0),
        ("true", "false", "operator", 0),
        ("true", "true", "operator", 1),
    ],
)
def test_only_a_preview_and_the_release_of_a_draft_ask_search_engines_to_leave(
    site_project: Path,
    monkeypatch: pytest.MonkeyPatch,
    release: str,
    trial: str,
    extra: str,
    pages: int,
) -> None:
    monkeypatch.setenv("RELEASE", release)
    monkeypatch.setenv("TRIAL", trial)
    monkeypatch.setenv("BROTLI_QUALITY", "0")
    if extra:
        file = site_project / "mkdocs.yml"
        text = file.read_text().replace('name: ""', 'name: "Tổ Lạc Hiền"')
        text = text.replace('contact: ""', 'contact: "0229 3871 000"')
        text = text.replace('channel: ""', 'channel: "tel"').replace('to: ""', 'to: "0912345678"')
        file.write_text(text)
    site = build_site(site_project)
    for page in ("index.html", "guides/dinh-danh/kich-hoat/index.html", "a-z/index.html"):
        assert (site / page).read_text().count(NOINDEX) == pages, page
