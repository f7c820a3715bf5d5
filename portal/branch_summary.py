"""What a branch changes for readers, as Markdown for a merge request's comment.

Two libraries are compared page by page; a page that kept its short link has moved, not vanished.
The share cards of those pages, before and after, are told in words and can be drawn beside it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from babel.numbers import format_decimal

from portal.cards import CardContent
from portal.checks import check_library
from portal.editors_report import Level, read_level
from portal.host_comment import MARK
from portal.library import Library, Page
from portal.problems import advice, errors
from portal.sharing import card_content, shared_page
from portal.site_identity import Site

MAX_PAGES = 40  # in each part


@dataclass(frozen=True)
class Face:
    """What a reader meets of a page; `card` is all that its share card says."""

    title: str
    summary: str
    card: CardContent
    reading: Level
    text_bytes: int
    image_bytes: int


@dataclass(frozen=True)
class Change:
    """A page before and after; None where it does not exist."""

    before: Page | None
    after: Page | None


def compare(before: Library, after: Library) -> tuple[Change, ...]:
    """Return the pages that differ, in the order of their paths."""
    moved = _moved(before, after)
    old_uris = {new: old for old, new in moved.items()}
    changes = [
        Change(before.by_uri.get(old_uris.get(page.uri, page.uri)), page) for page in after.pages
    ]
    changes += [
        Change(page, None)
        for page in before.pages
        if page.uri not in after.by_uri and page.uri not in moved
    ]
    return tuple(sorted(filter(_differs, changes), key=_path))


def _moved(before: Library, after: Library) -> dict[str, str]:
    """Return new paths by old ones, told by short links."""
    links = {page.meta["shortlink"]: page for page in after.pages if page.meta.get("shortlink")}
    return {
        page.uri: links[link].uri
        for page in before.pages
        if page.uri not in after.by_uri
        and (link := page.meta.get("shortlink")) in links
        and links[link].uri not in before.by_uri
    }


def _differs(change: Change) -> bool:
    before, after = change.before, change.after
    return not before or not after or (before.uri, before.source) != (after.uri, after.source)


def _path(change: Change) -> str:
    page = change.after or change.before
    return page.path if page else ""


def face_of(page: Page, library: Library, site: Site) -> Face:
    """Return what a reader meets of a page; pictures count with the bytes of their files."""
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
    """Return file name → content of the cards that differ, those before and those after."""
    cards = dict[str, CardContent]()
    for change in compare(before, after)[:MAX_PAGES]:
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


def summarise(before: Library, after: Library, site: Site) -> str:
    """Return the summary as Markdown, ready to be a comment."""
    changes = compare(before, after)
    added = [change for change in changes if not change.before]
    removed = [change for change in changes if not change.after]
    changed = [change for change in changes if change.before and change.after]
    problems = check_library(after)
    parts = [
        MARK,
        "## Thay đổi với người đọc",
        f"{len(added)} trang mới, {len(changed)} trang sửa, {len(removed)} trang bỏ. "
        f"Kiểm tra: {len(errors(problems))} lỗi, {len(advice(problems))} gợi ý.",
        *_part(
            "Trang mới", [_added(change.after, after, site) for change in added if change.after]
        ),
        *_part("Trang sửa", [_changed(change, before, after, site) for change in changed]),
        *_part("Trang bỏ", [_removed(change.before) for change in removed if change.before]),
    ]
    return "\n\n".join(parts) + "\n"


def _part(title: str, blocks: list[str]) -> Iterator[str]:
    if blocks:
        yield f"### {title}"
        yield from blocks[:MAX_PAGES]
    if len(blocks) > MAX_PAGES:
        yield f"… và {len(blocks) - MAX_PAGES} trang nữa."


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


def _changed(change: Change, before: Library, after: Library, site: Site) -> str:
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
    table = "\n".join(
        f"| {name} | {was} | {'như cũ' if was == now else now} |" for name, was, now in rows
    )
    return f"**{_plain(new.title)}**\n\n| | Trước | Sau |\n|---|---|---|\n{table}"


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
    """Return an editor's words as text that no Markdown reads as markup, a mention or a cell."""
    escaped = "".join(f"\\{char}" if char in r"\`*_[]<>|#!~" else char for char in text)
    return " ".join(escaped.replace("@", "@\u200b").split())
