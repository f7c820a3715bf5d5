"""The quick way for plain Markdown gives what Python-Markdown gives under MkDocs, for any text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from conftest import REPOSITORY
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import SimpleTagInlineProcessor
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page

import portal.plain_markdown
from engine.log_journal import journal
from engine.mkdocs_internals import PageRenderer, _attribute, render_page
from engine.plain_pages import plain_markdown_for
from engine.recorded_files import RecordedFiles
from hooks import figure_markup, term_explanation
from portal.glossary import Term
from portal.library import load_library
from portal.text import heading_slug

Render = Callable[[Page, Files], None]
EXAMPLES = int(os.environ.get("EXAMPLES", "200"))
URI = "guides/dinh-danh/kich-hoat-vneid.md"


@cache
def configuration() -> MkDocsConfig:
    """Return the site's configuration as hooks leave it for Markdown."""
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    config.extra |= {"library": load_library(REPOSITORY), "page_inputs": {}}
    term_explanation.on_config(config)
    figure_markup.on_config(config)
    return config


@cache
def site_files() -> Files:
    return get_files(configuration())


@cache
def renderer() -> PageRenderer:
    return PageRenderer(configuration())


def file_of(uri: str) -> File:
    file = site_files().get_file_from_path(uri)
    assert file
    return file


def page_with(text: str) -> Page:
    page = Page(None, file_of(URI), configuration())
    page.markdown = text
    return page


def outcome(render: Render, page: Page) -> dict[str, Any]:
    """Return all that rendering leaves: in the page, in the log, and as look-ups among files."""
    files = RecordedFiles(site_files())
    error = None
    with journal(silent=True) as messages:
        try:
            render(page, files)
        except (AssertionError, ValueError) as raised:  # html.parser: "<![a"; urllib: "//[a"
            error = str(raised)
    return {
        "error": error,
        "content": page.content,
        "toc": str(page.toc),
        "first": [getattr(link, "active", None) for link in page.toc],
        "title": page._title_from_render,
        "anchors": page.present_anchor_ids,
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        "messages": messages,
        "seen": list(files.seen.items()),
    }


def is_plain(text: str) -> bool:
    plain = renderer()._plain
    return plain is not None and plain.convert(text) is not None


def assert_equal(page: Page) -> None:
    expected = outcome(lambda page, files: render_page(page, configuration(), files), page)
    assert outcome(renderer().render, page) == expected


def test_every_real_page_and_most_of_them_the_quick_way() -> None:
    plain = list[bool]()
    for file in site_files().documentation_pages():
        page = Page(None, file, configuration())
        page.read_source(configuration())
        assert page.markdown is not None
        plain.append(is_plain(page.markdown))
        assert_equal(page)
    assert len(plain) > 70
    assert sum(plain) / len(plain) > 0.9


