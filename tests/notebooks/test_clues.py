"""Of a name that the notebook does not bind it is told where it may stand."""

import json

import pytest

from grader.notebooks import Clue, ClueKind, extract, read_cells
from tests.notebooks.sample_notebooks import extracted

FUNCTION = "def soft_plus(x):\n    return x"


@pytest.mark.parametrize(
    ("cells", "clue"),
    [
        ([FUNCTION + "\nx = ("], Clue(ClueKind.SYNTAX, "does not parse: '(' was never closed", 1, 3)),
        (["x = 1", "x = )\nsoft_plus = lambda x: x"], Clue(ClueKind.SYNTAX, "does not parse: unmatched ')'", 2, 1)),
        (
            ["def soft_plus(x, x): pass"],
            Clue(ClueKind.SYNTAX, "does not parse: duplicate argument 'x' in function definition", 1, 1),
        ),
        (["a = 1", f"\n%%snakeviz\n{FUNCTION}"], Clue(ClueKind.CELL_MAGIC, "%%snakeviz cell", 2, 2)),
        ([f"%%timeit\n{FUNCTION}"], Clue(ClueKind.CELL_MAGIC, "%%timeit cell", 1, 1)),
        (["a = 1\ndef SoftPlus(x): pass"], Clue(ClueKind.SPELLING, "SoftPlus", 1, 2)),
        (["softplus = lambda x: x"], Clue(ClueKind.SPELLING, "softplus", 1, 1)),
        (
            ["def s\N{CYRILLIC SMALL LETTER O}ft_plus(x): pass"],
            Clue(ClueKind.LOOK_ALIKE, "s\N{CYRILLIC SMALL LETTER O}ft_plus", 1, 1),
        ),
        (["class A:\n    n = 1\n    def soft_plus(self): pass"], Clue(ClueKind.NESTED, "A", 1, 3)),
        (
            ["def main():\n    def soft_plus(x):\n        return x\n    return soft_plus(1)"],
            Clue(ClueKind.NESTED, "main", 1, 2),
        ),
        (["from m import SoftPlus", "def hard_plus(x): return soft_plus(x)"], None),
        (["%%bash\nls", "x = soft_plus == 1"], None),
    ],
)
def test_where_a_name_may_stand(cells, clue):
    """In a cell that is left out, in another spelling, or within something else."""
    extraction = extracted(*cells)
    assert "soft_plus" not in extraction.found
    assert extraction.clue("soft_plus") == clue


def test_code_in_a_text():
    """In a Markdown cell, by the number of the code cell above it, or of a block that is quoted in one."""
    cells = [("code", "x = 1"), ("markdown", "Write it:"), ("markdown", f"```python\n{FUNCTION}\n```")]
    document = {"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}
    extraction = extract(read_cells(json.dumps(document).encode(), ".ipynb"))
    assert extraction.clue("soft_plus") == Clue(ClueKind.TEXT_CELL, "", 1, 1)


def test_the_likeliest_place_comes_first():
    """A cell with an error rather than another spelling."""
    clue = extracted("def softplus(x): pass", FUNCTION + "(").clue("soft_plus")
    assert clue is not None
    assert clue.kind is ClueKind.SYNTAX
