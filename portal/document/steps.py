"""Steps as one list: what stands at the margin between step 2 and step 3 belongs to step 2."""

from __future__ import annotations

from portal.document.tree import Block, Group, Heading, List


def with_whole_lists(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks in which an ordered list that goes on with the next number is one list.

    A picture, a table, a paragraph or bullets between two such lists are put into the item before
    them; a heading ends every list.
    """
    if sum(type(block) is List and block.first is not None for block in blocks) < 2:
        return blocks
    whole, between = list[Block](), list[Block]()
    steps: List | None = None  # the list that may go on; `between` came after it
    for block in blocks:
        if type(block) is List and block.first is not None:
            if steps and block.first == (steps.first or 0) + len(steps.children):
                steps, between = _joined(steps, between, block), []
                continue
            whole += _closed(steps, between)
            steps, between = block, []
        elif type(block) is Heading or steps is None:
            whole += (*_closed(steps, between), block)
            steps, between = None, []
        else:
            between.append(block)
    return (*whole, *_closed(steps, between))


def _joined(steps: List, between: list[Block], rest: List) -> List:
    *items, last = steps.children
    longer = Group(last.tag, (*last.children, *between), last.start)
    return List(steps.first, (*items, longer, *rest.children), steps.start)


def _closed(steps: List | None, between: list[Block]) -> list[Block]:
    return [steps, *between] if steps else between
