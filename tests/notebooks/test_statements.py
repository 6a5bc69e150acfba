"""A cell cut at its functions gives what the whole gives, or is taken as a whole."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from grader.notebooks import LeftOutKind
from grader.notebooks.names_bound import is_stub
from grader.notebooks.statements import REFUSALS, Statement, in_pieces, one_by_one
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


def cut(source: str) -> list[Statement]:
    """The statements of the cell in pieces; none if it cannot be cut."""
    try:
        return list(in_pieces(source, FLAGS, "cell 1"))
    except REFUSALS:
        return []


def by_tree(source: str) -> list[object] | None:
    """What the tree of the whole cell gives, None if it has an error."""
    try:
        statements = list(one_by_one(source, FLAGS, "cell 1"))
    except REFUSALS:
        return None
    taken = [one for one in statements if isinstance(one, Statement)]
    return told(taken, source) if len(taken) == len(statements) else None


FUNCTIONS = "# on top\n\ndef f(x):\n    return g(x)\n\n\ndef g(x, k=lambda: 0): return h(x)\n# below\n\nprint(f(1))\n"


def test_functions_are_compiled_from_their_text():
    """With their own line numbers; of their trees no more is made than is needed."""
    statements = cut(FUNCTIONS)
    assert [(node.lineno, node.end_lineno) for node, _, _ in statements] == [(3, 4), (7, 7), (10, 10)]
    assert [len(list(ast.walk(node))) < 5 for node, _, _ in statements] == [True, True, False]
    assert told(statements, FUNCTIONS) == by_tree(FUNCTIONS)


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
        "def f(a):\n    return b(a)\n\fx = 1",
        "def f(a):\n    return b(a)\n#\0",
        "def f(a):\n    return b(a)\nreturn",
        "def f(a, a):\n    return b(a)",
        "def f(a):\n    break",
    ],
)
def test_cells_that_must_be_seen_as_a_whole(cell):
    """A cut falls between two parts of a statement, or a statement has an error."""
    assert cut(cell) == []


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
    assert told(cut(cell), cell) == by_tree(cell)


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
    statements = cut(cell)
    assert not statements or told(statements, cell) == by_tree(cell)


CELLS = [
    "x = 1\nglobal x\ny = 2",
    "def f(): return x\nx = f\nglobal x",
    "x: int = 1\nglobal x",
    "def f(a): return b(a)\nfrom __future__ import annotations\ndef g(a: b): return 1",
    "import os\nfrom __future__ import print_function, division\nx = os",
    "x = 1\nfrom __future__ import nothing_of_this_name",
    "x = 1\nfrom __future__ import *",
    "def g(): return 1\nreturn 1\ndef f(a, a): pass",
    "x = 1\nbreak\ndef f():\n    nonlocal z",
    "x = 1\ndef f():\n    from m import *",
    "x = 1\ndef f(a):\n    global a",
    "x = 1\ndef f():\n    await x",
    "class A:\n    x = 1\n    yield x",
    "y = []\n[x := 1 for x in y]",
    "x = 1\ndef f(:\n    pass",
    "µ = 1\ndef f_Ω(ﬁ): return ﬁ + µ\nclass 𝛼: ª = 1",
]


@pytest.mark.parametrize("cell", CELLS)
def test_what_ipython_runs_of_a_cell_counts(cell):
    """IPython is the oracle: all that it binds before the first error is found, and the error is named."""
    shell = InteractiveShell()
    before = set(shell.user_ns)
    ran = shell.run_cell(cell, silent=True)
    extraction = extracted(cell)
    assert shell.user_ns.keys() - before - {"__annotations__"} <= extraction.found.keys()
    error = ran.error_before_exec or ran.error_in_exec
    said = [left.reason for left in extraction.skipped if left.kind == LeftOutKind.SYNTAX]
    assert said[:1] == ([f"does not parse: {error.msg}"] if error else [])


def test_each_refused_statement_costs_only_itself():
    """It is named with its line, and what stands around it counts."""
    extraction = extracted("def f(): return 1\nreturn 2\ndef g(a, a): return 3\ndef h(): return 4")
    assert list(extraction.found) == ["f", "h"]
    assert [(left.line, left.names) for left in extraction.skipped] == [(2, frozenset()), (3, {"g"})]


@pytest.mark.parametrize("name", ["µ", "Ω", "𝛼", "ﬁ", "x１", "ª", "ſ", "f_µ", "é", "e\N{COMBINING ACUTE ACCENT}"])
def test_names_are_compared_as_python_compares_them(name):
    """In the spelling that Python's own parser makes of them, wherever they stand."""
    cell = f"def {name}(x):\n    return x + k{name}\nk{name} = 2\nclass C{name}: pass\nf = lambda: {name}(1)"
    (normal,) = [node.id for node in ast.walk(ast.parse(name)) if isinstance(node, ast.Name)]
    assert list(extracted(cell).found) == [normal, f"k{normal}", f"C{normal}", "f"]
    assert sliced("f", cell)() == 3
    assert sliced(normal, cell)(1) == 3


def test_a_future_statement_holds_from_there_on():
    """For the statements below it in its own cell, as for those of later cells."""
    cell = "'A text.'\nfrom __future__ import annotations, division\ndef f(a: b): return c(a)"
    assert sliced("f", cell).__annotations__ == {"a": "b"}
    assert sliced("g", cell, "def g(a: b): return c(a)").__annotations__ == {"a": "b"}
