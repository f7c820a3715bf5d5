"""The layers of the design: the domain never imports the site generator, hooks stay thin."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from support.project import REPOSITORY

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


def test_a_fresh_clone_installs_what_its_commands_import() -> None:
    """`make build` installs requirements.txt alone; `make audit` what is for developers, too.

    `make publish TO=s3://…` installs an extra, for what `targets` imports when it is opened; so
    does `TO=….zim`.
    """
    installed = pinned_in("requirements.txt")
    extras = {"bucket.py": "s3", "store_errors.py": "s3", "zim.py": "zim"}
    owners = packages_distributions()
    for folder in ("portal", "desk", "engine", "hooks"):
        for file in (REPOSITORY / folder).rglob("*.py"):
            if file.parent.name == "audit":
                continue
            outside = {name.partition(".")[0] for name in imports_of(file)} & owners.keys()
            names = {owner.lower() for each in outside for owner in owners[each]}
            extra = extras.get(file.name)
            pinned = pinned_in(f"requirements-{extra}.txt") if extra else installed
            assert names - pinned <= {"ninh-binh-digital-skills-portal"}, file


def pinned_in(name: str) -> set[str]:
    """Return the packages of a lock file."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))


def test_tests_share_only_what_stands_in_support() -> None:
    for file in sorted((REPOSITORY / "tests").rglob("*.py")):
        modules = {name.rpartition(".")[2] for name in imports_of(file)}
        assert not [name for name in modules if name.startswith(("conftest", "test_"))], file


def test_tests_wait_for_what_happens_and_measure_no_time() -> None:
    for file in sorted((REPOSITORY / "tests").rglob("*.py")):
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        if file.name != "waiting.py":
            assert calls & {"time.sleep", "sleep", "resource.getrusage"} == set(), file
