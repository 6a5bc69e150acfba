"""What is found, what is left out and why."""

import sys

import pytest

from grader.notebooks import Binding, ImportedModule, extract
from tests.notebooks.sample_notebooks import extracted, load, notebook, reasons


def kinds(*sources: str) -> dict[str, str]:
    """The kind of each name that the cells bind."""
    return {name: binding.kind for name, binding in extracted(*sources).found.items()}


def test_kinds_of_names():
    """Functions, classes, imports and values are told apart; a named lambda is a function."""
    cell = "import numpy as np, os.path\nfrom m import a as b\nx = 1\nf = lambda: 0\nclass C: pass\nasync def g(): pass"
    assert kinds(cell) == {
        "np": "import",
        "os": "import",
        "b": "import",
        "x": "value",
        "f": "function",
        "C": "class",
        "g": "function",
    }


def test_where_a_name_was_bound_last():
    """The binding says the cell by Jupyter's number and by its place, and the lines in it."""
    found = extracted("f = 1", "", "# f\n@staticmethod\ndef f():\n\n    return 1\n").found
    assert found["f"] == Binding("f", "function", cell=2, index=2, line=3, end_line=5, stub=False)


def test_names_in_functions_are_not_found():
    """Only the top level counts, with the blocks in it."""
    cell = "def f(a):\n    b = 1\n    def g(): pass\nif f:\n    c = 1\n[d for d in 'ab']\nx.y = 1\nx[0] = 2\ne: int"
    assert list(kinds(cell)) == ["f", "c"]


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "return",
        "return None",
        "raise NotImplementedError",
        "raise NotImplementedError()",
        "'''Only a docstring.'''",
        "'''Doc.'''\n    # YOUR CODE HERE\n    raise NotImplementedError('to do')",
    ],
)
def test_stubs(body):
    """A function that nobody has written yet is marked."""
    assert extracted(f"def f(x):\n    {body}").found["f"].stub


@pytest.mark.parametrize(
    "body", ["return 0", "x += 1", "raise ValueError", "print(x)", "pass\n    return x", "return []"]
)
def test_what_is_no_stub(body):
    """A function that does anything is not."""
    assert not extracted(f"def f(x):\n    {body}").found["f"].stub


def test_lambda_stubs():
    """A lambda that gives None is a stub."""
    assert [extracted(f"f = lambda x: {body}").found["f"].stub for body in ("None", "x")] == [True, False]


def test_modules():
    """Every module that a top-level statement imports, with star imports marked."""
    cell = "import numpy as np, matplotlib.pyplot as plt\nfrom testCases import *\ndef f():\n    import inner"
    assert extracted(cell).modules == (
        ImportedModule("numpy", 1, 1, False),
        ImportedModule("matplotlib.pyplot", 1, 1, False),
        ImportedModule("testCases", 1, 2, True),
    )


def test_modules_in_blocks():
    """An import that is tried counts too."""
    modules = extracted("try:\n    import cupy, jax\nexcept ImportError:\n    pass").modules
    assert [module.name for module in modules] == ["cupy", "jax"]


def test_a_cell_that_does_not_parse():
    """It is named with its line; the others count."""
    cells = ["def f():\n    return 1", "x = 1\ndef g(:\n    pass", "def h():\n    return f()"]
    assert reasons(*cells) == [(2, 2, "does not parse: invalid syntax")]
    assert load(extracted(*cells), "h")() == 1


@pytest.mark.parametrize(
    "cell",
    [
        "def f(): pass\nreturn 1",
        "def f(a, a): pass",
        "def f(a):\n    global a",
        "def f(): pass\nbreak",
        "def f():\n    nonlocal z",
    ],
)
def test_cells_that_only_the_compiler_refuses(cell):
    """As in Jupyter, the statements above one that is refused count; it is named itself."""
    assert list(kinds(cell)) == ["f"] * cell.startswith("def f(): pass")
    assert reasons(cell)[0][2].startswith("does not parse: ")


@pytest.mark.parametrize(
    "line", ["print 'a'", "print x", "exec 'a'", "raise ValueError, 'a'", "x = 0777", "x = 10L", "x = `a`", "a <> b"]
)
def test_python_2(line):
    """A cell in Python 2 is left out, with a hint."""
    cells = ["def f():\n    return 1", f"x = 1\n{line}"]
    ((cell, at, reason),) = reasons(*cells)
    assert (cell, at, reason.endswith("(Python 2)")) == (2, 2, True)
    assert kinds(*cells) == {"f": "function"}


def test_python_2_notebooks():
    """The recorded language is a hint where the line itself is none."""
    metadata = {"language_info": {"name": "python", "version": "2.7.13"}}
    assert reasons("x = (", metadata=metadata)[0][2].endswith("(the notebook is for Python 2)")


