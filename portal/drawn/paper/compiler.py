"""Compiles templates of this folder with Typst into PDF, in spawned processes.

A process forked after its parent has used Typst hangs, and builds fork: so the build's own process
never compiles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol

from portal.drawn.drawing_cache import drawing_key
from portal.drawn.fonts import Weight, font_file

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent


class DrawingError(Exception):
    """Typst cannot compile a sheet; the message has its name and Typst's error."""


class Sheet(Protocol):
    """A sheet to print with one template; `digest` is a hash of its content."""

    template: ClassVar[str]

    @property
    def digest(self) -> str: ...  # noqa: D102

    def data(self) -> Mapping[str, object]: ...  # noqa: D102


def sheet_key(sheet: Sheet) -> str:
    """Return the cache key of a sheet."""
    return drawing_key(sheet.template, sheet.digest)


def draw_sheet(sheet: Sheet) -> bytes:
    """Return `compile_pdf` of a sheet."""
    return compile_pdf(sheet.template, sheet.data())


def compile_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Return the PDF of a template ("handout") with `data`, titled `title`.

    It conforms to PDF/UA-1 (ISO 14289-1), for screen readers.

    Raises:
        DrawingError: Typst cannot compile the template with this data. MissingFontError: the brand
        font is not installed. RuntimeError: this is not a spawned process.
    """
    if parent_process() is None:
        raise RuntimeError("Typst is run in spawned processes only; see portal.drawn.drawing_cache")
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
    """Return the cached compiler of a template, which has loaded fonts and files."""
    import typst

    folder = font_file(Weight.REGULAR).parent
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
    return typst.Compiler(
        FOLDER / f"{template}.typ", root=FOLDER, font_paths=fonts, ignore_system_fonts=True
    )
