"""A slice runs alone and gives the object that the whole notebook would give, and runs nothing else."""

import builtins
import colorsys
import csv
import difflib
import dis
import fractions
import heapq
import shlex
import statistics
import textwrap
import types
import typing
from pathlib import Path
from unittest import mock

import pytest

from grader.notebooks import extract, read_cells
from tests.notebooks.sample_notebooks import extracted, load, slice_lines, sliced

NEVER = "raise SystemExit('code that no function needs was run')"


def test_helpers_in_other_cells():
    """A function brings the functions that it calls, and those that they call."""
    cells = ["def a():\n    return 1", "def b():\n    return a() + 1", NEVER, "def c():\n    return b() + 1"]
    assert sliced("c", *cells)() == 3


def test_helpers_defined_later():
    """A helper below the function that calls it is there when that is called."""
    assert sliced("f", "def f():\n    return g()", NEVER, "def g():\n    return 5")() == 5


def test_definitions_and_top_level_code_in_one_cell():
    """Only the statements that a function needs are taken from a cell."""
    cell = f"import math\n{NEVER}\nK = 2\ndef f(x):\n    return K * math.floor(x)\nprint(f(2.5))"
    assert slice_lines("f", cell) == [(1, 1), (1, 3), (1, 4)]
    assert sliced("f", cell)(2.5) == 4


def test_the_last_definition_wins():
    """Earlier definitions of the same name are not even run."""
    assert slice_lines("f", "def f():\n    return 1", "def f():\n    return 2") == [(2, 1)]


def test_recursion():
    """A function that calls itself, and two that call each other."""
    assert sliced("f", "def f(n):\n    return n * f(n - 1) if n else 1")(5) == 120
    even = "def even(n):\n    return n == 0 or odd(n - 1)"
    assert sliced("even", even, "def odd(n):\n    return n > 0 and even(n - 1)")(10)


def test_nested_functions_and_closures():
    """An inner function's names are looked up as the language does, and only what is global is needed."""
    cell = "K = 10\nx = missing()\ndef f(x):\n    y = 1\n    def g(z):\n        return x + y + z + K\n    return g"
    assert slice_lines("f", cell) == [(1, 1), (1, 3)]
    assert sliced("f", cell)(1)(2) == 14


def test_decorators():
    """A decorator is run where it stands, with what it needs."""
    cell = "TIMES = 2\ndef twice(f):\n    return lambda x: TIMES * f(x)\n@twice\ndef g(x):\n    return x + 1"
    assert sliced("g", cell)(1) == 4


def test_defaults_are_read_where_they_stand():
    """A default is the value at the definition; the body reads the value at the end."""
    assert sliced("f", "K = 1\ndef f(a=K):\n    return a, K\nK = 2")() == (1, 2)


def test_what_a_default_calls():
    """A function called for a default reads what its names are then."""
    assert sliced("f", "K = 1\ndef g():\n    return K\ndef f(a=g()):\n    return a\nK = 2")() == 1


def test_classes_with_bases_and_methods():
    """A class brings its bases; a method does not see the class's own names."""
    cell = "rate = 5\nclass A:\n    unit = 2\n    def f(self):\n        return rate * self.unit"
    assert sliced("B", cell, NEVER, "class B(A):\n    pass")().f() == 10


def test_a_class_body_reads_its_own_names():
    """What a class body binds is not looked for outside of it."""
    assert slice_lines("A", "n = missing()", "class A:\n    n = 2\n    m = n * 2") == [(2, 1)]


def test_comprehensions_have_their_own_names():
    """The variable of a comprehension is no name of the notebook; its first iterable is read outside."""
    cell = "x = missing()\nxs = [1, 2]\ny = missing()\ndef f():\n    return [x + y for x in xs for y in [x]]"
    assert slice_lines("f", cell) == [(1, 2), (1, 4)]


def test_module_level_constants():
    """Constants come along, in the state of the notebook's end."""
    assert sliced("f", "LR = 0.1", "def f():\n    return LR", "LR = 0.2")() == 0.2


def test_constants_computed_by_a_call():
    """A constant that a function reads is computed; one that none reads is not."""
    cells = ["def table(n):\n    return list(range(n))", "T = table(3)", "U = missing(4)", "def f():\n    return T"]
    assert sliced("f", *cells)() == [0, 1, 2]


def test_constants_that_are_changed():
    """Changes by index, attribute, operator, method and loop belong to the value."""
    cells = [
        "C = {'a': 1}\nL = []\nn = 0",
        "C['b'] = 2\nL.append(1)\nn += 5\nL += [2]",
        "for i in range(2):\n    L.append(i)",
        "def f():\n    return C, L, n, f.scale",
        "f.scale = 3",
    ]
    assert sliced("f", *cells)() == ({"a": 1, "b": 2}, [1, 2, 0, 1], 5, 3)


