"""What holds for every notebook: extraction never breaks, and a slice gives what the whole notebook gives."""

import builtins
import contextlib
import io
import json
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from grader.notebooks import Extraction, Unreadable, extract, read_cells
from tests.notebooks.sample_notebooks import extracted, ipynb, load

SUFFIXES = st.sampled_from([".ipynb", ".py"])
KEYS = st.sampled_from(
    ["cells", "worksheets", "cell_type", "source", "input", "metadata", "grader", "assignment", "name"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("code"),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS | st.text(max_size=3), inner),
)
PIECES = [
    "x",
    "f",
    "=",
    "(",
    ")",
    "[",
    "]",
    "def f(a):",
    "return",
    "lambda:",
    ":=",
    "for x in",
    ":",
    "global f",
    "import x",
]
PIECES += [
    "from x import *",
    "%time",
    "%%time",
    "!ls",
    "?",
    "\n",
    "\n",
    "\n",
    "    ",
    "'",
    '"""',
    "\\",
    "\t",
    "#",
    "é",
    "\0",
]
PIECES += [
    "class A:",
    "del x",
    "@x",
    "+=",
    "with x as f:",
    "try:",
    "except:",
    "print 'a'",
    "1",
    ",",
    "*",
    ";",
    "await",
    "{",
    "}",
]
CELL = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join)


def use(extraction: Extraction) -> None:
    """Ask for all that can be asked for; the source must be Python."""
    for name in [*extraction.found, "unheard_of"]:
        for unit in extraction.program(name).units:
            assert unit.code.co_filename == f"cell {unit.cell}"
    compile(extraction.source(), "source", "exec", 0x2000)  # a cell may await at top level


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()), SUFFIXES)
def test_any_bytes_are_read_or_unreadable(data, suffix):
    """Whatever the bytes are, they are cells or Unreadable."""
    with contextlib.suppress(Unreadable):
        use(extract(read_cells(data, suffix)))


@given(st.data())
def test_damaged_notebooks_are_read_or_unreadable(data):
    """A notebook with a stretch of its bytes replaced is no different."""
    whole = ipynb("def f(x):\n    return x", "%matplotlib inline\ny = f(1)")
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    with contextlib.suppress(Unreadable):
        use(extract(read_cells(whole[:start] + data.draw(st.binary(max_size=9)) + whole[end:], ".ipynb")))


@given(st.lists(CELL | st.text(), max_size=4))
def test_any_cells_can_be_sliced(cells):
    """Whatever stands in the cells, each name's slice compiles, and so does the source."""
    use(extracted(*cells))


@given(st.lists(CELL, min_size=1, max_size=3))
def test_a_broken_cell_costs_only_itself(cells):
    """A function in a cell of its own is found beside whatever else there is, unless that binds its name too."""
    extraction = extracted("def kept():\n    return 1", *cells)
    assert extraction.found["kept"].cell == 1
    assert load(extracted("def kept():\n    return 1", *(cell for cell in cells if "*" not in cell)), "kept")() == 1


