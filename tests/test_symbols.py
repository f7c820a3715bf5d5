from pathlib import Path

import pytest

from portal.site.symbols import icon, icon_reader, inline_icons


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("phone", "mail"):
        drawing = f'<svg xmlns="x" viewBox="0 0 24 24"><path d="{name}"/></svg>'
        (tmp_path / f"{name}.svg").write_text(drawing)
    return tmp_path


def test_each_icon_is_drawn_once_however_often_it_is_used(folder: Path) -> None:
    page = f"<body>{icon('phone')}{icon('mail')}{icon('phone')}</body>"
    html = inline_icons(page, icon_reader(folder))
    assert html.count('<use href="#phone"/>') == 2
    assert html.count('<symbol id="phone" viewBox="0 0 24 24"><path d="phone"/></symbol>') == 1
    assert html.count("<symbol") == 2
    assert html.endswith("</svg></body>")


def test_what_only_looks_like_an_icon_is_left_alone(folder: Path) -> None:
    drawn = '<svg class="icon" aria-hidden="true"><use href="#phone"/></svg>'
    symbol = '<svg hidden><symbol id="phone" viewBox="0 0 24 24"><path d="phone"/></symbol></svg>'
    for text in ('<i data-icon="a b"></i>', '<i data-icon="phone">', '<i data-icon="'):
        html = inline_icons(f"<body>{text}{icon('phone')}{text}</body>", icon_reader(folder))
        assert html == f"<body>{text}{drawn}{text}{symbol}</body>"


def test_page_without_icons_is_left_alone(folder: Path) -> None:
    assert inline_icons("<body>Chữ</body>", icon_reader(folder)) == "<body>Chữ</body>"


def test_unknown_icon_is_named(folder: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"fax\.svg"):
        inline_icons(f"<body>{icon('fax')}</body>", icon_reader(folder))
