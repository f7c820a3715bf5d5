"""Shows a reviewer each changed page as residents get it, before and after, in one HTML file.

The pictures lie beside the file, so that it opens from an artifact of CI as from a disk.
"""

from __future__ import annotations

import difflib
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from PIL import Image

from portal.system.files import write_atomically

if TYPE_CHECKING:  # needs a browser, which an editor's installation lacks
    from desk.audit.portraits import Portrait

MAX_SEEN = 12  # pages
INDEX = "index.html"
_GLARE = 0.55  # of a screen's contrast is lost in the sun
_STYLE = """
body { max-width: 60rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
section { margin-top: 2rem; border-top: 3px solid #0b4f47; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .5rem; border: 1px solid #ccd5ce; text-align: left; vertical-align: top; }
th:first-child { width: 8rem; }
img { display: block; max-width: 100%; border: 1px solid #ccd5ce; }
.long { max-height: 40rem; overflow: auto; }
ins { background: #eaf6ee; } del { background: #fdeeea; }
li { margin: .3rem 0; }
"""


@dataclass(frozen=True)
class SeenChange:
    """A page with its portraits; None where it does not exist or could not be built."""

    title: str
    path: str
    before: Portrait | None
    after: Portrait | None


def in_sunlight(picture: bytes) -> bytes:
    """Return a picture as the eye has it in the sun: grey, its contrast drowned in glare."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
    glare = Image.new("L", grey.size, 255)
    return _png(Image.blend(grey, glare, _GLARE))


def _png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def write_changes(changes: Sequence[SeenChange], left: int, folder: Path) -> Path:
    """Write the file and its pictures into a folder; return the file. `left` pages are left out."""
    rest = f"<p>Còn {left} trang nữa chưa chụp.</p>" if left else ""
    body = "".join(_section(change, folder) for change in changes)
    text = (
        '<!doctype html>\n<html lang="vi">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>Mắt người đọc</title>\n<style>{_STYLE}</style>\n<h1>Mắt người đọc</h1>\n"
        "<p>Mỗi trang đổi, như bà con thấy trên máy rộng 360 điểm, ngoài nắng, khi nghe đọc, trên "
        "giấy; số giây đo ở mạng 400 kbit/s, lần đầu mở.</p>\n"
        f"{body or '<p>Không trang nào đổi.</p>'}\n{rest}\n</html>\n"
    )
    write_atomically(folder / INDEX, text.encode())
    return folder / INDEX


def _section(change: SeenChange, folder: Path) -> str:
    sides = (change.before, change.after)
    rows = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"
        for name, cells in _rows(sides, folder)
    )
    head = "<tr><th></th><th>Trước</th><th>Sau</th></tr>\n"
    spoken = _spoken(change)
    heading = f"<h2>{escape(change.title)}</h2>\n<p><code>{escape(change.path)}</code></p>\n"
    return f"<section>{heading}<table>\n{head}{rows}</table>\n{spoken}</section>\n"


def _rows(
    sides: tuple[Portrait | None, Portrait | None], folder: Path
) -> Iterator[tuple[str, list[str]]]:
    yield "Thấy bước đầu", [tell_seconds(each.seconds) if each else "–" for each in sides]
    firsts: list[tuple[bytes, ...]] = [(each.first,) if each else () for each in sides]
    shown: dict[str, list[tuple[bytes, ...]]] = {
        "Màn hình đầu": firsts,
        "Ngoài nắng": [tuple(map(in_sunlight, pictures)) for pictures in firsts],
        "Cả trang": [(each.screen,) if each else () for each in sides],
        "Tờ in": [each.paper if each else () for each in sides],
    }
    for name, pictures in shown.items():
        if any(pictures):
            yield name, [_pictures(each, name, folder) for each in pictures]


def tell_seconds(seconds: float | None) -> str:
    """Return seconds in Vietnamese ("1,4 giây"), "không có bước" for None."""
    if seconds is None:
        return "không có bước"
    return f"{format_decimal(round(seconds, 1), locale='vi')} giây"


def _pictures(pictures: Iterable[bytes], name: str, folder: Path) -> str:
    """Return the elements of pictures, each written under a name of its content; "–" for none."""
    elements = list[str]()
    for data in pictures:
        file = f"{hashlib.sha256(data).hexdigest()[:12]}.png"
        write_atomically(folder / file, data)
        elements.append(f'<img src="{file}" alt="{name}" loading="lazy">')
    return f'<div class="long">{"".join(elements)}</div>' if elements else "–"


def _spoken(change: SeenChange) -> str:
    """Return what is read aloud, sentence by sentence, with what was left out and put in."""
    before, after = (each.spoken if each else () for each in (change.before, change.after))
    if not before and not after:
        return ""
    items = "".join(f"<li>{each}</li>\n" for each in _compared(before, after))
    changed = before != after
    summary = "Nghe đọc" if changed else "Nghe đọc: không đổi"
    return f"<details{' open' * changed}><summary>{summary}</summary><ol>\n{items}</ol></details>\n"


def _compared(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    marks = {"- ": "del", "+ ": "ins"}
    for line in difflib.ndiff(list(before), list(after)):
        mark, words = marks.get(line[:2], ""), escape(line[2:])
        if line[:2] != "? ":
            yield f"<{mark}>{words}</{mark}>" if mark else words
