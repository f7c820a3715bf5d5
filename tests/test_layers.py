"""The layers of the design: the domain never imports the site generator, hooks stay thin."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import REPOSITORY

HOOKS = sorted((REPOSITORY / "hooks").glob("*.py"))


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


# Each may import those before it; `desk` is what only editors and operators run.
LAYERS = "language system source document library images drawn checks search site desk".split()


def layer_of(module: str) -> str:
    """Return the layer of a module of this project, "" for any other."""
    first, _, rest = module.partition(".")
    return first if first == "desk" else rest.partition(".")[0] if first == "portal" else ""


def test_packages_import_only_those_below_them() -> None:
    upward = [
        f"{module} imports {name}"
        for folder in ("portal", "desk")
        for file in sorted((REPOSITORY / folder).rglob("*.py"))
        if (module := ".".join(file.relative_to(REPOSITORY).with_suffix("").parts))
        for name in imports_of(file)
        if (below := layer_of(name)) and layer_of(module) in LAYERS
        if LAYERS.index(below) > LAYERS.index(layer_of(module))
    ]
    assert upward == []


def test_no_module_stands_outside_the_packages() -> None:
    assert [file.name for file in (REPOSITORY / "portal").glob("*.py")] == ["__init__.py"]
    folders = {file.parent.name for file in (REPOSITORY / "portal").glob("*/__init__.py")}
    assert folders == set(LAYERS) - {"desk"}


def test_portal_never_imports_mkdocs() -> None:
    generators = ("mkdocs", "properdocs", "material", "hooks", "scripts", "engine", "desk")
    found = [
        (file.name, name)
        for file in (REPOSITORY / "portal").rglob("*.py")
        for name in imports_of(file)
        if name.split(".")[0] in generators
    ]
    assert found == []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda file: file.stem)
def test_hook_is_a_thin_adapter(hook: Path) -> None:
    tree = ast.parse(hook.read_text(encoding="utf-8"))
    assert len(hook.stem.split("_")) == 2
    assert hook.stem not in sys.stdlib_module_names
    assert ast.get_docstring(tree)
    state = [n for n in tree.body if isinstance(n, ast.Assign | ast.AnnAssign)]
    assert [ast.unparse(n) for n in state if not is_constant(n)] == []


def is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    """Return whether a module-level name is a logger or in capitals and never changed."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return isinstance(target, ast.Name) and (target.id == "log" or target.id.isupper())
