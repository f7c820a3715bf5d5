"""A summary of a branch's changes for readers, as Markdown for a merge request comment.

Two libraries are compared page by page; a page with the same short link has moved. The texts of
share cards are compared, too; the cards can be drawn.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from babel.numbers import format_decimal

from desk.editors_report import Level, read_level
from desk.host_comment import MARK
from portal.checks import check_library
from portal.drawn.cards import CardContent
from portal.language.letters import INVISIBLE
from portal.library.library import Library, Page
from portal.library.site_identity import Site
from portal.site.sharing import card_content, shared_page
from portal.source.merge_conflicts import is_conflict
from portal.source.problems import Problem, advice, errors
from portal.system.files import walk_files

MAX_PAGES = 40  # in each part
_MAX_LINES = 12  # in a file's diff
_MAX_LETTERS = 200  # in a line of it
_GUIDE = "CONTRIBUTING.md, mục “Hai người sửa cùng một chỗ”"


@dataclass(frozen=True)
class Face:
    """What readers see of a page; `card` is the text of its share card."""

    title: str
    summary: str
    card: CardContent
    reading: Level
    text_bytes: int
    image_bytes: int


@dataclass(frozen=True)
class PageChange:
    """A page before and after; None where it does not exist."""

    before: Page | None
    after: Page | None


def changed_pages(before: Library, after: Library) -> tuple[PageChange, ...]:
    """Return the pages that differ, in the order of their paths."""
    moved = _moved(before, after)
    old_uris = {new: old for old, new in moved.items()}
    changes = [
        PageChange(before.by_uri.get(old_uris.get(page.uri, page.uri)), page)
        for page in after.pages
    ]
    changes += [
        PageChange(page, None)
        for page in before.pages
        if page.uri not in after.by_uri and page.uri not in moved
        if page.uri not in after.unreadable
    ]
    return tuple(sorted(filter(_differs, changes), key=_path))


def _moved(before: Library, after: Library) -> dict[str, str]:
    """Return old path → new path of pages with the same short link."""
    links = {page.meta["shortlink"]: page for page in after.pages if page.meta.get("shortlink")}
    return {
        page.uri: links[link].uri
        for page in before.pages
        if page.uri not in after.by_uri
        and (link := page.meta.get("shortlink")) in links
        and links[link].uri not in before.by_uri
    }


def _differs(change: PageChange) -> bool:
    before, after = change.before, change.after
    return not before or not after or (before.uri, before.source) != (after.uri, after.source)


def _path(change: PageChange) -> str:
    page = change.after or change.before
    return page.path if page else ""


def face_of(page: Page, library: Library, site: Site) -> Face:
    """Return what readers see of a page, with hashes of its pictures."""
    summary = str(page.meta.get("summary") or "")
    meta = {"title": page.title, "description": summary, "topic": page.meta.get("topic")}
    shared = shared_page(page.uri, page.url, meta, library)
    return Face(
        title=page.title,
        summary=summary,
        card=card_content(shared, site, library.statistics),
        reading=read_level(page),
        text_bytes=len(page.file.body.encode()),
        image_bytes=sum(_image_sizes(page, library)),
    )


def changed_cards(before: Library, after: Library, site: Site) -> dict[str, CardContent]:
    """Return file name → content of the cards that differ, before and after."""
    cards = dict[str, CardContent]()
    for change in changed_pages(before, after)[:MAX_PAGES]:
        old = face_of(change.before, before, site).card if change.before else None
        new = face_of(change.after, after, site).card if change.after else None
        if old != new:
            name = PurePosixPath(_path(change)).relative_to("docs").with_suffix("")
            stem = name.as_posix().replace("/", "-")
            pair = {f"{stem}-truoc.png": old, f"{stem}-sau.png": new}
            cards |= {file: content for file, content in pair.items() if content}
    return cards


def _image_sizes(page: Page, library: Library) -> Iterator[int]:
    folder = posixpath.dirname(page.uri)
    for target in {image.target for image in page.contents.images}:
        uri = posixpath.normpath(posixpath.join(folder, target))
        file = library.docs / uri
        if not uri.startswith("..") and file.is_file():
            yield file.stat().st_size


def summarise(
    before: Library,
    after: Library,
    site: Site,
    clashes: Sequence[str] = (),
    others: Sequence[str] = (),
) -> str:
    """Return the summary as Markdown.

    `clashes` are files with merge conflicts, `others` changed files outside docs/ and data/.
    """
    changes = changed_pages(before, after)
    added = [change for change in changes if not change.before]
    removed = [change for change in changes if not change.after]
    changed = [change for change in changes if change.before and change.after]
    problems = check_library(after)
    parts = [
        MARK,
        "## Thay đổi với người đọc",
        f"{len(added)} trang mới, {len(changed)} trang sửa, {len(removed)} trang bỏ. "
        f"Kiểm tra: {len(errors(problems))} lỗi, {len(advice(problems))} gợi ý.",
        *_warnings(problems, after, clashes),
        *_part(
            "Trang mới", [_added(change.after, after, site) for change in added if change.after]
        ),
        *_part("Trang sửa", [_changed(change, before, after, site) for change in changed]),
        *_part("Trang bỏ", [_removed(change.before) for change in removed if change.before]),
        *_part("Dữ liệu", list(_data_changes(before, after)), "tệp"),
        *_part("Hình và tệp đi kèm", list(_file_changes(before, after)), "tệp", "\n"),
        *_part(
            "Tệp khác (giao diện, cài đặt, mã)", [f"- `{name}`" for name in others], "tệp", "\n"
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _warnings(
    problems: Sequence[Problem], library: Library, clashes: Sequence[str]
) -> Iterator[str]:
    """Yield merge conflicts, and what could not be summarised."""
    if clashes:
        names = ", ".join(f"`{name}`" for name in clashes)
        yield f"**Xung đột**: hai nhánh sửa cùng một chỗ ở {names}. Cách gỡ: {_GUIDE}."
    if marked := [each for each in problems if is_conflict(each)]:
        names = ", ".join(f"`{each.path}` dòng {each.line}" for each in marked)
        yield f"**Còn dấu xung đột của git**: {names}. Cách gỡ: {_GUIDE}."
    unread = {f"docs/{uri}" for uri in library.unreadable} - {each.path for each in marked}
    for each in (problem for problem in errors(problems) if problem.path in unread):
        yield f"**Chưa đọc được** `{each.path}`, dòng {each.line}: {_plain(each.message)}."


def _part(
    title: str, blocks: list[str], what: str = "trang", between: str = "\n\n"
) -> Iterator[str]:
    if blocks:
        yield f"### {title}"
        yield between.join(blocks[:MAX_PAGES])
    if len(blocks) > MAX_PAGES:
        yield f"… và {len(blocks) - MAX_PAGES} {what} nữa."


def _data_changes(before: Library, after: Library) -> Iterator[str]:
    """Yield each changed file of data/ with its diff."""
    old, new = _texts_of(before), _texts_of(after)
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            state = "mới" if path not in old else "bỏ" if path not in new else "đổi"
            yield f"- `{path}`: {state}\n\n{_difference(old.get(path, ''), new.get(path, ''))}"


def _texts_of(library: Library) -> Mapping[str, str]:
    folder = library.docs.parent / "data"
    if not folder.is_dir():
        return {}
    entries = walk_files(folder, lambda _, name: name.startswith("."))
    files = ((path, Path(entry.path)) for path, entry in entries)
    return {
        f"data/{path}": file.read_bytes().decode("utf-8", "replace")
        for path, file in files
        if file.is_file()
    }


def _file_changes(before: Library, after: Library) -> Iterator[str]:
    """Yield each changed picture or other file in docs/, with its size."""
    old, new = _files_of(before), _files_of(after)
    for path in sorted(old.keys() | new.keys()):
        was, now = old.get(path), new.get(path)
        if was is None and now is not None:
            yield f"- `{path}`: mới, {_kilobytes(len(now))}"
        elif now is None and was is not None:
            yield f"- `{path}`: bỏ"
        elif was is not None and now is not None and was != now:
            yield f"- `{path}`: đổi, {_kilobytes(len(was))} → {_kilobytes(len(now))}"


def _files_of(library: Library) -> Mapping[str, bytes]:
    entries = walk_files(library.docs, lambda _, name: name.startswith("."))
    files = ((path, Path(entry.path)) for path, entry in entries if not path.endswith(".md"))
    return {f"docs/{path}": file.read_bytes() for path, file in files if file.is_file()}


def _difference(old: str, new: str) -> str:
    """Return a diff as a code block with a fence longer than any in it."""
    rows = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]
    changed = [_shown(row) for row in rows if not row.startswith("@@")]
    shown = changed[:_MAX_LINES]
    runs = re.findall("`+", "\n".join(shown))
    fence = "`" * max(3, 1 + max(map(len, runs), default=0))
    left = len(changed) - len(shown)
    more = f"\n\n… và {left} dòng nữa." if left else ""
    return f"{fence}diff\n" + "\n".join(shown) + f"\n{fence}{more}"


def _shown(row: str) -> str:
    """Return a line with invisible characters made visible, cut when it is very long."""
    seen = INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", row)
    return seen if len(seen) <= _MAX_LETTERS else f"{seen[:_MAX_LETTERS]}…"


def _added(page: Page, library: Library, site: Site) -> str:
    face = face_of(page, library, site)
    rows = [
        f"- **{_plain(face.title)}** (`{page.path}`): {_plain(face.summary)}",
        f"  - Thẻ chia sẻ: {_card(face.card)}",
        f"  - Dễ đọc: {_reading(face.reading)}",
        f"  - Nặng: {_weight(face)}",
    ]
    return "\n".join(rows)


def _removed(page: Page) -> str:
    link = page.meta.get("shortlink")
    lost = f"; đường dẫn ngắn `/{_plain(str(link))}` không còn" if link else ""
    return f"- **{_plain(page.title)}** (`{page.path}`){lost}"


def _changed(change: PageChange, before: Library, after: Library, site: Site) -> str:
    assert change.before
    assert change.after
    old, new = face_of(change.before, before, site), face_of(change.after, after, site)
    rows = [
        ("Tệp", f"`{change.before.path}`", f"`{change.after.path}`"),
        ("Tên bài", _plain(old.title), _plain(new.title)),
        ("Tóm tắt", _plain(old.summary), _plain(new.summary)),
        ("Thẻ chia sẻ", _card(old.card), _card(new.card)),
        ("Dễ đọc", _reading(old.reading), _reading(new.reading)),
        ("Nặng", _weight(old), _weight(new)),
    ]
    table = "\n".join(f"| {name} | {was} | {now} |" for name, was, now in rows if was != now)
    parts = [f"**{_plain(new.title)}** (`{change.after.path}`)"]
    if table:
        parts.append(f"| | Trước | Sau |\n|---|---|---|\n{table}")
    if change.before.source != change.after.source:
        parts.append(_difference(change.before.source, change.after.source))
    return "\n\n".join(parts)


def _card(card: CardContent) -> str:
    """Return the words on a card, from top to bottom."""
    figure = f"{card.figure.value} {card.figure.label}" if card.figure else ""
    words = (card.label, card.place, card.title, card.summary, figure)
    return " / ".join(_plain(each) for each in words if each)


def _reading(reading: Level) -> str:
    mean = format_decimal(round(reading.average, 1), locale="vi")
    average = f"trung bình {mean} tiếng một câu"
    return f"{reading.name}; {average}, câu dài nhất {reading.longest} tiếng"


def _weight(face: Face) -> str:
    images = f", hình {_kilobytes(face.image_bytes)}" if face.image_bytes else ""
    return f"chữ {_kilobytes(face.text_bytes)}{images}"


def _kilobytes(size: int) -> str:
    return f"{format_decimal(round(size / 1000, 1), locale='vi')} KB"


def _plain(text: str) -> str:
    """Return a text escaped for Markdown: no markup, mentions or table cells."""
    escaped = "".join(f"\\{char}" if char in r"\`*_[]<>|#!~" else char for char in text)
    return " ".join(escaped.replace("@", "@\u200b").split())