VALUES, FUNCTIONS, LISTS = ["a", "b", "c"], ["f", "g", "h"], ["L", "M"]
TERMS = st.sampled_from([*VALUES, *(f"{name}()" for name in FUNCTIONS), *(f"len({name})" for name in LISTS), "1", "2"])
EXPRESSIONS = st.lists(TERMS, min_size=1, max_size=2).map(" + ".join)
value, function, a_list = st.sampled_from(VALUES), st.sampled_from(FUNCTIONS), st.sampled_from(LISTS)
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, value, EXPRESSIONS),
    st.builds("{} += {}".format, value, EXPRESSIONS),
    st.builds("{} = [{}]".format, a_list, EXPRESSIONS),
    st.builds("{}.append({})".format, a_list, EXPRESSIONS),
    st.builds("{}[0] = {}".format, a_list, EXPRESSIONS),
    st.builds("def {}():\n    return {}".format, function, EXPRESSIONS),
    st.builds("def {}(n={}):\n    return n + {}".format, function, EXPRESSIONS, EXPRESSIONS),
    st.builds("def {0}():\n    {1} = 5\n    return {1} + {2}".format, function, value, EXPRESSIONS),
    st.builds("{} = {}".format, function, function),
    st.builds("{} = lambda: {}".format, function, EXPRESSIONS),
    st.builds("for {} in range(3):\n    {} = {}".format, value, value, EXPRESSIONS),
    st.builds("if {} > 3:\n    {} = {}".format, EXPRESSIONS, value, EXPRESSIONS),
    st.builds("{}, {} = {}, {}".format, value, value, EXPRESSIONS, EXPRESSIONS),
    st.builds("{} = [{} for {} in range(2)]".format, a_list, EXPRESSIONS, value),
    st.builds("del {}".format, value | function),
    st.builds("class C:\n    {} = {}\n{} = lambda: C.{}".format, value, EXPRESSIONS, function, st.just("__name__")),
)


def outcome(function: Any) -> Any:
    """What the call gives, or the kind of its error."""
    try:
        return function()
    except (NameError, RecursionError, TypeError, IndexError) as error:
        return type(error)


@given(st.lists(STATEMENTS, min_size=1, max_size=14))
@example(["b = 1", "def g():\n    return b", "f = g", "del b"])
@example(["a = 1", "def f():\n    return a", "b = f()", "a = b + f()", "def g():\n    return a + b"])
def test_a_slice_gives_what_the_whole_notebook_gives(statements):
    """Each function's slice, run alone, gives what the function gives after the whole notebook was run."""
    whole: dict[str, Any] = {"__builtins__": builtins}
    cells = []
    for statement in statements:
        before = dict(whole)
        try:
            exec(statement, whole)
            cells.append(statement)
        except (NameError, RecursionError, TypeError, IndexError):
            assume(before == whole)  # a statement that failed halfway has done something all the same
    extraction = extracted(*cells)
    assert whole.keys() - {"__builtins__"} <= extraction.found.keys()
    for name in FUNCTIONS:
        if name in whole:
            assert outcome(load(extraction, name)) == outcome(whole[name])


