from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from portal.drawn.fonts import Weight, font_file
from portal.drawn.typesetting import balance, fit_text, wrap

SIZES = range(96, 31, -4)


def font_of(size: int) -> ImageFont.FreeTypeFont:
    file = str(font_file(Weight.BOLD))
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def test_lines_are_filled_up_to_the_limit() -> None:
    assert wrap([3, 3, 3, 9], space=1, limit=7) == [2, 1, 1]


def test_lines_are_as_even_as_they_can_be() -> None:
    font = font_of(60)
    lines = balance("Lấy lại passcode VNeID khi quên", font, 900)
    assert lines == ["Lấy lại passcode", "VNeID khi quên"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    font = font_of(60)
    lines = balance("A" * 50, font, 400)
    assert "".join(lines) == "A" * 50
    assert max(map(font.getlength, lines)) <= 400


@pytest.mark.parametrize("text", ["ỄỢỬ ẪỘẶ gỵ " * 6, "Kích hoạt", "X" * 300, "Gọi 156 " * 40])
def test_ink_stays_in_the_box_and_lines_never_touch(text: str) -> None:
    setting = fit_text(text.strip(), font_of, (700, 300), SIZES)
    inked = [ink_rows(line, setting.font) for line in setting.lines]
    rows = [
        (baseline + top, baseline + bottom)
        for baseline, (top, bottom) in zip(setting.baselines, inked, strict=True)
    ]
    assert rows[0][0] >= 0
    assert rows[-1][1] <= 300
    assert all(above[1] < below[0] for above, below in pairwise(rows))


def ink_rows(line: str, font: ImageFont.FreeTypeFont) -> tuple[int, int]:
    """Return the first and last inked row of a drawn line, from its baseline."""
    image = Image.new("L", (900, 400))
    ImageDraw.Draw(image).text((20, 200), line, 255, font, anchor="ls")
    left, top, right, bottom = image.getbbox()
    assert right - left <= 700
    return top - 200, bottom - 1 - 200


def test_only_what_fits_in_no_size_is_cut() -> None:
    setting = fit_text("Gọi 156 " * 120, font_of, (700, 300), SIZES)
    assert setting.font.size == 32
    assert setting.lines[-1].endswith("…")
    assert sum(line.endswith("…") for line in setting.lines) == 1
