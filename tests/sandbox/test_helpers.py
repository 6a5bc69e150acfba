"""Helpers that the parent answers for: the student's own are stood in for, and nothing else can be asked."""

from contextlib import contextmanager

import numpy as np
import pytest

from grader.assignment.vocabulary import Limits
from grader.model import Crashed, Raised, Returned
from grader.sandbox import Job, Session
from grader.sandbox.host.basic import BasicRunner
from grader.sandbox.host.session import MOST_ASKED
from tests.conftest import notebook

DOUBLED = {"helper": lambda args, spare: 2 * args[0]}


@contextmanager
def session(*cells, names=("f", "helper")):
    job = Job(notebook(*cells), ".ipynb", {}, Limits(), names)
    with Session(BasicRunner().start(job), job) as opened:
        yield opened


@pytest.mark.parametrize(
    "use",
    [
        "def f(x): return helper(x) + 1",
        "def f(x): return helper(value=x) + 1",
        "also = helper\ndef f(x): return also(x) + 1",
        "TABLE = {'h': helper}\ndef f(x): return TABLE['h'](x) + 1",
        "def f(x, h=helper): return h(x) + 1",
        "def between(x): return helper(x)\nf = lambda x: between(x) + 1",
    ],
)
def test_a_stand_in_is_called_however_the_helper_is_reached(use):
    """Directly, by keyword, under another name, from a table, as a default and through other functions."""
    with session("def helper(value): return 0", use) as s:
        assert s.call("f", (3.0,), 2).value == 1.0
        assert s.call("f", (3.0,), 2, DOUBLED).value == 7.0
        assert s.call("f", (3.0,), 2).value == 1.0


def test_arrays_go_both_ways():
    """What is asked and what is answered crosses the wire like any other value."""
    with session("def helper(x): pass", "def f(x): return helper(x).sum()") as s:
        assert s.call("f", (np.arange(4.0),), 2, DOUBLED).value == 12.0


def test_what_a_helper_refuses_is_raised_in_the_students_function():
    """An error of the parent's side is an ordinary exception there."""

    def refusing(args, spare):
        raise ValueError("shapes do not fit")

    with session("def helper(x): pass", "def f(x): return helper(x)") as s:
        outcome = s.call("f", (1,), 2, {"helper": refusing})
        assert isinstance(outcome, Raised)
        assert "shapes do not fit" in outcome.message


FORGED = """
import gc
def f(x):
    owner = next(o for o in gc.get_objects() if type(o).__name__ == "Connection")
    return owner.ask({name!r}, (x,), {spare})
"""


def test_nothing_is_answered_that_is_not_offered():
    """Code that finds the way to the parent gets no function but those of this very call."""
    with session(FORGED.format(name="other", spare=0)) as s:
        assert isinstance(s.call("f", (1.0,), 2, DOUBLED), Crashed)


def test_nothing_is_answered_where_no_helper_is_offered():
    """In an ordinary call there is nobody to ask."""
    with session(FORGED.format(name="helper", spare=0)) as s:
        assert isinstance(s.call("f", (1.0,), 2), Crashed)


@pytest.mark.parametrize("spare", ["None", "True", "'1'", "0.0"])
def test_a_question_that_is_not_as_described_ends_the_process(spare):
    """Whoever asks by another way than the stand-in's."""
    with session(FORGED.format(name="helper", spare=spare)) as s:
        assert isinstance(s.call("f", (1.0,), 2, DOUBLED), Crashed)


@pytest.mark.parametrize(
    ("use", "spare"),
    [
        ("helper(x)", 0),
        ("helper(x, 1.2)", 1),
        ("helper(x, rate=1.2)", 2),
        ("helper(x, 1.2, False)", 2),
        ("helper(x, 1.2, True)", 0),
        ("helper(x, 2, False)", 1),
        ("helper(value=x, flag=False)", 2),
    ],
)
def test_defaults_that_are_spelled_out_are_said_to_be_spare(use, spare):
    """As a call without them would be the same one."""
    asked = []

    def noting(args, said):
        asked.append(said)
        return args[0]

    with session("def helper(value, rate=1.2, flag=False): return 0", f"def f(x): return {use}") as s:
        s.call("f", (1.0,), 2, {"helper": noting})
    assert asked == [spare]


def test_a_call_asks_only_so_often():
    """A flood of questions ends the process."""
    with session(f"def f(x):\n    for _ in range({MOST_ASKED + 1}): helper(x)\n    return 1.0") as s:
        assert isinstance(s.call("f", (1.0,), 20, DOUBLED), Crashed)


def test_parameters_and_needs_are_known_after_a_call():
    """The student's own names, and which of the functions asked for it reaches."""
    with session("def helper(z): return z", "def g(y): return helper(y)", "def f(mine, y=2): return g(mine)") as s:
        assert isinstance(s.call("f", (1.0,), 2), Returned)
        assert s.about("f").parameters == ("mine", "y")
        assert s.about("f").depends == {"helper"}


def test_another_seed_gives_other_random_numbers():
    """The same seed gives the same."""
    with session("import numpy as np", "def f(): return np.random.rand()") as s:
        first, again, other = (s.call("f", (), 2, seed=seed).value for seed in (0, 0, 1))
    assert first == again != other
