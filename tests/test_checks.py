"""Every check against golden cases: the whole report, with lines and remedies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.cases import CASES, spoil

from portal.checks import PAGE_CHECKS, check_library
from portal.library.library import load_library
from portal.source.problems import as_text


@pytest.mark.parametrize("case", CASES)
def test_case_reports_exactly_these_problems(project: Path, case: dict[str, Any]) -> None:
    spoil(project, case)
    assert as_text(check_library(load_library(project))) == case["problems"].strip()


def test_valid_project_has_no_problem(project: Path) -> None:
    assert check_library(load_library(project)) == []


def test_every_check_of_a_page_has_a_case_that_is_red(project: Path) -> None:
    red = set()
    for parameter in CASES:
        spoil(project, parameter.values[0])
        library = load_library(project)
        red |= {check for check in PAGE_CHECKS for page in library.pages if [*check(page, library)]}
    assert set(PAGE_CHECKS) - red == set()
