"""What `make fix` corrects in pages and data: Unicode form, tone marks, tracking parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.language.copied_address import without_tracking
from portal.language.legacy_encodings import decode_line
from portal.language.letters import with_plain_letters, without_superfluous
from portal.language.text import has_everyday_characters, to_house_tone_style, to_nfc
from portal.library.page_kinds import LOUDSPEAKER, SHOWN_TEXTS
from portal.source.datafiles import ShownText, with_plain_blanks
from portal.source.frontmatter import read_source

_ADDRESS = re.compile(r"https?://[^\s\"'<>,{}\[\]]+")
# Fields in the site's own words; source names keep their spelling.
_SPOKEN_FIELDS = re.compile(  # with the lines of a block
    rf"^(?:{'|'.join((*SHOWN_TEXTS, LOUDSPEAKER.name, 'tags'))}):.*(?:\n[ \t].*|\n(?=\n))*",
    re.MULTILINE,
)


def mend_page(source: str, path: str) -> str:
    """Return the page with normalised letters and without tracking parameters; idempotent."""
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


def mend_data(source: str, shown: Iterable[ShownText]) -> str:
    """Return a data file with usual blanks, NFC, untracked addresses and our tone style.

    `shown` are its texts in the site's own words; names and quotations keep their spelling.
    """
    rows = with_plain_blanks(source).split("\n")
    for text, line, is_quoted in shown:
        if not is_quoted and line <= len(rows):
            rows[line - 1] = rows[line - 1].replace(text, to_house_tone_style(text))
    return _ADDRESS.sub(lambda found: without_tracking(found[0]), "\n".join(rows))


def mend_letters(source: str, path: str) -> str:
    """Return the page in plain letters, NFC and the site's tone style; idempotent.

    Code, quotations and link targets keep their spelling: they are not the site's own words.
    """
    text = to_nfc(source) if has_everyday_characters(source) else _in_plain_letters(source)
    file, problems = read_source(text, path)
    if problems:
        return text
    head = text[: len(text) - len(file.body)]
    return _SPOKEN_FIELDS.sub(lambda m: to_house_tone_style(m[0]), head) + _mend_body(file.body)


def _in_plain_letters(source: str) -> str:
    """Return a page without legacy encodings, look-alike and superfluous invisible characters."""
    lines = (decode_line(line) or line for line in source.split("\n"))
    return with_plain_letters(without_superfluous("\n".join(lines)))


def _mend_body(body: str) -> str:
    own = Contents(parse(body)).own_words
    styled = to_house_tone_style(own)
    return "".join(
        new if old != new else kept for kept, old, new in zip(body, own, styled, strict=True)
    )
