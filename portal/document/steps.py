"""Lists as their writer meant them: an unindented block between steps 2 and 3 is of step 2."""

from __future__ import annotations

from typing import TypeGuard

from portal.document.tree import Block, Heading, List


def with_whole_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with lists joined: of bullets side by side, of numbers that go on.

    Bullets of another kind (`-`, then `*`) begin a new list in CommonMark. A picture, a table, a
    paragraph or bullets between two lists of numbers are moved into the item before them; a heading
    ends every list.
    """
    if sum(type(block) is List for block in blocks) < 2:
        return blocks
    blocks = _with_whole_bullets(blocks)
    whole, steps, between = list[Block](), _Steps(), list[Block]()
    for block in blocks:
        if type(block) is List and block.first is not None:
            if not steps.goes_on_with(block, between):
                whole += (*steps.closed(), *between)
                steps = _Steps(block)
            between = []
        elif type(block) is Heading or not steps.items:
            whole += (*steps.closed(), *between, block)
            steps, between = _Steps(), []
        else:
            between.append(block)
    return (*whole, *steps.closed(), *between)


def _with_whole_bullets(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    whole = list[Block]()
    for block in blocks:
        before = whole[-1] if whole else None
        if _has_bullets(before) and _has_bullets(block):
            whole[-1] = before._replace(children=(*before.children, *block.children))
        else:
            whole.append(block)
    return tuple(whole)


def _has_bullets(block: Block | None) -> TypeGuard[List]:
    return type(block) is List and block.first is None


class _Steps:
    """An ordered list that may continue; without items there is none."""

    def __init__(self, begun: List | None = None) -> None:
        self._begun = begun
        self.items = list(begun.children) if begun else []

    def goes_on_with(self, rest: List, between: list[Block]) -> bool:
        """Append a list that begins with the next number; `between` moves into the last item."""
        if not (self._begun and self.items):
            return False
        if rest.first != (self._begun.first or 0) + len(self.items):
            return False
        last = self.items[-1]
        self.items[-1] = last._replace(children=(*last.children, *between))
        self.items += rest.children
        return True

    def closed(self) -> tuple[Block, ...]:
        """Return the joined list."""
        return (self._begun._replace(children=tuple(self.items)),) if self._begun else ()
