"""The poster for the culture house: what the site is, three urgent guides, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Hotline, Imprint
from portal.drawn.qr import QrPicture, qr_svg
from portal.system.cache import cache_key


@dataclass(frozen=True)
class PosterGuide:
    """An urgent guide; `address` is what its code holds."""

    title: str
    address: str

    def data(self) -> Data:
        """Return it for the template."""
        title, code = to_printable(self.title), qr_svg(QrPicture(self.address, "")).decode()
        return {"title": title, "address": self.address, "qr": code}


@dataclass(frozen=True)
class Poster:
    """A poster of one size of paper ("a4" or "a3"); `address` is the home page."""

    template: ClassVar = "poster"

    paper: str
    title: str
    summary: str
    address: str
    imprint: Imprint
    guides: tuple[PosterGuide, ...] = ()
    hotlines: tuple[Hotline, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return a hash of all of it."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the poster for its template."""
        return {
            "title": to_printable(self.title) or self.imprint.site,
            "summary": to_printable(self.summary),
            "paper": self.paper,
            "address": self.address,
            "qr": qr_svg(QrPicture(self.address, "")).decode(),
            "guides": [each.data() for each in self.guides],
            "hotlines": [each.data() for each in self.hotlines],
            **self.imprint.data(),
        }
