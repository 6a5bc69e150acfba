"""In which order a function is asked, and what it can know of the questions to come."""

import re
import sys
from dataclasses import replace

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import Sheet, draw
from grader.assignment.vocabulary import Limits
from grader.grading import Grader
from grader.model import Case, ExpectedCase, TimedOut, TimeFor
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.discovery import find
from tests.fakes import FakeRunner


@pytest.fixture(params=["basic", "strict"])
def runner(request):
    """Each kind of isolation that there is here."""
    if request.param == "basic":
        yield BasicRunner()
        return
    if sys.platform != "linux":
        pytest.skip("strict isolation is Linux's")
    from grader.sandbox.host.strict import StrictRunner

    strict = StrictRunner()
    yield strict
    strict.close()


LOOKS_AHEAD = """
import os, sys

def slope(x):
    frame = sys._getframe()
    while "channel" not in frame.f_locals:
        frame = frame.f_back
    os.set_blocking(3, False)
    print(frame.f_locals["channel"].incoming.peek().hex())
    os.set_blocking(3, True)
    return 2 * x
"""


def sheet_of(slopes, *cases):
    """The assignment with these cases of its first exercise: (fixed, number) each."""
    expected = tuple(
        ExpectedCase(Case(f"case {number}", (np.array([number]),)), np.array([2 * number]), fixed)
        for fixed, number in cases
    )
    drawn = draw(load(str(slopes)), seed=9)
    return Sheet(drawn.assignment, 9, {**drawn.cases, "slope": expected})


def test_secret_inputs_are_sent_when_all_that_may_be_shown_has_been_said(slopes, hand_in):
    """The known cases of a function come before its secret ones; its verdicts stay in the order of the cases."""
    asked = []

    def slope(x):
        asked.append(x[0])
        return 2 * x

    sheet = sheet_of(slopes, (False, 1.0), (True, 2.0), (False, 3.0), (True, 4.0))
    grade = Grader(sheet, FakeRunner({"slope": slope})).grade(find([hand_in("eve.ipynb", "")])[0], "slope")
    assert asked == [2.0, 4.0, 1.0, 3.0]
    assert [verdict.case for verdict in grade.exercises[0].verdicts] == ["case 1.0", "case 2.0", "case 3.0", "case 4.0"]


@pytest.mark.skipif(sys.platform != "linux", reason="strict isolation is Linux's")
def test_what_waits_in_the_channel_holds_no_secret_while_a_known_case_runs(slopes, hand_in):
    """A function that prints whatever has been sent ahead prints the other known inputs, and those alone."""
    from grader.sandbox.host.strict import StrictRunner

    known, secret = np.pi, np.e
    sheet = sheet_of(slopes, (True, known), (True, known + 1), (False, secret))
    runner = StrictRunner()
    try:
        grade = Grader(sheet, runner).grade(find([hand_in("eve.ipynb", LOOKS_AHEAD)])[0], "slope")
    finally:
        runner.close()
    printed = re.sub(r"\s", "", grade.exercises[0].printed)
    assert grade.exercises[0].status == "passed"
    assert np.float64(known + 1).tobytes().hex() in printed
    assert np.float64(secret).tobytes().hex() not in printed


def test_a_slow_function_costs_those_before_it_nothing(slopes, hand_in):
    """Functions are asked one after the other, each for all of its cases, within the time of the whole."""
    slow = """
import time
def slope(x):
    return 2 * x
def square_and_slope(x):
    time.sleep(0.6)
    return x**2, [2 * x]
"""
    drawn = draw(load(str(slopes)), seed=9)
    declared = replace(drawn.assignment, limits=Limits(case_seconds=1.0, submission_seconds=1.5))
    secret = ExpectedCase(Case("secret", (np.array([0.625]),)), np.array([1.25]), False)
    squares = [ExpectedCase(Case(str(x), (np.array([x]),)), (np.array([x * x]), [np.array([2 * x])]), True)
               for x in (1.0, 2.0, 3.0, 4.0)]  # fmt: skip
    sheet = Sheet(declared, 9, {"slope": (known_slope(), secret), "square_and_slope": tuple(squares)})
    grade = Grader(sheet, BasicRunner()).grade(find([hand_in("eve.ipynb", slow)])[0])
    assert [exercise.status for exercise in grade.exercises] == ["passed", "partial"]


