from __future__ import annotations

import pytest

from portal.drawn.silhouettes import icon_mask, trace_path
from portal.system.bundled_icons import MissingIconError


def test_a_ring_keeps_its_hole() -> None:
    mask = icon_mask("material/circle-outline", 96)
    assert mask.size == (96, 96)
    assert (mask.getpixel((48, 48)), mask.getpixel((48, 11)), mask.getpixel((0, 0))) == (0, 255, 0)


def test_a_path_becomes_polygons() -> None:
    assert trace_path("M0 0h4v4H0zM10 10l2 0") == (
        ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)),
        ((10.0, 10.0), (12.0, 10.0)),
    )


@pytest.mark.parametrize("name", ["material/khong-co", "../../base", ""])
def test_an_icon_that_is_not_bundled_is_named(name: str) -> None:
    with pytest.raises(MissingIconError, match=f"không có biểu tượng '{name}'"):
        icon_mask(name, 96)
