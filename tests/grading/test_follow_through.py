"""A mistake costs once, and no way is found to turn that into points."""

import contextlib
from itertools import product

import numpy as np
import pytest

from grader.assignment.catalogue import load, shipped
from grader.assignment.sheet import draw
from grader.grading import Grader
from grader.grading.oracle import Oracle
from grader.grading.references import InProcess
from grader.model import CountedElsewhere, Status, Submission
from grader.sandbox.host.basic import BasicRunner
from grader.submissions.files import OnDisk
from tests.conftest import notebook

DECLARATION = '''
"""Slopes of the logistic function, each building on the one before."""

import numpy as np

from grader.assignment import Assignment, Mistake, case


def power(z):
    return np.exp(-z)


def sigmoid_(z):
    return 1 / (1 + power(z))


def slope_(z):
    return sigmoid_(z) * (1 - sigmoid_(z))


def path_(w, x):
    return slope_(w * x) * x


assignment = Assignment(title="Slopes", public_seed=7, follow_through=True)
PLUS = Mistake("plus-z", "Your exponent has the wrong sign.", "Where does it tend to for large z?", {power: np.exp})


def drawn(rng):
    for n in (1, 2, 3, 4):
        yield case(f"{n} numbers", rng.uniform(0.5, 2, n))


@assignment.exercise(reference=sigmoid_, points=1, mistakes=[PLUS])
def sigmoid(rng):
    """The logistic function."""
    yield from drawn(rng)


@assignment.exercise(reference=slope_, points=2, builds_on=("sigmoid",))
def slope(rng):
    """Its derivative."""
    yield from drawn(rng)


@assignment.exercise(reference=sigmoid_, points=3, builds_on=("sigmoid",))
def softplus_slope(rng):
    """The derivative of softplus, which is the logistic function."""
    yield case("by hand", np.zeros(1))
    yield from drawn(rng)


@assignment.exercise(reference=path_, points=4, builds_on=("slope",))
def path(rng):
    """The derivative of the logistic function of w x with respect to w."""
    for n in (1, 2, 3, 4):
        yield case(f"{n} numbers", rng.uniform(0.5, 2, n), rng.uniform(0.5, 2, n))
'''
IMPORT = "import numpy as np"
SIGMOID = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
HALVED = "def sigmoid(z):\n    return 0.5 / (1 + np.exp(-z))"
SLOPE = "def slope(z):\n    return sigmoid(z) * (1 - sigmoid(z))"
PATH = "def path(w, x):\n    return slope(w * x) * x"
HAND_ON = "def softplus_slope(z):\n    return sigmoid(z)"


@pytest.fixture
def graded(tmp_path):
    """Grades the cells of a notebook in a real process; name of the exercise → its grade."""

    def grade(*cells, follow_through=True, only=""):
        folder = tmp_path / "slopes"
        folder.mkdir(exist_ok=True)
        declaration = DECLARATION.replace("follow_through=True", f"follow_through={follow_through}")
        (folder / "declaration.py").write_text(declaration, encoding="utf-8")
        path = tmp_path / "ada.ipynb"
        path.write_bytes(notebook(IMPORT, *cells))
        grader = Grader(draw(load(str(folder)), seed=1), BasicRunner())
        result = grader.grade(Submission("ada.ipynb", "ada", path, OnDisk(path)), only)
        return {exercise.exercise: exercise for exercise in result.exercises}

    return grade


def points(grades):
    return {name: grade.points for name, grade in grades.items() if grade.points}


def test_a_broken_helper_is_charged_for_where_it_belongs(graded):
    """What builds on it, directly or through another function, is right apart from it."""
    grades = graded(HALVED, SLOPE, PATH)
    assert points(grades) == {"slope": 2, "path": 4}
    assert (grades["slope"].status, grades["slope"].followed) == (Status.PASSED, ("sigmoid",))
    assert grades["slope"].remarks == (CountedElsewhere(("sigmoid",), is_right=True),)
    assert grades["sigmoid"].mistake == "factor 1/2"


