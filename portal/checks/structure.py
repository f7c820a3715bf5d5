"""The structure of a page's tree: steps as one ordered list per heading, valid headings.

The steps of a guide ("Các bước", "Làm ngay") are one ordered list from 1 under the section's
heading, and one under each heading of level 3 (a kind of phone, an alternative); step mode shows
only these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from portal.checks.line_starts import begins_step
from portal.document.contents import Contents
from portal.document.sections import STEPS, URGENT, Section, section_named, sections_of
from portal.document.tree import (
    Block,
    Break,
    Document,
    Group,
    Heading,
    Image,
    List,
    MarkdownTable,
    Node,
    Rule,
    Span,
    Words,
    plain,
    walk,
)
from portal.language.text import UPPER_CASE, syllable_count
from portal.library.library import Library, Page
from portal.library.page_kinds import GUIDE
from portal.source.problems import Problem

_MAX_LABEL = 14  # syllables of a bold paragraph used as a heading
_LONGEST_LABEL = 8 * _MAX_LABEL  # in characters: the longest syllable, "nghiêng", and a space
_MAX_LEAD = 1  # sentences above the first step


def check_structure(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for steps outside a single list, and for unmarked or empty headings."""
    if not page.file.lines:  # missing front matter is reported elsewhere
        return
    findings = [*_check_headings(page), *_check_labels(page), *_check_lists(page)]
    if page.kind is GUIDE:
        findings += (*_check_guide(page), *_check_leads(page))
    for line, message, fix in findings:
        yield Problem(page.path, line, message, fix)


def _check_headings(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each empty heading; one followed by a deeper heading is not empty."""
    document = page.document
    blocks = [*document.blocks, None]
    for block, following in pairwise(blocks):
        if not isinstance(block, Heading):
            continue
        is_deeper = isinstance(following, Heading) and following.level > block.level
        if not block.name:
            yield document.line(block), "đầu mục không có chữ", "viết tên mục, hoặc xóa dòng này"
        elif following is None or (isinstance(following, Heading) and not is_deeper):
            message = f"mục '{block.name}' để trống"
            yield document.line(block), message, "viết nội dung vào mục, hoặc xóa cả dòng đầu mục"
    outer = {block.start for block in document.blocks}
    for heading in page.contents.headings:
        if heading.start not in outer and not _stands_in_details(heading, document):
            line = document.line(heading)
            message = f"đầu mục '{heading.name}' nằm trong danh sách hay trích dẫn"
            yield line, message, document.line_text(line).strip(" \t>-")


def _stands_in_details(heading: Heading, document: Document) -> bool:
    groups = (block for block in document.blocks if isinstance(block, Group))
    return any(heading in group.children for group in groups if group.tag == "details")


def _check_labels(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each paragraph used as a heading: in bold, or with a section's name."""
    document = page.document
    for block in _paragraphs(document.blocks):
        if len(plain(block.children)) > _LONGEST_LABEL:
            continue
        words = page.contents.own_words_of(block).strip()
        line = document.line(block)
        if any(isinstance(node, Break) for node in walk(block.children)):
            continue
        section = section_named(words) if page.kind is GUIDE else None
        if section:
            message = f"'{words}' là tên mục mà chưa thành đầu mục"
            yield line, message, f"## {section.title}"
        elif block.tag == "p" and words.isupper() and _is_caption(words):
            message = f"'{words}' viết hoa cả dòng thay cho đầu mục"
            yield line, message, "viết  ### …  bằng chữ thường, chỉ viết hoa chữ đầu và tên riêng"
        elif _is_bold(block) and words[-1:] not in ".!?…,;" and _is_short(words):
            message = f"'{words}' in đậm thay cho đầu mục"
            yield line, message, f"### {words.rstrip(' :')}"


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Words]:
    """Yield the top-level paragraphs, and the text of each single-item list."""
    for block in blocks:
        if isinstance(block, Words) and block.tag == "p" and block.children:
            yield block
        elif isinstance(block, List) and len(block.children) == 1:
            head = block.children[0].children[:1]
            yield from (each for each in head if isinstance(each, Words))


def _is_bold(block: Words) -> bool:
    is_whole = len(block.children) == 1 and isinstance(block.children[0], Span)
    return is_whole and block.tag == "p"


def _is_caption(words: str) -> bool:
    """Return whether a paragraph in capitals is a heading, not an abbreviation or exclamation."""
    return words[-1:] not in ".!?…,;" and 1 < syllable_count(_unnumbered(words)) <= _MAX_LABEL


def _unnumbered(words: str) -> str:
    return re.sub(r"^(?:[IVX]{1,4}|[A-H]|\d{1,2})[.)/]\s*", "", words).rstrip(" :")


def _is_short(words: str) -> bool:
    return 0 < syllable_count(words) <= _MAX_LABEL


def _check_lists(page: Page) -> Iterator[tuple[int, str, str]]:
    document = page.document
    has_others = any(map(begins_step, page.contents.rows))  # reported first
    for node in document.walk():
        if not isinstance(node, List):
            continue
        for item in node.children:
            if not item.children:
                yield document.line(item), "mục này không có chữ", "viết chữ, hoặc xóa dòng này"
        if node.first is not None:
            yield from _check_joined(node, node.first, page)
        if node.first is not None and not has_others:
            yield from _check_numbers(node, node.first, document)