PLAIN = r"""
Một câu.
Hai dòng\nmột đoạn.
Đoạn một.\n\n\n\nĐoạn hai.
\n\nSau hai dòng trống.\n
## Các bước\n\n1. Mở.\n2. Bấm.
## Các bước\n\n- Mở.\n- Bấm.\n\nĐoạn sau.
## Các bước\n\n## Các bước\n\n### Các bước\n\nBa tên giống nhau.
## Coi chừng\n\nMột.\n\n## Chuyện khác\n\nHai.
### Các bước\n\nTên của hộp ở cấp nhỏ hơn.
### Nhỏ trước\n\n## Lớn sau\n\n#### Sâu\n\n###### Sâu nhất
## 1. Mở máy\n\nMột.
## Có **đậm** và [liên kết](cai-vneid.md) và `mã`\n\nMột.
## **Đậm**\n\nMột.
## …\n\n## …\n\nTên không có chữ.
##   Thừa   khoảng\n\nMột.
Bấm **Gửi**.
**Gửi** rồi **Xong**.
Chữ**đậm**liền.
**Đậm [liên kết](cai-vneid.md) đậm** thường.
**[Liên kết](cai-vneid.md)** đậm.
[**Đậm**](cai-vneid.md) trong liên kết.
Xem [bài](cai-vneid.md)[bài](len-muc-2.md).
Xem [bài (cũ)](cai-vneid.md) nhé!
Gọi [1900 0368](tel:19000368), [trang](https://vneid.gov.vn/) hay [thư](mailto:a@b.vn).
[Gốc](/guides/dinh-danh/cai-vneid.md) và [mục](#cac-buoc), [mục khác](cai-vneid.md#cac-buoc).
[Sai](khong-co.md) và [sai nữa](../khong/co.md) và ![sai](khong-co.png).
[Thiếu đuôi](cai-vneid) và [thư mục](../dinh-danh/) và [lên](..) và [đây](.).
[Hỏi](cai-vneid.md?a=1#b) và [mã](b%C3%A0i.md).
![Hình](kich-hoat-vneid.svg "Hình minh họa")
![Hình](kich-hoat-vneid.svg)
![](kich-hoat-vneid.svg "Hình, minh họa; một")
- Một.\n   ![Hình](kich-hoat-vneid.svg "Hình minh họa")\n- Hai.
Đoạn.\n   ![Hình](kich-hoat-vneid.svg)
Gõ `a*b_c` rồi `[x]`.
`mã` đầu dòng.
Bấm Màn hình & Độ sáng, A & B & C.
[A & B](cai-vneid.md) và ![A & B](kich-hoat-vneid.svg "C & D") và **E & F** và `g & h`.
Nhận mã OTP rồi gõ mã OTP, mật khẩu, tài khoản định danh điện tử, passcode.
## Hay vướng\n\n- Máy hỏi mã OTP → xem mã OTP.\n- Hết chỗ → **xóa** bớt → thử lại.\n- Không.
## Hay vướng\n\n- **Đậm** trước → sau.\n- A [b](cai-vneid.md) → c.\n- Chữ! → d.
## Các bước\n\n- Mở **Cài đặt** → **Mạng**.
1. Một.\n1. Hai.\n7. Bảy.
Bấm *Gửi* rồi *mã OTP*, chữ*nghiêng*liền, *nghiêng* **đậm** *nghiêng*.
## Có *nghiêng*\n\n- *Một* hai.
| Tên | Nghĩa |\n|---|---|\n| mã OTP | `a` **b** |\n| [c](cai-vneid.md) | |
| Một|Hai | Ba |\n|-|--|----|\n||| x |\n\n- a\n\n| a | b |\n| --- | - |\n| c | d |
Có {{ so_lieu.dinh_danh_kich_hoat ngay=15/8/2024 }}, rồi{{so_lieu.so_to ngay=8/9/2024 dang=so}}.
- Hay: {{ so_lieu.dinh_danh_kich_hoat ngay=15/8/2024 dang=so }} và [a](b.md)\n- **b** mã OTP
## Hay vướng\n\n- a {{ so_lieu.so_to ngay=8/9/2024 }} → b
3. Ba.
10. Mười.\n- Gạch.
Năm 2024. Rồi 1.000 đồng, 1/7/2025, (ngoặc) “trích” "kép" 'đơn' – ; : ? % + = / @ $ ^.
Chấm than! Một ! hai.
""".strip().splitlines()
"""Texts that take the quick way; `\\n` stands for a new line."""


