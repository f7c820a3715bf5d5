"""Builds within a test's process: what they write and what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import FRONT, write
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

# The real facts are used in a project with the site's hooks, and the number stands in another one.
SITE_FRONT = FRONT.replace("[F1.14]", "[F1.14, F1.03]")


class Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.levelname} {record.getMessage()}")


@contextmanager
def warnings_of() -> Iterator[list[str]]:
    handler = Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


def build_and_read(configuration: Path, site: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build and return the files of the site and the warnings; the site stays after an error."""
    with warnings_of() as lines:
        try:
            build(load_config(str(configuration), site_dir=str(site)))
        except Abort:
            lines.append("aborted")
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}, lines


def plain_configuration(project: Path) -> Path:
    """Return a configuration without the engine: MkDocs as released, nothing kept."""
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    return write(project / "plain.yml", text.replace("  - hooks/build_engine.py\n", "", 1))


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {**first, **second} if first.get(path) != second.get(path))


def other_guide(body: str) -> str:
    """Return a guide of another topic than the one in `FRONT`."""
    front = SITE_FRONT.replace("kich-hoat", "xa").replace("Kích hoạt VNeID", "Bài khác")
    return front.replace("dinh-danh", "an-toan") + body