def _check_joined(node: List, first: int, page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield each line with two steps."""
    for number, item in enumerate(node.children, first + 1):
        begun = re.compile(
            rf"[\s\0]((?:[Bb]ước )?{number}"
            rf"(?:[.)]\s+(?=[^\W\d_]|[“\0])|\s?[.):/]\s*(?=[{UPPER_CASE}“\0]))"
            rf"|\({number}\)\s+(?=[{UPPER_CASE}“\0])|[{_circled(number)}]\s*|{number}\ufe0f?\u20e3\s*)"
        )
        for row in page.contents.rows_of((item,)):
            if found := begun.search(row.left):
                message = f"bước {number} dính vào bước {number - 1} trên cùng một dòng"
                whole = page.document.line_text(row.line)
                at = row.column + found.start(1)
                is_plain = row.is_item and row.block.start in _first_words(item)
                parted = f"{whole[:at].strip()}\n{whole[at:].strip()}"
                words = f"xuống dòng, viết {number}. ở sát lề trái"
                yield row.line, message, parted if is_plain else words
                return


def _circled(number: int) -> str:
    """Return the Unicode characters of a circled number, up to ten."""
    return "".join(chr(base + min(number, 10)) for base in (0x245F, 0x2775, 0x277F, 0x2789))


def _first_words(item: Group) -> set[int]:
    return {block.start for block in item.children[:1]}


def _check_numbers(node: List, first: int, document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield the first item whose rendered number differs from its source; "1." on all is valid."""
    written = [_number_on(document.line_text(document.line(item))) for item in node.children]
    if len(set(written)) > 1:
        for place, (item, number) in enumerate(zip(node.children, written, strict=True), first):
            if number not in (place, None):
                line = document.line(item)
                message = f"bước này ghi số {number}, khi lên trang là {place}"
                is_inner = number == 1 and _margin(document, item) > _margin(document, node)
                inner = "lùi dòng này và các bước nhỏ cùng nó vào thêm 3 dấu cách"
                yield line, message, inner if is_inner else _renumbered(document, line, place)
                return


def _margin(document: Document, node: Node) -> int:
    """Return the indentation of a node."""
    line = document.line_text(document.line(node))
    return len(line) - len(line.lstrip(" "))


def _number_on(source: str) -> int | None:
    """Return the number at the start of a line, after quotation marks ("> ")."""
    row = source.lstrip(" \t>")
    digits = row[: len(row) - len(row.lstrip("0123456789"))]
    return int(digits) if digits else None


def _check_guide(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the problems of a guide's sections and steps."""
    document = page.document
    first = dict[str, int]()
    for heading in page.contents.headings:
        named, line = section_named(heading.name), document.line(heading)
        if not named:
            continue
        title = named.title
        if heading.level == 2 and heading.name != title:
            message = f"tên mục '{heading.name}' phải viết đúng là '{title}'"
            yield line, message, f"## {title}"
        if heading.level == 1:
            message = f"mục '{title}' viết bằng một dấu #, như tên bài"
            yield line, message, f"## {title}"
        elif heading.level > 2:
            message = f"mục '{title}' nằm trong một mục khác"
            yield line, message, f"## {title}"
        elif title in first:
            message = f"mục '{title}' có hai lần, lần đầu ở dòng {first[title]}"
            yield line, message, "gộp vào lần đầu, hoặc xóa phần dán thừa"
        first.setdefault(title, line)
    yield from _second_front_matter(document)
    for section in sections_of(document.blocks):
        if section.kind in (STEPS, URGENT) and section.heading and section.blocks:
            yield from _check_steps(section, page)


def _second_front_matter(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield a line of front matter in the body: the page was pasted twice."""
    names = tuple(f"{field.name}:".encode() for field in GUIDE.fields)
    for block, following in pairwise(document.blocks):
        if isinstance(block, Rule) and document.source_bytes.startswith(names, following.start):
            message = "phần đầu trang nằm cả trong thân bài, có lẽ bài dán hai lần"
            yield document.line(block), message, "xóa phần dán thừa, từ dòng này"
    first = next(iter(document.blocks), None)
    if isinstance(first, Words) and document.source_bytes.startswith(names[:2], first.start):
        message = "phần đầu trang nằm cả trong thân bài, có lẽ bài dán hai lần"
        yield document.line(first), message, "xóa phần dán thừa, từ dòng này"


def _check_steps(section: Section, page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the problems of a section of steps: one ordered list from 1 under each heading."""
    document = page.document
    parts = list(_parts(section))
    has_steps = any(isinstance(block, List) for _, blocks in parts for block in blocks)
    if not has_steps and len(parts) == 1:
        message = f"mục '{section.heading.name if section.heading else ''}' chưa có bước nào"
        line = document.line(section.blocks[0])
        yield line, message, "viết mỗi bước một dòng: 1. …"
    for heading, blocks in parts:
        lists = [each for each in blocks if isinstance(each, List) and each.first is not None]
        bullets = next((each for each in blocks if isinstance(each, List)), None)
        if bullets and not lists:
            message = "các bước ở đây là gạch đầu dòng, chưa có số"
            fix = "viết 1. 2. 3. … thay cho dấu gạch ở đầu mỗi dòng"
            yield document.line(bullets), message, fix
        if heading and not bullets:
            message = f"dưới '{heading.name}' chưa có bước nào"
            yield document.line(heading), message, "viết mỗi bước một dòng: 1. …"
        if lists and lists[0].first != 1:
            line = document.line(lists[0])
            message = f"bước đầu tiên mang số {lists[0].first}"
            yield line, message, _renumbered(document, line, 1)
        for before, after in pairwise(blocks):
            if _is_ordered(before) and isinstance(after, List) and not _is_ordered(after):
                message = "các gạch đầu dòng này nằm ngoài bước ở trên"
                yield document.line(after), message, "lùi mỗi dòng ấy vào thêm 3 dấu cách"
        for quoted in _quoted_steps(blocks):
            line = document.line(quoted)
            message = "bước này nằm trong trích dẫn, ngoài dãy bước"
            yield line, message, document.line_text(line).strip().lstrip("> ")
        for before, after in pairwise(lists):
            yield from _second_list(before, after, blocks, page)


def _quoted_steps(blocks: Iterable[Block]) -> Iterator[List]:
    """Yield each list in a quotation that continues the numbers of the steps."""
    for node in walk(tuple(blocks)):
        if isinstance(node, Group) and node.tag == "blockquote":
            lists = (each for each in node.children if isinstance(each, List))
            yield from (each for each in lists if (each.first or 0) > 1)


def _is_ordered(block: Block) -> bool:
    return isinstance(block, List) and block.first is not None


def _parts(section: Section) -> Iterator[tuple[Heading | None, list[Block]]]:
    """Yield (heading of level 3 or deeper, its blocks); None first, for blocks above any."""
    heading: Heading | None = None
    held = list[Block]()
    for block in section.blocks:
        if isinstance(block, Heading):
            if heading or held:
                yield heading, held
            heading, held = block, []
        else:
            held.append(block)
    yield heading, held


def _second_list(
    before: List, after: List, blocks: list[Block], page: Page
) -> Iterator[tuple[int, str, str]]:
    """Yield the second list under one heading: an alternative needs a heading of its own."""
    document = page.document
    labels = [blocks[max(0, blocks.index(each) - 1)] for each in (before, after)]
    names = [_named(each, page.contents) if isinstance(each, Words) else "" for each in labels]
    if names[1]:
        message = "mỗi cách làm có các bước riêng cần một đầu mục riêng"
        yield from (
            (document.line(label), message, named)
            for label, named in zip(labels, names, strict=True)
            if named
        )
        return
    line, number = document.line(after), (before.first or 1) + len(before.children)
    message = f"các bước đếm lại từ {after.first}, bước trước là {number - 1}"
    yield line, message, _renumbered(document, line, number)


def _named(label: Words, contents: Contents) -> str:
    """Return the fixed heading that a label names, with the rest of its text, else ""."""
    if any(isinstance(child, Image) for child in label.children):
        return ""
    document = contents.document
    source = document.line_text(document.line(label)).strip()
    if source.startswith("**"):
        name, _, rest = source[2:].partition("**")
    else:
        name, mark, rest = source.partition(" (theo ")
        rest = mark + rest
        if not source.endswith(":"):
            return ""
    rest = rest.strip(" :")
    if rest.startswith("(") and rest.rstrip(".").endswith(")"):
        rest = f"{rest.rstrip('.')[1:-1]}."
    heading = f"### {name.rstrip(' .:')}"
    return f"{heading}\n\n{rest[0].upper()}{rest[1:]}" if rest.strip(".") else heading


def _renumbered(document: Document, line: int, number: int) -> str:
    """Return the line of an item with another number."""
    source = document.line_text(line).strip()
    digits = len(source) - len(source.lstrip("0123456789"))
    return f"{number}{source[digits:]}"


def _check_leads(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the section with more than one sentence above its first step."""
    for section in sections_of(page.document.blocks):
        if section.kind not in (STEPS, URGENT):
            continue
        lead = list(_until_list(section.blocks))
        count = sum(_sentence_count(block, page.contents) for block in lead)
        if lead and count > _MAX_LEAD and len(lead) < len(section.blocks):
            message = f"trước bước 1 có {count} câu, chỉ nên có {_MAX_LEAD}"
            fix = "giữ một câu; chuyển câu khác vào bước cần nó, hoặc vào mục 'Cần có trước'"
            yield page.document.line(lead[0]), message, fix


def _until_list(blocks: Iterable[Block]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, List | Heading | MarkdownTable):
            return
        if isinstance(block, Words):
            yield block


def _sentence_count(block: Words, contents: Contents) -> int:
    words = contents.own_words_of(block).rstrip()
    return sum(f"{words} ".count(f"{mark} ") for mark in ".!?…") or 1
