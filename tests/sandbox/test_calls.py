"""Several calls at once: sent ahead as far as a process holds them, answered in order, each within its own limit."""

import sys

import numpy as np
import pytest

from grader.assignment.vocabulary import Limits
from grader.model import Crashed, Missing, Raised, Returned, TimedOut, TimeFor
from grader.sandbox import Call, Job, Session
from grader.sandbox.host.basic import BasicRunner
from tests.conftest import notebook

SECONDS = 10.0


@pytest.fixture(scope="module", params=["basic", "strict"])
def runner(request):
    """Each kind of isolation that there is here."""
    if request.param == "strict":
        if sys.platform != "linux":
            pytest.skip("strict isolation is Linux's")
        from grader.sandbox.host.strict import StrictRunner

    runner = StrictRunner() if request.param == "strict" else BasicRunner()
    yield runner
    runner.close()


@pytest.fixture
def session(runner):
    """Opens a notebook of one cell in a process of its own."""
    opened = []

    def start(source):
        job = Job(notebook(source), ".ipynb", {}, Limits())
        opened.append(Session(runner.start(job), job))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def made(session, *inputs, limit=SECONDS):
    return list(session.calls([Call("f", given) for given in inputs], lambda: limit))


def values(outcomes):
    outcomes = list(outcomes)
    assert all(isinstance(outcome, Returned) for outcome in outcomes), outcomes
    return [outcome.value for outcome in outcomes]


def test_outcomes_come_in_the_order_of_the_calls(session):
    """Each answer belongs to its own inputs."""
    opened = session("def f(x, y):\n    return x - y")
    assert values(made(opened, (5, 1), (5, 2), (5, 3))) == [4, 3, 2]


def test_single_calls_and_several_at_once_can_take_turns(session):
    """What has been asked is answered before anything else is."""
    opened = session("def f(x):\n    return x")
    assert values(made(opened, (1,), (2,))) == [1, 2]
    assert values([opened.call("f", (3,), SECONDS)]) == [3]
    assert values(made(opened, (4,))) == [4]


def test_no_calls_have_no_outcomes(session):
    """Nothing is asked where there is nothing to ask."""
    assert made(session("def f():\n    return 1")) == []


def test_more_than_a_channel_holds_goes_both_ways(session):
    """Large inputs with large answers keep neither side waiting for the other."""
    inputs = [(np.full(40_000, float(number)),) for number in range(12)]
    answers = values(made(session("import numpy as np\ndef f(x):\n    return np.repeat(x, 8)"), *inputs))
    assert [(answer.size, answer[0]) for answer in answers] == [(320_000, float(number)) for number in range(12)]


def test_many_small_calls_with_large_answers_go_both_ways(session):
    """However small requests are, only so many are on their way."""
    opened = session("import numpy as np\ndef f(x):\n    return np.full(20_000, x)")
    answers = values(made(opened, *((number,) for number in range(400))))
    assert [answer[0] for answer in answers] == list(range(400))


def test_an_error_in_one_call_leaves_the_others_alone(session):
    """Whoever fails on one input is asked the next."""
    first, second, third = made(session("def f(x):\n    return 1 / x"), (1,), (0,), (2,))
    assert isinstance(second, Raised) and values([first, third]) == [1.0, 0.5]


def test_each_call_has_a_limit_of_its_own(session):
    """Many calls together may take longer than one of them may."""
    opened = session("import time\ndef f():\n    time.sleep(0.3)\n    return 1")
    assert values(made(opened, (), (), (), (), limit=1.0)) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("ending", "fate"),
    [("while True:\n            pass", TimedOut), ("import os\n        os._exit(3)", Crashed)],
    ids=["endless", "exits"],
)
def test_a_call_that_ends_the_process_is_the_last(session, ending, fate):
    """What was answered before it counts; what comes after it is not made up."""
    opened = session(f"def f(x):\n    if x == 2:\n        {ending}\n    return x")
    *before, last = made(opened, (0,), (1,), (2,), (3,), limit=1.0)
    assert values(before) == [0, 1] and isinstance(last, fate)
    assert not opened.alive


def test_several_functions_are_loaded_on_the_way(session):
    """Calls of different functions come in any order; one that cannot be loaded leaves the others alone."""
    opened = session(
        "def f(x):\n    return x\nimport nothing_of_this_name\ng = nothing_of_this_name.g\nh = lambda x: -x"
    )
    calls = [Call(name, (number,)) for number, name in enumerate("fghfgh")]
    outcomes = list(opened.calls(calls, lambda: SECONDS))
    assert [type(outcome) for outcome in outcomes] == [Returned, Raised, Returned] * 2
    assert values(outcomes[::3]) == [0, 3] and values(outcomes[2::3]) == [-2, -5]
    assert values([opened.call("f", (7,), SECONDS)]) == [7]


def test_what_one_function_does_to_numpy_the_next_one_does_not_feel(session):
    """Divisions by zero warn again, and random numbers start again."""
    source = """
import numpy as np
def f(x):
    np.seterr(all="raise")
    return np.random.rand()
def g(x):
    return np.log(x)
"""
    opened = session(source)
    zero = (np.array([0.0]),)
    first, logarithm, second = values(
        opened.calls([Call("f", zero), Call("g", zero), Call("f", zero)], lambda: SECONDS)
    )
    assert logarithm[0] == -np.inf and first == second


def test_a_function_whose_loading_never_ends_is_the_last(session):
    """What was asked before it has its answers."""
    opened = session("def f(x):\n    return x\ndef wait():\n    while True:\n        pass\ng = wait()")
    calls = [Call("f", (1,)), Call("g", (2,)), Call("f", (3,))]
    first, last = opened.calls(calls, lambda: 0.3)
    assert values([first]) == [1] and last == TimedOut(0.3 * 3, TimeFor.LOADING)


def test_a_function_that_is_not_there_is_missing_in_every_call(session):
    """One reason serves all."""
    assert [type(outcome) for outcome in made(session("x = 1"), (1,), (2,))] == [Missing, Missing]


def test_whoever_leaves_early_ends_the_process(session):
    """An answer that nobody waits for any more must not be taken for that to another question."""
    opened = session("def f(x):\n    return x")
    calls = opened.calls([Call("f", (1,)), Call("f", (2,))], lambda: SECONDS)
    next(calls)
    calls.close()
    assert not opened.alive
    assert isinstance(opened.call("f", (3,), SECONDS), Crashed)
