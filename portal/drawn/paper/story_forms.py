"""The printed form for a team's own story: eight questions, each a section of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key

COLOUR = "#0b4f47"  # the brand's: a story has no topic


@dataclass(frozen=True)
class StoryForm:
    """The form to print: `questions` are (section of the page, what is asked).

    `address` is that of the list of stories, with `mark` its QR code.
    """

    template: ClassVar = "story-form"

    questions: tuple[tuple[str, str], ...]
    address: str
    imprint: Imprint
    mark: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content."""
        return cache_key(self)

    def data(self) -> Data:
        """Return the template's data."""
        return {
            "title": "Phiếu tổ tự kể chuyện",
            "colour": COLOUR,
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "questions": [[name, to_printable(ask)] for name, ask in self.questions],
            **self.imprint.data(),
        }
