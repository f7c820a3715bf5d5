"""Checks of mkdocs.yml's references and of environment variables."""

from __future__ import annotations

import os
from collections.abc import Iterator

from portal.checks.inputs import reads
from portal.language.likeness import nearest
from portal.library.clock import EPOCH, given_day
from portal.library.figures import find_figure
from portal.library.library import Library
from portal.library.settings import CONFIG_FILE
from portal.library.statistics import UnknownFigureError
from portal.source.problems import Problem

_PAGE_LISTS = ("home_urgent", "home_common")


def check_home_pages(library: Library) -> Iterator[Problem]:
    """Yield an error for each page on the home page that does not exist."""
    settings = library.settings
    for name in _PAGE_LISTS:
        for index, uri in enumerate(settings.values[name]):
            if uri not in library.by_uri and uri not in library.unreadable:
                message = f"extra.{name} nêu bài '{uri}', không có tệp ấy trong docs/"
                near = nearest(uri, [page.uri for page in library.guides])
                fix = f"- {near[0]}" if near else "ghi đường dẫn của một tệp .md có trong docs/"
                yield settings.problem(f"{name}.{index}", message, fix)


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
