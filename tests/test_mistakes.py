"""What people really paste and type: read as it was meant, or refused with a remedy that works.

Each case of cases/mistakes/ is the body of a page. `tree` is how it is read, without an error.
`says` are the errors, as "line: message". The test pastes the remedies, and what comes out passes
and says the same words, but for those in `loses`, which a mark had for a number or a box. A remedy
in words is done by `then`, the body as an editor would leave it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from support.mistakes import MISTAKES, errors_in
from support.project import TODAY, write_project

from portal.document.contents import Contents
from portal.document.parser import parse
from portal.document.tree import (
    Break,
    Document,
    Fence,
    FigureReference,
    Group,
    Heading,
    Image,
    Link,
    List,
    MarkdownTable,
    Node,
    RawHtml,
    Rule,
    Span,
    Words,
)
from portal.library.library import Library, load_library
from portal.source.problems import Problem

LINK = re.compile(r"!?\[[^\]]*\][\[(][^\])]*[\])]")
ADDRESS = re.compile(r"(?:https?|mailto|tel):\S+|[\w./-]+\.md(?:#\S+)?")
TARGET = re.compile(r"\]\([^)]*\)")
MAX_ROUNDS = 30  # of pasting a remedy and checking again


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return replace(load_library(write_project(tmp_path_factory.mktemp("project"))), today=TODAY)


def paste(body: str, problem: Problem) -> str:
    """Return a body with a remedy in its place: a target, a link, or the line of the problem."""
    lines = body.split("\n")
    old, fix = lines[problem.line - 1], problem.fix
    indent = old[: len(old) - len(old.lstrip(" "))]
    if LINK.fullmatch(fix) and LINK.search(old):
        lines[problem.line - 1] = LINK.sub(fix.replace("\\", r"\\"), old, count=1)
    elif ADDRESS.fullmatch(fix) and LINK.search(old):
        lines[problem.line - 1] = TARGET.sub(f"]({fix})", old, count=1)
    else:
        new = indent + fix.replace("\n", f"\n{indent}")
        lines[problem.line - 1] = fix if new == old else new
    return "\n".join(lines)


def mend(body: str, kind: str, library: Library) -> str:
    """Return a body after its remedies were pasted one after the other, as far as they help."""
    for _ in range(MAX_ROUNDS):
        found = errors_in(body, kind, library)
        if not found:
            break
        body = paste(body, found[0])
    return body


def says(body: str) -> Counter[str]:
    """Return the words that readers see, each as often; numbers of steps are among them."""
    document = parse(body)
    words = re.findall(r"\w+", Contents(document).said)
    words += [
        str(number)
        for node in document.walk()
        if isinstance(node, List) and node.first is not None
        for number in range(node.first, node.first + len(node.children))
    ]
    return Counter(unicodedata.normalize("NFKC", word).lower() for word in words)


def outline(nodes: tuple[Node, ...]) -> str:
    return " ".join(filter(None, map(shape, nodes)))


def shape(node: Node) -> str:
    """Return a node in short: its name and, in brackets, what it holds; words as text."""
    inner = outline(getattr(node, "children", ()))
    match node:
        case List(first=first):
            return f"{'ul' if first is None else f'ol{first}'}({inner})"
        case Words(tag=tag) | Group(tag=tag):
            return f"{tag}({inner})" if tag else inner
        case Heading(level=level):
            return f"h{level}({inner})"
        case Span(tag=tag):
            return f"{tag}({inner})"
        case Link(target=target):
            return f"a[{target}]({inner})"
        case Image(target=target, alt=alt):
            return f"img[{target}]({alt})"
        case MarkdownTable():
            return f"table({inner})"
        case Fence(text=text):
            return f"pre({text.strip()})"
        case Rule():
            return "hr"
        case Break(is_hard=is_hard):
            return "br" if is_hard else ""
        case FigureReference(source=source):
            return f"figure({source.strip()})"
        case RawHtml(html=html):
            return f"html({html})"
    return node.text.strip() if node.text.strip() else ""


def tree_of(body: str) -> str:
    document: Document = parse(body)
    return outline(document.blocks)


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake_is_read_as_meant_or_refused_with_a_remedy_that_works(
    case: dict[str, Any], library: Library
) -> None:
    body, kind = case["text"], case.get("in", "page")
    found = errors_in(body, kind, library)
    assert [f"{each.line}: {each.message}" for each in found] == case.get("says", [])
    if "tree" in case:
        assert tree_of(body) == case["tree"]
        return
    assert all(each.fix for each in found)
    mended = case.get("then") or mend(body, kind, library)
    assert errors_in(mended, kind, library) == []
    lost = Counter(case.get("loses", "").lower().split())
    if "then" not in case:
        assert says(body) - says(mended) == lost
        assert says(mended) - says(body) - says(case.get("gains", "")) == Counter()


def test_there_are_as_many_mistakes_as_people_make() -> None:
    assert len(MISTAKES) >= 300
    assert len({parameter.values[0]["text"] for parameter in MISTAKES}) == len(MISTAKES)
