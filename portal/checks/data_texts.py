"""Applies the checks of pages' texts to visible texts in data files and front matter.

Templates print these texts as they are, so Markdown in them would be printed too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portal.checks.autofix import mend_data
from portal.checks.broken_marks import check_broken_marks
from portal.checks.house_style import check_wording
from portal.checks.impossible_days import check_impossible_days
from portal.checks.inputs import reads
from portal.checks.left_marks import check_left_marks
from portal.checks.mistyped import check_mistyped
from portal.checks.normal_form import check_letters, check_tone_style
from portal.checks.phone_codes import check_phone_codes
from portal.checks.quotations import check_quotations
from portal.checks.raw_html import check_markup
from portal.checks.wrong_encodings import check_legacy_encodings
from portal.document.tree import Break, FigureReference, Text, Words
from portal.library.authorities import AUTHORITIES
from portal.library.contacts import CONTACTS
from portal.library.fact_history import HISTORY
from portal.library.facts import FACTS
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
_SLIPS = (check_mistyped, check_impossible_days)  # their remedies are the whole text, or words
_WORDS = (check_wording, check_quotations)
_MARKS = (check_left_marks, check_broken_marks, check_phone_codes, check_markup)
_FRONT_MATTER = "---\ntitle: x\n---\n"
_PLAIN = (Words, Text, Break, FigureReference)
_MAY_BE_MARKED = re.compile(r"^[^\w“\"‘(]|^\d{1,2}[.)/:]|[*_`\[\]|~^<>\\•]|&\w+;|^(?i:bước|b) ?\d")
_CODED = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});|\\[*_#\[\]()]")  # which Markdown would take off
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


def mended_tables(library: Library) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of each data file that `make fix` changes.

    Of a file with errors only blanks, letters and addresses are mended, not its texts.
    """
    root = library.docs.parent
    for table in (*TABLES, FACTS, *map(rehearsal_table, rehearsal_files(root))):
        file = root / table.path
        source = read_text(file, table.path) if file.is_file() else ""
        if isinstance(source, str):
            is_shown = table is not FACTS and not library.is_damaged(table.path)
            shown = table.shown_texts(source) if is_shown and source else []
            if (mended := mend_data(source, shown)) != source:
                yield table.path, mended


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
    head = _page_of(page.path, texts)
    source = page.source.split("\n")
    for each in _errors_of(_SLIPS, head, library):
        text = texts[(each.line - head.file.body_line) // 2]
        yield replace(
            each, line=text.line, fix=_whole_line(each.fix, text.text, source[text.line - 1])
        )
    marked = [each for each in texts if _MAY_BE_MARKED.search(each.text)]
    head = _page_of(page.path, marked)
    for each in _marks(head, library, "phần đầu trang"):
        yield replace(each, line=marked[(each.line - head.file.body_line) // 2].line)


def _check_texts(
    table: Table, texts: list[ShownText], source: list[str], library: Library
) -> Iterator[Problem]:
    page = _page_of(table.path, texts)
    at_letters = {*_run(_LETTERS, page, library), *_errors_of(_SLIPS, page, library)}
    for each in sorted({*at_letters, *_words_and_marks(page, library)}):
        text, line, _ = texts[(each.line - page.file.body_line) // 2]
        fix = each.fix
        if each in at_letters:
            fix = _whole_line(fix, text, source[line - 1])
        yield replace(each, line=line, fix=fix)


def _whole_line(mended: str, text: str, line: str) -> str:
    """Return the line of a text as mended, or the words of a remedy that is no text."""
    is_text = len(set(mended.split()) & set(text.split())) * 3 > len(text.split())
    mended = mended.strip("“”")
    return line.strip().replace(text, mended) if is_text and text in line else mended


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
    found = list(_errors_of(_MARKS, page, library))
    for each in found:
        yield Problem(page.path, each.line, f"trong {place}: {each.message}", fix)
    known = {each.line for each in found}
    for number, row in enumerate(page.file.body.split("\n"), page.file.body_line):
        if _CODED.search(row) and number not in known:
            known.add(number)
            message = f"dấu của Markdown trong {place} hiện ra nguyên như chữ"
            yield Problem(page.path, number, message, fix)
    for node in page.document.walk():
        if not isinstance(node, _PLAIN) and page.document.line(node) not in known:
            message = f"dấu của Markdown trong {place} hiện ra nguyên như chữ"
            yield Problem(page.path, page.document.line(node), message, fix)


def _errors_of(checks: Iterable[_Check], page: Page, library: Library) -> Iterator[Problem]:
    yield from (each for each in _run(checks, page, library) if each.severity is Severity.ERROR)


def _run(checks: Iterable[_Check], page: Page, library: Library) -> Iterator[Problem]:
    for check in checks:
        yield from check(page, library)
