"""Pages with errors under `serve`: they become drafts, shown with their problems.

A release build stops at errors; under `serve` a writer needs the page, its problems, and all other
pages. For the rest of the build a draft is a valid placeholder page, so that data may refer to it;
its text is inserted at the end.
"""

from __future__ import annotations

import html
import posixpath
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

import yaml

from portal.checks.raw_html import find_unsafe_html
from portal.document.parser import parse
from portal.language.text import slugify
from portal.library.library import Library, Page
from portal.library.page_kinds import DEFAULT_REVIEW_MONTHS
from portal.site.page_body import HtmlWriter
from portal.source.frontmatter import SourceFile, read_source
from portal.source.problems import Problem, Severity, errors
from portal.source.schema import Kind

DRAFT_NOTE = "Bài đang viết."
DRAFT_BODY = f"""
## Các bước

1. {DRAFT_NOTE}

## Vẫn không được

{DRAFT_NOTE}
"""
MAX_OTHERS = 20  # problems in one list; the terminal shows all
_MAIN = re.compile(r"(<main\b[^>]*>)(.*?)(</main>)", re.DOTALL)
_PANEL = """\
<section lang="vi" aria-label="Lỗi của trang này" style="margin:1rem 0;padding:1rem;\
background:#fff8e1;color:#222;border:3px solid #b3261e;border-radius:8px;overflow-wrap:anywhere">
{lists}
<p><small>Khung này chỉ hiện khi viết bài (make serve), không lên trang thật.</small></p>
</section>
"""


@dataclass(frozen=True)
class LiveProblems:
    """The `Library` without errors, path within docs/ → draft, and all problems."""

    library: Library
    drafts: Mapping[str, Page] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _by_path(self) -> Mapping[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.path, []).append(problem)
        return found

    @cached_property
    def _errors(self) -> list[Problem]:
        return errors(self.problems)

    def annotate(self, rendered: str, uri: str) -> str:
        """Return a rendered page with its problems on top, and a draft's text."""
        draft = self.drafts.get(uri)
        shown = _MAIN.search(rendered)
        if not shown:
            return rendered
        text = f"{_preview(draft)}<div hidden>{shown[2]}</div>" if draft else shown[2]
        return rendered[: shown.end(1)] + self.panel(uri) + text + rendered[shown.start(3) :]

    def panel(self, uri: str) -> str:
        """Return the HTML panel of a page's problems and a list of others, "" for none."""
        path = f"docs/{uri}"
        own = self._by_path.get(path, [])
        others = [problem for problem in self._errors if problem.path != path]
        lists = _list("Trang này", own) + _list("Tệp khác", others)
        return _PANEL.format(lists=lists) if lists else ""


def is_served(site: Path) -> bool:
    """Return whether a site folder is the temporary one of MkDocs' or ProperDocs' `serve`.

    The configuration does not have the command; the folder distinguishes `serve` from a build.
    """
    is_temporary = site.parent == Path(tempfile.gettempdir())
    return is_temporary and site.name.startswith(("mkdocs_", "properdocs_"))


def set_drafts_aside(library: Library, problems: Iterable[Problem]) -> LiveProblems:
    """Return the library with each page with errors replaced by a placeholder, and the drafts.

    A file that is not a valid page becomes an empty draft, so that it has an address. A page with
    an invalid picture is a draft, too, so that the picture is not opened.
    """
    found = tuple(problems)
    bad = {problem.path for problem in errors(found)}
    pages = {page.path: page for page in library.pages}
    showing = {page.path for page in library.pages if not bad.isdisjoint(_pictures(page))}
    drafted = showing.union(filter(_is_page, bad))
    drafts = {path: pages.get(path) or _unread_page(path) for path in drafted}
    stand_ins = {path: _stand_in(draft, library) for path, draft in sorted(drafts.items())}
    sound = replace(library, pages=tuple((pages | stand_ins).values()))
    return LiveProblems(sound, {draft.uri: draft for draft in drafts.values()}, found)


def _stand_in(draft: Page, library: Library) -> Page:
    """Return a draft's placeholder, with every required field and section."""
    values: dict[Kind, object] = {
        Kind.TEXT: DRAFT_NOTE,
        Kind.DATE: library.today,
        Kind.MONTHS: DEFAULT_REVIEW_MONTHS,
        Kind.TOPIC: PurePosixPath(draft.uri).parent.name,
        Kind.SLUG: slugify(f"nhap {draft.uri}"),
        Kind.TEXTS: [],
        Kind.FACTS: [],
        Kind.RECORDS: [],
    }
    meta = {field.name: values[field.kind] for field in draft.kind.fields if field.kind in values}
    front = yaml.safe_dump(meta | {"title": draft.title}, allow_unicode=True)
    source = f"---\n{front}---\n{DRAFT_BODY}"
    return Page(draft.uri, read_source(source, draft.path)[0], source)


def _pictures(page: Page) -> Iterator[str]:
    """Yield the paths of a page's pictures within the project."""
    folder = posixpath.dirname(page.path)
    for image in page.contents.images:
        yield posixpath.normpath(posixpath.join(folder, image.target))


def _is_page(path: str) -> bool:
    return path.startswith("docs/") and path.endswith(".md")


def _unread_page(path: str) -> Page:
    return Page(path.removeprefix("docs/"), SourceFile(path), "")


def _preview(draft: Page) -> str:
    """Return a draft's text without raw HTML; as source when the result is still unsafe."""
    source = html.escape(draft.file.body, quote=False)
    rendered = HtmlWriter().write(parse(source))
    if find_unsafe_html(rendered):
        rendered = f"<pre>{source}</pre>"
    title = html.escape(draft.title)
    return f'<article class="text">\n<h1>{title}</h1>\n{rendered}\n</article>\n'


def _list(title: str, problems: list[Problem]) -> str:
    if not problems:
        return ""
    rows = "".join(f"<li>{_row(problem)}</li>" for problem in problems[:MAX_OTHERS])
    more = len(problems) - MAX_OTHERS
    rest = f"<p>… và {more} chỗ nữa, xem bằng: make check</p>" if more > 0 else ""
    return f"<p><strong>{title}</strong></p><ul>{rows}</ul>{rest}"


def _row(problem: Problem) -> str:
    kind = "Lỗi" if problem.severity is Severity.ERROR else "Gợi ý"
    place = html.escape(f"{problem.path}:{problem.line}")
    shown = f'<code style="white-space:pre-wrap">{html.escape(problem.fix)}</code>'
    fix = f"<br>Cách sửa: {shown}" if problem.fix else ""
    return f"{kind} ở <code>{place}</code>: {html.escape(problem.message)}{fix}"
