"""What an editor's words cannot do to readers: attacks on the rendered page, not on our reading."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from support.project import BODY, FRONT, HOME, STORY_FRONT, write

import portal.checks
from portal.checks.raw_html import (
    _RENDERED,
    RENDERED_ATTRIBUTES,
    RENDERED_TAGS,
    _is_safe_tag,
    check_rendered,
    find_unsafe_html,
)
from portal.document.parser import parse
from portal.library.library import Page
from portal.site.page_body import HtmlWriter
from portal.source.frontmatter import read_source

PIECES = [
    "<", "</", ">", "/", "<script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>", "<!--",
    "-->", "<!", "<?", "<![CDATA[", "]]>", "<style>", "<br/onclick=x>", "<sub\nonclick=x>",
    "<details open>", "<kbd ", "<kbd title='a'>", "<https://x/onclick=alert(1)>", "<https:x\">",
    "<tel:1/onclick=a>", "<javascript:alert(1)>", "<a@b.c>", "[", "]", "(", ")", "![", "](",
    "javascript:", "java\\script:", "&#106;avascript:", "&colon;", "&Tab;", "data:text/html,",
    "//evil.example", "\\\\evil.example", "https://x", "[x]: ", "[x]", "*[a]: ", "a", " ", "\n",
    "\n\n", "    ", "`", "``", "```", "~~~\n", "``` {.py onclick=x}\n",
    "``` { .py title=\"<img src=x onerror=y>\" }\n", "{: onclick=x }", "{: style='x' }",
    "{: href=javascript:x }", "{", "}", "| a | b |\n|---|--:|\n| ", "> ", "- ", "1. ", "## ",
    "## Hay vướng\n", "\\", "\\<", "\\`", "\x02klzzwxh:0000\x03", "&lt;", "&", "'", "\"", "=",
]  # fmt: skip


class BrowserLike(HTMLParser):
    """Notes each tag and attribute that is on no list, as a parser of HTML meets them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in RENDERED_TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "") if name in ("href", "src") else ""
            if name not in RENDERED_ATTRIBUTES or re.match("(?i)(javascript|data|vbs)", address):
                self.found.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")


def what_a_browser_finds(rendered: str) -> list[str]:
    parser = BrowserLike()
    try:
        parser.feed(rendered)
        parser.close()
    except AssertionError:  # html.parser gives up on "<![a"
        return ["<!["]
    return parser.found


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
@example("<details open><https://x/onclick=alert(1)>")  # an autolink turned into attributes
@example('``` { .py title="<img src=x onerror=y>" }\n*[a]: *[a]: ```html\n')  # no code after all
@example("<kbd><\x02klzzwxh:0000\x03 onclick=x>")  # Markdown's own placeholder
@settings(max_examples=400, deadline=None)
def test_whatever_is_let_through_holds_only_listed_markup(body: str) -> None:
    rendered = HtmlWriter().write(parse(body))
    if find_unsafe_html(rendered) is None:
        assert what_a_browser_finds(rendered) == []


@given(
    st.lists(st.sampled_from([*PIECES, "<p>", "</p>", '<a href="/a">']), max_size=9).map("".join)
)
@example("<p>a</p><p")
@example('<abbr title="<b>">')
def test_all_tags_at_once_are_judged_as_one_after_the_other(rendered: str) -> None:
    unsafe = (tag for tag in _RENDERED.finditer(rendered) if not _is_safe_tag(tag[0]))
    assert (find_unsafe_html(rendered) is None) == (next(unsafe, None) is None)


UNSAFE = [
    "<img/onerror=a src=b>", "<p onclick=a>", "<p title='>' onclick=a>", "<P ONCLICK=a>", "<svg>",
    "<a href='java&#10;script:a'>", '<a href="&#1;javascript:a">', "<a href=data:a>", "</svg",
    '<img src="//example.com/a">', '<img src="https://example.com/a">', "<p style='color:red'>",
    '<td style="text-align: left;position:fixed">', "<!doctype>", "<a", "<abbr title=\"a>",
]  # fmt: skip


@pytest.mark.parametrize("rendered", UNSAFE)
def test_unsafe_piece_is_found(rendered: str) -> None:
    assert find_unsafe_html(f"<p>1 < 2 &lt;svg&gt;</p>{rendered}") == rendered


def test_problem_names_the_line_of_the_source() -> None:
    source = FRONT + "\nMột.\n\nHai <svg/onload=a>.\n"
    page = Page("a.md", read_source(source, "docs/a.md")[0], source)
    assert str(check_rendered("<p>Hai <svg/onload=a>.</p>", page)) == (
        "docs/a.md:14: mã HTML này có thể chạy: <svg/onload=a>.</p>\n"
        "    Cách sửa: xóa, hoặc viết &lt; thay cho dấu < nếu muốn hiện đúng chữ đó"
    )


def test_what_a_check_lets_through_stops_the_build(
    site_project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(portal.checks, "PAGE_CHECKS", ())
    unsafe = "\nHai <img src=x onerror=y>.\n"
    write(site_project / "docs/guides/dinh-danh/kich-hoat.md", FRONT + BODY + unsafe)
    with pytest.raises(Abort):
        build(load_config(str(site_project / "mkdocs.yml")))
    said = "docs/guides/dinh-danh/kich-hoat.md:24: mã HTML này có thể chạy: <img src=x"
    assert said in caplog.text
    assert not (site_project / "site").exists()


PAYLOAD = "</script><img src=x onerror=a>\\\"' onclick='b --"


def test_fields_are_text_on_every_page(site_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {"title", "summary", "audience", "owner", "team", "place_then", "place_now"}
    for name, source in {
        "guides/dinh-danh/kich-hoat.md": FRONT + BODY,
        "stories/to.md": STORY_FRONT + "\nMột tổ.\n",
        "index.md": HOME,
    }.items():
        front, _, body = source.partition("\n---\n")
        for field in fields:  # titles must differ
            row = f'{field}: "{len(name)}{field[:2]}{PAYLOAD}"'
            front = re.sub(rf"(?m)^{field}:.*$", row.replace("\\", r"\\"), front)
        write(site_project / "docs" / name, f"{front}\n---\n{body}")
    configuration = site_project / "mkdocs.yml"  # the checks would refuse all of it
    write(configuration, configuration.read_text().replace("  - hooks/content_checks.py\n", ""))
    build(load_config(str(configuration)))
    pages = [file.read_text() for file in (site_project / "site").rglob("*.html")]
    assert sum("onerror=a&gt;" in page for page in pages) > 3  # it is there, as text
    for page in pages:
        assert "<img src=x" not in page
        parser = Handlers()
        parser.feed(page)
        assert parser.found == []


class Handlers(HTMLParser):
    """Notes the attributes by which a tag would run code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"<{tag} {name}>" for name, _ in attrs if name.startswith("on")]
