"""What an operator sets in mkdocs.yml: told by line when wrong, and never what a build fails by."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from support.builds import build_site, run_mkdocs
from support.project import REPOSITORY, write

from engine.configured_site import read_site
from portal.checks import check_library
from portal.library.image_settings import ImageSettings, image_settings_of
from portal.library.library import load_library
from portal.library.settings import SiteSettings, load_settings, read_values
from portal.source.problems import as_text

sys.path.insert(0, str(REPOSITORY / "scripts"))
import build_cms

GUIDE = "guides/dinh-danh/kich-hoat.md"
WHOLE = f"""\
site_name: Thử
site_url: !ENV [SITE_URL, "http://localhost:8000/"]
markdown_extensions:
  - toc:
      slugify: !!python/name:portal.language.text.slugify
extra:
  operator:
    name: ""
    official: false
    contact: ""
  feedback: {{channel: "", to: ""}}
  home_urgent:
    - {GUIDE}
  home_figures: [so_lieu.so_to]
  preview: !ENV [PREVIEW, false]
  brotli_quality: !ENV [BROTLI_QUALITY, 10]
"""
CASES = {
    "a word where true or false is meant": (
        ("official: false", 'official: "không"'),
        "9: 'official' phải là true hoặc false",
        "official: false",
    ),
    "a contact that would run": (
        ('contact: ""', 'contact: "javascript:alert(1)"'),
        "10: 'contact' phải là số điện thoại, thư điện tử hay địa chỉ https://: "
        "javascript:alert(1)",
        'contact: ""',
    ),
    "a number that YAML changes": (
        ('contact: ""', "contact: 0345671234"),
        "10: 'extra.operator.contact' ghi 0345671234, máy đọc thành số khác: 60256924",
        'đặt giá trị trong ngoặc kép:  contact: "0345671234"',
    ),
    "a number without quotes": (
        ('channel: "", to: ""', "channel: zalo, to: 912345678"),
        "11: 'to' phải là chữ, đang là số",
        'to: "912345678"',
    ),
    "an unknown channel": (
        ('channel: ""', "channel: fax"),
        "11: 'channel' ghi 'fax', phải là một trong: email, tel, sms, zalo, issue",
        "chọn một: email, tel, sms, zalo, issue",
    ),
    "an address of another channel": (
        ('channel: "", to: ""', "channel: zalo, to: nhóm tổ"),
        "11: 'to' không hợp với kênh zalo: 'nhóm tổ'",
        'ghi địa chỉ thật, dạng:  to: "https://zalo.me/g/abcdef"',
    ),
    "an address without a channel": (
        ('to: ""', "to: to@ten-mien.vn"),
        "11: 'to' có ghi mà 'channel' để trống",
        "chọn một: email, tel, sms, zalo, issue",
    ),
    "a value where a group is meant": (
        ('feedback: {channel: "", to: ""}', "feedback: abc"),
        "11: 'feedback' phải là nhóm trường",
        "feedback: {}",
    ),
    "a misspelt setting": (
        ("home_urgent:", "home_urgnt:"),
        "12: không có trường 'home_urgnt'; tên gần nhất là 'home_urgent'",
        "đổi 'home_urgnt:' thành 'home_urgent:'",
    ),
    "a misspelt setting of a group": (
        ("official:", "oficial:"),
        "9: không có trường 'oficial'; tên gần nhất là 'official'",
        "đổi 'oficial:' thành 'official:'",
    ),
    "a setting that is like no other": (
        ("  preview:", "  analytics: x\n  preview:"),
        "15: không có trường 'analytics'",
        "xóa trường 'analytics', hoặc đổi thành một trong: images, home_common, release, trial, "
        "editor",
    ),
    "a guide that does not exist": (
        (GUIDE, "guides/dinh-danh/kich-hoa.md"),
        "13: bài 'guides/dinh-danh/kich-hoa.md' không có trong docs/",
        GUIDE,
    ),
    "a list that is none": (
        (f"home_urgent:\n    - {GUIDE}", f"home_urgent: {GUIDE}"),
        "12: 'home_urgent' phải là danh sách chữ",
        f'home_urgent: ["{GUIDE}"]',
    ),
    "a figure that does not exist": (
        ("so_lieu.so_to", "so_to"),
        "14: không hiểu '{{ so_to }}'",
        "viết như {{ so_lieu.dinh_danh_kich_hoat }}",
    ),
    "widths that are none": (
        ("  preview:", "  images: {widths: [lớn]}\n  preview:"),
        "15: 'widths' phải là các số từ 1 đến 4096",
        "widths: [480, 800, 1200]",
    ),
    "a quality of no format": (
        ("  preview:", "  images: {quality: {avfi: 50}}\n  preview:"),
        "15: không có trường 'avfi'; tên gần nhất là 'avif'",
        "đổi 'avfi:' thành 'avif:'",
    ),
    "a quality that is none": (
        ("  preview:", "  images: {quality: {avif: 101}}\n  preview:"),
        "15: 'avif' phải là số từ 1 đến 100, đang là 101",
        "ghi một số từ 1 đến 100, không có chữ và ngoặc kép",
    ),
    "a text for all settings": (
        (WHOLE.partition("extra:\n")[2], "  abc\n"),
        "7: 'extra' phải là nhóm trường",
        "extra: {}",
    ),
    "a git host of no editor": (
        ("  preview:", "  editor: {backend: githubb}\n  preview:"),
        "15: 'backend' ghi 'githubb', phải là một trong: github, gitlab, gitea",
        "backend: github",
    ),
    "a store without its group": (
        ("  preview:", "  editor: {repo: kho}\n  preview:"),
        "15: 'repo' là 'kho', thiếu tên nhóm",
        'repo: "ten-nhom/kho"',
    ),
    "a branch that is published": (
        ("  preview:", "  editor: {branch: main}\n  preview:"),
        "15: 'branch' là 'main', bài sẽ lên thẳng trang thật",
        "branch: bien-tap",
    ),
    "a git host that anybody could listen to": (
        ("  preview:", "  editor: {api_root: http://git.example.vn}\n  preview:"),
        "15: 'api_root' phải bắt đầu bằng https://",
        'api_root: ""',
    ),
    "what is no YAML": (
        ("site_name: Thử", "site_name: [Thử"),
        "1: dòng này mở dấu [ mà không đóng",
        "site_name: [Thử]",
    ),
}


@pytest.mark.parametrize(("change", "message", "fix"), CASES.values(), ids=CASES)
def test_what_is_wrong_is_told_by_its_line(
    project: Path, change: tuple[str, str], message: str, fix: str
) -> None:
    assert change[0] in WHOLE
    write(project / "mkdocs.yml", WHOLE.replace(*change, 1))
    found = as_text(check_library(load_library(project)))
    assert found == f"mkdocs.yml:{message}\n    Cách sửa: {fix}"


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "BROTLI_QUALITY",
            "abc",
            "mkdocs.yml:16: 'brotli_quality' phải là số từ 0 đến 11, đang là abc; biến "
            "BROTLI_QUALITY đang ghi 'abc'\n    Cách sửa: unset BROTLI_QUALITY",
        ),
        (
            "BROTLI_QUALITY",
            "99",
            "mkdocs.yml:16: 'brotli_quality' phải là số từ 0 đến 11, đang là 99; biến "
            "BROTLI_QUALITY đang ghi '99'\n    Cách sửa: unset BROTLI_QUALITY",
        ),
        (
            "PREVIEW",
            "có",
            "mkdocs.yml:15: 'preview' phải là true hoặc false; biến PREVIEW đang ghi 'có'\n"
            "    Cách sửa: unset PREVIEW",
        ),
        (
            "SOURCE_DATE_EPOCH",
            "abc",
            "mkdocs.yml:1: biến SOURCE_DATE_EPOCH ghi 'abc', phải là số giây kể từ năm 1970\n"
            "    Cách sửa: unset SOURCE_DATE_EPOCH",
        ),
        (
            "SOURCE_DATE_EPOCH",
            "9" * 30,
            f"mkdocs.yml:1: biến SOURCE_DATE_EPOCH ghi '{'9' * 30}', "
            "phải là số giây kể từ năm 1970\n    Cách sửa: unset SOURCE_DATE_EPOCH",
        ),
    ],
)
def test_variables_of_the_environment_are_settings_too(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    write(project / "mkdocs.yml", WHOLE)
    monkeypatch.setenv(name, value)
    assert problem in as_text(check_library(load_library(project)))


def test_the_file_of_this_repository_is_right_and_read_as_mkdocs_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PREVIEW", "BROTLI_QUALITY", "RELEASE"):
        monkeypatch.delenv(name, raising=False)
    settings, problems = load_settings(REPOSITORY / "mkdocs.yml")
    assert problems == []
    assert settings.values == load_config(str(REPOSITORY / "mkdocs.yml")).extra
    monkeypatch.setenv("PREVIEW", "true")
    monkeypatch.setenv("BROTLI_QUALITY", "0")
    values = load_settings(REPOSITORY / "mkdocs.yml")[0].values
    assert (values["preview"], values["brotli_quality"]) == (True, 0)


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (None, ImageSettings((480, 800, 1200))),
        (
            {"widths": [900, 300], "quality": {"avif": 40}},
            ImageSettings((300, 900), {"avif": 40, "webp": 70, "jpeg": 74}),
        ),
        ({"widths": [0], "quality": {"avif": "50"}}, ImageSettings()),
        ({"widths": [], "quality": {"png": 50}}, ImageSettings()),
    ],
)
def test_settings_of_pictures_have_defaults(images: object, expected: ImageSettings) -> None:
    assert image_settings_of(read_values({"images": images})["images"]) == expected


def test_what_is_not_set_has_its_default(tmp_path: Path) -> None:
    for text in ("site_name: Thử\n", "extra:\n", "extra: {operator: , home_figures: }\n", ""):
        assert load_settings(write(tmp_path / "mkdocs.yml", text)) == (
            SiteSettings(lines=load_settings(tmp_path / "mkdocs.yml")[0].lines),
            [],
        )
    assert load_settings(tmp_path / "khong-co.yml") == (SiteSettings(), [])
    assert read_values(None) == read_values({})


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_bytes(b"site_name: \xe0\n")
    assert [str(each) for each in load_settings(file)[1]] == [
        "mkdocs.yml:1: tệp không phải chữ ở bảng mã UTF-8\n"
        "    Cách sửa: mở bằng trình soạn thảo, lưu lại với bảng mã UTF-8"
    ]


def settings_of(project: Path, extra: str) -> Path:
    """Replace all settings of a project's configuration."""
    file = project / "mkdocs.yml"
    return write(file, file.read_text(encoding="utf-8").partition("\nextra:\n")[0] + extra)


