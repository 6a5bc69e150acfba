"""IPython's lines do not hide the definitions beside them, and Python that only looks like them is left alone."""

from symtable import symtable

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from grader.notebooks.magics import without_line_magics
from tests.notebooks.sample_notebooks import extracted, reasons, sliced


def found(*sources: str) -> list[str]:
    """The names that the cells bind."""
    return list(extracted(*sources).found)


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "% matplotlib inline",
        "!pip install 'unclosed",
        "!!ls",
        "!echo (",
        "?print",
        "print?",
        "np.random.randn??",
        "%%unknown",
        "%timeit f(3)",
        "!ls \\\n  -la",
        ",print a b",
        "/print a",
    ],
)
def test_a_line_for_ipython_beside_definitions(line):
    """The definitions around it are found at their own lines."""
    extraction = extracted(f"import math\n{line}\ndef f(x):\n    return math.sqrt(x)")
    assert extraction.found["f"].line == 3 + line.count("\n")


def test_shell_lines_and_magics_are_listed():
    """What was left out is named with its line."""
    assert reasons("%matplotlib inline\n!pip install numpy\na = 1\nprint?") == [
        (1, 1, "magic %matplotlib"),
        (1, 2, "shell line"),
        (1, 4, "help line"),
    ]


def test_indented_magics():
    """A magic that is a block's only line leaves the block whole."""
    assert sliced("f", "if True:\n    %matplotlib inline\ndef f():\n    %time 1\n    return 2")() == 2


def test_time_in_front_of_an_assignment():
    """%time runs its statement, so that binds."""
    assert sliced("x", "%time x = 40 + 2") == 42


def test_prun_with_options():
    """So does %prun, behind its options."""
    assert sliced("x", "%prun -q -s cumulative x = 42") == 42


def test_timeit_binds_nothing():
    """%timeit runs its statement in a scope of its own."""
    assert found("%timeit x = 1", "%%timeit\ny = 2") == []


@pytest.mark.parametrize("source", ["x = !ls", "x = %who_ls", "x =!ls -l \\\n  -a"])
def test_results_of_magics_are_bound(source):
    """The name is bound; its value is not known outside of the notebook."""
    extraction = extracted(source)
    assert list(extraction.found) == ["x"]
    assert extraction.skipped[0].reason == "result of a magic or shell line, taken as None"


@pytest.mark.parametrize("magic", ["time", "capture", "prun", "capture --no-stderr out"])
def test_cell_magics_around_python(magic):
    """The body runs in the notebook's namespace, so its definitions count, lines as they are."""
    assert extracted(f"\n%%{magic}\n%matplotlib inline\ndef f():\n    return 1").found["f"].line == 4


def test_cell_magics_within_each_other():
    """A timed cell may be captured too."""
    assert found("%%capture\n%%time\nx = 1") == ["x"]


@pytest.mark.parametrize("magic", ["bash", "html", "javascript", "latex", "writefile notes.txt", "script perl", "R"])
def test_cell_magics_around_other_languages(magic):
    """The body is no Python, even where it looks like it."""
    extraction = extracted(f"%%{magic}\nx = 1")
    assert list(extraction.found) == []
    assert extraction.skipped[0].reason == f"%%{magic.split()[0]} cell"


def test_written_modules():
    """A cell that writes a file is kept for a later import; the last one wins, an appended one adds."""
    cells = ["%%writefile helper.py\nold = 1\n", "%%file 'helper.py'\na = 1\n", "%%writefile -a helper.py\nb = 2\n"]
    assert extracted(*cells).written == {"helper.py": "a = 1\nb = 2\n"}


@pytest.mark.parametrize("name", ["../helper.py", "/etc/passwd", "a b.py", "$HOME/x.py", "", ".."])
def test_written_paths(name):
    """Only plain file names are kept."""
    assert extracted(f"%%writefile {name}\na = 1").written == {}


@pytest.mark.parametrize("arguments", ["helper.py", "helper", "-i 'helper.py'"])
def test_run_of_a_script(arguments):
    """%run brings the script's names as a star import does."""
    extraction = extracted(f"x = 1\n%run {arguments}\ny = 2")
    assert [(module.name, module.line, module.star) for module in extraction.modules] == [("helper", 2, True)]


