"""What a command can mend in a page without changing what it says: letters, tones, addresses."""

from __future__ import annotations

import re

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.language.copied_address import without_tracking
from portal.language.text import to_house_tone_style, to_nfc
from portal.source.frontmatter import read_source
from portal.source.schema import SHOWN_TEXTS

# Fields in the site's own words; names of sources keep their spelling.
_SPOKEN_FIELDS = re.compile(rf"^(?:{'|'.join((*SHOWN_TEXTS, 'tags'))}):.*$", re.MULTILINE)


def mend_page(source: str, path: str) -> str:
    """Return the page with its letters mended, and its links without what tracks their readers.

    Mending twice changes nothing more.
    """
    text = mend_letters(source, path)
    file, problems = read_source(text, path)
    if problems or not any(mark in file.body for mark in "?#"):
        return text
    body = file.body
    for link in Contents(parse(body)).references:
        if (clean := without_tracking(link.target)) != link.target:
            for before, after in ("()", "<>", "( ", "(\n"):
                body = body.replace(before + link.target + after, before + clean + after)
    return text[: len(text) - len(file.body)] + body


def mend_letters(source: str, path: str) -> str:
    """Return the page in NFC and in the site's tone style; mending twice changes nothing more.

    Code, quotations and link targets keep their spelling: they belong to somebody else.
    """
    text = to_nfc(source)
    file, problems = read_source(text, path)
    if problems:
        return text
    head = text[: len(text) - len(file.body)]
    return _SPOKEN_FIELDS.sub(lambda m: to_house_tone_style(m[0]), head) + _mend_body(file.body)


def _mend_body(body: str) -> str:
    own = Contents(parse(body)).own_words
    styled = to_house_tone_style(own)
    return "".join(
        new if old != new else kept for kept, old, new in zip(body, own, styled, strict=True)
    )
