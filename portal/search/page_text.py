"""Rendered HTML as the sections and plain text that search indexes.

The HTML is what `portal/site/page_body.py` and our templates write, so regular expressions read it
rightly (every ">" within a value is escaped) and several times faster than a parser.
"""

from __future__ import annotations

import re
from html import unescape

from portal.search.index import Section

_UNSEEN = re.compile(
    r"<(script|style|svg|template)\b.*?</\1>|<section\b[^>]*class=\"terms\".*?</section>|"
    r"<dd class=\"names\">.*?</dd>|<!--.*?-->",
    re.DOTALL,
)  # the explained words of a page are the same on many pages; other names of a term are known to
# the engine, which shall take "uai phai" for "Wi-Fi" and not look for its syllables
_HEADING = re.compile(r"<h([23])\b[^>]*?\bid=\"([^\"]*)\"[^>]*>(.*?)</h\1>", re.DOTALL)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)")
_BLOCK = re.compile(
    r"</?(?:p|li|[ou]l|tr|table|h[1-6]|div|section|d[ltd]|br|summary|figcaption|blockquote|pre|small|"
    r"b(?=><span\b))\b[^>]*>"
)  # "small", and "b" before "span", are lines of their own in our templates: cards, tables
_TAG = re.compile(r"<[^>]+>")
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)


def read_sections(html: str, lead: str = "") -> tuple[Section, ...]:
    """Return a section per h2 and h3 that has an id, after one for what stands above the first.

    `lead` opens the first section, for a summary that stands outside the content.
    """
    first, *rest = _HEADING.split(_UNSEEN.sub("", html))
    above = plain_text(first)
    opening = Section("", "", "\n".join(text for text in (lead, above) if text))
    parts = zip(rest[1::4], rest[2::4], rest[3::4], strict=True)
    return (
        opening,
        *(
            Section(anchor, plain_text(heading), plain_text(body))
            for anchor, heading, body in parts
        ),
    )


def plain_text(html: str) -> str:
    """Return the text with one line for each block; the cells of a table's row share a line."""
    one_line = " ".join(html.split())
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", _CELL_END.sub("; ", one_line))))
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def article_of(page: str) -> str:
    """Return the article of a whole page without its h1, "" when it has none."""
    found = _ARTICLE.search(page)
    return re.sub(r"<h1\b.*?</h1>", "", found[1], flags=re.DOTALL) if found else ""
