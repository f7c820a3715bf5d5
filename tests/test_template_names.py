"""What templates use is given, and documented: `portal.site.template_names`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support.builds import SITE_FRONT
from support.project import BODY, REPOSITORY, STORY_FRONT, write

from portal.site.template_names import EVERYWHERE, ON_A_PAGE

THEME = REPOSITORY / "theme"
MKDOCS_OWN = {"base_url", "config", "page"}
STRICT = '''\
from jinja2 import Undefined
from jinja2.utils import missing


class UndefinedName(Undefined):
    """Refuses a name that nobody gave; an attribute that is not there is empty, as ever."""

    def __bool__(self):
        if self._undefined_obj is missing:
            self._fail_with_undefined_error()
        return False

    def __str__(self):
        return str(bool(self) or "")

    def __iter__(self):
        return iter((bool(self),)[1:])


def on_env(env, **_):
    env.undefined = UndefinedName
    return env
'''


def templates() -> dict[str, nodes.Template]:
    env = Environment()
    sources = {file.name: file.read_text(encoding="utf-8") for file in THEME.rglob("*.html")}
    names = set(re.findall(r"\|\s*(\w+)", "".join(sources.values())))
    env.filters |= dict.fromkeys(names - env.filters.keys(), str)
    return {name: env.parse(source) for name, source in sources.items()}


def assigned_in(template: nodes.Template) -> Iterator[str]:
    """Yield the names that a template gives to what it includes."""
    for node in template.find_all(nodes.Name):
        if node.ctx in ("store", "param"):
            yield node.name


def test_each_name_that_templates_read_is_documented_and_each_documented_one_read() -> None:
    parsed = templates()
    given = {name for template in parsed.values() for name in assigned_in(template)}
    read = {name for each in parsed.values() for name in meta.find_undeclared_variables(each)}
    documented = EVERYWHERE.keys() | ON_A_PAGE.keys()
    assert read - given - MKDOCS_OWN - documented == set()
    assert documented - read == set()


def test_each_documented_name_says_the_hook_that_gives_it() -> None:
    for name, said in {**EVERYWHERE, **ON_A_PAGE}.items():
        hook = REPOSITORY / "hooks" / f"{said.partition(':')[0]}.py"
        assert f'"{name}"' in hook.read_text(encoding="utf-8"), name


def test_no_template_reads_a_name_that_nobody_gives(
    site_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site_project / "hooks/strict_names.py", STRICT)
    text = (site_project / "mkdocs.yml").read_text(encoding="utf-8")
    write(
        site_project / "mkdocs.yml",
        text.replace("\nhooks:\n", "\nhooks:\n  - hooks/strict_names.py\n"),
    )
    write(site_project / "docs/guides/dinh-danh/kich-hoat.md", SITE_FRONT + BODY)
    write(site_project / "docs/stories/to.md", STORY_FRONT + "\nMột tổ.\n")
    build(load_config(str(site_project / "mkdocs.yml"), strict=True))
    assert (site_project / "site/404.html").exists()
