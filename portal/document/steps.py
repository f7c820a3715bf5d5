"""Steps as one list: what stands at the margin between step 2 and step 3 belongs to step 2."""

from __future__ import annotations

from portal.document.tree import Block, Heading, List


def with_whole_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks in which an ordered list that goes on with the next number is one list.

    A picture, a table, a paragraph or bullets between two such lists are put into the item before
    them; a heading ends every list.
    """
    if sum(type(block) is List and block.first is not None for block in blocks) < 2:
        return blocks
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


class _Steps:
    """An ordered list that may go on; without items there is none."""

    def __init__(self, begun: List | None = None) -> None:
        self._begun = begun
        self.items = list(begun.children) if begun else []

    def goes_on_with(self, rest: List, between: list[Block]) -> bool:
        """Take over the items of a list with the next number; `between` goes into the last item."""
        if not (self._begun and self.items):
            return False
        if rest.first != (self._begun.first or 0) + len(self.items):
            return False
        last = self.items[-1]
        self.items[-1] = last._replace(children=(*last.children, *between))
        self.items += rest.children
        return True

    def closed(self) -> tuple[Block, ...]:
        """Return the whole list."""
        return (self._begun._replace(children=tuple(self.items)),) if self._begun else ()
