"""Units → one Python source, for people and for nbconvert."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .slicing import Unit


def render(units: Sequence[Unit]) -> str:
    """The units in order, each cell's under a comment with its number; __future__ imports come first, as they must."""
    future = [unit for unit in units if unit.modules == ("__future__",)]
    others = [unit for unit in units if unit.modules != ("__future__",)]
    blocks = [_block(cell, group) for part in (future, others) for cell, group in groupby(part, lambda unit: unit.cell)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(cell: int, units: Iterable[Unit]) -> str:
    """One cell's units; a blank line around functions and classes."""
    texts = [(unit.text, unit.kind in ("function", "class")) for unit in units]
    lines = [f"# cell {cell}"]
    for position, (text, spacious) in enumerate(texts):
        apart = position > 0 and (spacious or texts[position - 1][1])
        lines += ["", text] if apart else [text]
    return "\n".join(lines)
