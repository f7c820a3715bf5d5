"""Typst: PDF files from a template of this folder and data, in processes of their own.

A process that was forked after its parent has compiled hangs, and builds fork: so nothing is ever
compiled in a build's own process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from portal.drawn.derived_files import drawing_key
from portal.drawn.fonts import Weight, font_file

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent


class DrawingError(Exception):
    """A sheet cannot be drawn; the message names it and gives Typst's reason."""


class Sheet(Protocol):
    """What is printed with one template; `digest` is a hash of all that stands on it."""

    template: ClassVar[str]

    @property
    def digest(self) -> str: ...  # noqa: D102

    def data(self) -> Mapping[str, object]: ...  # noqa: D102


def sheet_key(sheet: Sheet) -> str:
    """Return a hash of all that decides a sheet's file."""
    return drawing_key(sheet.template, sheet.digest)


def draw_sheet(sheet: Sheet) -> bytes:
    """Return `compile_pdf` of a sheet."""
    return compile_pdf(sheet.template, sheet.data())


def compile_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Return the PDF file that a template ("handout") makes of `data`; `title` names it.

    PDF/UA-1 (ISO 14289-1) is demanded: whoever listens to a file hears it whole and in order.

    Raises:
        DrawingError: the template cannot take the data.
        MissingFontError: the brand face is not installed.
        RuntimeError: this is not a spawned process.
    """
    if parent_process() is None:
        raise RuntimeError("Typst is run in spawned processes only; see portal.drawn.derived_files")
    import typst

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        pdf = _compiler(template).compile(sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise DrawingError(f"tờ in '{data['title']}': {error.diagnostic}") from None
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    """Return the compiler of a template, kept: it knows the faces and what it has read."""
    import typst

    folder = font_file(Weight.REGULAR).parent
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    return typst.Compiler(
        FOLDER / f"{template}.typ", root=FOLDER, font_paths=fonts, ignore_system_fonts=True
    )
