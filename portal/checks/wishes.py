"""The wishes on the page of a topic match its guides."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.library.library import Library
from portal.library.topics import TOPICS
from portal.source.problems import Problem, Severity


@reads(TOPICS.path)
def check_wishes(library: Library) -> Iterator[Problem]:
    """Yield advice when a topic page's wishes and the topic's guides do not match."""
    for topic in library.topics:
        folder = f"guides/{topic.id}"  # wherever a guide's own field says it belongs
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
