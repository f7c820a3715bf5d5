"""A name means one thing: no class, type alias, function or module name is defined twice."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from support.project import REPOSITORY

CODE = [
    file
    for folder in ("portal", "engine", "hooks", "desk", "scripts")
    for file in sorted((REPOSITORY / folder).rglob("*.py"))
]


def named_types(file: Path) -> Iterator[str]:
    """Yield the public classes and type aliases of a module; a TypeVar names nothing by itself."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            is_variable = ast.unparse(node.value).startswith("TypeVar(")
            if name[0].isupper() and not name.isupper() and not is_variable:
                yield name


def repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_a_class_name_means_one_thing() -> None:
    names = [name for file in CODE for name in named_types(file) if not name.startswith("_")]
    assert repeated(names) == []


def test_a_module_name_means_one_thing() -> None:
    assert repeated(file.stem for file in CODE if file.stem != "__init__") == []


def test_a_function_name_means_one_thing() -> None:
    """But `main` and `parse_arguments` of each script, and MkDocs' events in each hook."""
    names = [
        node.name
        for file in CODE
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "on_"))
    ]
    assert repeated(names) == ["main", "parse_arguments"]
