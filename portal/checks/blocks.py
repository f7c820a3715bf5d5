"""Blocks that are not what their writer sees: cells lost, code and headings by accident.

Each would be published without a word; the tree tells what became of the lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.document.tree import (
    Document,
    Fence,
    Group,
    Heading,
    Image,
    Link,
    List,
    Node,
    Table,
    Text,
    plain,
)
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

MAX_COLUMNS = 4  # more leave a letter a line on a phone
_LONGEST_LIST = 100  # a list that begins beyond is a year or a number at the start of a sentence


def check_blocks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each block that Markdown reads otherwise than it was meant."""
    document = page.document
    if document.too_deep is not None:
        message = "chỗ này lồng quá nhiều lớp danh sách hay trích dẫn, phần trong cùng bị bỏ"
        yield Problem(page.path, document.line_at(document.too_deep), message, "bỏ bớt lớp lồng")
    for node in document.walk():
        for line, message, fix in _read(node, document):
            yield Problem(page.path, line, message, fix)
        if isinstance(node, Table) and len(node.alignments) > MAX_COLUMNS:
            message = f"bảng {len(node.alignments)} cột, trên điện thoại mỗi dòng chỉ vừa một chữ"
            fix = f"bớt còn nhiều nhất {MAX_COLUMNS} cột, hoặc viết thành danh sách"
            yield Problem(page.path, document.line(node), message, fix, Severity.ADVICE)
    for line, message, fix in _lost_definitions(page):
        yield Problem(page.path, line, message, fix)


def _read(node: Node, document: Document) -> Iterator[tuple[int, str, str]]:
    if isinstance(node, Table):
        yield from _lost_cells(node, document)
    elif isinstance(node, Fence) and node.is_indented:
        line = document.line(node)
        yield (
            line,
            "bốn dấu cách ở đầu dòng biến chữ thành khung mã",
            document.line_text(line).strip(),
        )
    elif isinstance(node, Heading):
        yield from _underlined(node, document)
    elif isinstance(node, Group) and node.tag == "dd":
        yield from _tight_definitions(node, document)
    elif isinstance(node, List):
        yield from _misread_lists(node, document)
    elif isinstance(node, Link) and plain(node.children).startswith("^"):
        message = "chú thích cuối trang không dùng được ở đây"
        fix = "viết lời chú ngay trong câu, hoặc đặt trong ngoặc ( )"
        yield document.line(node), message, fix


def _lost_cells(table: Table, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield each row with more cells than the table has columns: readers miss what stands there."""
    columns = len(table.alignments)
    for row in table.children:
        line = document.line(row)
        source = document.source_bytes[row.start :].partition(b"\n")[0].decode().strip()
        cells = _cells(source)
        if len(cells) > columns:
            kept = [*cells[: columns - 1], "; ".join(filter(None, cells[columns - 1 :]))]
            message = f"hàng này có {len(cells)} ô, bảng chỉ có {columns} cột, ô thừa bị mất"
            whole = document.line_text(line)
            margin = whole[: len(whole) - len(whole.lstrip(" \t>"))].lstrip()
            yield line, message, f"{margin}| {' | '.join(kept)} |"


def _cells(row: str) -> list[str]:
    """Return the cells of a row's source: those between pipes that are not escaped."""
    whole = row.replace("\\|", "\0")
    inner = whole.removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\0", "\\|") for cell in inner.split("|")]


def _underlined(heading: Heading, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield a heading that a line below made one: a rule was meant, or nobody will find it."""
    if not document.source_bytes[heading.start :].startswith(b"#"):
        message = f"dòng gạch ở dưới biến '{heading.name}' thành đầu mục"
        fix = f"viết  ## {heading.name}  và xóa dòng gạch; hoặc để một dòng trống ở trên dòng gạch"
        yield document.line(heading), message, fix


def _tight_definitions(node: Group, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield a line that a colon before a word has made the meaning of the line above."""
    source = document.source_bytes[node.start :]
    if source.startswith(b":") and not (source[1:2].isspace() or source[1:2] == b":"):
        line = document.line(node)
        message = "dấu : ở đầu dòng biến dòng trên thành từ được giải nghĩa, và không hiện ra"
        yield line, message, document.line_text(line).strip().replace(":", "\\:", 1)


def _misread_lists(node: List, document: Document) -> Iterator[tuple[int, str, str]]:
    first = node.first
    if first is not None and first >= _LONGEST_LIST:
        line = document.line(node)
        message = f"'{first}.' ở đầu đoạn thành số thứ tự của danh sách"
        source = document.line_text(line).strip()
        yield (
            line,
            message,
            source.replace(f"{first}.", f"{first}\\.", 1).replace(f"{first})", f"{first}\\)", 1),
        )
    for item in node.children:
        inner = item.children[0] if item.children else None
        if isinstance(inner, List) and document.line(inner) == document.line(item):
            line = document.line(item)
            message = "hai dấu đầu mục liền nhau trên một dòng"
            yield line, message, _without_second_mark(document.line_text(line))


def _without_second_mark(line: str) -> str:
    mark, _, rest = line.strip().partition(" ")
    return f"{mark} {rest.lstrip().partition(' ')[2].lstrip()}"


def _lost_definitions(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each line "[name]: address" to which no link leads: it vanishes from the page."""
    document, contents = page.document, page.contents
    seen = contents.said.split("\n")
    begun = {
        document.line(n) for n in document.walk() if isinstance(n, Image | Link | Text | Group)
    }
    used = {each.target for each in contents.references}
    for number, source in enumerate(document.source.split("\n")):
        line = number + document.first_line
        name, mark, address = source.strip().partition("]:")
        if not (mark and name.startswith("[")) or line in begun or seen[number].strip():
            continue
        if address.split() and address.split()[0].strip("<>") not in used:
            if name.startswith("[^"):
                message = "chú thích cuối trang không dùng được ở đây"
                yield line, message, "viết lời chú ngay trong câu, hoặc đặt trong ngoặc ( )"
            else:
                message = f"dòng '{name}]:' không hiện ra trang, không đường dẫn nào dùng nó"
                yield (
                    line,
                    message,
                    f"viết [{name[1:]}]({address.strip()}) trong câu, hoặc xóa dòng",
                )
