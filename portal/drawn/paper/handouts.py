"""The content of guides' handouts and topics' booklets."""

from __future__ import annotations

import base64
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from PIL import Image

from portal.document.tree import Document
from portal.drawn.paper.guide_text import Data, PaperLinks, printed_sections, to_printable
from portal.drawn.qr import qr_text
from portal.language.text import format_day
from portal.system.bundled_icons import icon_file
from portal.system.cache import cache_key

FACE = "Be Vietnam Pro"
# Screen font names, and a dot that the brand font lacks.
_FAMILY = re.compile("font-family=('[^']*'|\"[^\"]*\")")
_DOT = str.maketrans("●", "•")


@dataclass(frozen=True)
class Hotline:
    """A number to call, who answers, and the cost if known."""

    number: str
    name: str = ""
    cost: str = ""

    def data(self) -> Data:
        """Return the template's data."""
        note = ", ".join(filter(None, (self.name, self.cost)))
        tel = self.number.replace(" ", "")
        return {"number": to_printable(self.number), "tel": tel, "note": to_printable(note)}


@dataclass(frozen=True)
class Imprint:
    """The imprint of every sheet: site, operator, and the team that hands it out."""

    site: str
    standing: str = ""
    team_name: str = ""
    team_phone: str = ""

    def data(self) -> Data:
        """Return the template's data."""
        team = {"name": to_printable(self.team_name), "phone": to_printable(self.team_phone)}
        return {"author": self.site, "standing": to_printable(self.standing), "team": team}


@dataclass(frozen=True)
class GuidePicture:
    """A picture of a guide: `target` as written, and the `digest` of its `file`."""

    target: str
    digest: str
    file: Path = field(compare=False, repr=False)

    def svg(self) -> str:
        """Return the picture as SVG, its text in the brand font."""
        if self.file.suffix == ".svg":
            text = self.file.read_text(encoding="utf-8")
            return _FAMILY.sub(f"font-family='{FACE}'", text).translate(_DOT)
        with Image.open(self.file) as image:
            width, height = image.size
            kind, data = f"image/{image.format}".lower(), self.file.read_bytes()
            if image.format not in ("JPEG", "PNG"):  # Typst reads no other format in an SVG
                kind, data = "image/jpeg", _as_jpeg(image)
        pixels = base64.b64encode(data).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" href="data:{kind};base64,{pixels}"/></svg>'
        )


def _as_jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


@dataclass(frozen=True)
class Handout:
    """The sheet of one guide; `address` with `mark`, which names its facts, is its QR code.

    `colour` is "#rrggbb". `links` maps links as written to absolute addresses, `figures` maps
    references to texts.
    """

    template: ClassVar = "handout"

    title: str
    address: str
    imprint: Imprint
    document: Document = field(repr=False)
    topic: str = ""
    colour: str = "#0b4f47"
    audience: str = ""
    hotlines: tuple[Hotline, ...] = ()
    reviewed: datetime.date | None = None
    links: tuple[tuple[str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    drawings: tuple[GuidePicture, ...] = ()
    mark: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content; handout and booklet both use it."""
        return cache_key(self, self.document.source)

    def data(self) -> Data:
        """Return the sheet for its template."""
        title = _title(self.title, self.imprint)
        return {"title": title, "guides": [self.guide_data()], **self.imprint.data()}

    def guide_data(self) -> Data:
        """Return the guide's template data."""
        links = PaperLinks(
            dict(self.links),
            {each.target: each.svg() for each in self.drawings},
            dict(self.figures),
        )
        return {
            "title": _title(self.title, self.imprint),
            "topic": to_printable(self.topic),
            "colour": self.colour,
            "audience": to_printable(self.audience),
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "hotlines": [each.data() for each in self.hotlines],
            "reviewed": format_day(self.reviewed) if self.reviewed else "",
            "sections": printed_sections(self.document, links),
        }


@dataclass(frozen=True)
class Booklet:
    """The sheets of a topic's guides, at least one, with a cover and a table of contents.

    `icon` names one of Material's bundled icons, `address` is the topic's page; with `mark`, which
    names the facts in it, it is the QR code of the cover.
    """

    template: ClassVar = "booklet"

    title: str
    summary: str
    icon: str
    address: str
    handouts: tuple[Handout, ...]
    mark: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it."""
        digests = [each.digest for each in self.handouts]
        return cache_key(self.title, self.summary, self.icon, self.address, self.mark, digests)

    def data(self) -> Data:
        """Return the template's data."""
        first = self.handouts[0]
        return {
            "title": _title(self.title, first.imprint),
            "summary": to_printable(self.summary),
            "colour": first.colour,
            "icon": icon_file(self.icon).read_text(encoding="utf-8"),
            "drawing": next(self._drawings(), ""),
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "guides": [each.guide_data() for each in self.handouts],
            **first.imprint.data(),
        }

    def _drawings(self) -> Iterator[str]:
        yield from (drawing.svg() for each in self.handouts for drawing in each.drawings)


def _title(title: str, imprint: Imprint) -> str:
    """Return a printable title, never empty: PDF/UA requires one."""
    return to_printable(title).strip() or imprint.site
