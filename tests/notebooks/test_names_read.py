"""Which names a statement takes from the top level: as it runs, and when a function that it makes is called."""

import ast
import contextlib
from types import CodeType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.names_read import Reads, reads
from tests.notebooks.sample_notebooks import extracted

RANDOM_STATE = "the random state"


def names(statement: str) -> tuple[str, str]:
    """What a statement reads now and later, each as words in alphabetical order."""
    found = reads(compile(statement, "cell 1", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
    return " ".join(sorted(found.now)), " ".join(sorted(found.later))


@pytest.mark.parametrize(
    ("statement", "now", "later"),
    [
        ("x = a + b.c[d]", "a b d", ""),
        ("x += a", "a x", ""),
        ("del x", "x", ""),
        ("global x; x = a", "a", ""),
        ("def f(p=a):\n    y = b\n    return p + y + c", "a", "b c"),
        ("@a\ndef f(): pass", "a", ""),
        ("f = lambda p, q=a: p + q + b", "a", "b"),
        ("def f():\n    global n\n    n = a", "", "a"),
        ("def f():\n    global n\n    n += 1", "", "n"),
        ("def f():\n    global n\n    del n", "", "n"),
        (
            "def f():\n    x = a\n    def g():\n        nonlocal x\n        x = b\n        return x\n    return g",
            "",
            "a b",
        ),
        ("def f():\n    if (y := a) > y: return y", "", "a"),
        ("def f():\n    import m\n    for i in a: m(i)\n    with b as c: return c", "", "a b"),
        ("def f():\n    try: a()\n    except E as e: return e", "", "E a"),
        ("def f(x):\n    match x:\n        case [y, *z] if a: return y, z\n        case C(k=v): return v", "", "C a"),
        ("async def f():\n    async for i in a: await b(i)", "", "a b"),
        ("def f(): return [x + a for x in b if c]", "", "a b c"),
        ("x = [i + a for i in b if c for j in i]", "a b c", ""),
        ("x = {i: a for i in b}, {i for i in c}, (i + d for i in e)", "a b c d e", ""),
        ("x = [lambda: i + a for i in b]", "b", "a"),
        ("x = [y := a for i in b] + [y]", "a b y", ""),
        ("x = f'{a:{b}} {c!r}'", "a b c", ""),
        ("class C(a, k=b):\n    n = c", "a b c", ""),
        ("class C:\n    n = a\n    m = n\n    def f(self, p=n): return n + b", "a", "b n"),
        ("class C:\n    x = x", "x", ""),
        ("class C:\n    n = 2\n    m = [n for i in a]", "a n", ""),
        ("class C:\n    def f(self): return super().f() + __class__", "", "super"),
        ("class C:\n    def f(self): return __x", "", "_C__x"),
        ("def f():\n    class C(a):\n        n = b\n        m = n\n    return C", "", "a b"),
        ("if a:\n    def f(): return b\nelif c: pass\nelse: import d", "a c", "b"),
        ("x = await a", "a", ""),
        ("assert a, b", "a b", ""),
        ("'a text'", "", ""),
        ("import a.b as c, d", "", ""),
    ],
)
def test_scopes(statement, now, later):
    """A name is looked up where the language looks it up; bodies of functions read later, all else reads now."""
    assert names(statement) == (now, later)


@pytest.mark.parametrize(
    ("block", "now"),
    [
        ("for i in a:\n    x = i\n    y = x + i", "a"),
        ("for i in a:\n    x = y\n    y = i", "a y"),
        ("for i in a: pass\nelse: b = i", "a"),
        ("for i in a:\n    for j, (k, *l) in b: x = i\n    c = j, k, l, x", "a b x"),
        ("while a:\n    x = b\nelse: c = x", "a b x"),
        ("while True:\n    x = a\n    if x: break", "a"),
        ("if a: x = 1\nelse: y = x", "a x"),
        ("if a:\n    if b: x = 1\n    else: x = 2\n    y = x", "a b"),
        ("if a:\n    if b: x = 1\n    y = x", "a b x"),
        ("with a as x: y = x", "a"),
        ("with a as x:\n    with b: y = x\n    z = y", "a b y"),
        ("try: x = a()\nexcept E: y = x", "E a x"),
        ("try: x = a()\nexcept E as e: y = e\nelse: z = x", "E a"),
        ("try: x = a()\nfinally: y = x", "a x"),
        ("for i in a:\n    try: x = b(i)\n    except E: c(i)\n    d(x)", "E a b c d x"),
        ("for i in a:\n    try: x = b(i)\n    except E: continue\n    d(x)", "E a b d"),
        ("match a:\n    case [x, y]: z = x\n    case _: z = y", "a y"),
        ("if (n := a) > 1: x = n", "a"),
        ("if a:\n    n = 1\n    class C: m = n", "a"),
        ("if a:\n    n = 1\n    x = [n + i for i in b]", "a b"),
        ("if a:\n    del x\n    x = 1", "a x"),
        ("class C:\n    if a: n = 1\n    m = n", "a n"),
    ],
)
def test_what_a_block_binds_itself(block, now):
    """A name is the block's own where it is bound whichever way the block was gone through, each loop once at least."""
    assert names(block)[0] == now


@pytest.mark.parametrize("many", [10, 130, 300, 70_000])
def test_statements_with_many_names(many):
    """The number of a name may take more than one byte."""
    called = ", ".join(f"n{i}" for i in range(many))
    assert set(names(f"x = [{called}]")[0].split()) == {f"n{i}" for i in range(many)}
    assert set(names(f"def f(): return [{called}]")[1].split()) == {f"n{i}" for i in range(many)}


def reads_of(*cells: str) -> Reads:
    """What the last statement of a notebook reads."""
    return extracted(*cells).units[-1].reads


def test_the_random_state():
    """Whatever mentions something called random reads the random state; what sets it does not."""
    assert RANDOM_STATE in reads_of("x = np.random.rand(3)").now
    assert RANDOM_STATE in reads_of("def f(): return np.random.rand(3)").later
    assert RANDOM_STATE not in reads_of("np.random.seed(1)").now
    assert RANDOM_STATE not in reads_of("x = rand(3)").now
    assert RANDOM_STATE not in reads_of("import random").now


@pytest.mark.parametrize("future", ["", "from __future__ import annotations"])
def test_annotations(future):
    """They are read, also where they stay texts, which others may look up; a class may name itself in them."""
    found = reads_of(future, "class C:\n    x: a\n    def f(self, p: b = c) -> d: pass")
    assert found.now | found.later == {"a", "b", "c", "d"}
    assert "C" not in reads_of("from __future__ import annotations", "class C:\n    def f(self) -> C: pass").now


class Anything:
    """Takes every operation and gives itself, so that any statement runs; true and false in turn."""

    turns = 0

    def __call__(self, *args: Any, **kwargs: Any) -> "Anything":
        return self

    __getattr__ = __getitem__ = __add__ = __iadd__ = __enter__ = __call__

    def __exit__(self, *args: object) -> bool:
        return bool(self)

    def __bool__(self) -> bool:
        Anything.turns += 1
        return Anything.turns % 3 == 0

    def __iter__(self) -> Any:
        return iter([self] * (1 + Anything.turns % 2))


class Watched(dict[str, Any]):
    """A namespace that notes which names were looked up before they were bound, and has Anything for them."""

    def __init__(self) -> None:
        super().__init__(
            __name__="watched", __builtins__={"__build_class__": __build_class__, "__import__": __import__}
        )
        self.looked_up: set[str] = set()
        self.bound: set[str] = set()

    def __setitem__(self, name: str, value: Any) -> None:
        self.bound.add(name)
        super().__setitem__(name, value)

    def __getitem__(self, name: str) -> Any:
        if name not in self.bound:
            self.looked_up.add(name)
        return self.get(name, KeyError if name == "E" else ANYTHING)


ANYTHING = Anything()
SIMPLE = ["{n} = {e}", "{n} = {n} = {e}", "{n} += {e}", "({n} := {e})", "del {n}", "raise E", "{e}"]
BLOCKS = [
    "if {e}:{b}\nelse:{b}",
    "for {n} in {e}:{b}\n    if {e}: break{b}",
    "try:{b}\nexcept E as {n}:{b}\nelse:{b}\nfinally:{b}",
    "with {e} as {n}:{b}",
    "class {n}(O):{b}",
]
EXPRESSIONS = ["{n}", "{n}", "({e} + {e})", "[{e} for {n} in {n}]", "({e} if {e} else {e})", "({n} and {n}.q)"]
EXPRESSIONS += ["{n}(lambda {n}, p={e}: {e})"]


def filled(draw: st.DrawFn, forms: list[str], depth: int) -> str:
    """One of the forms, with names, expressions and, indented, statements in the places for them."""
    form = draw(st.sampled_from(forms))
    while "{" in form:
        place = form[form.index("{") :][:3]
        form = form.replace(place, filling(draw, place, depth), 1)
    return form


def filling(draw: st.DrawFn, place: str, depth: int) -> str:
    if place == "{n}":
        return draw(st.sampled_from("abcxy"))
    if place == "{e}":
        return filled(draw, EXPRESSIONS if depth else EXPRESSIONS[:1], max(depth - 1, 0))
    lines = [
        filled(draw, SIMPLE + BLOCKS if depth else SIMPLE, max(depth - 1, 0)) for _ in range(draw(st.integers(1, 2)))
    ]
    return "\n" + "\n".join("    " + line for line in "\n".join(lines).split("\n"))


STATEMENTS = st.composite(filled)(SIMPLE + BLOCKS + BLOCKS, 3)


@given(STATEMENTS, st.integers(0, 2))
def test_whatever_a_running_statement_looks_up_is_read(statement, turns):
    """Run in a namespace that has everything and notes what it is asked for, no statement asks for anything else."""
    Anything.turns = turns
    namespace = Watched()
    code: CodeType = compile(statement, "cell 1", "exec")
    with contextlib.suppress(Exception):
        exec(code, namespace)
    assert namespace.looked_up <= reads(code).now | {"O"}
