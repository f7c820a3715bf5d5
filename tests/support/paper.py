"""Sheets of paper for tests: drawn by spawned processes as in a build, and read back."""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image

from portal.drawn.drawing_cache import derive_files
from portal.drawn.paper.compiler import Sheet, draw_sheet, sheet_key
from portal.system.cache import Cache


def draw(sheets: Mapping[str, Sheet]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        files = derive_files(Cache(Path(folder)), sheets, sheet_key, draw_sheet, pool_from=1)
        return {name: file.read_bytes() for name, file in files.items()}


def pages_of(pdf: bytes, dpi: int = 150) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def page_texts(pdf: bytes) -> list[str]:
    """Return each page's text as a reader copies it, with single blanks."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return [" ".join(text.split()) for text in pages]


def text_of(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def spoken_text(pdf: bytes) -> str:
    """Return the pieces of text in the order of the file with nothing put between them.

    That is what a screen reader gets of a tagged element: a blank that is missing here is missed.
    """
    return " ".join("".join(text for text, _ in pieces(pdf)).split())


def pieces(pdf: bytes) -> list[tuple[str, float]]:
    """Return each piece of text with its size in points; text within pictures is left out."""
    found = list[tuple[str, float]]()
    for page in pypdfium2.PdfDocument(pdf):
        text_page = page.get_textpage()
        for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
            length = pdfium.FPDFTextObj_GetText(each, text_page, None, 0)
            buffer = ctypes.create_string_buffer(length)
            pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            pdfium.FPDFTextObj_GetText(each, text_page, pointer, length)
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(each, ctypes.byref(size))
            text = buffer.raw.decode("utf-16-le").rstrip("\0")
            found.append((text, size.value * abs(each.get_matrix().d)))
    return found


def codes_on(page: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(page)]
