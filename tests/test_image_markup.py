"""What stands in the page: all a browser needs to choose, and nothing that jumps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markdown import markdown

from portal.images.markup import PictureMarkup, UnknownPictureError
from portal.images.variants import Picture, Variant


def picture(stem: str, formats: str, *sizes: tuple[int, int]) -> Picture:
    return Picture(
        tuple(
            Variant(name, width, height, f"i/{stem}-{width}.{name}", Path("x"))
            for name in formats.split()
            for width, height in sizes
        )
    )


PICTURES = {
    "anh.jpg": picture("anh", "avif jpg", (480, 360), (800, 600)),
    "cao.jpg": picture("cao", "jpg", (480, 960)),
    "ve.svg": picture("ve", "svg", (328, 200)),
}
MARKUP = PictureMarkup(find=PICTURES.get, relative=lambda uri: f"../{uri}")
SIZES = 'sizes="(min-width: 630px) 594px, calc(100vw - 36px)"'
DRAWING = '<img src="../i/ve-328.svg" width="328" height="200" alt="{}" {} decoding="async">'
FIRST = DRAWING.format("Bức vẽ", 'fetchpriority="high"')
LATER = DRAWING.format("Bức vẽ", 'loading="lazy"')
FIGURE = '<figure class="picture drawing"><a href="../i/ve-328.svg">{}</a>{}</figure>'


def render(source: str) -> str:
    return MARKUP.render(markdown(source, extensions=["attr_list"]))


def test_photo_offers_every_format_and_width() -> None:
    assert render('![Bà con](anh.jpg "Chú <thích>")') == (
        '<figure class="picture"><a href="../i/anh-800.jpg"><picture>'
        '<source type="image/avif" srcset="../i/anh-480.avif 480w, ../i/anh-800.avif 800w" '
        f'{SIZES}><img src="../i/anh-800.jpg" '
        f'srcset="../i/anh-480.jpg 480w, ../i/anh-800.jpg 800w" {SIZES}'
        ' width="800" height="600" alt="Bà con" fetchpriority="high" decoding="async">'
        "</picture></a>\n<figcaption>Chú &lt;thích&gt;</figcaption></figure>"
    )


def test_upright_picture_is_shown_narrow() -> None:
    assert render("![Màn hình điện thoại](cao.jpg)").startswith(
        '<figure class="picture upright"><a href="../i/cao-480.jpg"><img src="../i/cao-480.jpg"'
        ' width="480"'
    )


def test_drawing_says_which_steps_it_numbers() -> None:
    numbered = replace(PICTURES["ve.svg"], steps=(4, 2))
    markup = PictureMarkup(find={"ve.svg": numbered}.get, relative=str)
    assert markup.render('<p><img alt="Bức vẽ" src="ve.svg" /></p>').startswith(
        '<figure class="picture drawing" data-steps="2-4"><a href='
    )


def test_only_the_first_picture_of_a_page_loads_at_once() -> None:
    assert render("![Bức vẽ](ve.svg)\n\n![Bức vẽ](ve.svg)") == (
        f"{FIGURE.format(FIRST, '')}\n{FIGURE.format(LATER, '')}"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- Bấm.\n  ![Bức vẽ](ve.svg)", f"<ul>\n<li>Bấm.\n  {FIGURE}</li>\n</ul>"),
        ("Bấm.\n![Bức vẽ](ve.svg)", f"<p>Bấm.\n</p>\n{FIGURE}"),
        ("![Bức vẽ](ve.svg) rồi bấm.", "<p>{} rồi bấm.</p>"),
        ("Bấm ![Bức vẽ](ve.svg) rồi.", "<p>Bấm {} rồi.</p>"),
    ],
    ids=["list", "end of paragraph", "start of paragraph", "middle of paragraph"],
)
def test_markup_stays_valid_wherever_the_picture_stands(source: str, expected: str) -> None:
    assert render(source) == expected.format(FIRST, "")


def test_decorative_picture_has_no_link_and_no_words() -> None:
    image = DRAWING.format("", 'fetchpriority="high"').replace("<img", '<img class="trang-tri"')
    assert render("![](ve.svg){.trang-tri}") == f"<p>{image}</p>"


def test_code_and_pages_without_pictures_stay_as_they_are() -> None:
    source = "Viết `![a](b.jpg)` hoặc `<img src='x'>`."
    assert render(source) == markdown(source)


def test_unknown_picture_is_refused() -> None:
    with pytest.raises(UnknownPictureError, match=r"^khác\.jpg$"):
        MARKUP.render('<p><img alt="a" src="khác.jpg"></p>')