TRICKY = r"""
# Cấp một
#Không cách
## Đuôi ##
## Đuôi \#
## Dính\nđoạn
Đoạn\n## Dính
####### Bảy
##\n\nMột.
## Có & trong tên
## ![Hình](kich-hoat-vneid.svg) trong tên
Trên\n===
Trên\n---
- Trên\n---
---
***
- - -
* * *
Đoạn\n- không là danh sách
Đoạn\n1. không là danh sách
1. Một\nnối tiếp
- Một\n  nối tiếp
- Một\n\n- Hai, thưa
- Một\n\n1. Hai, khác loại
1. Một\n\n\n\n2. Hai
- Một\n    - lồng
- Một\n\n    đoạn trong
- 1. lồng
1. - lồng
- # Tên trong mục
- > trích trong mục
- : nghĩa
-Không cách
1.Không cách
1) Ngoặc
- Dấu trừ\n+ cộng\n* sao
+ Cộng
* Sao
-  Hai cách
-
- \n- a
1.
12. Mười hai
- a\n   ![b](c.png)\n   ![d](e.png "f")
- a\n    ![b](c.png)
- a\n  ![b](c.png)
   ![Thụt](c.png)
a\n\n   ![Thụt](c.png)
   Thụt ba
    Thụt bốn là mã
\tThụt bằng tab
Tab\tgiữa
Cuối dòng  \nngắt dòng
Cuối dòng \nmột cách
Cuối\x20
Cách không ngắt
*nghiêng*
_nghiêng_
__đậm__
***cả hai***
**đậm *và nghiêng* nữa**
*nghiêng **và đậm** nữa*
** không đậm **
x ** a** b
x **a ** b
x * a* b
x *a * b
x ` a` b
x `a ` b
**a***
**a*** b*
**a**** b**
***a** b*
**không đóng
không mở**
****
a ** b ** c
**a****b**
**a** *b*
**a**b**c**
**a\nb**
**a\n\nb**
a*b*c
a_b_c
2*3*4
\*thoát\*
\\
`mã
``mã ` kép``
``
` mã `
`a``b`
a`b`c
`a\nb`
`<b>`
`a|b`
`a & b`
**`mã`**
[`mã`](cai-vneid.md)
[](cai-vneid.md)
[ ](cai-vneid.md)
[ a ](cai-vneid.md)
[a]()
[a](<cai-vneid.md>)
[a]( cai-vneid.md )
[a](cai-vneid.md "tên")
[a](cai-vneid.md 'tên')
[a](b(c)d)
[a](b "c)
[a](b"c")
[a [b] c](cai-vneid.md)
[a [b](c) d](e)
[a] (cai-vneid.md)
[a][b]
[a][b]\n\n[b]: cai-vneid.md
[a]\n\n[a]: cai-vneid.md "tên"
[b]: cai-vneid.md
[a](b)[c]
[a](b)[c]\n\n[c]: d
[**a](b)**
**[a**](b)
[*a*](b)
[a\nb](cai-vneid.md)
[a](b\nc)
![a\nb](c.png)
![a](b.png "c\nd")
![a "b"](c.png)
![a](b.png 'c')
![a](b.png  "c")
![a](b.png "c" )
![a](b.png "c "d" e")
![a](b.png "")
![a](b.png "c (d)")
![a](b.png "c) d")
![a](b.png " c ")
![a]
![a][b]
![*a*](b.png)
!![a](b.png)
![![a](b.png)](c.png)
[![a](b.png)](cai-vneid.md)
**![a](b.png)**
[TOC]
*[OTP]: Mã dùng một lần\n\nOTP
Từ\n: nghĩa
: nghĩa
Từ:\n:nghĩa
a | b\n--- | ---\nc | d
| a |\n|---|\n| b |
| a | b |\n|---|---|\n| c\xa0| \u2003d |
## \xa0a\xa0
| a | b |\n|---|---|
| a | b |\n|:--|--:|\n| c | d |
| a | b |\n|---|---|\n| c | d | e |
| a | b |\n|---|---|\n| c |
| a | b |\n|---|---|\n| c | d
| a | b |\n|---|---|\nc
| a | b |\n|---|\n| c | d |
| a | b |\n|---|---|---|\n| c | d |
| a | b |\n| c | d |
| `a | b` |\n|---|---|\n| c | d |
| `a|b` | c |\n|---|---|\n| d | e |
| a \\| b | c |\n|---|---|\n| d | e |
a\n| a | b |\n|---|---|\n| c | d |
| a | b |\n|---|---|\n| c | d |\ne
- a\n| a | b |\n|---|---|\n| c | d |
|\n|---|---|\n|
||\n|---|---|\n||
*a**b*
*a***b**
**a***b*
*a*b*c*
* a*
*a *
*a\nb*
*a**
**a*
*a **b***
*a **b** c*
[*a* b](c)
a | b
|a|
> trích
a > b
a < b
<b>đậm</b>
<br>
<!-- ghi chú -->
<https://vneid.gov.vn/>
<a@b.vn>
&amp;
&nbsp;a
a &lt; b
a & b; c
a &b
a&b
&
& a
a &
a & \nb
a &\nb
&#60;
[a](b?c&d)
[a](b?c=1&amp;d)
~~~\nmã\n~~~
```\nmã\n```
~gạch~
~~gạch~~
a~b
{: .lop}
a {: .lop}
a\n{: .lop}
## a {#ten}
**a**{: .lop}
[a](b){.lop}
{a}
{{ so_lieu.dinh_danh_kich_hoat }}
{{ so_lieu.khong_co }}
{{ khong }}
## Tên {{ so_lieu.dinh_danh_kich_hoat }}
- Hay: {{ so_lieu.dinh_danh_kich_hoat dang=so }}
{{{ so_lieu.so_to ngay=8/9/2024 }}}
{{ so_lieu.so_to ngay=8/9/2024 }}{: .a}
{{ so_lieu.so_to\nngay=8/9/2024 }}
- {{ so_lieu.so_to\n- ngay=8/9/2024 }}
{{ so_lieu.so_to ngay=8/9/2024 pham_vi=`a` }}
{{ so_lieu.so_to ngay=8/9/2024 dang=*a* }} *b*
**{{ so_lieu.so_to ngay=8/9/2024 }}**
[{{ so_lieu.so_to ngay=8/9/2024 }}](a)
`{{ so_lieu.so_to ngay=8/9/2024 }}`
| {{ so_lieu.so_to ngay=8/9/2024 }} | a |\n|---|---|\n| b | c |
## Hay vướng\n\n1. a → b\n\nc → d
## Hay vướng\n\n### Nhỏ\n\n- a → b
## Hay vướng\n\n- → b
## Hay vướng\n\n- a → mã OTP\n   ![b](c.png)
## Hay vướng\n\n- `a` → b
## Hay vướng\n\n- a\n   ![b → c](d.png)
## Hay vướng\n\n## Hay vướng\n\n- a → b
## tu-kho\n\nmã OTP
Mã Otp, OTP, otp, OTPX, xOTP, mã otp
VNEİD ﬁ ß mã OTP
a\r\nb
a\rb
a\x0bb
a\x0cb\x1cc
a\x85b c
a\x02b\x03c
\x0212\x03
\x02klzzwxh:0000\x03 **a**
\x02amp\x03
\x00
﻿# BOM
\x20\x20
a\n   \nb
a\n \n\nb
e\u0301 **e\u0301**
１. số khác
"a" 'b' (c)
[a](javascript:alert)
[a](//b.vn)
[a](\\b)
[a](mailto:a@b)
[a](a@b.c)
[a](#)
[a](?b)
[a](a*b*c)
[a](a_b_c) d_e
[a](~b)
[a](b!c)
[a](b.md#c!)
[a](b%20c.md)
[a](bài%.md)
[a](b'c')
[a](http://[b/)
[a](b):c
[a](b)(c)
a](b)
[a(b)
](
a[b
a]b
""".strip("\n").splitlines()


