"""Checks that a topic's tile and wishes match its guides."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from portal.checks.inputs import reads
from portal.language.text import fold, words_of
from portal.library.library import Library, Page
from portal.library.topics import TOPICS
from portal.source.problems import Problem, Severity

_PART = re.compile(r"[^,.;:]+")


@reads(TOPICS.path)
def check_wishes(library: Library) -> Iterator[Problem]:
    """Yield advice when a topic page's wishes and the topic's guides do not match."""
    for topic in library.topics:
        folder = f"guides/{topic.id}"  # by folder, whatever the guide's own `topic`
        guides = {
            posixpath.basename(uri).removesuffix(".md")
            for uri in library.unreadable.union(page.uri for page in library.guides)
            if posixpath.dirname(uri) == folder
        }
        wished = dict(topic.wishes)
        for slug in wished:
            if slug not in guides:
                message = f"chủ đề '{topic.id}' có lời mời cho bài '{slug}' không còn"
                fix = f"xóa dòng {slug}, hoặc đổi thành tên tệp mới"
                yield Problem(TOPICS.path, topic.line, message, fix, Severity.ADVICE)
        for slug in sorted(guides - set(wished)) if wished else ():
            message = f"chủ đề '{topic.id}' chưa có lời mời cho bài '{slug}'"
            fix = f'thêm vào wishes:  {slug}: "…"'
            yield Problem(TOPICS.path, topic.line, message, fix, Severity.ADVICE)


@reads(TOPICS.path, "docs/guides/")
def check_promises(library: Library) -> Iterator[Problem]:
    """Yield advice for each thing on a topic's tile with a word that none of its guides has."""
    for topic in library.topics:
        guides = library.guides_of(topic)
        for part in _PART.findall(topic.summary) if guides else ():
            if not _are_said(words_of(fold(part)), guides, library):
                message = f"chủ đề '{topic.id}' hứa '{part.strip()}' mà chưa bài nào nói đến"
                fix = "viết bài về việc ấy, hoặc đổi summary cho khớp các bài đang có"
                yield Problem(TOPICS.path, topic.line, message, fix, Severity.ADVICE)


def _are_said(words: frozenset[str], guides: Iterable[Page], library: Library) -> bool:
    heads = (" ".join(library.folded_heads[page.uri].values()) for page in guides)
    bodies = (fold(page.contents.said) for page in guides)  # read only when heads do not suffice
    for text in chain(heads, bodies):
        words -= words_of(text)
        if not words:
            return True
    return False
