"""What a stood-in helper is asked is answered within bounds, and a reply that only hands on earns nothing."""

import sys

import numpy as np
import pytest

from grader.assignment import Assignment, case
from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.grading.marking import AnswerKey, Attempt
from grader.grading.oracle import Oracle, is_part
from grader.grading.references import Bounded, InProcess
from grader.model import Returned


def mean_(v):
    return v.mean(keepdims=True)


def scaled_(v, w, rate=2.0):
    return rate * w @ v


ASSIGNMENT = Assignment(title="Means", public_seed=1)


@ASSIGNMENT.exercise(reference=mean_, points=1)
def mean(rng):
    """The mean."""
    for n in (2, 3, 4):
        yield case(f"{n}", rng.normal(size=n))


@ASSIGNMENT.exercise(reference=scaled_, points=1)
def scaled(rng):
    """A product."""
    for n in (2, 3, 4):
        yield case(f"{n}", rng.normal(size=n), w=rng.normal(size=(n, n)))


@ASSIGNMENT.exercise(reference=mean_, points=1, builds_on=("mean", "scaled"))
def average(rng):
    """The mean once more."""
    for i in range(3):
        yield case(f"{i}", rng.normal(size=4))


SHEET = draw(ASSIGNMENT, 3)
MEAN, SCALED, AVERAGE = ASSIGNMENT.exercises
CASES = SHEET.cases["average"]


def oracle_of():
    made = Oracle(AVERAGE, [MEAN, SCALED], SHEET, InProcess())
    made.turn_to(0, CASES[0])
    return made


def is_the_answer(*asked, helper="mean"):
    """Whether a function that returns the helper's reply to these arguments of each case has handed it on."""
    oracle = oracle_of()
    replies = []
    for i, expected in enumerate(CASES):
        oracle.turn_to(i, expected)
        replies.append(Returned(oracle.helpers[helper](tuple(make(*expected.case.args) for make in asked), 0)))
    attempt = Attempt(AnswerKey(AVERAGE, CASES), replies)
    assert attempt.passed
    return oracle.is_the_answer(attempt)


@pytest.mark.parametrize(
    "handed",
    [
        lambda v: v,
        lambda v: v.copy(),
        lambda v: v.tolist(),
        tuple,
        lambda v: v[::-1],
        np.sort,
        lambda v: v.astype(object).tolist(),
    ],
    ids=["itself", "a copy", "a list", "a tuple", "reversed", "sorted", "objects"],
)
def test_what_is_handed_on_is_no_work_of_ones_own(handed):
    """However it is copied, cast or reordered."""
    assert is_the_answer(handed)


@pytest.mark.parametrize(
    "made",
    [lambda v: np.full(len(v), v.mean()), lambda v: 2 * v - v.mean(), lambda v: v[:1] - v[:1] + v.mean()],
    ids=["means", "stretched", "a single one"],
)
def test_what_has_been_computed_is_work_of_ones_own(made):
    """Though the reply to it is the answer: the call is the last line of it."""
    assert not is_the_answer(made)


def test_a_constant_is_nothing_of_ones_own():
    """What is the same in every case tells nothing about any; a number that differs from case to case does."""
    assert is_the_answer(lambda v: v, lambda v: np.full((1, 4), 1 / 8), helper="scaled")
    assert not is_the_answer(lambda v: v / v[0], lambda v: np.full((1, 4), v[0] / 8), helper="scaled")


def test_nothing_is_given_away_where_nothing_passes():
    """An attempt that earns nothing has nothing to give back."""
    oracle = oracle_of()
    assert not oracle.is_the_answer(Attempt(AnswerKey(AVERAGE, CASES), [Returned(None)] * len(CASES)))


LARGE = {
    "too long": (np.ones(100),),
    "too many dimensions": (np.ones((1, 1, 1)),),
    "too many numbers": ([np.ones(4)] * 9,),
    "too many arguments": (np.ones(2), 1.0),
    "something else": ("text",),
    "nothing": (None,),
}


@pytest.mark.parametrize("args", LARGE.values(), ids=LARGE)
def test_what_no_case_is_like_is_refused(args):
    """By its length, its dimensions, its numbers, its kind."""
    with pytest.raises(ValueError, match="it is called with"):
        oracle_of().helpers["mean"](args, 0)


