"""What the minifier of scripts cannot read must not be written."""

import re

import pytest
from conftest import REPOSITORY

SCRIPTS = sorted((REPOSITORY / "theme").rglob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_template_literal_stands_within_another(script) -> None:
    # rjsmin ends the outer literal at the inner backtick and eats the spaces of what follows.
    assert re.findall(r"\$\{[^}`]*`", script.read_text(encoding="utf-8")) == []
