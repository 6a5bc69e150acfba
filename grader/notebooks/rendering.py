"""Units → one Python source, for people and for nbconvert."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .units import Unit


def render(units: Sequence[Unit]) -> str:
    """The units in order, each cell's under a comment with its number."""
    return "\n\n".join(_block(cell, group) for cell, group in groupby(units, lambda unit: unit.cell)) + "\n"


def _block(cell: int, units: Iterable[Unit]) -> str:
    """One cell's units; a blank line around functions and classes."""
    texts = [(unit.text, unit.kind in ("function", "class")) for unit in units]
    lines = [f"# cell {cell}"]
    for position, (text, spacious) in enumerate(texts):
        apart = position > 0 and (spacious or texts[position - 1][1])
        lines += ["", text] if apart else [text]
    return "\n".join(lines)
