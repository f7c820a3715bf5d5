"""Advice on readability: long steps, unexplained abbreviations, percentages without base or date.

The rules are those of style.vi.md: a step is one action on one screen (§4), abbreviations only
where residents see them (§2), percentages with base and date (§5, §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from portal.checks.inputs import reads
from portal.document.contents import Contents
from portal.document.tree import Group, List, Node, Words, walk
from portal.language.claims import ClaimKind, read_claims
from portal.language.text import consonants_of, fold, fold_to_ascii, syllable_count
from portal.library.glossary import ABBREVIATION
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE
from portal.source.problems import Problem, Severity

MAX_STEP_SYLLABLES = 30  # style.vi.md §2 allows 25 a sentence; a step also names its button
_OF_WHOM = re.compile(r"(?<!\w)(?:của|người|dân|hộ|trong số|hồ sơ|thuê bao)(?!\w)", re.IGNORECASE)


def check_steps(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for each step of more than 30 syllables."""
    if page.kind is not GUIDE:
        return
    steps = (node for node in page.document.blocks if isinstance(node, List) and node.first)
    for step in (item for node in steps for item in node.children):
        words = " ".join(_words_of_step(step, page.contents))
        count = syllable_count(words)
        if count > MAX_STEP_SYLLABLES:
            start = " ".join(words.split()[:5])
            message = f"bước '{start}…' dài {count} tiếng, nên không quá {MAX_STEP_SYLLABLES}"
            fix = "tách thành hai bước, mỗi bước một việc"
            yield _at(page, page.document.line(step), message, fix)


def _words_of_step(step: Group, contents: Contents) -> Iterator[str]:
    """Yield the words of a step: its first paragraph, and the longest of the bullets under it."""
    bullets = takewhile(lambda block: isinstance(block, List), step.children[1:])
    items = [_words_in(item, contents) for bullet in bullets for item in walk((bullet,))]
    yield from (_words_in(block, contents) for block in step.children[:1])
    yield max(items, key=syllable_count, default="")


def _words_in(block: Node, contents: Contents) -> str:
    """Return the words of a paragraph, or of the first one in an item."""
    first = block.children[0] if isinstance(block, Group) and block.children else block
    return contents.own_words_of(first) if isinstance(first, Words) else ""


@reads("data/glossary.yml", "data/wording.yml")
def check_abbreviations(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice for the first use of each unexplained abbreviation."""
    words, known = page.contents.own_words, library.known_abbreviations
    seen = set[str]()
    for match in ABBREVIATION.finditer(words):
        short = match[0]
        if short in known or short in seen:
            continue
        seen.add(short)
        if f"({short})" not in page.file.body:
            message = f"chữ viết tắt '{short}' chưa được giải thích"
            fix = f"viết đủ chữ rồi ghi ({short}), hoặc thêm vào abbr trong data/glossary.yml"
            yield _advice(page, match.start(), message, fix)


def check_shares(page: Page, _: Library) -> Iterator[Problem]:
    """Yield advice for each percentage without base or date."""
    if "%" not in page.contents.own_words:
        return
    for sentence in page.contents.sentences:
        claims = list(read_claims(sentence.text))
        share = next((claim for claim in claims if claim.kind is ClaimKind.SHARE), None)
        if share is None:
            continue
        if not _OF_WHOM.search(sentence.text):
            message = f"'{share.text}' chưa nói là của ai"
            yield _at(page, sentence.line, message, f"{share.text} người … (nói rõ ai)")
        if not any(claim.kind is ClaimKind.DATE for claim in claims):
            message = f"'{share.text}' chưa nói đến ngày nào"
            yield _at(
                page, sentence.line, message, "thêm ngày của nguồn, hoặc dùng {{ so_lieu.… }}"
            )


@reads("data/facts.yml")
def check_old_claims(page: Page, library: Library) -> Iterator[Problem]:
    """Yield advice when a page has a fact's `old` words and none of its `now` words."""
    consonants = _consonants_of(page)  # a fast filter, enough for most pages
    facts = [
        fact
        for fact in library.facts.replacing
        if any(_consonants(old) in consonants for old in fact.old)
    ]
    folded = fold(page.file.body) if facts else ""
    for fact in facts:
        old = next((words for words in fact.old if fold(words) in folded), None)
        if old and not any(fold(words) in folded for words in fact.now):
            place = folded.index(fold(old))
            message = f"'{old}' là chuyện cũ ({fact.id}), bài chưa nói nay thế nào"
            line = page.document.first_line + folded.count("\n", 0, place)
            yield _at(page, line, message, f"thêm một trong: {', '.join(fact.now)}")


def _consonants_of(page: Page) -> bytes:
    body = page.file.body
    if page.has_everyday_characters:  # the others are vowels or đ, which fold to ASCII
        return consonants_of(body.encode("ascii", "ignore"))
    return consonants_of(fold_to_ascii(body))


@lru_cache(maxsize=1024)  # every page is searched for the same few words
def _consonants(words: str) -> bytes:
    return consonants_of(fold_to_ascii(words))


def _advice(page: Page, offset: int, message: str, fix: str) -> Problem:
    return _at(page, page.contents.line_at(offset), message, fix)


def _at(page: Page, line: int, message: str, fix: str) -> Problem:
    return Problem(page.path, line, message, fix, Severity.ADVICE)
