"""Blocks that Markdown parses otherwise than intended: lost cells, accidental code and headings.

A strict build reports none of them; the checks compare the tree with the source lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.document.tree import (
    Document,
    Fence,
    Group,
    Heading,
    Image,
    Link,
    List,
    MarkdownTable,
    Node,
    Text,
    Words,
    plain,
)
from portal.library.library import Library, Page
from portal.source.problems import Problem, Severity

MAX_COLUMNS = 4  # more do not fit a phone
_LONGEST_LIST = 100  # a larger first number is a year or begins a sentence

_CLOSING = re.compile(r"[^#\s]\s+(#+)\s*$")  # signs that CommonMark takes off a heading
_PAGE = re.compile(r"^\s*(?:\#{2,4} |1\. [^\n]*\n\s*2\. |\*\*[^*\n]+\*\*)", re.MULTILINE)
_CODE = re.compile(r"\*\s+\d{1,3}\s?(?:[*#]|\\\*)")  # of the network, cut after its star
_CUT_NUMBER = re.compile(
    r"(\d{1,3})\.\s+(\d{3})(?=\s+(?:đồng|nghìn|triệu|tỷ|người|hộ|tổ|xã|thôn)\b)"
)
_CALLING_CODE = re.compile(r"\+\s+84(?:[ .]?\d){8,}")  # of Vietnam, with a number


def check_blocks(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each block that is parsed otherwise than intended."""
    document = page.document
    if document.too_deep is not None:
        message = "chỗ này lồng quá nhiều lớp danh sách hay trích dẫn, phần trong cùng bị bỏ"
        yield Problem(page.path, document.line_at(document.too_deep), message, "bỏ bớt lớp lồng")
    for node in document.walk():
        for line, message, fix in _read(node, document):
            yield Problem(page.path, line, message, fix)
        if isinstance(node, MarkdownTable) and len(node.alignments) > MAX_COLUMNS:
            message = f"bảng {len(node.alignments)} cột, trên điện thoại mỗi dòng chỉ vừa một chữ"
            fix = f"bớt còn nhiều nhất {MAX_COLUMNS} cột, hoặc viết thành danh sách"
            yield Problem(page.path, document.line(node), message, fix, Severity.ADVICE)
    for line, message, fix in _lost_definitions(page):
        yield Problem(page.path, line, message, fix)


def _read(node: Node, document: Document) -> Iterator[tuple[int, str, str]]:
    if isinstance(node, MarkdownTable):
        yield from _lost_cells(node, document)
    elif isinstance(node, Fence) and node.is_indented:
        line = document.line(node)
        yield (
            line,
            "bốn dấu cách ở đầu dòng biến chữ thành khung mã",
            document.line_text(line).strip(),
        )
    elif isinstance(node, Fence) and _PAGE.search(node.text) and _is_closed(node, document):
        message = "khung mã giữ một phần của bài, lên trang thành chữ của máy"
        yield document.line(node), message, "xóa dòng mở khung và dòng đóng khung"
    elif isinstance(node, Heading):
        yield from _underlined(node, document)
    elif isinstance(node, Group) and node.tag == "blockquote" and document.too_deep is None:
        yield from _nested_quotations(node, document)
    elif isinstance(node, Group) and node.tag == "dd":
        yield from _tight_definitions(node, document)
    elif isinstance(node, List):
        yield from _misread_lists(node, document)
    elif isinstance(node, Link) and plain(node.children).startswith("^"):
        message = "chú thích cuối trang không dùng được ở đây"
        fix = "viết lời chú ngay trong câu, hoặc đặt trong ngoặc ( )"
        yield document.line(node), message, fix


def _is_closed(fence: Fence, document: Document) -> bool:
    last = document.line(fence) + 1 + fence.text.count("\n")
    is_within = last <= document.last_line
    return is_within and document.line_text(last).strip(" \t>").startswith(("```", "~~~"))


