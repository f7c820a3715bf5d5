"""The eight sections of a guide (style.vi.md §3), and a document split into sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from portal.document.tree import Block, Heading
from portal.language.text import fold, slugify


@dataclass(frozen=True)
class SectionKind:
    """A fixed section: its heading, the suffix of its class in the page, its icon."""

    title: str
    style: str
    icon: str

    @cached_property
    def anchor(self) -> str:
        """Return the anchor of its heading."""
        return slugify(self.title)


URGENT = SectionKind("Làm ngay", "urgent", "material/flash")
NEEDS = SectionKind("Cần có trước", "needs", "material/check-bold")
TIME = SectionKind("Mất bao lâu, mất tiền không", "time", "material/clock")
STEPS = SectionKind("Các bước", "steps", "material/format-list-numbered")
DONE = SectionKind("Làm xong thấy gì", "done", "material/check-circle")
SNAGS = SectionKind("Hay vướng", "snags", "material/wrench")
BEWARE = SectionKind("Coi chừng", "beware", "material/alert-outline")
HELP = SectionKind("Vẫn không được", "help", "material/phone-in-talk")

GUIDE_SECTIONS = (URGENT, NEEDS, TIME, STEPS, DONE, SNAGS, BEWARE, HELP)
_BY_ANCHOR = {kind.anchor: kind for kind in GUIDE_SECTIONS}

_BY_NAME = {fold(kind.title): kind for kind in GUIDE_SECTIONS} | dict.fromkeys(
    ("buoc lam", "cac buoc lam", "cac buoc thuc hien", "cach lam", "cach thuc hien"), STEPS
)
_NUMBERING = re.compile(
    r"(?:(?:(?:phan|muc)\s+)?(?:\d{1,2}|[ivx]{1,4}|[a-h])\s*[.):/–-]+\s*|[^\w\s]\ufe0f?\s*)+"
)


def section_named(name: str) -> SectionKind | None:
    """Return the fixed section that a heading means ("2. Các bước:", "CÁCH LÀM"), if any."""
    plain = fold(name).strip(" .:…-–*")
    return _BY_NAME.get(plain) or _BY_NAME.get(_NUMBERING.sub("", plain, count=1))


class Section(NamedTuple):
    """A heading of level 2 with its content; without heading, the content above the first.

    `kind` is None for a heading that is not a fixed one.
    """

    kind: SectionKind | None
    heading: Heading | None
    blocks: tuple[Block, ...]


def sections_of(blocks: Iterable[Block]) -> Iterator[Section]:
    """Yield the sections of a document's blocks, in order."""
    heading: Heading | None = None
    held = list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            if heading or held:
                yield _section(heading, held)
            heading, held = block, []
        else:
            held.append(block)
    if heading or held:
        yield _section(heading, held)


def _section(heading: Heading | None, held: list[Block]) -> Section:
    kind = _BY_ANCHOR.get(heading.anchor) if heading else None
    return Section(kind, heading, tuple(held))