def test_an_assignment_can_switch_it_off(graded):
    """Then everything that builds on a broken function fails with it."""
    assert points(graded(HALVED, SLOPE, PATH, follow_through=False)) == {}


def test_a_mistake_of_its_own_still_costs(graded):
    """A stood-in helper makes nothing right that is wrong by itself."""
    assert points(graded(HALVED, "def slope(z):\n    return sigmoid(z) * (2 - sigmoid(z))")) == {}


def test_a_check_of_one_exercise_knows_about_its_helpers(graded):
    """They are tried on their own cases first, though they are not asked about."""
    grades = graded(HALVED, SLOPE, only="slope")
    assert list(grades) == ["slope"]
    assert grades["slope"].followed == ("sigmoid",)


def test_the_same_slip_written_out_again_costs_once(graded):
    """A banked mistake that a helper was charged for explains what builds on it, too."""
    plus = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))"
    inline = "def slope(z):\n    s = 1 / (1 + np.exp(z))\n    return s * (2 - 1 - s)"
    wrong = "def slope(z):\n    s = 1 / (1 + np.exp(z))\n    return s * (2 - s)"
    grades = graded(plus, inline.replace("(2 - 1 - s)", "(1 - s) * 1"))
    assert grades["sigmoid"].mistake == "plus-z"
    assert points(grades) == {"slope": 2}
    assert points(graded(plus, wrong)) == {}


@pytest.mark.parametrize(
    "cells",
    [
        ("def sigmoid(z):\n    return slope(z)", "def slope(z):\n    return sigmoid(z) * (1 - sigmoid(z))"),
        ("def sigmoid(z):\n    return other(z)", "def other(z):\n    return slope(z)", SLOPE),
        ("def sigmoid(z):\n    return softplus_slope(z)", HAND_ON),
        (
            "def sigmoid(z):\n    return _hidden(z)",
            "def _hidden(z):\n    return sigmoid(z)",
            "softplus_slope = _hidden",
        ),
        ("def sigmoid(z):\n    return sigmoid(z)", SLOPE),
    ],
    ids=["two", "three", "with the same reference", "under another name", "one function alone"],
)
def test_a_circle_of_functions_gains_nothing(graded, cells):
    """Functions that call each other compute nothing, so nothing is stood in for."""
    assert points(graded(*cells)) == {}


def test_a_helpers_answer_handed_on_is_no_answer(graded):
    """Where the helper's reply is the answer itself, the student has added nothing to it."""
    assert points(graded(HALVED, HAND_ON)) == {}
    assert points(graded(SIGMOID, HAND_ON)) == {"sigmoid": 1, "softplus_slope": 3}


def test_a_blank_helper_is_stood_in_for_as_a_wrong_one_is(graded):
    """What builds on it is right apart from it; a name that is not there at all is not called."""
    blank = graded("def sigmoid(z):\n    raise NotImplementedError", SLOPE)
    assert points(blank) == {"slope": 2}
    assert blank["sigmoid"].status is Status.MISSING
    assert points(graded(SLOPE)) == {}


def test_only_what_an_exercise_builds_on_is_stood_in_for(graded):
    """`softplus_slope` is no helper of `slope`, whatever the student's code says."""
    grades = graded(
        "def softplus_slope(z):\n    return 0 * z", "def slope(z):\n    s = softplus_slope(z)\n    return s * (1 - s)"
    )
    assert points(grades) == {}


def test_a_helper_cannot_be_asked_for_anything_large(graded):
    """What the parent works out stays within the size of the cases."""
    greedy = "def slope(z):\n    s = sigmoid(np.resize(z, 100_000))[: len(z)]\n    return s * (1 - s)"
    assert points(graded(HALVED, greedy)) == {}