def _lost_cells(table: MarkdownTable, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield each row with more cells than the table has columns: the extra cells are dropped."""
    columns = len(table.alignments)
    names = [each for row in table.children[:1] for each in row.children if isinstance(each, Words)]
    if not any(plain(name.children).strip() for name in names):
        message = "bảng không có tên cột: dòng đầu toàn ô trống"
        yield document.line(table), message, "viết tên các cột vào dòng này; bảng trống thì xóa"
    for row in table.children:
        line = document.line(row)
        source = document.source_bytes[row.start :].partition(b"\n")[0].decode().strip()
        if "|" not in source:
            message = "dòng này dính vào bảng ở trên nên thành một hàng của bảng"
            yield line, message, "để một dòng trống ở trên dòng này"
            continue
        cells = _cells(source)
        if len(cells) > columns:
            kept = [*cells[: columns - 1], "; ".join(filter(None, cells[columns - 1 :]))]
            message = f"hàng này có {len(cells)} ô, bảng chỉ có {columns} cột, ô thừa bị mất"
            whole = document.line_text(line)
            margin = whole[: len(whole) - len(whole.lstrip(" \t>"))].lstrip()
            yield line, message, f"{margin}| {' | '.join(kept)} |"


def _cells(row: str) -> list[str]:
    """Return the cells of a row's source, split at unescaped pipes."""
    whole = row.replace("\\|", "\0")
    inner = whole.removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\0", "\\|") for cell in inner.split("|")]


def _underlined(heading: Heading, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield each setext heading: usually a rule was intended."""
    line = document.line_text(document.line(heading))
    closing = _CLOSING.search(line)
    if closing and len(closing[1]) != heading.level:
        message = f"dấu {closing[1]} ở cuối đầu mục sẽ không hiện ra"
        fix = f"{line[: closing.start(1)]}\\{closing[1]}".strip()
        yield document.line(heading), message, fix
    if not document.source_bytes.startswith(b"#", heading.start):
        message = f"dòng gạch ở dưới biến '{heading.name}' thành đầu mục"
        fix = f"viết  ## {heading.name}  và xóa dòng gạch; hoặc để một dòng trống ở trên dòng gạch"
        yield document.line(heading), message, fix


def _nested_quotations(node: Group, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield each quotation within a quotation: marks of an answer to a mail, or of a list."""
    for inner in node.children:
        if isinstance(inner, Group) and inner.tag == "blockquote":
            line = document.line(inner)
            source = document.line_text(line).strip()
            message = "trích dẫn nằm trong trích dẫn, khung trong khung rất hẹp trên điện thoại"
            yield line, message, f"> {source.lstrip('> ')}"


def _tight_definitions(node: Group, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield each line whose leading colon turns it into a definition of the line above."""
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
        source = document.line_text(document.line(item)).strip()
        if first is None and _CALLING_CODE.match(source):
            message = "dấu + tách khỏi số điện thoại thành dấu đầu mục, và không hiện ra"
            yield document.line(item), message, f"+{source[1:].lstrip()}"
        if first is None and _CODE.match(source):
            message = "dấu * tách khỏi mã gọi thành dấu đầu mục, và không hiện ra"
            code, hash_sign, rest = source[1:].partition("#")
            kept = "\\*" + code.replace(" ", "").replace("*", "\\*").replace("\\\\", "\\")
            yield document.line(item), message, f"{kept}{hash_sign}{rest}"
        if cut := _CUT_NUMBER.match(source) if len(node.children) == 1 else None:
            message = f"số '{cut[0]}' có dấu cách nên thành số thứ tự của danh sách"
            yield document.line(item), message, f"{cut[1]}.{cut[2]}{source[cut.end() :]}"
        inner = item.children[0] if item.children else None
        if isinstance(inner, List) and document.line(inner) == document.line(item):
            line = document.line(item)
            message = "hai dấu đầu mục liền nhau trên một dòng"
            yield line, message, _without_second_mark(document.line_text(line))


def _without_second_mark(line: str) -> str:
    mark, _, rest = line.strip().partition(" ")
    return f"{mark} {rest.lstrip().partition(' ')[2].lstrip()}"


def _lost_definitions(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each unused link definition "[name]: address", which is not rendered."""
    document, contents = page.document, page.contents
    if "]:" not in document.source:  # as in most pages
        return
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
