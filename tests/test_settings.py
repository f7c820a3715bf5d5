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

VARIABLES = """\
site_name: Thử
extra:
  preview: !ENV [PREVIEW, false]
  brotli_quality: !ENV [BROTLI_QUALITY, 10]
"""


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "BROTLI_QUALITY",
            "abc",
            "mkdocs.yml:4: 'brotli_quality' phải là số từ 0 đến 11, đang là abc; biến "
            "BROTLI_QUALITY đang ghi 'abc'\n    Cách sửa: unset BROTLI_QUALITY",
        ),
        (
            "BROTLI_QUALITY",
            "99",
            "mkdocs.yml:4: 'brotli_quality' phải là số từ 0 đến 11, đang là 99; biến "
            "BROTLI_QUALITY đang ghi '99'\n    Cách sửa: unset BROTLI_QUALITY",
        ),
        (
            "PREVIEW",
            "có",
            "mkdocs.yml:3: 'preview' phải là true hoặc false; biến PREVIEW đang ghi 'có'\n"
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
    write(project / "mkdocs.yml", VARIABLES)
    monkeypatch.setenv(name, value)
    assert problem in as_text(check_library(load_library(project)))
    monkeypatch.delenv(problem.partition("unset ")[2])
    assert check_library(load_library(project)) == []


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
