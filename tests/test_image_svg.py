"""SVG that could run, load or blow up is refused; what is published is small and plain."""

import pytest

from portal.images.svg import UnsafeSvgError, minify_svg, read_svg, svg_size

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RUNS = "có thể chạy mã hoặc nhúng trang khác"


def svg(content: str, attributes: str = 'viewBox="0 0 10 20"') -> bytes:
    return f"{HEAD} {attributes}>{content}</svg>".encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<script>alert(1)</script>", f"SVG có thẻ <script>, {RUNS}"),
        (
            '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>',
            f"SVG có thẻ <script>, {RUNS}",
        ),
        ("<foreignObject><p/></foreignObject>", f"SVG có thẻ <foreignObject>, {RUNS}"),
        ('<g onload="x()"/>', "SVG có thuộc tính onload=, chạy mã khi xem"),
        ('<g ONCLICK="x()"/>', "SVG có thuộc tính ONCLICK=, chạy mã khi xem"),
        (
            '<a xlink:href="javascript:x()"><g/></a>',
            'SVG trỏ ra ngoài: href="javascript:x()"',
        ),
        (
            '<image href="https://example.vn/a.png"/>',
            'SVG trỏ ra ngoài: href="https://example.vn/a.png"',
        ),
        (
            '<image href="data:image/jpeg;base64,AAAA"/>',
            "SVG nhúng một ảnh chụp, ảnh đó không được kiểm tra và thu nhỏ",
        ),
        (
            '<use href="other.svg#a"/>',
            'SVG trỏ ra ngoài: href="other.svg#a"',
        ),
        (
            '<animate attributeName="href" to="https://example.vn"/>',
            'SVG trỏ ra ngoài: attributeName="href"',
        ),
        (
            "<style>@import 'a.css';</style>",
            "SVG có kiểu dáng có thể tải tệp khác: @import 'a.css';",
        ),
        (
            "<style>g{fill:url( 'https://example.vn/a#b' )}</style>",
            "SVG có kiểu dáng có thể tải tệp khác: https://example.vn/a#b",
        ),
        (
            '<g style="fill:u\\72l(//example.vn)"/>',
            "SVG có kiểu dáng có thể tải tệp khác: fill:u\\72l(//example.vn)",
        ),
        ('<g id="a"><use href="#a"/></g>', "SVG vẽ hơn 10000 nét (kể cả bản sao bằng <use>)"),
        ("<g>", "SVG viết sai ở dòng 1, cột 109"),
    ],
)
def test_dangerous_content_is_refused(content: str, message: str) -> None:
    with pytest.raises(UnsafeSvgError) as caught:
        read_svg(svg(content))
    assert caught.value.message == message
    assert caught.value.fix


def test_entities_and_doctypes_are_refused() -> None:
    doctype = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(UnsafeSvgError, match="DOCTYPE hoặc ENTITY"):
        read_svg(doctype + svg("<text>&b;</text>"))


def test_processing_instructions_are_refused() -> None:
    with pytest.raises(UnsafeSvgError, match="SVG có chỉ thị <\\?xml-stylesheet …\\?>"):
        read_svg(b'<?xml version="1.0"?><?xml-stylesheet href="a.css"?>' + svg(""))


def test_another_kind_of_xml_is_refused() -> None:
    with pytest.raises(UnsafeSvgError, match="không bắt đầu bằng thẻ <svg>"):
        read_svg(b"<html><svg/></html>")


def test_copies_that_multiply_are_refused() -> None:
    levels = "".join(
        f'<g id="l{n}">{f"<use href=&quot;#l{n - 1}&quot;/>".replace("&quot;", chr(34)) * 10}</g>'
        for n in range(1, 7)
    )
    with pytest.raises(UnsafeSvgError, match="SVG vẽ hơn 10000 nét"):
        read_svg(svg(f'<g id="l0"><path d="M0 0"/></g>{levels}'))


def test_a_long_chain_of_copies_is_refused_without_a_crash() -> None:
    chain = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(3000))
    with pytest.raises(UnsafeSvgError, match="SVG vẽ hơn 10000 nét"):
        read_svg(svg(chain))


def test_a_few_copies_and_inner_references_are_allowed() -> None:
    content = (
        '<defs><g id="a"><path d="M0 0" fill="url(#b)"/></g></defs>'
        '<use href="#a"/><use xlink:href="#a"/><style>g{fill:url(#b)}</style>'
    )
    assert read_svg(svg(content)).tag.endswith("svg")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 10 20"', (10, 20)),
        ('viewBox="0,0,10.5,20" width="99"', (10.5, 20)),
        ('width="30" height="40px"', (30, 40)),
        ('width="100%" height="40"', None),
        ('viewBox="0 0 0 20"', None),
        ("", None),
    ],
)
def test_size_comes_from_the_view_box(attributes: str, size: tuple[float, float] | None) -> None:
    assert svg_size(read_svg(svg("", attributes))) == size


def test_published_drawing_keeps_what_is_drawn_and_nothing_else() -> None:
    source = svg(
        "\n  <!-- me --><metadata><who/></metadata>"
        '<i:namedview xmlns:i="http://inkscape.example" zoom="1"/>\n'
        '  <g xmlns:i="http://inkscape.example" i:label="Layer" id="a">\n'
        "    <text>Bấm <tspan>Kích hoạt</tspan> ngay</text>\n  </g>\n",
        'viewBox="0 0 10 20" width="10mm" height="20mm"',
    )
    assert minify_svg(read_svg(source)).decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><g id="a">'
        "<text>Bấm <tspan>Kích hoạt</tspan> ngay</text></g></svg>"
    )
