"""Drawn pictures: safe, small, readable in light and dark, and as their descriptions say."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path

import pytest
from conftest import REPOSITORY, write

from desk.drawings.canvas import COLOURS, WIDTH, text_width, wrap
from desk.drawings.descriptions import Drawing, draw_all
from desk.drawings.scenes import BLOCKS, SceneError, draw_scene
from desk.drawings.widgets import WIDGETS
from portal.images.svg import SVG, read_svg, svg_size
from portal.images.usage import shown_images
from portal.library.library import load_library

sys.path.insert(0, str(REPOSITORY / "scripts"))
import draw_pictures

MAX_BYTES = 6_000
DRAWINGS = list(draw_all(REPOSITORY / "data/drawings"))
ONE = """\
folder: guides/x
pictures:
  a: {title: Một nút, scene: [{phone: {rows: [{button: Gửi, step: 1, note: Bấm}]}}]}
"""


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.path)
def test_drawing_is_safe_small_and_keeps_its_text_inside(drawing: Drawing) -> None:
    assert len(drawing.svg.encode()) <= MAX_BYTES
    root = read_svg(drawing.svg.encode())
    assert (svg_size(root) or (0, 0))[0] == WIDTH
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size") or 14)
        width = text_width(text.text or "", size, "font-weight" in text.attrib)
        part = {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0)
        left = float(text.get("x") or 0) - width * part
        assert left >= 4, text.text
        assert left + width <= WIDTH - 2, text.text


def test_pictures_in_docs_are_drawn_anew(capsys: pytest.CaptureFixture[str]) -> None:
    assert draw_pictures.main(["--check"]) == 0, capsys.readouterr().out


def test_every_guide_and_story_shows_a_picture() -> None:
    library = load_library(REPOSITORY)
    shown = {Path(uri).parent / Path(uri).stem for uri in shown_images(library)}
    pages = (*library.guides, *library.stories)
    without = [page.uri for page in pages if Path(page.uri).with_suffix("") not in shown]
    assert without == []


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
    assert wrap("một hai|ba", 1000, 14) == ["một hai", "ba"]
    lines = wrap("Gõ số điện thoại đã đăng ký", 100, 14)
    assert " ".join(lines) == "Gõ số điện thoại đã đăng ký"
    assert max(text_width(line, 14) for line in lines) <= 100


def test_every_block_and_row_is_described_for_editors() -> None:
    described = (REPOSITORY / "data/drawings/README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w-]+)`", described))
    assert (set(BLOCKS) | set(WIDGETS)) - named == set()


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
    assert capsys.readouterr().out == "docs/guides/x/a.svg: chưa vẽ lại\n"
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
