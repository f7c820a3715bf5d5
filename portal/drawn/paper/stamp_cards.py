"""The cards on which whoever comes to the evenings has each one signed: several on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key

COLOUR = "#0b4f47"  # the brand's: evenings have no topic


@dataclass(frozen=True)
class StampCards:
    """A sheet of cards with a field for each evening.

    `address` is that of their list; with `mark`, which names their titles, it is the QR code.
    """

    template: ClassVar = "stamp-cards"

    evenings: tuple[str, ...]
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
            "title": f"Thẻ học {len(self.evenings)} buổi",
            "colour": COLOUR,
            "address": self.address,
            "qr": qr_text(self.address + self.mark),
            "evenings": [to_printable(title) for title in self.evenings],
            **self.imprint.data(),
        }