def test_changes_after_a_new_binding_only():
    """What was done to a value that the name no longer holds is not run."""
    assert slice_lines("f", "L = []\nL.append(1)\nL = [0]\nL.append(2)\ndef f():\n    return L") == [
        (1, 3),
        (1, 4),
        (1, 5),
    ]


def test_methods_of_modules_change_no_value():
    """`plt.clear()` is no change of plt."""
    assert slice_lines("f", "import math as plt\nplt.clear()\nplt.show()\ndef f():\n    return plt.pi") == [
        (1, 1),
        (1, 4),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "f = lambda x: x + 1",
        "def g(x):\n    return x + 1\nf = g",
        "import functools, operator\nf = functools.partial(operator.add, 1)",
        "from operator import add\nf, h = (lambda x: add(x, 1)), None",
        "[f, *rest] = [lambda x: x + 1, 2, 3]",
        "print(f := lambda x: x + 1)",
        "for f in [abs, lambda x: x + 1]:\n    pass",
        "import contextlib\nwith contextlib.nullcontext(lambda x: x + 1) as f:\n    pass",
        "try:\n    import no_such_module\nexcept ImportError:\n    def f(x):\n        return x + 1",
        "if True:\n    def f(x):\n        return x + 1\nelse:\n    f = None",
        "class Add:\n    def __call__(self, x):\n        return x + 1\nf = Add()",
        "match 3:\n    case 3:\n        f = lambda x: x + 1",
        "f: object = lambda x: x + 1",
        "def f(x):\n    return 0\ndef f(x):\n    return x + 1\nf = f",
        "while True:\n    f = lambda x: x + 1\n    break",
        "from builtins import *\nfrom operator import add\ndef f(x):\n    return sum([x, 1])",
        "h = {}\nh['f'] = lambda x: x + 1\nf = h['f']",
        "[f := (lambda x, k=k: x + k) for k in (5, 1)]",
        "def make():\n    global f\n    f = lambda x: x + 1\nmake()",
    ],
)
def test_whatever_a_name_ends_up_bound_to(cell):
    """Every way in which Python binds a name at top level counts."""
    assert sliced("f", NEVER, cell, NEVER)(2) == 3


def test_parts_of_an_unpacking():
    """One target of several brings the whole statement."""
    assert sliced("f", "(a, b), c = (1, 2), 3\ndef f():\n    return b")() == 2


def test_loop_variables_do_not_bring_other_loops():
    """Loops share their variables' names, but each sets its own before it reads it."""
    training = "for i in range(10):\n    missing(i)"
    cells = [training, "total = 0\nfor i in range(4):\n    total += i", training, "def f():\n    return total"]
    assert sliced("f", *cells)() == 6


def test_a_deleted_name_is_gone():
    """After `del` there is nothing that a function could read."""
    extraction = extracted("def g():\n    return 1", "del g", "def f():\n    return g()")
    assert list(extraction.found) == ["f"]
    with pytest.raises(NameError, match="g"):
        load(extraction, "f")()


def test_a_name_deleted_where_a_block_bound_it():
    """A deletion within a block takes away what the block bound, not what may stay from before it."""
    assert list(extracted("x = 1", "for k in 'ab':\n    y = k\n    del y, x").found) == ["x", "k"]


def test_star_imports():
    """A star import comes along with every slice: nobody knows what it binds."""
    assert sliced("f", "from math import *", "def f(x):\n    return sqrt(x)")(9.0) == 3.0


def test_star_imports_before_a_definition_do_not_hide_it():
    """A definition after the star import is the one that counts."""
    assert slice_lines("sqrt", "from math import *", "def sqrt(x):\n    return 1") == [(2, 1)]


def test_star_imports_may_shadow_builtins():
    """`pow` after `from math import *` is math's."""
    assert isinstance(sliced("f", "from math import *", "def f():\n    return pow(2, 3)")(), float)


def test_cells_run_out_of_order():
    """What is bound only further down is run before the statement that reads it."""
    cells = [
        "T = table(START)",
        "def f():\n    return T",
        "STEP = 2\ndef table(n):\n    return [n, n + STEP]",
        "START = 5",
    ]
    assert sliced("f", *cells)() == [5, 7]


def test_helpers_of_helpers_in_cells_run_out_of_order():
    """So is a function below that is needed by a call further up, through another."""
    cells = [
        "def f():\n    return g()",
        "T = f()",
        "def g():\n    return h()",
        "def h():\n    return 3",
        "def k():\n    return T",
    ]
    assert sliced("k", *cells)() == 3


def test_statements_keep_their_order_where_it_works():
    """A name that a called function could read, but does not yet, moves no statement."""
    cells = [
        "class Node:\n    def parent(self):\n        return root",
        "class Root(Node):\n    pass",
        "root = Root()",
        "first = Node()\nlater = [first]",
        "def f():\n    return first.parent(), later",
    ]
    assert slice_lines("f", *cells) == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (5, 1)]


MODULES = [colorsys, csv, difflib, fractions, heapq, shlex, statistics, textwrap, typing, mock]


