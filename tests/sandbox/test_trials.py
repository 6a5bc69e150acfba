"""Statements that may change what a function reads are run on trial: they cost a time of their own, and no function."""

import sys

import pytest

from grader.assignment.vocabulary import Limits
from grader.model import Raised, Returned
from grader.sandbox import Job, Session
from grader.sandbox.host.basic import BasicRunner
from tests.conftest import notebook

CHANGES = "L = [1]\ndef change(t):\n    {}\n    t.append(2)\nchange(L)\nL.append(3)\ndef f():\n    return L"


@pytest.fixture(scope="module", params=["basic", "strict"])
def outcome(request):
    """What a call of `f` comes to in a notebook of one cell, under each kind of isolation that there is here."""
    if request.param == "strict":
        if sys.platform != "linux":
            pytest.skip("strict isolation is Linux's")
        from grader.sandbox.host.strict import StrictRunner

    runner = StrictRunner() if request.param == "strict" else BasicRunner()

    def called(source, allowed=()):
        job = Job(notebook(source), ".ipynb", {}, Limits(), ("f", "g"), allowed)
        with Session(runner.start(job), job) as session:
            result = session.call("f", (), 5.0)
            return result, session.about("f")

    yield called
    runner.close()


def value(made):
    result, _ = made
    assert isinstance(result, Returned), result
    return result.value


def test_a_change_by_a_call_is_there(outcome):
    """A statement that changes a value which the function reads is run."""
    assert value(outcome(CHANGES.format("pass"))) == [1, 2, 3]


@pytest.mark.parametrize("trouble", ["raise ValueError", "raise SystemExit", "import no_such_module", "1 / 0"])
def test_one_that_fails_costs_nothing(outcome, trouble):
    """It is as if its cell had been interrupted there; what comes after it is run."""
    assert value(outcome(CHANGES.format(trouble))) == [1, 3]


@pytest.mark.parametrize("trouble", ["while True: pass", "__import__('time').sleep(60)", "[0 for i in iter(int, 1)]"])
def test_one_that_does_not_end_is_ended(outcome, trouble):
    """And nothing more is run on trial, so that the time for the function itself is left."""
    if hasattr(__import__("signal"), "setitimer"):
        assert value(outcome(CHANGES.format(trouble))) == [1]


def test_what_it_needs_alone_is_on_trial_too(outcome):
    """A module that is not there, or not allowed, is missed by nobody else."""
    cells = "import no_such as m, heapq\nL = [1]\nx = m.load()\nheapq.heappush(L, x)\nL.append(2)\ndef f(): return L"
    assert value(outcome(cells)) == [1, 2]
    assert value(outcome(cells, ("numpy",))) == [1, 2]


def test_what_the_function_needs_is_not(outcome):
    """An import that is not allowed, or fails, is the function's own affair if it reads the name."""
    cells = "import heapq\nL = [1]\nheapq.heappush(L, 0)\ndef f():\n    return heapq.nsmallest(1, L)"
    assert value(outcome(cells)) == [0]
    result, _ = outcome(cells, ("numpy",))
    assert isinstance(result, Raised)
    assert "it imports heapq" in result.message


def test_another_exercise_that_is_called_on_trial_is_no_helper(outcome):
    """Only what a function needs itself can be the reason that it fails."""
    _, about = outcome("L = [1]\ndef g(t):\n    t.append(2)\ng(L)\ndef f():\n    return L")
    assert about.depends == frozenset()
