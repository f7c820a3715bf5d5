"""Applies the checks of pages' texts to visible texts in data files and front matter.

Templates print these texts as they are, so Markdown in them would be printed too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portal.checks.broken_marks import check_broken_marks
from portal.checks.house_style import check_wording
from portal.checks.inputs import reads
from portal.checks.left_marks import check_left_marks
from portal.checks.normal_form import check_letters, check_tone_style
from portal.checks.phone_codes import check_phone_codes
from portal.checks.quotations import check_quotations
from portal.checks.raw_html import check_markup
from portal.checks.wrong_encodings import check_legacy_encodings
from portal.document.tree import Break, FigureReference, Text, Words
from portal.library.authorities import AUTHORITIES
from portal.library.contacts import CONTACTS
from portal.library.fact_history import HISTORY
from portal.library.glossary import GLOSSARY
from portal.library.learning_paths import PATHS
from portal.library.library import Library, Page
from portal.library.loudspeaker_weeks import WEEKS
from portal.library.page_kinds import LOUDSPEAKER, SHOWN_TEXTS
from portal.library.rehearsals import rehearsal_files, rehearsal_table
from portal.library.team import TEAM
from portal.library.team_directory import TEAMS
from portal.library.topics import TOPICS
from portal.source.datafiles import ShownText, Table
from portal.source.frontmatter import read_source
from portal.source.problems import Problem, Severity
from portal.source.source_text import read_text

TABLES = (TOPICS, CONTACTS, GLOSSARY, PATHS, WEEKS, AUTHORITIES, TEAM, TEAMS, HISTORY)
_LETTERS = (check_letters, check_legacy_encodings)  # each remedy is the whole text
_WORDS = (check_wording, check_quotations)
_MARKS = (check_left_marks, check_broken_marks, check_phone_codes, check_markup)
_FRONT_MATTER = "---\ntitle: x\n---\n"
_PLAIN = (Words, Text, Break, FigureReference)
_MAY_BE_MARKED = re.compile(r"^[^\w“\"‘(]|^\d{1,2}[.)/:]|[*_`\[\]|~^<>\\•]|&\w+;|^(?i:bước|b) ?\d")
_QUOTATION = re.compile("“[^”]*”")
_Check = Callable[[Page, Library], Iterable[Problem]]


@reads("data/wording.yml")
def check_data_texts(library: Library) -> Iterator[Problem]:
    """Yield each problem of the visible texts in data files; invalid files are left out."""
    root = library.docs.parent
    for table in (*TABLES, *map(rehearsal_table, rehearsal_files(root))):
        file = root / table.path
        if not library.is_damaged(table.path) and file.is_file():
            source = read_text(file, table.path)
            if isinstance(source, str):
                texts = table.shown_texts(source)
                yield from _check_texts(table, texts, source.split("\n"), library)


def check_head_texts(page: Page, library: Library) -> Iterator[Problem]:
    """Yield each problem of the visible and spoken fields of front matter."""
    texts = [
        ShownText(" ".join(text.split()), page.line_of(name), is_quoted=False)
        for name in (*SHOWN_TEXTS, LOUDSPEAKER.name)
        if isinstance(text := page.meta.get(name), str) and text.strip()
    ]
    for text in texts:
        for match in library.wording.find(_QUOTATION.sub("“”", text.text)):
            phrase = library.wording.phrases[match[0].lower()]
            message = f"nên tránh '{match[0]}'" + (f": {phrase.why}" if phrase.why else "")
            yield Problem(page.path, text.line, message, phrase.instead, Severity.ADVICE)
    marked = [each for each in texts if _MAY_BE_MARKED.search(each.text)]
    head = _page_of(page.path, marked)
    for each in _marks(head, library, "phần đầu trang"):
        yield replace(each, line=marked[(each.line - head.file.body_line) // 2].line)


def _check_texts(
    table: Table, texts: list[ShownText], source: list[str], library: Library
) -> Iterator[Problem]:
    page = _page_of(table.path, texts)
    at_letters = set(_run(_LETTERS, page, library))
    for each in sorted({*at_letters, *_words_and_marks(page, library)}):
        text, line, _ = texts[(each.line - page.file.body_line) // 2]
        fix = each.fix
        if each in at_letters:  # the remedy is the whole text
            mended, whole = fix.strip("“”"), source[line - 1]
            fix = whole.strip().replace(text, mended) if text in whole else mended
        yield replace(each, line=line, fix=fix)


def _page_of(path: str, texts: Iterable[ShownText]) -> Page:
    """Return a page with each text as a paragraph on every second line of the body."""
    paragraphs = (f"“{each.text}”" if each.is_quoted else each.text for each in texts)
    body = "\n\n".join(paragraphs) + "\n"
    source = _FRONT_MATTER + body
    return Page(path, read_source(source, path)[0], source)


def _words_and_marks(page: Page, library: Library) -> Iterator[Problem]:
    yield from _run(_WORDS, page, library)
    for each in check_tone_style(page, library):
        message, new = f"trong tệp dữ liệu: {each.message}", each.fix.partition("  (")[0]
        yield Problem(page.path, each.line, message, f"viết {new}", each.severity)
    yield from _marks(page, library, "tệp dữ liệu")


def _marks(page: Page, library: Library, place: str) -> Iterator[Problem]:
    """Yield an error for each mark in plain texts; `place` is named to editors."""
    fix = f"bỏ dấu ấy: chữ trong {place} hiện ra đúng như viết"
    found = [each for each in _run(_MARKS, page, library) if each.severity is Severity.ERROR]
    for each in found:
        yield Problem(page.path, each.line, f"trong {place}: {each.message}", fix)
    known = {each.line for each in found}
    for node in page.document.walk():
        if not isinstance(node, _PLAIN) and page.document.line(node) not in known:
            message = f"dấu của Markdown trong {place} hiện ra nguyên như chữ"
            yield Problem(page.path, page.document.line(node), message, fix)


def _run(checks: Iterable[_Check], page: Page, library: Library) -> Iterator[Problem]:
    for check in checks:
        yield from check(page, library)
