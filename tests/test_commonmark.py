"""Every example of CommonMark's specification, through the tree and back to HTML."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from support.project import REPOSITORY

from portal.document.parser import parse
from portal.site.page_body import HtmlWriter

SPECIFICATION = REPOSITORY / "node_modules/commonmark-spec/spec.txt"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.DOTALL | re.MULTILINE)
BLOCKS = frozenset("blockquote div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td ul".split())
# "1. foo", "2. bar", "3) baz" is one list here: steps that go on with the next number are one.
# "- foo", "- bar", "+ baz" is one, too.
ONE_LIST = {301: "</ul>\n<ul>\n", 302: '</ol>\n<ol start="3">\n'}


def examples() -> list[tuple[str, str]]:
    source = SPECIFICATION.read_text(encoding="utf-8").partition("<!-- END TESTS -->")[0]
    return [(each[1], each[2]) for each in _EXAMPLE.finditer(source.replace("→", "\t"))]


class _Normal(HTMLParser):
    """Writes HTML with sorted attributes, without ids and without blanks that nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = [""]
        self._preformatted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        listed = sorted((name, value or "") for name, value in attrs if name != "id")
        named = "".join(f' {name}="{escape(value)}"' for name, value in listed)
        self._preformatted = self._preformatted or tag == "pre"
        self._write_tag(tag, f"<{tag}{named}>")

    def handle_endtag(self, tag: str) -> None:
        self._preformatted = self._preformatted and tag != "pre"
        self._write_tag(tag, f"</{tag}>")

    def _write_tag(self, tag: str, written: str) -> None:
        if tag in BLOCKS and not self._preformatted:
            self.parts[-1] = self.parts[-1].rstrip()
        self.parts += [written, ""]

    def handle_data(self, data: str) -> None:
        if not self._preformatted:
            data = re.sub(r"\s+", " ", data)
            name = re.match(r"</?(\w+)", self.parts[-2]) if len(self.parts) > 1 else None
            if not self.parts[-1] and (name is None or name[1] in BLOCKS | {"br"}):
                data = data.lstrip()
        self.parts[-1] += escape(data)

    def handle_comment(self, data: str) -> None:
        self.parts += [f"<!--{data}-->", ""]

    def handle_decl(self, decl: str) -> None:
        self.parts += [f"<!{decl}>", ""]

    def unknown_decl(self, data: str) -> None:
        self.parts += [f"<![{data}]>", ""]

    def handle_pi(self, data: str) -> None:
        self.parts += [f"<?{data}>", ""]


def normal(html: str) -> str:
    parser = _Normal()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts).strip()


def test_every_example_is_shown_as_the_specification_says() -> None:
    found, differing = examples(), list[int]()
    for number, (source, expected) in enumerate(found, 1):
        expected = expected.replace(ONE_LIST.get(number, "\0"), "")
        if normal(HtmlWriter().write(parse(source))) != normal(expected):
            differing.append(number)
    assert len(found) == 652
    assert differing == []