def test_many_arrays_that_are_each_small_enough_are_too_many():
    """Entries count in all, not array by array."""
    with pytest.raises(ValueError, match="more numbers"):
        oracle_of().helpers["scaled"]((np.ones(9), np.ones((9, 9))), 0)


def test_the_cases_of_another_helper_widen_no_bounds():
    """Each is measured by its own cases, and by those of the function that calls it."""
    with pytest.raises(ValueError, match="dimensions"):
        oracle_of().helpers["mean"]((np.ones((2, 2, 1)),), 0)
    assert oracle_of().helpers["mean"]((np.ones((2, 2)),), 0).shape == (1, 1)


def test_defaults_that_are_spelled_out_are_taken():
    """The student's own, which change nothing, and those of the reference, which say what is meant."""
    v, w = np.ones(2), np.eye(2)
    ask = oracle_of().helpers["scaled"]
    assert np.array_equal(ask((v, w, "own"), 1), 2 * v)
    assert np.array_equal(ask((v, w, 3.0), 0), 3 * v)
    assert np.array_equal(ask((v, w), 2), 2 * v)
    with pytest.raises(ValueError, match="it is called with"):
        ask((v, w, "own"), 0)


@pytest.mark.parametrize(
    ("value", "whole", "is_one"),
    [
        ([1.0, 2.0], np.array([2.0, 3.0, 1.0]), True),
        ([1.0, 1.0], np.array([1.0, 2.0]), False),
        ({"a": [1, 2]}, {"b": np.array([[2.0], [1.0]]), "c": "text"}, True),
        ("text", ["other", "text"], True),
        ("text", "other", False),
        (np.array([]), np.array([1.0]), True),
        (None, 1.0, True),
        (1.5, np.array([1.0, 2.0]), False),
    ],
)
def test_a_part_has_nothing_that_the_whole_has_not(value, whole, is_one):
    """Each number as often, wherever it stands and as whatever it is."""
    assert is_part(value, whole) is is_one


@pytest.mark.skipif(sys.platform != "linux", reason="it is used with strict isolation, which is Linux's")
class TestBounded:
    """The reference in a process of its own."""

    @pytest.fixture
    def slow(self, tmp_path):
        """A reference that takes time and memory on request."""
        (tmp_path / "declaration.py").write_text(
            "import time\nimport numpy as np\nfrom grader.assignment import Assignment, case\n"
            'assignment = Assignment(title="Slow", public_seed=1)\n\n'
            "def told(what, n):\n"
            "    print('into the void')\n"
            "    if what == 'sleep':\n        time.sleep(n)\n"
            "    if what == 'fill':\n        np.ones(n)\n"
            "    if what == 'raise':\n        raise KeyError(n)\n"
            "    return [what, np.float32(n), (n, {'n': n})]\n\n"
            "@assignment.exercise(reference=told, points=1)\n"
            'def f(rng):\n    """f."""\n    yield case("by hand", "say", 1)\n',
            encoding="utf-8",
        )
        return load(str(tmp_path)).exercises[0], Bounded(tmp_path)

    def test_it_answers_as_the_reference_here_does(self, slow):
        """In value and in kind, one request after the other."""
        exercise, bounded = slow
        for n in (1, 2):
            assert bounded.answer(exercise, ("say", n)) == InProcess().answer(exercise, ("say", n))

    def test_what_the_reference_raises_is_refused(self, slow):
        """And the next request is answered."""
        exercise, bounded = slow
        with pytest.raises(ValueError, match="KeyError: 5"):
            bounded.answer(exercise, ("raise", 5))
        assert bounded.answer(exercise, ("say", 1))[0] == "say"

    @pytest.mark.parametrize("request_", [("sleep", 3600), ("fill", 2**33)], ids=["time", "memory"])
    def test_its_limits_are_its_own(self, slow, request_):
        """What takes too long, or too much memory, is refused, and the next request is answered."""
        exercise, bounded = slow
        with pytest.raises(ValueError, match=r"takes too long|Memory"):
            bounded.answer(exercise, request_)
        assert bounded.answer(exercise, ("say", 1))[0] == "say"
