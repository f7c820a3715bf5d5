"""Scripts keep to what Chrome 80 understands, also where no test of the real one comes.

What the minifier writes is looked at, since that is what readers get.
"""

from __future__ import annotations

import re

import pytest
from support.project import REPOSITORY

from portal.site.scripts import minify_script

SCRIPTS = sorted((REPOSITORY / "theme").rglob("*.js"))
TOO_NEW = {
    "Array.at, String.at (92)": r"\.at\(-",
    "replaceAll (85)": r"\.replaceAll\(",
    "replaceChildren (86)": r"\.replaceChildren\(",
    "structuredClone (98)": r"\bstructuredClone\b",
    "Object.hasOwn (93)": r"\bhasOwn\(",
    "Object.groupBy (117)": r"\bgroupBy\(",
    "findLast (97)": r"\.findLast(Index)?\(",
    "toSorted, toReversed, toSpliced, with (110)": r"\.to(Sorted|Reversed|Spliced)\(",
    "Promise.any, allSettled with reasons (85)": r"\bPromise\.any\(",
    "Promise.withResolvers (119)": r"\bwithResolvers\b",
    "WeakRef (84)": r"\bWeakRef\b",
    "logical assignment (85)": r"(\?\?|\|\||&&)=",
    "private members (84)": r"[{;,\s.]#[a-zA-Z_]\w*\s*[=;(]",
    "static blocks (94)": r"\bstatic\s*\{",
    "top-level await (89)": r"^await\b",
    "flag v, flag d (112, 90)": r"/[gimsuy]*[vd][gimsuy]*[.,;)]",
    "numeric separators (75, not in older Safari)": r"\b\d+_\d+\b",
    "AbortSignal.timeout (103)": r"\bAbortSignal\.timeout\b",
    "scheduler (94)": r"\bscheduler\.",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_keeps_to_chrome_80(script) -> None:
    served = minify_script(script.read_text(encoding="utf-8"))
    found = {name: m[0] for name, rule in TOO_NEW.items() if (m := re.search(rule, served))}
    assert found == {}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a.at(-1)", "Array.at, String.at (92)"),
        ("a ||= b", "logical assignment (85)"),
        ("class A { #b = 1; }", "private members (84)"),
        ("a.replaceChildren(b)", "replaceChildren (86)"),
    ],
)
def test_rules_see_what_they_name(source: str, name: str) -> None:
    assert re.search(TOO_NEW[name], source)


def test_template_literals_within_one_another_survive_the_minifier() -> None:
    source = "const says = (n, m) => `${n ? `${n} bài` : 'không'}. Đang tìm: ${m}`;"
    assert "} bài`" in minify_script(source)
