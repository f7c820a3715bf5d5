"""Handouts of guides and booklets of topics: what stands on them, read from the guides."""

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
from portal.drawn.paper.guide_text import Data, PaperLinks, read_sections, to_printable
from portal.drawn.qr import QrPicture, qr_svg
from portal.language.text import format_day
from portal.system.bundled_icons import icon_file
from portal.system.cache import cache_key

FACE = "Be Vietnam Pro"
# Faces of telephones, and the dot that they have and the brand's face lacks.
_FAMILY = re.compile("font-family=('[^']*'|\"[^\"]*\")")
_DOT = str.maketrans("●", "•")


@dataclass(frozen=True)
class Hotline:
    """A number to call, who answers, and what is known of the cost."""

    number: str
    name: str = ""
    cost: str = ""

    def data(self) -> Data:
        """Return it for the templates."""
        note = ", ".join(filter(None, (self.name, self.cost)))
        tel = self.number.replace(" ", "")
        return {"number": to_printable(self.number), "tel": tel, "note": to_printable(note)}


@dataclass(frozen=True)
class Imprint:
    """What stands on every sheet: the site, who runs it, the team that hands it out."""

    site: str
    standing: str = ""
    team_name: str = ""
    team_phone: str = ""

    def data(self) -> Data:
        """Return it for the templates."""
        team = {"name": to_printable(self.team_name), "phone": to_printable(self.team_phone)}
        return {"author": self.site, "standing": to_printable(self.standing), "team": team}


@dataclass(frozen=True)
class Drawing:
    """A picture of a guide: `target` as written there, `digest` of its `file`."""

    target: str
    digest: str
    file: Path = field(compare=False, repr=False)

    def svg(self) -> str:
        """Return the picture as SVG, its text in the site's face."""
        if self.file.suffix == ".svg":
            text = self.file.read_text(encoding="utf-8")
            return _FAMILY.sub(f"font-family='{FACE}'", text).translate(_DOT)
        with Image.open(self.file) as image:
            width, height = image.size
            kind, data = f"image/{image.format}".lower(), self.file.read_bytes()
            if image.format not in ("JPEG", "PNG"):  # all that Typst reads in an SVG
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
    """The sheet of one guide; `address` is what its QR code holds.

    `colour` is "#rrggbb". `links` pairs links as written with absolute addresses, `figures` what
    references name with what they stand for. `qr` is the code's file, drawn for the page.
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
    drawings: tuple[Drawing, ...] = ()
    qr: Path | None = field(default=None, compare=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it: a guide's handout and its topic's booklet ask for it."""
        return cache_key(self, self.document.source)

    def data(self) -> Data:
        """Return the sheet for its template."""
        title = _title(self.title, self.imprint)
        return {"title": title, "guides": [self.guide_data()], **self.imprint.data()}

    def guide_data(self) -> Data:
        """Return the guide for the templates."""
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
            "qr": _qr_code(self.address, self.qr),
            "hotlines": [each.data() for each in self.hotlines],
            "reviewed": format_day(self.reviewed) if self.reviewed else "",
            "sections": read_sections(self.document, links),
        }


@dataclass(frozen=True)
class Booklet:
    """The sheets of a topic's guides, at least one, behind a cover and a table of contents.

    `icon` names one of Material's bundled icons, `address` is the topic's page.
    """

    template: ClassVar = "booklet"

    title: str
    summary: str
    icon: str
    address: str
    handouts: tuple[Handout, ...]

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it."""
        digests = [each.digest for each in self.handouts]
        return cache_key(self.title, self.summary, self.icon, self.address, digests)

    def data(self) -> Data:
        """Return the sheets for their template."""
        first = self.handouts[0]
        return {
            "title": _title(self.title, first.imprint),
            "summary": to_printable(self.summary),
            "colour": first.colour,
            "icon": icon_file(self.icon).read_text(encoding="utf-8"),
            "drawing": next(self._drawings(), ""),
            "address": self.address,
            "qr": _qr_code(self.address),
            "guides": [each.guide_data() for each in self.handouts],
            **first.imprint.data(),
        }

    def _drawings(self) -> Iterator[str]:
        yield from (drawing.svg() for each in self.handouts for drawing in each.drawings)


def _title(title: str, imprint: Imprint) -> str:
    """Return a title that can be printed: a file without one is refused."""
    return to_printable(title).strip() or imprint.site


def _qr_code(address: str, file: Path | None = None) -> str:
    """Return the code of an address, from its file when there is one."""
    return (file.read_bytes() if file else qr_svg(QrPicture(address, ""))).decode()
