"""Generates the lists in CONTRIBUTING.md from the code: messages with remedies, data fields.

With `--check` nothing is written; the exit status is 1 when a list is out of date.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

from portal.system.command_line import run_command
from desk import data_guide
from portal.system.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent
FIELDS = "<!-- các tệp dữ liệu: make messages -->\n", "<!-- hết các tệp dữ liệu -->"
START, END = "<!-- danh sách báo lỗi: make messages -->\n", "<!-- hết danh sách báo lỗi -->"
PARTS = {  # by prefix of a module's path; the first match counts
    "portal/checks/advice_text": "Khung bài",
    "portal/checks/headings": "Khung bài",
    "portal/checks/presence": "Khung bài",
    "portal/checks/structure": "Khung bài",
    "portal/source/schema": "Phần đầu trang",
    "portal/library/page_kinds": "Phần đầu trang",
    "portal/checks/fields": "Phần đầu trang",
    "portal/checks/uniqueness": "Phần đầu trang",
    "portal/source/frontmatter": "Phần đầu trang",
    "portal/source/yaml_source": "Phần đầu trang",
    "portal/checks/links": "Đường dẫn",
    "portal/source/address_faults": "Đường dẫn",
    "portal/checks/addresses": "Đường dẫn",
    "portal/checks/broken_marks": "Đường dẫn",
    "portal/library/address_book": "Đường dẫn",
    "portal/library/published_addresses": "Đường dẫn",
    "desk/external_links": "Đường dẫn",
    "portal/images": "Hình",
    "portal/checks/images": "Hình",
    "portal/library/figures": "Số liệu trong bài",
    "portal/checks/figure_references": "Số liệu trong bài",
    "portal/checks": "Chữ và mã trong bài",
    "portal/library/library": "Chữ và mã trong bài",
    "portal/library/statistics": "Cập nhật số liệu",
    "desk/statistics_import": "Cập nhật số liệu",
    "portal/source/tables": "Cập nhật số liệu",
    "desk/cms": "Trang biên tập",
}
REST = "Tệp dữ liệu"
CodeScope = ast.FunctionDef | ast.Module
Positions = tuple[int, int]


def rows_of(tree: ast.Module, reporters: Mapping[str, Positions]) -> Iterator[tuple[str, str]]:
    """Yield (message, remedy) of each report in a module, with "…" for expressions."""
    scopes: list[CodeScope] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for scope in [*scopes, tree]:
        for message, fix in _reports(scope, reporters):
            messages, fixes = (list(_texts(each, scope, tree)) for each in (message, fix))
            if len(messages) != len(fixes):
                fixes = [" hoặc ".join(filter(None, fixes))] * len(messages)
            pairs = zip(messages, fixes, strict=True)
            yield from ((text, remedy) for text, remedy in pairs if text.count(" ") > 1)


def reporters_of(trees: Iterable[ast.Module]) -> dict[str, Positions]:
    """Return callables with parameters `message` (or `refusal`) and `fix`, and their positions."""
    found: dict[str, Positions] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        names = ["message" if name == "refusal" else name for name in _parameters(node)]
        if "message" in names and "fix" in names:
            found[getattr(node, "name", "")] = names.index("message"), names.index("fix")
    return found


def _parameters(node: ast.AST) -> list[str]:
    """Return the parameters of a function, or of a class by its fields or `__init__`."""
    if isinstance(node, ast.FunctionDef):
        return [argument.arg for argument in node.args.args if argument.arg != "self"]
    if isinstance(node, ast.ClassDef):
        starts = [each for each in node.body if getattr(each, "name", "") == "__init__"]
        fields = [_name(each.target) for each in node.body if isinstance(each, ast.AnnAssign)]
        return _parameters(starts[0]) if starts else fields
    return []


def _reports(
    scope: CodeScope, reporters: Mapping[str, Positions]
) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the expressions of message and remedy: in calls, in tuples yielded, in tables."""
    size = _tuple_size(scope)
    for node in sorted(_nodes(scope), key=lambda node: getattr(node, "lineno", 0)):
        if isinstance(node, ast.Call) and (positions := reporters.get(_name(node.func))):
            if len(node.args) > positions[0]:  # a missing remedy is written as ""
                fix = node.args[positions[1]] if len(node.args) > positions[1] else None
                yield node.args[positions[0]], fix or ast.Constant("")
        elif size and isinstance(node, ast.Tuple) and len(node.elts) == size:
            yield node.elts[-2], node.elts[-1]