def test_a_helper_that_passes_is_the_students_own(graded):
    """Without a broken helper there is nobody to ask, and a wrong function stays wrong."""
    grades = graded(SIGMOID, "def slope(z):\n    return sigmoid(z)")
    assert points(grades) == {"sigmoid": 1}
    assert grades["slope"].mistake == "that is sigmoid"


def test_a_helper_that_a_property_judges_is_stood_in_for():
    """One of its right answers will do: the functions that need an order of the graph are charged for their own."""
    assignment = load("computation_graph")
    sample = assignment.folder / "samples" / "order_by_number_of_parents.ipynb"
    grade = Grader(draw(assignment, seed=4), BasicRunner()).grade(
        Submission(sample.name, "ada", sample, OnDisk(sample))
    )
    followed = {exercise.exercise: exercise.followed for exercise in grade.exercises if exercise.followed}
    assert followed == {
        "forward_values": ("topological_order",),
        "error_signals": ("topological_order", "forward_values"),
    }


STRANGE = [
    None,
    "",
    "x",
    -1,
    3,
    0.5,
    float("nan"),
    [],
    [[]],
    [None],
    {},
    {"a": ["a"]},
    {"a": ["b"], "b": ["a"]},
    {"a": ("add", ["a", "a"])},
    {"a": ("input", [])},
    np.zeros(0),
    np.zeros((0, 3)),
    np.ones((2, 2), dtype=np.int64),
    np.array(["no numbers"]),
]


@pytest.mark.parametrize("name", shipped())
def test_whatever_is_asked_is_answered_or_refused(name):
    """Arguments come from the student's process: none of them makes the parent hang or break."""
    assignment = load(name)
    helpers = {helper for exercise in assignment.exercises for helper in exercise.builds_on}
    for exercise in assignment.exercises:
        function = exercise.reference or exercise.stand_in
        if exercise.name not in helpers or function is None:
            continue
        cases = [case.args for case in exercise.draw(np.random.default_rng(1))]
        for args, position, strange in product(cases[:2], range(len(cases[0])), STRANGE):
            with np.errstate(all="ignore"), contextlib.suppress(Exception):
                function(*args[:position], strange, *args[position + 1 :])


def test_a_table_beside_a_helpers_answers_is_no_answer_either(graded):
    """What is known by heart on the case that every seed has does not make the rest the student's own."""
    by_heart = "def softplus_slope(z):\n    return np.array([0.5]) if z[0] == 0 else sigmoid(z)"
    assert points(graded(HALVED, by_heart)) == {}


GREEDY = {
    "whole numbers": "2",
    "text": "'x'",
    "lists": "[1.0]",
    "arrays of many dimensions": "np.ones((2,) * 20)",
}


@pytest.mark.parametrize("start", GREEDY.values(), ids=GREEDY)
def test_a_helper_cannot_be_asked_for_what_grows_without_end(start):
    """Sixty nodes, each twice or the square of the one before, would keep the parent busy for ever."""
    assignment = load("computation_graph")
    sheet = draw(assignment, seed=4)
    forward, errors = (
        exercise for exercise in assignment.exercises if "forward_values" in (exercise.name, *exercise.builds_on)
    )
    oracle = Oracle(errors, [forward], sheet, InProcess())
    oracle.turn_to(0, sheet.cases[errors.name][0])
    for operation in ("add", "multiply"):
        chain = {f"n{i}": (operation, [f"n{i - 1}"] * 2) for i in range(1, 60)}
        asked = ({"n0": ("input", []), **chain}, {"n0": eval(start)})
        with contextlib.suppress(ValueError):
            value = oracle.helpers["forward_values"](asked, 0)
            assert isinstance(value["n59"], float)


def test_a_whole_number_is_taken_where_a_float_is_asked_for(graded):
    """`sigmoid(1)` and `sigmoid([1, 2])` are what a student may well write."""
    slope = "def slope(z):\n    s = sigmoid([float(x) for x in z]) + 0 * sigmoid(1)\n    return s * (1 - s)"
    assert points(graded(HALVED, slope)) == {"slope": 2}