@pytest.mark.parametrize("extra", ["\n", "\nextra: {operator: , home_figures: }\n"])
def test_a_site_is_built_without_any_setting(site_project: Path, extra: str) -> None:
    settings_of(site_project, extra)
    home = (build_site(site_project) / "index.html").read_text()
    assert "Không phải trang chính thức của cơ quan nhà nước." in home


def test_a_build_stops_at_all_wrong_settings_at_once(site_project: Path) -> None:
    settings_of(
        site_project,
        '\nextra:\n  operator: x\n  feedback: abc\n  home_figures: [x]\n  brotli_quality: "9"\n',
    )
    run = run_mkdocs(site_project, "build", "--strict")
    lines = [line for line in run.stderr.splitlines() if line.startswith("mkdocs.yml:")]
    assert [line.partition(": ")[2].split(" ")[0] for line in lines] == [
        "'operator'",
        "'feedback'",
        "không",
        "'brotli_quality'",
    ]
    assert "Traceback" not in run.stderr


def test_commands_read_the_same_settings(
    site_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_of(site_project, "\nextra:\n  editor: x\n  home_figures:\n")
    assert build_cms.main(["--root", str(site_project)]) == 1
    assert "'editor' phải là nhóm trường" in capsys.readouterr().err
    config = load_config(str(site_project / "mkdocs.yml"))
    assert read_site(config, read_values(config.extra)).headline == ""
