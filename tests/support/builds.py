"""Builds of tiny projects: what they write and what they say."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from support.project import FRONT, write

# The real facts are used in a project with the site's hooks, and the number stands in another one.
SITE_FRONT = FRONT.replace("[F1.14]", "[F1.14, F1.03]")


def build_site(project: Path, **settings: object) -> Path:
    """Build as `mkdocs build --strict` does and return the site folder."""
    build(load_config(str(project / "mkdocs.yml"), strict=True, **settings))
    return project / "site"


def run_mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an editor does."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


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
    return read_site(site), lines


def read_site(site: Path) -> dict[str, bytes]:
    """Return path within the site → content of every file."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


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
