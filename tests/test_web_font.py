import io
from pathlib import Path

from fontTools.ttLib import TTFont

from portal.site.web_font import heading_characters, heading_font


def test_face_has_every_vietnamese_letter_and_is_made_once(tmp_path: Path) -> None:
    content = heading_font(tmp_path)
    font = TTFont(io.BytesIO(content))
    assert font.flavor == "woff2"
    assert {*map(ord, "Ằẵ Ỗộ Ữự Ỹỵ Đđ 0123456789 –“”…")} <= set(font.getBestCmap())
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert heading_font(tmp_path) == b"kept"


def test_letters_are_composed_and_there_are_134_vietnamese_ones_beyond_ascii() -> None:
    letters = [c for c in heading_characters() if c.isalpha() and not c.isascii()]
    assert len(letters) == 134