def test_what_the_time_of_the_whole_ends_says_so(slopes, hand_in):
    """In the same words whether it had been begun or not: how much time it was left with is the machine's affair."""
    drawn = draw(load(str(slopes)), seed=9)
    declared = replace(drawn.assignment, limits=Limits(case_seconds=2.0, submission_seconds=3.0))
    endless = "import time\ndef slope(x):\n    time.sleep(60)\ndef square_and_slope(x):\n    time.sleep(60)"
    sheet = Sheet(declared, 9, drawn.cases)
    grade = Grader(sheet, BasicRunner()).grade(find([hand_in("eve.ipynb", endless)])[0])
    assert [exercise.status for exercise in grade.exercises] == ["timed_out"] * 2
    first, second = (exercise.verdicts[0].cause for exercise in grade.exercises)
    assert (first, second) == (TimedOut(2.0), TimedOut(3.0, TimeFor.WHOLE))


def test_a_stub_is_not_asked_on(slopes, hand_in, runner):
    """The further cases of a function that is not implemented are not waited for; the next function has its time."""
    stub = """
import time
def slope(x):
    if x[0] == 1.5:
        raise NotImplementedError
    time.sleep(60)
def square_and_slope(x):
    return x**2, [2 * x]
"""
    more = [ExpectedCase(Case(str(x), (np.array([x]),)), np.array([2 * x]), True) for x in (2.0, 3.0)]
    drawn = draw(load(str(slopes)), seed=9)
    sheet = Sheet(drawn.assignment, 9, {**drawn.cases, "slope": (known_slope(), *more)})
    grade = Grader(sheet, runner).grade(find([hand_in("eve.ipynb", stub)])[0])
    assert [exercise.status for exercise in grade.exercises] == ["missing", "passed"]


def test_what_is_run_again_with_a_helper_has_seen_no_secret(slopes, hand_in):
    """A function that answers the known case only where it has seen no secret one gets the points that it repeats."""
    suspicious = """
import sys

def slope(x):
    return 3 * x

def square_and_slope(x):
    seen = sys.__dict__.setdefault("seen", set())
    seen.add(float(x[0]))
    return x**2, [slope(x) + (float(x[0]) == 1.5 and len(seen) - 1)]
"""
    drawn = draw(load(str(slopes)), seed=9)
    cases = [ExpectedCase(Case(str(x), (np.array([x]),)), (np.array([x * x]), [np.array([2 * x])]), x == 1.5)
             for x in (0.625, 1.5)]  # fmt: skip
    sheet = Sheet(drawn.assignment, 9, {"slope": drawn.cases["slope"], "square_and_slope": tuple(cases)})
    grade = Grader(sheet, BasicRunner()).grade(find([hand_in("eve.ipynb", suspicious)])[0])
    assert [exercise.status for exercise in grade.exercises] == ["wrong", "passed"]


def known_slope():
    return ExpectedCase(Case("known", (np.array([1.5]),)), np.array([3.0]), True)


def test_a_function_that_ends_the_process_costs_only_itself(slopes, hand_in):
    """The others are asked on, in another process, and each case of theirs once."""
    falls = "import os\ndef slope(x):\n    os._exit(1)\ndef square_and_slope(x):\n    return x**2, [2 * x]"
    grade = Grader(draw(load(str(slopes)), seed=9), BasicRunner()).grade(find([hand_in("eve.ipynb", falls)])[0])
    assert [exercise.status for exercise in grade.exercises] == ["crashed", "passed"]


def test_cases_after_one_that_took_too_long_share_its_fate(slopes, hand_in):
    """They are not run, whether they were known or secret."""
    endless = "def slope(x):\n    while x[0] == 2.0:\n        pass\n    return 2 * x"
    sheet = sheet_of(slopes, (False, 1.0), (True, 2.0), (True, 3.0))
    grade = Grader(sheet, BasicRunner()).grade(find([hand_in("eve.ipynb", endless)])[0], "slope")
    assert grade.exercises[0].status == "timed_out"
    assert [verdict.passed for verdict in grade.exercises[0].verdicts] == [False, False, False]
