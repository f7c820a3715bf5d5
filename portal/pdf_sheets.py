"""An empty PDF file of A4 pages to draw on: the brand face, a language, tags for who listens."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fpdf import FPDF, ViewerPreferences

from portal.fonts import Weight, font_file
from portal.handout_layout import MM_PER_POINT
from portal.handouts import Run

_NO_DATE = datetime.date(2000, 1, 1)  # a file's date is that of its text, never that of the build


class Sheets(FPDF):
    """A PDF file of A4 pages with the brand face and structure tags."""

    FACE = "be-vietnam-pro"

    def __init__(self, title: str, author: str, day: datetime.date | None) -> None:
        super().__init__(unit="mm", format="A4")
        self.add_font(self.FACE, "", font_file(Weight.REGULAR))
        self.add_font(self.FACE, "B", font_file(Weight.BOLD))
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_author(author)
        self.set_lang("vi-VN")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        noon = datetime.datetime.combine(day or _NO_DATE, datetime.time(12), datetime.UTC)
        self.set_creation_date(noon)

    @contextmanager
    def tagged(self, kind: str, alt: str | None = None) -> Iterator[None]:
        """Mark what is drawn inside as one element ("/P", "/H1") of the document's structure."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=kind, mcid=number, alt_text=alt)
        self._out(f"{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn inside as decoration that is not read out."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def write_line(self, x: float, y: float, line: Sequence[Run], size: float, ink: str) -> None:
        """Write runs on the baseline `y`; runs with an address become links."""
        self.set_text_color(ink)
        for run in line:
            self.set_font(self.FACE, "B" if run.is_bold else "", size)
            text = run.text.replace("\u00a0", " ")
            width = self.get_string_width(text)
            self.text(x, y, text)
            if run.href:
                self.link(x, y - size * MM_PER_POINT, width, size * MM_PER_POINT * 1.3, run.href)
            x += width
