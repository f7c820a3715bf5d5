"""What templates read is what Jinja tells of them, without a second look at them."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, meta
from jinja2.exceptions import TemplateSyntaxError

from engine.template_reads import Reads, TemplateReads

THEME = Path(__file__).parents[1] / "theme"
TEMPLATES = sorted(str(file.relative_to(THEME)) for file in THEME.rglob("*.html"))


def theme_env() -> Environment:
    """Return an environment like that of a build, whose loader counts nothing and finds all."""
    env = Environment(loader=FileSystemLoader(THEME), extensions=["jinja2.ext.i18n"])
    filters = ("url", "script_tag", "icon", "format_day", "spoken_date")
    env.filters |= dict.fromkeys(filters, str)
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    return env


@pytest.mark.parametrize("name", TEMPLATES)
def test_reads_are_what_jinja_tells(name: str) -> None:
    env = theme_env()
    bare = env.overlay()
    bare.globals = {}
    tree = bare.parse((THEME / name).read_text("utf-8"))
    assert TemplateReads(env).of(name) == Reads(
        meta.find_undeclared_variables(tree), set(meta.find_referenced_templates(tree))
    )


def env_of(**templates: str) -> Environment:
    return Environment(loader=DictLoader(templates))


def test_parts_are_followed_each_once() -> None:
    env = env_of(
        page="{% extends 'base' %}{% block a %}{{ own }}{% include 'part' %}{% endblock %}",
        base="{{ outer }}{% block a %}{% endblock %}{% import 'part' as m %}",
        part="{% set local = deep %}{{ local.x }}{% include 'page' %}",
    )
    assert TemplateReads(env).of_all(["page"]) == Reads(
        {"own", "outer", "deep"}, {"page", "base", "part"}
    )


def test_a_part_that_is_computed_is_told() -> None:
    reads = TemplateReads(env_of(page="{% include name %}")).of_all(["page"])
    assert reads == Reads({"name"}, {"page", None})


def test_a_part_that_is_missing_reads_nothing() -> None:
    env = env_of(page="{{ a }}{% include 'none' ignore missing %}")
    assert TemplateReads(env).of_all(["page"]) == Reads({"a"}, {"page", "none"})


def test_a_broken_template_raises_what_jinja_raises() -> None:
    with pytest.raises(TemplateSyntaxError):
        TemplateReads(env_of(page="{% if %}")).of("page")


def test_a_template_compiled_before_is_noted_too() -> None:
    env = env_of(page="{{ a }}")
    env.get_template("page")
    assert TemplateReads(env).of("page") == Reads({"a"})


def test_each_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    env, compiled = env_of(page="{{ a }}{% include 'part' %}", part="{{ b }}"), list[str | None]()
    compile_ = env.compile

    def count(source: str, name: str | None = None, filename: str | None = None) -> object:
        compiled.append(name)
        return compile_(source, name, filename)

    monkeypatch.setattr(env, "compile", count)
    TemplateReads(env).of_all(["page", "part"])
    assert env.get_template("page").render(a=1, b=2) == "12"
    assert sorted(map(str, compiled)) == ["page", "part"]
