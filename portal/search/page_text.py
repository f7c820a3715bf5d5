"""Extracts sections and plain text from rendered HTML, for the index.

The HTML comes from `portal/site/page_body.py` and our templates, so regular expressions parse it
correctly (every ">" within a value is escaped), several times faster than a parser.
"""

from __future__ import annotations

import re
from html import unescape

from portal.search.index import IndexedSection

_UNSEEN = re.compile(
    r"<(script|style|svg|template)\b.*?</\1>|<section\b[^>]*class=\"terms\".*?</section>|"
    r"<dd class=\"names\">.*?</dd>|<!--.*?-->",
    re.DOTALL,
)  # terms' explanations repeat on many pages; the engine gets their synonyms as language data
_HEADING = re.compile(r"<h([23])\b[^>]*?\bid=\"([^\"]*)\"[^>]*>(.*?)</h\1>", re.DOTALL)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)")
_BLOCK = re.compile(
    r"</?(?:p|li|[ou]l|tr|table|h[1-6]|div|section|d[ltd]|br|summary|figcaption|blockquote|pre|small|"
    r"b(?=><span\b))\b[^>]*>"
)  # "small", and "b" before "span", are blocks in our templates: cards, tables
_TAG = re.compile(r"<[^>]+>")
_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)


def indexed_sections(html: str, lead: str = "") -> tuple[IndexedSection, ...]:
    """Return a section for the text above the first heading, then one per h2 and h3 with an id.

    `lead`, a summary outside the content, begins the first section.
    """
    first, *rest = _HEADING.split(_UNSEEN.sub("", html))
    above = plain_text(first)
    opening = IndexedSection("", "", "\n".join(text for text in (lead, above) if text))
    parts = zip(rest[1::4], rest[2::4], rest[3::4], strict=True)
    return (
        opening,
        *(
            IndexedSection(anchor, plain_text(heading), plain_text(body))
            for anchor, heading, body in parts
        ),
    )


def plain_text(html: str) -> str:
    """Return the text with a line for each block; the cells of a row share a line."""
    one_line = " ".join(html.split())
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", _CELL_END.sub("; ", one_line))))
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def article_of(page: str) -> str:
    """Return the article of a page without its h1, "" when it has none."""
    found = _ARTICLE.search(page)
    return re.sub(r"<h1\b.*?</h1>", "", found[1], flags=re.DOTALL) if found else ""
