"""Checks of mkdocs.yml's references and of environment variables."""

from __future__ import annotations

import os
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.library.clock import EPOCH, given_day
from portal.library.figures import find_figure
from portal.library.library import Library
from portal.library.settings import CONFIG_FILE
from portal.library.statistics import UnknownFigureError
from portal.source.problems import Problem


@reads("data/statistics/")
def check_home_figures(library: Library) -> Iterator[Problem]:
    """Yield an error for each figure on the home page that does not exist."""
    settings = library.settings
    for index, source in enumerate(settings.values["home_figures"]):
        try:
            find_figure(source, library.statistics)
        except UnknownFigureError as error:
            yield settings.problem(f"home_figures.{index}", error.message, error.fix)


def check_environment(_: Library) -> Iterator[Problem]:
    """Yield an error when SOURCE_DATE_EPOCH is not a valid timestamp."""
    if os.environ.get(EPOCH) and given_day() is None:
        message = f"biến {EPOCH} ghi '{os.environ[EPOCH]}', phải là số giây kể từ năm 1970"
        yield Problem(CONFIG_FILE, 1, message, f"unset {EPOCH}")