def written(line: str) -> str:
    """Return what a line stands for."""
    return re.sub(r"\\(n|t|r|x..|u....)", lambda match: _character(match[0]), line)


def _character(escape: str) -> str:
    return escape.encode().decode("unicode_escape")


@pytest.mark.parametrize("line", PLAIN)
def test_plain_text_takes_the_quick_way(line: str) -> None:
    assert is_plain(written(line))
    assert_equal(page_with(written(line)))


@pytest.mark.parametrize("line", TRICKY)
def test_what_markdown_may_read_in_another_way_is_never_misread(line: str) -> None:
    for text in (line, f"{line}\n", f"{line}\n\nmã OTP", f"## Các bước\n\n- a\n\n{line}"):
        assert_equal(page_with(written(text)))


def lines_of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=5).map("".join)


KNOWN = {"toc": {"slugify": heading_slug, "permalink": False}, "portal.terms": {"terms": ()}}


def markdown_with(*names: str, **configs: dict[str, object]) -> Markdown:
    """Return Markdown as the site has it, with more extensions or other settings."""
    extensions = [*configuration()["markdown_extensions"], *names]
    return Markdown(extensions=extensions, extension_configs=KNOWN | configs)


def test_only_markdown_set_up_as_known_is_stood_for() -> None:
    assert plain_markdown_for(markdown_with()) is not None


@pytest.mark.parametrize("name", ["sane_lists", "nl2br", "smarty", "pymdownx.tilde", "footnotes"])
def test_another_extension_leaves_all_pages_to_markdown(name: str) -> None:
    assert plain_markdown_for(markdown_with(name)) is None


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("toc", {}),
        ("toc", {"slugify": heading_slug, "permalink": True}),
        ("toc", {"slugify": heading_slug, "marker": ""}),
        ("toc", {"slugify": heading_slug, "baselevel": 2}),
        ("toc", {"slugify": heading_slug, "toc_depth": 2}),
        ("abbr", {"glossary": {"OTP": "Mã dùng một lần"}}),
        ("pymdownx.superfences", {"disable_indented_code_blocks": True}),
        ("tables", {"use_align_attribute": True}),
    ],
)
def test_another_setting_leaves_all_pages_to_markdown(
    name: str, setting: dict[str, object]
) -> None:
    assert plain_markdown_for(markdown_with(**{name: setting})) is None


def test_another_version_leaves_all_pages_to_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "__version__", "3.12")
    assert plain_markdown_for(markdown_with()) is None


def test_another_processor_leaves_all_pages_to_markdown() -> None:
    md = markdown_with()
    md.inlinePatterns.register(SimpleTagInlineProcessor("(~)(.*?)~", "del"), "del", 50)
    assert plain_markdown_for(md) is None