HELPERS = """\
import heapq, operator, random
import numpy as np

def put(target, value):
    target.append(value)

def put_by_another(target, value):
    if value is not None:
        put(target, value)

def turned(target):
    target.reverse()
    return target

def joined(one, other):
    one.extend(other)
    return one, other

def apply(do, target):
    return do(target, 7)

def apply_to_each(do, targets):
    for target in targets:
        do(target)

def set_a():
    global a
    a = 9

def through_default(value, kept=[]):
    kept.append(value)
    return kept

class Bag:
    seen = []
    def __init__(self, items):
        self.items = items
    def add(self, value):
        self.items.append(value)
        self.seen.append(value)
        return self

def counter():
    count = [0]
    def tick():
        count[0] += 1
        return count[0]
    return tick

def count_calls(function):
    def counted(*args):
        calls.append(1)
        return function(*args)
    return counted

calls = []
L, M, a, b, c = [1], [2, 3], 1, 2, 3
bag, tick, table, array = Bag([4]), counter(), {"k": [5]}, np.zeros(3)
"""
SHARED = ["L", "M", "bag.items", "table['k']", "Bag.seen", "calls"]
shared = st.sampled_from(SHARED)
READ = [f"repr({name})" for name in [*SHARED, "list(table)", "array.tolist()"]] + [
    "str(a)",
    "str(tick)[:9]",
]
CHANGES = st.one_of(
    st.builds(
        "{}({}, {})".format, st.sampled_from(["put", "put_by_another", "list.append"]), shared, st.sampled_from("123")
    ),
    st.builds("c = len(turned({}))".format, shared),
    st.builds("_ = joined({}, {})".format, shared, st.sampled_from(["[6]", "[6, 7]", "list(M)"])),
    st.builds("{} = {}".format, st.sampled_from(["L", "M", "N", "bag.items", "table['k']"]), shared),
    st.builds("N = {}".format, shared) | st.builds("N = [{}, {}]".format, shared, shared),
    st.builds("for one in [{}, {}]: one.append(8)".format, shared, shared),
    st.builds("[{}.append(i) for i in range(2)]".format, shared),
    st.builds(
        "apply({}, {})".format,
        st.sampled_from(["put", "list.append", "lambda t, v: t.append(v)", "operator.iadd and put"]),
        shared,
    ),
    st.builds(
        "apply_to_each({}, [{}, {}])".format, st.sampled_from(["turned", "list.reverse", "L.extend"]), shared, shared
    ),
    st.builds("if len({}) > 1: put({}, 0)".format, shared, shared),
    st.builds("while len({0}) < 3: {0}.append(0)".format, shared),
    st.builds("random.seed(1); random.shuffle({})".format, shared),
    st.builds("{}[:1] = [9, 9]".format, shared)
    | st.builds("del {}[:1]".format, shared)
    | st.builds("{} += [3]".format, shared),
    st.builds("heapq.heappush({}, 0)".format, shared) | st.builds("sorted({0}) and {0}.sort()".format, shared),
    st.builds("print({}.pop())".format, shared) | st.builds("assert turned({})".format, shared),
    st.builds("bag = Bag({})".format, shared) | st.builds("setattr(bag, 'items', {})".format, shared),
    st.sampled_from(["bag.add(5)", "bag.add(6).add(7)", "tick()", "first = tick() + tick()", "set_a()", "[set_a()]"]),
    st.sampled_from(
        ["np.fill_diagonal(array.reshape(1, 3), 1)", "np.add.at(array, [0, 0], 1)", "np.add(array, 1, out=array)"]
    ),
    st.sampled_from(
        ["np.add(array, 1, array)", "row = array[1:]", "row = array.reshape(3, 1)", "row[0] = 4", "row += 1"]
    ),
    st.sampled_from(["np.copyto(array, 2)", "array.put(1, 7)", "array[array > 0] = 3", "array = array + 1"]),
    st.sampled_from(["globals()['a'] = 4", "exec('a = 6')", "vars()['L'] = [8]", "globals().update(a=5)"]),
    st.sampled_from(["decorated = count_calls(len)", "decorated([1])", "through_default(3)", "x, *y = joined(L, M)"]),
    st.sampled_from(["@count_calls\ndef inner(): return 1", "inner()", "table.setdefault('z', []).append(1)"]),
    st.sampled_from(
        ["with open(__file__ if 0 else '/dev/null') as file: put(L, 1)", "try: put(M, 1)\nfinally: put(L, 2)"]
    ),
    st.sampled_from(
        ["match L:\n    case [first, *rest]: put(M, first)", "list(map(M.append, [1]))", "any(put(L, i) for i in 'ab')"]
    ),
)
READERS = st.builds("def {}():\n    return {}, {}".format, function, st.sampled_from(READ), st.sampled_from(READ))
FAILURES = (NameError, TypeError, IndexError, AttributeError, ValueError, AssertionError, RecursionError)


@settings(max_examples=300)
@given(st.lists(CHANGES | READERS, min_size=2, max_size=12))
def test_changes_by_calls_are_there(statements):
    """Whatever the notebook has changed, by whatever path, a function's slice has changed."""
    whole: dict[str, Any] = {"__name__": "__main__"}
    exec(HELPERS, whole)
    cells = [HELPERS]
    for statement in statements:
        before = repr(whole)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(statement, whole)
            cells.append(statement)
        except FAILURES:
            assume(before == repr(whole))
    extraction = extracted(*cells)
    for name in FUNCTIONS:
        if name in whole:
            with contextlib.redirect_stdout(io.StringIO()):
                assert outcome(load(extraction, name)) == outcome(whole[name]), [
                    u.text for u in extraction.program(name).units
                ]