def test_syntax_newer_than_this_python():
    """A notebook of a newer Python is told so."""
    metadata = {"language_info": {"name": "python", "version": "3.99.0"}}
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert reasons("x = new ?? syntax", metadata=metadata)[0][2].endswith(f"(written for Python 3.99, this is {here})")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python has the syntax")
@pytest.mark.parametrize("cell", ["type X = int", "def f[T](x): return x", "class A[T]: pass"])
def test_newer_syntax_without_a_recorded_version(cell):
    """Where the line looks like newer Python, that is said."""
    assert "perhaps newer than this Python" in reasons(cell)[0][2]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="needs the syntax")
def test_type_parameters():
    """Where this Python has the newer syntax, its names count."""
    cell = "type X = int\ndef f[T: X](x: T) -> T:\n    return x"
    assert kinds(cell) == {"X": "value", "f": "function"}
    assert [unit.line for unit in extracted(cell).program("f").units] == [1, 2]


def test_code_that_only_runs_is_listed_once_per_cell():
    """Prints, plots, loops: one entry, at the first of them."""
    cell = "def f():\n    pass\nprint(f())\nfor i in range(3):\n    f()\nplt.show()"
    assert reasons(cell) == [(1, 3, "runs code: not needed for grading")]


@pytest.mark.parametrize(
    "cell", ["'''A text.'''", "# comment", "pass", "x = 1", "x = f()", "if x:\n    def f(): pass", "import a"]
)
def test_what_is_not_listed(cell):
    """Definitions, values, texts and comments are not left out."""
    assert reasons(cell) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 5_000 + ")" * 5_000,
        "x = " + "-" * 20_000 + "1",
        "x = " + "[" * 90 + "]" * 90,
        "x = " + "+".join(["a"] * 20_000),
        "x = a" + ".b" * 20_000,
        "f = " + "lambda: " * 3_000 + "0",
        "if a: pass\n" + "elif a: pass\n" * 3_000,
        "\n".join(" " * depth + "if a:" for depth in range(200)),
        "a\0b",
        "\0",
        "x = '\\ud800'\ny = '\udcff'",
        "\f\v\x1c x = 1",
        "%%time\n" * 3_000,
        "%" * 10_000,
        "?" * 10_000,
        "'" * 9_999,
        '"""' * 3_333 + "?",
        "x = \\\n" * 5_000,
        "from __future__ import *",
        "import __future__",
        "from .__future__ import annotations",
        "from __future__ import no_such_thing",
        "await x\nasync with a as b: pass",
    ],
    ids=lambda source: repr(source[:12]),
)
def test_hostile_cells(source):
    """Whatever stands in a cell, the others count, and every slice can be asked for."""
    cells = notebook(source, "def f():\n    return 1", source)
    extraction = extract(cells)
    for name in extraction.found:
        extraction.program(name)
    extraction.source()
    assert load(extraction, "f")() == 1


def test_warnings_are_neither_shown_nor_raised(recwarn):
    """An invalid escape is the student's affair."""
    cell = "s = '\\d'\ndef f():\n    assert (1, 'always true')\n    return s is 'x'"
    [unit.code for unit in extracted(cell).program("f").units]
    assert [str(warning.message) for warning in recwarn] == []


def test_top_level_await():
    """Jupyter allows it, so the cell's names count."""
    assert list(kinds("async def g():\n    return 1\nx = await g()")) == ["g", "x"]


def test_long_chains_of_statements():
    """A slice through thousands of statements needs no recursion, in either direction."""
    forward = "\n".join(f"x{n} = x{n - 1}" for n in range(1, 3_000))
    backward = "\n".join(f"y{n} = y{n + 1}" for n in range(3_000))
    extraction = extracted("x0 = 1", forward, backward, "y3000 = 2")
    assert (load(extraction, "x2999"), load(extraction, "y0")) == (1, 2)


def test_what_is_left_out_has_a_kind():
    """So that nobody has to read the sentence beside it."""
    cells = ["f(", "!ls\n%magic\nf?\nx = !ls\n,f x\nf(x)", "%%time\nx = 1", "%%bash\nls"]
    kinds = [(left.cell, left.line, str(left.kind)) for left in extracted(*cells).skipped]
    assert kinds == [
        (1, 1, "syntax"),
        (2, 1, "shell"),
        (2, 2, "magic"),
        (2, 3, "help"),
        (2, 4, "magic_result"),
        (2, 5, "magic"),
        (2, 6, "runs_code"),
        (3, 1, "cell_magic"),
        (4, 1, "cell_magic"),
    ]