def names_looked_up(code: types.CodeType) -> set[str]:
    """The global names that compiled code reads, by its instructions."""
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    own = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    return own.union(*map(names_looked_up, inner))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_slices_of_large_programs(module):
    """Each function of a module of the standard library finds all that its instructions look up, in its slice alone."""
    extraction = extract(read_cells(Path(module.__file__).read_bytes(), ".py"))
    for name, binding in extraction.found.items():
        if binding.kind != "function" or name not in vars(module):
            continue
        units = extraction.program(name).units
        namespace = {"__name__": module.__name__, "__spec__": module.__spec__}
        for unit in units:
            exec(unit.code, namespace)
        looked_up = set().union(*(names_looked_up(unit.code) for unit in units))
        assert looked_up & vars(module).keys() <= namespace.keys() | vars(builtins).keys()


def test_builtins_are_not_looked_for_further_down():
    """A later variable named `sum` does not spoil an earlier use of the builtin."""
    assert sliced("f", "T = sum([1, 2])\ndef f():\n    return T", "sum = 0")() == 3


def test_seeds_inside_functions():
    """A function that seeds the generator itself is left as it is."""
    cell = "import random\ndef f():\n    random.seed(3)\n    return random.random()"
    function = sliced("f", cell)
    assert function() == function()


def test_seeds_before_a_random_constant():
    """A random constant is drawn after the seed that stands before it, and after no other."""
    cells = [
        "import random\nrandom.seed(1)",
        "random.seed(2)\nW = random.random()",
        "random.seed(3)",
        "def f():\n    return W",
    ]
    assert slice_lines("f", *cells) == [(1, 1), (2, 1), (2, 2), (4, 1)]
    assert sliced("f", *cells)() == sliced("f", *cells)()


def test_seeds_at_top_level_are_not_needed_by_functions():
    """A function that draws when called does not depend on a seed at top level."""
    assert slice_lines("f", "import random\nrandom.seed(1)\ndef f():\n    return random.random()") == [(1, 1), (1, 3)]


def test_missing_modules_cost_only_what_needs_them():
    """One import statement with several names is several units."""
    cells = [
        "import math, no_such_module\nfrom math import sqrt, no_such_name",
        "def f():\n    return math.pi, sqrt(4)",
    ]
    assert sliced("f", *cells)()[1] == 2
    with pytest.raises(ModuleNotFoundError):
        load(extracted(*cells, "def g():\n    return no_such_module.x"), "g")


def test_units_name_the_modules_that_they_import():
    """So that whoever runs them can say which module a function lacks."""
    units = extracted(
        "import os.path as p, sys\nfrom helper import *\nfrom .a import b\ndef f():\n    return p, b"
    ).program("f")
    assert [(unit.kind, unit.binds, unit.modules) for unit in units.units] == [
        ("import", ("p",), ("os.path",)),
        ("star", (), ("helper",)),
        ("import", ("b",), (".a",)),
        ("function", ("f",), ()),
    ]


def test_submodules_add_up():
    """Each import of a submodule adds to the package's name."""
    assert sliced("f", "import os.path\nimport xml.dom\nimport xml.sax", "def f():\n    return xml.dom, xml.sax")()


def test_future_statements_hold_for_later_cells():
    """As in Jupyter, `from __future__ import annotations` holds from there on."""
    assert sliced("f", "from __future__ import annotations", "def f(x: missing) -> nowhere:\n    return 1")(0) == 1


def test_line_numbers_in_tracebacks():
    """A unit's code carries the cell's number and its own lines."""
    function = sliced("f", "a = 1", "%magic\n\ndef f():\n    return 1")
    assert (function.__code__.co_filename, function.__code__.co_firstlineno) == ("cell 2", 3)


def test_units_run_with_the_notebooks_flags_alone():
    """The future statements of this project's own modules do not leak into a student's code."""
    assert sliced("f", "def f(x: 1):\n    pass").__annotations__ == {"x": 1}


def test_names_that_nothing_binds():
    """Such a name needs the star imports alone, which may bring it."""
    assert slice_lines("g", "from math import *\nimport os", "def f():\n    pass") == [(1, 1)]


def test_each_slice_shares_its_units():
    """A statement that two functions need is the same unit, so it is compiled once."""
    extraction = extracted("K = 1\ndef f():\n    return K\ndef g():\n    return K")
    assert extraction.program("f").units[0] is extraction.program("g").units[0]


def test_global_declarations_in_functions():
    """A function that counts in a global variable needs it."""
    cell = "n = 0\ndef f():\n    global n\n    n += 1\n    return n"
    assert sliced("f", cell)() == 1


def test_top_level_names_of_a_function_that_was_called():
    """A call of a function that declares a name global binds it, whatever it was before."""
    cells = ["W = 0\ndef init():\n    global W\n    W = 7", "init()", "def f():\n    return W"]
    assert sliced("f", *cells)() == 7
