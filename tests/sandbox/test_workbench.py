"""Edits that are tried on a student's function: what they return, where they are, and what the result depends on."""

import ast

import numpy as np
import pytest

from grader.notebooks import extract, read_cells
from grader.sandbox.guest.functions import Given
from grader.sandbox.guest.influence import influential
from grader.sandbox.guest.workbench import Workbench


def nobody(name, args):
    raise AssertionError("nothing is asked for")


def workbench(source, *args, fixed=()):
    """Everything that may be edited of the last function."""
    extraction = extract(read_cells(source.encode(), ".py"))
    name = list(extraction.found)[-1]
    return Workbench(extraction.program(name), Given(args), frozenset(fixed), nobody)


def mending(bench, wanted, *args):
    """The edits with which a call returns what is wanted."""
    tried = bench.tried(range(len(bench)), Given(args), 0)
    numbers = [number for value, several in tried for number in several if np.array_equal(value, wanted)]
    return {tuple(bench.described(number)[1:5]) for number in numbers}


LOOP = """import numpy as np

def total(x):
    s = 0
    for i in range(1, len(x)):
        s = s + x[i]
    return s
"""


def test_an_edit_is_found_by_what_it_returns():
    """The loop begins too late; what stands there and what would is said, with its line."""
    x = np.array([5.0, 2.0, 4.0])
    assert (1, 5, "1", "0") in mending(workbench(LOOP, x), 11.0, x)


def test_one_call_does_not_disturb_the_next():
    """Arguments are copies, and what is not tried stays as it was written."""
    source = "def f(x):\n    x[0] = 7\n    return x\n"
    x = np.zeros(2)
    bench = workbench(source, x)
    assert len(mending(bench, [8, 0], x)) == 1
    assert bench.edited([]).function(np.zeros(2)).tolist() == [7, 0]
    assert x.tolist() == [0, 0]


def test_an_endless_loop_is_left():
    """Other edits are tried, whatever one of them does."""
    source = """def f(n):
    i = 0
    while i < n:
        try:
            i += 1
        except Exception:
            pass
    return i - 1
"""
    assert (1, 8, "i - 1", "i") in mending(workbench(source, 4), 4, 4)


def test_helpers_are_edited_but_for_those_that_are_fixed():
    """An exercise of its own is judged by itself."""
    source = "def half(x):\n    return x / 3\n\ndef f(x):\n    return half(x) + 1\n"
    assert (1, 2, "3", "2") in mending(workbench(source, 8.0), 5.0, 8.0)
    assert not any(line == 2 for _, line, _, _ in mending(workbench(source, 8.0, fixed={"half"}), 5.0, 8.0))


def test_two_edits_can_be_made_at_once():
    """By the tree itself, without branches."""
    source = "def f(x, y):\n    a = x - y\n    return a * 3\n"
    bench = workbench(source, 2, 1)
    numbers = {tuple(bench.described(number)[2:5]): number for number in range(len(bench))}
    both = [numbers[2, "x - y", "x + y"], numbers[3, "3", "2"]]
    assert bench.edited(both).function(2, 1) == 6


def test_every_edit_does_what_it_says():
    """The branch that is taken, and the tree in which the edit is made, return the same."""
    source = """import numpy as np

def f(x, y):
    z = [np.exp(a) for a in x]
    if y > 1:
        z = z[::-1]
    return sum(z) / len(x), x[0:y]
"""
    args = ([0.5, -1.0, 2.0], 2)
    bench = workbench(source, *args)
    by_number = {n: value for value, numbers in bench.tried(range(len(bench)), Given(args), 0) for n in numbers}
    assert len(by_number) > 50
    for number in range(0, len(bench), 7):
        try:
            made = bench.edited([number]).function(*args)
        except Exception:
            made = None
        expected = by_number.get(number, bench.edited([]).function(*args) if made is not None else None)
        assert made is None or repr(made) == repr(expected)


def test_lines_are_those_that_run_and_that_the_result_depends_on():
    """A branch that is not taken, and a value that nobody uses, are none of them."""
    source = """def f(x):
    unused = x + 1
    if x > 0:
        y = x
    else:
        y = -x
    print(unused)
    return y
"""
    bench = workbench(source, 3)
    assert bench.lines([], Given((3,)), 0) == [[1, 3], [1, 4], [1, 8]]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a = x\n    b = a\n    return b", {2, 3, 4}),
        ("a = []\n    a.append(x)\n    return a", {2, 3, 4}),
        ("a = [0]\n    a[0] = x\n    b = 1\n    return a", {2, 3, 5}),
        ("for i in x:\n        if i:\n            break\n        j = i\n    return i", {2, 3, 4, 6}),
    ],
)
def test_what_a_result_depends_on(body, lines):
    """From what is returned back, through names, loops and conditions."""
    (function,) = ast.parse(f"def f(x):\n    {body}").body
    assert {statement.lineno for statement in influential(function)} == lines
