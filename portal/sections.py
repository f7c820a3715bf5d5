"""The fixed sections of a guide (style.vi.md §3) as recognisable boxes around what editors write.

A Python-Markdown extension: a known h2 and what follows it, up to the next h2, becomes a
`<section class="box box-…">` whose heading carries an icon. Unknown headings stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

AFTER_TOC = 4  # `toc`, at 5, gives headings their ids
ARROW = " → "


@dataclass(frozen=True)
class Box:
    """How a section looks: the suffix of its class and its icon."""

    name: str
    icon: str


BOXES = {
    "lam-ngay": Box("urgent", "material/flash"),
    "can-co-truoc": Box("needs", "material/clipboard-check-outline"),
    "mat-bao-lau-mat-tien-khong": Box("time", "material/clock-outline"),
    "cac-buoc": Box("steps", "material/format-list-numbered"),
    "lam-xong-thay-gi": Box("done", "material/check-circle-outline"),
    "hay-vuong": Box("snags", "material/wrench-outline"),
    "coi-chung": Box("beware", "material/alert-outline"),
    "van-khong-duoc": Box("help", "material/lifebuoy"),
}


class SectionProcessor(Treeprocessor):
    """Wraps the known sections of a rendered body."""

    def run(self, root: Element) -> None:
        """Replace the children of `root` by boxes where a known h2 begins one."""
        children = list(root)
        root[:] = []
        box: Element | None = None
        for child in children:
            if child.tag == "h2":
                box = _open_box(root, child)
            (root if box is None else box).append(child)
        for box in root.iterfind("section"):
            if "box-snags" in box.get("class", ""):
                _mark_signs(box)


def _open_box(root: Element, heading: Element) -> Element | None:
    anchor = heading.get("id", "")
    kind = BOXES.get(anchor)
    if kind is None:
        return None
    heading.insert(0, icon_element(kind.icon))
    heading[0].tail, heading.text = heading.text, None
    attributes = {"class": f"box box-{kind.name}", "aria-labelledby": anchor}
    return SubElement(root, "section", attributes)


def icon_element(name: str) -> Element:
    """Return `portal.symbols.icon` as an element."""
    return Element("i", {"data-icon": name})


def _mark_signs(box: Element) -> None:
    """Set the sign apart from the remedy in items written "sign → remedy"."""
    for item in _texts(box):
        sign, arrow, remedy = (item.text or "").partition(ARROW)
        if arrow:
            mark = Element("strong", {"class": "sign"})
            mark.text, mark.tail, item.text = sign, arrow + remedy, None
            item.insert(0, mark)


def _texts(box: Element) -> Iterator[Element]:
    """Yield the element that holds the text of each item, in tight and in loose lists."""
    for item in box.iter("li"):
        yield item[0] if len(item) and item[0].tag == "p" else item


class SectionExtension(Extension):
    """Adds `SectionProcessor` to a Markdown instance."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Markdown's
        """Register the processor after `toc`."""
        md.treeprocessors.register(SectionProcessor(md), "portal-sections", AFTER_TOC)


def makeExtension(**options: object) -> SectionExtension:  # noqa: N802 - the name is Markdown's
    """Return the extension; Markdown calls this for `portal.sections` in mkdocs.yml."""
    return SectionExtension(**options)