@pytest.mark.parametrize("arguments", ["", "../helper.py", "other.ipynb", "1.py", "a.py --fast", "import.py"])
def test_run_of_anything_else(arguments):
    """Any other %run is left out, and the rest of its cell stays."""
    extraction = extracted(f"x = 1\n%run {arguments}\ny = 2")
    assert ([*extraction.found], extraction.modules) == (["x", "y"], ())


@pytest.mark.parametrize("magic", ["%pylab inline", "%run helper.py"])
def test_magics_that_import_within_a_function(magic):
    """A function may not hold a star import, so that there is none."""
    assert sliced("f", f"def f():\n    {magic}\n    return 1")() == 1


def test_pylab():
    """%pylab is an import of NumPy under its names, and of all of them."""
    assert sliced("f", "%pylab inline\ndef f(x):\n    return np.sum(x)")([1, 2]) == 3


VALID = [
    "d = 4\nx = (7\n%d\n)",
    "a, b = 7, 4\nx = (a\n% b)",
    "s = '''\n%matplotlib inline\n!ls\n'''\nx = s",
    'x = """\nwhat?\n"""',
    "a = 5\nx = a \\\n% 3",
    "def f():\n    '''\n    ?help\n    '''\nx = f.__doc__",
    "x = '%s?' % 3  # why?",
    "x = 3 != 4",
]


@pytest.mark.parametrize("source", VALID)
def test_python_that_looks_like_magics(source):
    """A cell that is Python is never altered."""
    whole: dict[str, object] = {}
    exec(source, whole)
    assert extracted(source).skipped == ()
    assert sliced("x", source) == whole["x"]


@pytest.mark.parametrize("source", VALID)
def test_python_that_looks_like_magics_beside_one(source):
    """Nor are its brackets and strings when there is a magic elsewhere in the cell."""
    assert without_line_magics(f"{source}\n%magic")[0] == f"{source}\npass"


def test_an_indented_cell():
    """As in IPython, the first line's indentation is taken off all."""
    assert sliced("f", "    def f():\n        return 1")() == 1


LINES = ["x = 1", "def f(a):", "    !ls", "    return a", "y = !ls", "s = '''", "'''", "z = [1,", "2]", "f?", "%a \\"]


@pytest.mark.parametrize("first", LINES)
@pytest.mark.parametrize("second", LINES)
def test_cells_that_ipython_accepts(first, second):
    """IPython's own transformation is the oracle: what it makes Python of binds the same names here."""
    for third in LINES:
        source = f"{first}\n{second}\n{third}"
        try:
            symbols = symtable(TransformerManager().transform_cell(source), "cell", "exec").get_symbols()
        except SyntaxError:
            continue
        assert set(found(source)) == {symbol.get_name() for symbol in symbols if symbol.is_assigned()}


@pytest.mark.parametrize(
    "cell",
    [
        ">>> def f(x):\n...     return x + 1",
        ">>> def f(x):\n...     return x + 1\n...\n>>> f(1)\n2\n>>> f\n<function f at 0x7f>",
        "In [3]: def f(x):\n   ...:     return x + 1\n   ...:\n\nIn [4]: f(1)\nOut[4]: 2",
        "In[3]: k = 1\nIn [12]: def f(x):\n    ...:     return x + k",
        ">>> def f(x):\n    return x + 1",
        "\n  >>> def f(x):\n  ...     return x + 1",
        ">>> %matplotlib inline\n>>> def f(x):\n...     return x + 1",
        "%%time\n>>> def f(x):\n...     '''\n...     >>> f(1)\n...     '''\n...     return x + 1",
    ],
)
def test_prompts(cell):
    """What was pasted from a console is read without its prompts, and without what the console answered."""
    assert sliced("f", cell)(1) == 2


@pytest.mark.parametrize("cell", ["x = '''\n>>> 1\n'''", "def x():\n    '''\n    >>> f(1)\n    '''", "x = [\n...\n]"])
def test_prompts_in_python(cell):
    """A cell that is Python keeps what looks like a prompt."""
    assert extracted(cell).units[0].text == cell
