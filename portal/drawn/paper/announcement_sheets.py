"""The printed texts for loudspeakers: one guide, or a week with its plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key


@dataclass(frozen=True)
class PrintedAnnouncement:
    """A guide's text: `seconds` is how long it takes, `note` says who wrote it and when.

    `address` is the guide's; with `mark`, which names its facts, it is the QR code.
    """

    title: str
    paragraphs: tuple[str, ...]
    seconds: int
    note: str
    address: str
    mark: str = ""

    def data(self, day: str = "") -> Data:
        """Return the template's data; `day` is the evening of a week."""
        label = f"{day or 'Đọc trên loa'}, chừng {self.seconds} giây"
        return {
            "label": label,
            "title": to_printable(self.title),
            "paragraphs": [to_printable(each) for each in self.paragraphs],
            "note": to_printable(self.note),
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
        }


@dataclass(frozen=True)
class AnnouncementSheet:
    """The texts to print; `days` are the evenings of a week, none for a single text."""

    template: ClassVar = "announcement"

    title: str
    summary: str
    texts: tuple[PrintedAnnouncement, ...]
    imprint: Imprint
    days: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the template's data."""
        days = self.days or ("",)
        rows = zip(days, self.texts, strict=True)
        return {
            "title": to_printable(self.title).strip() or self.imprint.site,
            "summary": to_printable(self.summary),
            "plan": [[day, to_printable(each.title), each.seconds] for day, each in rows if day],
            "texts": [each.data(day) for day, each in zip(days, self.texts, strict=True)],
            **self.imprint.data(),
        }
