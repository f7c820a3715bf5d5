"""The engine's way to render a template against Jinja's own."""

import traceback

import pytest
from jinja2 import DictLoader, Environment, TemplateNotFound, UndefinedError

from engine.template_rendering import render, settle

TEMPLATES = {
    "base": "{% set a = 'b' %}<{% block top %}{{ a }}{% endblock %}{{ shared }}{{ own }}>",
    "child": "{% extends 'base' %}{% block top %}{{ super() }}{% include 'part' %}{% endblock %}",
    "part": "[{{ a }}{{ shared }}{{ range(2) | list }}]",
    "macros": "{% macro f(x) %}{{ x }}{{ shared }}{{ own is defined }}{% endmacro %}",
    "alone": "{% from 'macros' import f %}{{ f(1) }}{{ own }}",
    "along": "{% from 'macros' import f with context %}{{ f(1) }}",
    "loop": "{% for n in numbers %}{{ loop.index }}{% include 'part' %}{% endfor %}{{ none }}",
    "called": "{% call joined('x') %}{% include 'part' %}{% endcall %}",
}
CONTEXT = {"own": "<own>", "numbers": [1, 2], "shared": "hidden"}


def environment() -> Environment:
    env = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    env.globals |= {"shared": "from all", "joined": lambda text, caller: text + caller()}
    return env


@pytest.mark.parametrize("names", [("own",), ("own", "numbers", "shared")])
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_gives_what_jinja_gives(name: str, names: tuple[str, ...]) -> None:
    context = {each: CONTEXT[each] for each in names}
    plain, fast = environment(), environment()
    settle(fast)
    assert render(fast.get_template(name), context) == plain.get_template(name).render(context)
    assert context == {each: CONTEXT[each] for each in names}


def test_an_error_names_the_line_of_the_template() -> None:
    env = Environment(loader=DictLoader({"t": "\n\n{{ nothing.at.all }}"}))
    with pytest.raises(UndefinedError, match="'nothing' is undefined") as caught:
        render(env.get_template("t"), {})
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [frame.lineno for frame in frames if frame.name == "top-level template code"] == [3]


def test_a_settled_environment_keeps_its_templates_and_takes_globals_as_before() -> None:
    sources = {"t": "{{ a }}"}
    env = Environment(loader=DictLoader(sources))
    settle(env)
    first = env.get_template("t")
    sources["t"] = "changed"
    assert env.get_template("t") is first
    assert env.get_template("t", globals={"a": "own"}).render() == "own"
    with pytest.raises(TemplateNotFound):
        env.get_template("u")
    sources["u"] = "late"
    assert env.get_template("u").render() == "late"
