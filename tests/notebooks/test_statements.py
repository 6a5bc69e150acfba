"""A cell cut at its functions gives what the whole gives, or is taken as a whole."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.names_bound import is_stub
from grader.notebooks.statements import REFUSALS, Statement, in_pieces, whole
from grader.notebooks.units import text_of
from tests.notebooks.sample_notebooks import extracted, sliced

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def told(statements: list[Statement], source: str) -> list[object]:
    """All that is used of a cell's statements."""
    lines = source.split("\n")
    return [
        (type(node), node.lineno, node.end_lineno, text_of(node, lines), flags, code, list(code.co_positions()))
        + ((node.name, is_stub(node)) if isinstance(node, ast.FunctionDef) else ())
        for node, code, flags in statements
    ]


def of_whole(source: str) -> list[object] | None:
    """What the whole cell gives, None where it has an error."""
    try:
        return told(whole(source, FLAGS, "cell 1"), source)
    except REFUSALS:
        return None


FUNCTIONS = "# on top\n\ndef f(x):\n    return g(x)\n\n\ndef g(x, k=lambda: 0): return h(x)\n# below\n\nprint(f(1))\n"


def test_functions_are_compiled_from_their_text():
    """With their own line numbers; of their trees no more is made than is needed."""
    cut = in_pieces(FUNCTIONS, FLAGS, "cell 1")
    assert [(node.lineno, node.end_lineno) for node, _, _ in cut] == [(3, 4), (7, 7), (10, 10)]
    assert [len(list(ast.walk(node))) < 5 for node, _, _ in cut] == [True, True, False]
    assert told(cut, FUNCTIONS) == of_whole(FUNCTIONS)


@pytest.mark.parametrize(
    "cell",
    [
        'x = """\ndef f(a):\n    return b(a)\n"""',
        "x = [\ndef f(a):\n    return b(a)\n]",
        "x = 1 + \\\ndef f(a):\n    return b(a)",
        "@g\ndef f(a):\n    return b(a)",
        "if x:\ndef f(a):\n    return b(a)",
        "def f(a):\n    return b(a)\nelse:\n    pass",
        "    x = 1\ndef f(a):\n    return b(a)",
        "x = 1\ndef f():\n    return b()\nglobal x",
        "def f(a):\n    return b(a)\nfrom __future__ import annotations",
        "def f(a):\n    return b(a)\n\fx = 1",
        "def f(a):\n    return b(a)\n#\0",
        "def f(a):\n    return b(a)\nreturn",
        "def f(a, a):\n    return b(a)",
        "def f(a):\n    break",
    ],
)
def test_cells_that_must_be_seen_as_a_whole(cell):
    """Where a cut falls between two parts of a statement, or a statement may be wrong for what stands above it."""
    assert in_pieces(cell, FLAGS, "cell 1") == []


@pytest.mark.parametrize(
    "cell",
    [
        "def f(a):\n    return b(a)  # that is it",
        "def f(a):\n    return b(a); ",
        "def f(a): b(a); c(a)",
        "def f(a):\n    return b(a) \\\n\n",
        'def f(a):\n    return b("""\n# no comment""")\n# a comment\n',
        "def f(a):\n    return b('ä')   \n    # don't\n\n# do",
        "def f(a):\n\n# within\n    return b(a)\n    \n",
        "def f(a):\n    '''Doc.'''\n    raise NotImplementedError('of ' + f.__name__)",
        "def f(a):\n    pass",
        "def f(a):\n    '''Doc.'''\n    pass\n    ...\n    return None\n    return",
        "def f(a):\n    return 2 * a",
        "def f(a):\n    return 0",
        "def f(a):\n    return\n    return a",
        "def f(a):\n    a",
        "def f(a=b(lambda: c)):\n    return a",
        "def f(a): return b(a)\ndef f(a): return c(a)",
        "x = 1\nif x:\n    y = 2\nelse:\n    y = 3\ndef f(a):\n    return b(a)\nimport p, q\n",
        "from m import (\n    p,\n    q)\ndef f(a):\n    return b(a)",
    ],
)
def test_where_a_function_ends(cell):
    """Its last line, its text and whether it is a stub are those of the tree."""
    assert told(in_pieces(cell, FLAGS, "cell 1"), cell) == of_whole(cell)


LINES = [
    *("def f(a):", "def g(a, b=c): return h(b)", "    return h(a)", "    x = k", "    pass", "  # within", "# below"),
    *("", '"""', "    '''", "x = (", ")", "\\", "    \\", "if x:", "else:", "@g", "x = 1", "y = 'ä' # b", "    "),
    *("    raise NotImplementedError", "    return h('#')", "    return 1;", "async def f(a):", "class A:", "\f", "é"),
    *("global x", "    global x", "from __future__ import annotations", "f(", "    h(a) # c", "\t", "%magic", "return"),
    "import p, q",
]


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_pieces_give_what_the_whole_gives(cell):
    """Whatever lines follow one another."""
    cut = in_pieces(cell, FLAGS, "cell 1")
    assert not cut or told(cut, cell) == of_whole(cell)


ERRORS = [
    "x = 1\nglobal x",
    "def f(): return x\nprint(x)\nglobal x",
    "x: int = 1\nglobal x",
    "def f(a): return b(a)\nfrom __future__ import annotations",
    "import os\nfrom __future__ import generators",
    "from __future__ import nothing_of_this_name",
    "from __future__ import *",
    "return 1\ndef f(a, a): pass",
    "x = 1\nbreak\ndef f():\n    nonlocal z",
    "def f():\n    from m import *",
    "def f(a):\n    global a",
    "def f():\n    await x",
    "class A:\n    yield 1\nx = [await y for y in z]\nreturn",
    "[x := 1 for x in y]",
    "def f(:\n    pass",
]


@pytest.mark.parametrize("cell", ERRORS)
def test_errors_are_those_of_the_whole_cell(cell):
    """Of an error in one statement, in two, or between two, the report is what Python says of the cell."""
    with pytest.raises(SyntaxError) as error:
        compile(cell, "cell 1", "exec", FLAGS)
    (skipped,) = extracted(cell).skipped
    assert (skipped.line, skipped.reason) == (error.value.lineno or 1, f"does not parse: {error.value.msg}")


def test_a_future_statement_holds_from_there_on():
    """For the statements below it in its own cell, as for those of later cells."""
    cell = "'A text.'\nfrom __future__ import annotations, division\ndef f(a: b): return c(a)"
    assert sliced("f", cell).__annotations__ == {"a": "b"}
    assert sliced("g", cell, "def g(a: b): return c(a)").__annotations__ == {"a": "b"}