def _tuple_size(scope: CodeScope) -> int:
    """Return the length of the returned tuples that end in message and remedy, 0 for none."""
    if isinstance(scope, ast.Module):
        return 3
    shape = re.search(r"tuple\[(int, )?str, str\]", ast.unparse(scope.returns or scope))
    return (3 if shape[1] else 2) if shape else 0


def _nodes(scope: CodeScope) -> list[ast.AST]:
    """Return the nodes of a function, or of a module's constants."""
    if isinstance(scope, ast.FunctionDef):
        return list(ast.walk(scope))
    tables = (
        node.value
        for node in scope.body
        if isinstance(node, ast.Assign) and _name(node.targets[0]).isupper()
    )
    return [node for table in tables for node in ast.walk(table)]


def _name(expression: ast.expr) -> str:
    return getattr(expression, "id", "") or getattr(expression, "attr", "")


def _assigned(name: ast.Name, scope: ast.AST) -> ast.expr | None:
    """Return the value of the last assignment to a name above its use."""
    nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
    above = [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Assign)
        and node.lineno <= name.lineno
        and any(_name(target) == name.id for target in node.targets)
    ]
    return max(above, key=lambda pair: pair[0])[1] if above else None


def _texts(value: ast.expr | None, *scopes: ast.AST) -> Iterator[str]:
    """Yield the possible texts of an expression in a function and its module."""
    if isinstance(value, ast.Name):
        found = filter(None, (_assigned(value, each) for each in scopes))
        yield from _texts(next(found, None), *scopes)
    elif isinstance(value, ast.IfExp):
        yield from _texts(value.body, *scopes)
        yield from _texts(value.orelse, *scopes)
    elif isinstance(value, ast.BinOp):
        sides = (list(_texts(side, *scopes)) or ["…"] for side in (value.left, value.right))
        yield from map("".join, product(*sides))
    elif isinstance(value, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in value.values
        )
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def part_of(module: str) -> str:
    """Return the heading of a module's messages."""
    return next((part for prefix, part in PARTS.items() if module.startswith(prefix)), REST)


def messages(root: Path) -> dict[str, dict[str, str]]:
    """Return heading → message → remedy of a project's code, sorted."""
    files = [file for folder in ("portal", "desk") for file in (root / folder).rglob("*.py")]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    reporters = reporters_of(trees.values())
    parts: dict[str, dict[str, str]] = {part: {} for part in [*PARTS.values(), REST]}
    for file, tree in sorted(trees.items()):
        part = parts[part_of(file.relative_to(root).with_suffix("").as_posix())]
        known = reporters | reporters_of([tree])  # a module's own names take precedence
        for message, fix in rows_of(tree, known) if _reports_problems(tree) else ():
            if len(fix.strip("…")) >= len(part.get(message, "").strip("…")):
                part[message] = fix
    return {part: dict(sorted(rows.items())) for part, rows in parts.items() if rows}


def _reports_problems(tree: ast.Module) -> bool:
    """Return whether a module has messages for editors."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    has_faults = any(each.name == "Fault" for node in imports for each in node.names)
    is_told = "portal.source.problems" in {node.module for node in imports}
    return is_told or has_faults or bool(reporters_of([tree]))


def render_messages(parts: dict[str, dict[str, str]]) -> str:
    """Return the list as Markdown tables."""
    tables = [
        f"### {part}\n\n| Báo lỗi | Cách sửa |\n|---|---|\n"
        + "".join(f"| {_cell(message)} | {_cell(fix)} |\n" for message, fix in rows.items())
        for part, rows in parts.items()
    ]
    return "\n" + "\n".join(tables) + "\n"


def _cell(text: str) -> str:
    plain = re.sub(r"…(?:\s*…)+", "…", " ".join(text.split())).replace("|", "\\|")
    return f"`{plain}`" if re.search(r"\w", plain) else "chép dòng “Cách sửa” ở dưới báo lỗi"


def _between(text: str, start: str, end: str, part: str) -> str:
    """Return a text with the part between two markers replaced."""
    before, _, rest = text.partition(start)
    return f"{before}{start}{part}{end}{rest.partition(end)[2]}"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the list and return the exit status."""
    parser = argparse.ArgumentParser(description="Các danh sách trong CONTRIBUTING.md.")
    parser.add_argument("--check", action="store_true", help="chỉ so, không ghi")
    options = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    file = ROOT / "CONTRIBUTING.md"
    text = file.read_text(encoding="utf-8")
    fresh = _between(text, *FIELDS, f"{data_guide.render_fields()}\n")
    fresh = _between(fresh, START, END, render_messages(messages(ROOT)))
    if options.check:
        return int(fresh != text)
    write_atomically(file, fresh.encode())
    return 0


if __name__ == "__main__":
    run_command(main)
