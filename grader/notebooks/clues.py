"""Where a name may stand that the notebook does not bind: in what is left out, in a text, in another spelling."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .notebook import LeftOutKind, Skipped, Text
from .parsing import names_in
from .units import Unit

# Letters of other alphabets that look like Latin ones; not those that Python takes for the same.
_CYRILLIC = str.maketrans("аеокрсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅ", "aeokpcyxijsdqwhABEKMHOPCTYXIJS")
_GREEK = str.maketrans("οικνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oikvABEZHIKMNOPTYX")
_LOOK_ALIKES = _CYRILLIC | _GREEK


class ClueKind(StrEnum):
    """Where the name may stand."""

    SYNTAX = "syntax"
    CELL_MAGIC = "cell_magic"
    SPELLING = "spelling"
    LOOK_ALIKE = "look_alike"
    TEXT_CELL = "text_cell"
    NESTED = "nested"


@dataclass(frozen=True, slots=True)
class Clue:
    """Where a name may stand, and detail: why a cell is left out, the magic, the other spelling, what it stands in."""

    kind: ClueKind
    detail: str
    cell: int
    line: int


def clues(name: str, skipped: Sequence[Skipped], units: Sequence[Unit], texts: Sequence[Text]) -> Iterator[Clue]:
    """Where a name may stand that is not bound, the likeliest place first."""
    for left in skipped:
        if name in left.names:
            kind = ClueKind.SYNTAX if left.kind is LeftOutKind.SYNTAX else ClueKind.CELL_MAGIC
            yield Clue(kind, left.reason, left.cell, left.line)
    for unit in reversed(units):
        for bound in unit.binds if unit.kind != "import" else ():
            if _plain(bound) == _plain(name):
                same = bound.casefold().replace("_", "") == name.casefold().replace("_", "")
                yield Clue(ClueKind.SPELLING if same else ClueKind.LOOK_ALIKE, bound, unit.cell, unit.line)
    for text in texts:
        if name in names_in(text.source):
            yield Clue(ClueKind.TEXT_CELL, "", text.below, 1)
    nested = re.compile(rf"^[ \t]+(?:async[ \t]+)?def[ \t]+{re.escape(name)}[ \t]*\(", re.MULTILINE)
    for unit in reversed(units):
        if unit.kind in ("function", "class") and (match := nested.search(unit.text)):
            line = unit.line + unit.text.count("\n", 0, match.start())
            yield Clue(ClueKind.NESTED, unit.binds[0], unit.cell, line)


def _plain(name: str) -> str:
    """A name without what one may easily mistake: capitals, underscores, letters that look alike."""
    return name.translate(_LOOK_ALIKES).casefold().replace("_", "")