@pytest.mark.parametrize("priority", [9, 3], ids=["in another order", "nearer to MkDocs' own"])
def test_another_place_leaves_all_pages_to_markdown(priority: int) -> None:
    md = markdown_with()
    sections = md.treeprocessors["portal-sections"]
    md.treeprocessors.register(sections, "portal-sections", priority)
    assert plain_markdown_for(md) is None


FIGURE = "Có {{ so_lieu.so_to ngay=8/9/2024 }} tổ."


def test_terms_in_a_figure_are_explained_as_by_the_tree() -> None:
    terms = (Term("cu", "Số liệu đã cũ", "…"), Term("to", "tổ", "Nhóm."))
    md = markdown_with(**{"portal.terms": {"terms": terms}})
    plain = plain_markdown_for(md)
    assert plain is not None
    page = plain.convert(FIGURE)
    assert page is not None
    html = page.html(str)
    assert 'href="#tu-cu">Số liệu đã cũ</a>' in html
    assert html == md.convert(FIGURE)


@pytest.mark.parametrize("text", ["*a*", "a & b", "a&nbsp;b"])
def test_a_figure_with_markup_is_left_to_markdown(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def element(*_: object) -> Element:
        figure = Element("span")
        SubElement(figure, "a", href="b").text = text
        return figure

    monkeypatch.setattr(portal.plain_markdown, "figure_element", element)
    assert not is_plain(FIGURE)


def test_an_address_is_escaped_as_an_attribute() -> None:
    assert _attribute("../a/?b") == "../a/?b"
    assert _attribute('a&b"<c>&amp;') == "a&amp;b&quot;&lt;c&gt;&amp;"


PIECES = (
    *("Bấm ", "mã OTP", " VNeID", "passcode, ", "a", " ", "!", " 1. ", " - ", " → ", "(b)", " & "),
    *(
        "**Gửi**",
        "*xem*",
        "**a [b](c.md) d**",
        "[bài](cai-vneid.md)",
        "[**a** b](#c)",
        "`a_b*`",
        "“c”",
    ),
    *("{{ so_lieu.so_to ngay=8/9/2024 }}", "{{so_lieu.so_to ngay=8/9/2024 dang=so}}"),
    *("![hình](kich-hoat-vneid.svg)", '![h](k.svg "T ê n")', "[sai](x.md#y)", "[g](/so-lieu.md)"),
)
MARKUP = (
    *"*_`[]()!#<>&\\|~{}:=+-.\"'/? \n\t\r",
    *("**", "***", "](", "![", "](a)", "  \n", "\n\n", "\n   ", "\n    ", "{:", "{{", "}}", "]:"),
    *("\n- ", "\n1. ", "\n## ", "\n---", "\n===", "\n: ", "\n> ", "&amp;", "<b>", "\x02", "\xa0"),
)
TEXTS = lines_of(*PIECES).map(lambda text: f"Mở{text}.")
PICTURE = '\n   ![h](kich-hoat-vneid.svg "T")'
ITEMS = st.tuples(st.sampled_from(("- ", "1. ")), st.lists(TEXTS, min_size=1, max_size=3)).map(
    lambda listed: "\n".join(f"{listed[0]}{item}" for item in listed[1])
)
NAMES = st.sampled_from(("Các bước", "Hay vướng", "Chuyện khác", "**a** b", "`c` [d](e)", "…"))
BLOCKS = st.one_of(
    TEXTS,
    st.lists(TEXTS, min_size=2, max_size=3).map("\n".join),
    NAMES.map("## {}".format),
    st.tuples(TEXTS, TEXTS).map("| {0[0]} | a |\n|---|---|\n| {0[1]} | {0[0]} |".format),
    TEXTS.map("### {}".format),
    st.tuples(ITEMS, TEXTS).map("\n\n".join),
    st.tuples(ITEMS, TEXTS).map(lambda pair: f"{pair[0]}{PICTURE}\n- {pair[1]}\n\n{pair[1]}"),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=6).map("\n\n".join)


@settings(max_examples=EXAMPLES, deadline=None)
@given(DOCUMENTS)
def test_any_page_of_plain_pieces(text: str) -> None:
    assert_equal(page_with(text))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_any_page_of_plain_pieces_with_other_markup_thrown_in(data: st.DataObject) -> None:
    text = data.draw(DOCUMENTS)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(MARKUP)) + text[place:]
    assert_equal(page_with(text))


@settings(max_examples=EXAMPLES, deadline=None)
@given(lines_of(*PIECES, *MARKUP))
def test_any_mixture(text: str) -> None:
    assert_equal(page_with(text))
