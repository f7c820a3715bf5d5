"""Drawn pictures: safe, small, readable in light and dark, and as their descriptions say."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path

import brotli
import pytest
from support.project import REPOSITORY, write

from desk.drawings.canvas import COLOURS, WIDTH, text_width, wrap_text
from desk.drawings.descriptions import draw_all, draw_vignettes
from desk.drawings.scenes import BLOCKS, SceneError, draw_scene
from desk.drawings.vignettes import PARTS, draw_vignette
from desk.drawings.widgets import WIDGETS
from portal.images.drawn_text import DrawnText, drawn_text
from portal.images.svg import read_svg, svg_size

sys.path.insert(0, str(REPOSITORY / "scripts"))
import draw_pictures

MAX_BYTES, VIGNETTE_BYTES = 6_000, 2_000  # plain, brotli
ONE = """\
folder: guides/x
pictures:
  a: {title: Một nút, scene: [{phone: {rows: [{button: Gửi, step: 1, note: Bấm}]}}]}
"""


def test_drawing_is_safe_and_small(tmp_path: Path) -> None:
    write(tmp_path / "a.yml", ONE)
    [drawing] = draw_all(tmp_path)
    assert drawing.path == "guides/x/a.svg"
    assert len(drawing.svg.encode()) <= MAX_BYTES
    assert (svg_size(read_svg(drawing.svg.encode())) or (0, 0))[0] == WIDTH


def test_text_that_would_be_cut_is_named(tmp_path: Path) -> None:
    long = "dài" * 30
    file = write(tmp_path / "a.yml", ONE.replace("button: Gửi", f"button: {long}"))
    with pytest.raises(SceneError) as error:
        list(draw_all(tmp_path))
    assert str(error.value) == f"{file}: a: chữ '{long}' nhỏ quá, hoặc dài quá bề rộng của hình"


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


TEXT_ON = [
    *product(("ink", "soft"), ("paper", "ground", "tint")),
    *product(("ink",), ("good-ground", "bad-ground")),
    ("white", "brand"),
    ("on-mark", "mark"),
    ("good", "good-ground"),
    ("bad", "bad-ground"),
    ("brand-ink", "paper"),
    ("good", "paper"),
]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
def test_text_stands_out(text: str, ground: str, shade: int) -> None:
    assert contrast(text, ground, shade) >= 7


@pytest.mark.parametrize(("line", "ground"), list(product(("line", "mark"), ("paper", "ground"))))
@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
def test_lines_stand_out(line: str, ground: str, shade: int) -> None:
    assert contrast(line, ground, shade) >= 3


def contrast(first: str, second: str, shade: int) -> float:
    dark, light = sorted(luminance(COLOURS[name][shade]) for name in (first, second))
    return (light + 0.05) / (dark + 0.05)


def test_text_is_wrapped_at_words_and_at_marked_places() -> None:
    assert wrap_text("một hai|ba", 1000, 14) == ["một hai", "ba"]
    lines = wrap_text("Gõ số điện thoại đã đăng ký", 100, 14)
    assert " ".join(lines) == "Gõ số điện thoại đã đăng ký"
    assert max(text_width(line, 14) for line in lines) <= 100


def test_each_telephone_is_a_part_of_its_own_and_its_words_are_told_apart() -> None:
    rows = [{"code": "25____"}, {"link": "Thêm giấy phép lái xe", "step": 3, "note": "Bấm vào đây"}]
    one = {"phone": {"title": "VNeID", "rows": [{"button": "Gửi", "step": 2}]}}
    two = {"phone": {"rows": [*rows, {"field": "Số mới: 09●●"}, {"message": "Chuyển tiền gấp!"}]}}
    svg = draw_scene([one, two, {"heading": "Nhớ"}], "Hai màn hình")
    root = read_svg(svg.encode())
    assert drawn_text(root) == DrawnText(
        labels=("VNeID", "Gửi", "Thêm giấy phép lái xe", "Số mới"),
        words=("2", "5", "Bấm vào đây", "09●●", "Chuyển tiền gấp!", "Nhớ"),
        steps=(2, 3),
    )
    height = (svg_size(root) or (0, 0))[1]
    start, first, second, end = map(float, root.attrib["data-parts"].split())
    assert (start, end) == (0, height)
    assert 0 < first < second < height
    assert "data-parts" not in draw_scene([one, {"heading": "Nhớ"}], "Một màn hình")


def test_every_block_and_row_is_described_for_editors() -> None:
    described = (REPOSITORY / "data/drawings/README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+)`", described))
    assert (set(BLOCKS) | set(WIDGETS) | set(PARTS)) - named == set()


def test_a_topic_that_is_described_has_a_picture_that_is_light(tmp_path: Path) -> None:
    file = write(tmp_path / "vignettes.yml", "cho-que:\n  - hat: {x: 60, y: 40}\n")
    [drawn] = draw_vignettes(file)
    assert drawn.path == "theme/partials/topics/cho-que.svg"
    assert len(brotli.compress(drawn.svg.encode())) <= VIGNETTE_BYTES


def test_vignette_stacks_its_parts() -> None:
    svg = draw_vignette([{"hat": {"x": 60, "y": 40}}, {"hands": {"left": 1, "right": 2, "y": 3}}])
    assert svg.startswith('<svg class="vignette" viewBox="0 0 120 120" aria-hidden="true">')
    assert svg.index('class="gold"') < svg.index('<circle class="skin" cx="1" cy="3" r="8"/>')
    with pytest.raises(SceneError, match="không có phần nào trong nguoi; có: person, hat"):
        draw_vignette([{"nguoi": {}}])


def test_unknown_kind_and_icon_are_named(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="không có loại nào trong nut; có: phone, list"):
        draw_scene([{"nut": "Gửi"}], "Một nút")
    file = write(tmp_path / "a.yml", ONE.replace("{button: Gửi", "{icon: khong-co"))
    with pytest.raises(SceneError, match=rf"{re.escape(str(file))}: a: .*khong-co\.svg"):
        list(draw_all(tmp_path))


def test_command_draws_what_is_missing_and_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "data/drawings/a.yml", ONE)
    arguments = ["--root", str(tmp_path)]
    assert draw_pictures.main([*arguments, "--check"]) == 1
    assert capsys.readouterr().err == (
        "docs/guides/x/a.svg: chưa vẽ lại\n    Cách sửa: make pictures\n"
    )
    assert draw_pictures.main(arguments) == 0
    assert capsys.readouterr().out == "docs/guides/x/a.svg\n"
    assert "<title>Một nút</title>" in (tmp_path / "docs/guides/x/a.svg").read_text()
    assert draw_pictures.main([*arguments, "--check"]) == 0


def test_description_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "data/drawings/a.yml", "folder: [")
    assert draw_pictures.main(["--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}/data/drawings/a.yml: ")
