"""The poster for culture houses: the site, three urgent guides, hotlines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Hotline, Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key


@dataclass(frozen=True)
class PosterGuide:
    """An urgent guide; `address`, with the poster's mark, is its QR code."""

    title: str
    address: str
    mark: str = ""

    def data(self) -> Data:
        """Return the template's data."""
        title, code = to_printable(self.title), qr_text(self.address + self.mark)
        return {"title": title, "address": self.address, "qr": code}


@dataclass(frozen=True)
class Poster:
    """A poster of one paper size ("a4" or "a3").

    `address` is the home page's; with `mark`, which names the numbers on it, it is the QR code.
    """

    template: ClassVar = "poster"

    paper: str
    title: str
    summary: str
    address: str
    imprint: Imprint
    guides: tuple[PosterGuide, ...] = ()
    hotlines: tuple[Hotline, ...] = ()
    mark: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the template's data."""
        return {
            "title": to_printable(self.title) or self.imprint.site,
            "summary": to_printable(self.summary),
            "paper": self.paper,
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "guides": [each.data() for each in self.guides],
            "hotlines": [each.data() for each in self.hotlines],
            **self.imprint.data(),
        }
