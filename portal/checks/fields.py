"""Front matter against the schema of the page's kind, and a guide's topic against its folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from portal.checks.file_names import move_command
from portal.library.library import Library, Page, PageKind
from portal.source.problems import Problem, Severity
from portal.source.schema import GUIDE_FIELDS, PAGE_FIELDS, STORY_FIELDS, Kind, check_fields

# A value without quotation marks or brackets, with what follows " #"; 3: right after the "#".
_COMMENT = re.compile(r"([a-z_]+):[ \t]+([^\s\"'\[{|>&*!#].*?[ \t]+#(\S?).*?)[ \t]*")
FIELDS = {
    PageKind.GUIDE: GUIDE_FIELDS,
    PageKind.STORY: STORY_FIELDS,
    PageKind.PAGE: PAGE_FIELDS,
}


def check_front_matter(page: Page, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with a page's fields; nothing when the YAML itself was unreadable."""
    if not page.file.lines and any(problem.path == page.path for problem in library.problems):
        return
    yield from check_fields(
        FIELDS[page.kind], page.meta, page.file.lines, page.path, library.vocabulary
    )
    yield from _check_folder(page, library)
    yield from _check_lost_text(page)


def _check_lost_text(page: Page) -> Iterator[Problem]:
    """Yield what YAML takes for a comment: surely text like "#1" is an error, the rest advice."""
    texts = {field.name for field in FIELDS[page.kind] if field.kind is Kind.TEXT}
    head = page.source.split("\n")[: page.file.body_line - 1]
    for line, row in enumerate(head, 1):
        found = _COMMENT.fullmatch(row) if " #" in row else None
        if found and found[1] in texts:
            message = f"chữ từ dấu # trở đi ở '{found[1]}' bị bỏ mất"
            fix = f"{found[1]}: {json.dumps(found[2], ensure_ascii=False)}"
            severity = Severity.ERROR if found[3] else Severity.ADVICE
            yield Problem(page.path, line, message, fix, severity)


def _check_folder(page: Page, library: Library) -> Iterator[Problem]:
    if page.kind is not PageKind.GUIDE:
        return
    topic = page.meta.get("topic")
    folder = PurePosixPath(page.uri).parent.name
    if folder != topic and any(known.id == topic for known in library.topics):
        message = f"bài thuộc chủ đề '{topic}' nhưng nằm trong thư mục '{folder}'"
        fix = move_command(page.path, f"docs/guides/{topic}/{PurePosixPath(page.uri).name}")
        if any(known.id == folder for known in library.topics):
            fix = f"bài đúng chỗ thì ghi  topic: {folder}  còn sai chỗ thì chạy  {fix}"
        yield Problem(page.path, page.line_of("topic"), message, fix)
