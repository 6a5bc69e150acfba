"""The smallest input that shows what is wrong: valid, few numbers, whole ones, and never a secret one."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.assignment import Assignment, Exercise, case
from grader.assignment.catalogue import load, shipped
from grader.diagnosis.counterexample import Examples, SimpleGenerator
from grader.feedback.words import example
from grader.judging.tolerance import Tolerance
from grader.model import Crashed, Returned
from tests.diagnosis.evidence import exercise_of, outcome_of

MEASURED = Tolerance(1e-6)


def smallest(assignment, function, calls=None, tolerance=MEASURED):
    """The counterexample to a function, and how often it was called for it."""
    (exercise,) = assignment.exercises
    asked = []

    def probe(args, seed=0):
        asked.append(args)
        return None if calls is not None and len(asked) > calls else outcome_of(function, args)

    first = outcome_of(function, next(iter(exercise.draw(np.random.default_rng(0)))).args)
    return Examples(assignment).smallest(exercise, [first], ("u", "v"), probe, tolerance), len(asked)


def vectors(rng):
    for n in (5, 8):
        yield (rng.normal(size=n),)


def distributions(rng):
    p = rng.uniform(0.2, 1, size=3)
    yield p / p.sum(), rng.normal(size=3)


RELU = exercise_of(lambda z: np.maximum(z, 0), vectors)
NORMED = exercise_of(lambda p, x: p * x / p.sum(), distributions)


def test_one_number_is_enough_where_entries_do_not_meet():
    """Eight numbers are cut down to the one that differs, and that is a whole one."""
    found, _ = smallest(RELU, np.abs)
    assert found.inputs == (("u", "[-3]"),) or found.inputs[0][1] in ("[-1]", "[-2]")
    assert example(found).endswith(f"your function should return [0], but returns [«{found.inputs[0][1][2:-1]}»].")


def test_what_differs_is_marked():
    """Entry by entry, in the part that it is in; what is right is said to be right."""
    parts = exercise_of(lambda x: (x * 2, x.sum()), vectors, returns=("double", "sum"))
    found, _ = smallest(parts, lambda x: (x * 2 + (np.arange(len(x)) == 1), x.sum()))
    double, total = found.parts
    assert (double.name, double.differs, double.got.count("«")) == ("double", True, 1)
    assert (total.name, total.differs) == ("sum", False)
    assert "; the rest is right." in example(found)


def test_single_precision_is_held_to_what_it_can_hold_there_too():
    """A part of float32 that the judge accepts is not marked beside the one that is wrong."""
    parts = exercise_of(lambda x: (x * 0.3, x.sum()), vectors, returns=("scaled", "sum"))
    found, _ = smallest(parts, lambda x: ((x * 0.3).astype(np.float32), x.sum() + 1))
    assert [(part.name, part.differs) for part in found.parts] == [("scaled", False), ("sum", True)]


def test_what_belongs_together_stays_together():
    """Probabilities sum to one in every example, since the exercise's own generator makes them."""
    asked = []

    def noting(p, x):
        asked.append(p)
        return p

    found, _ = smallest(NORMED, noting)
    assert found is not None
    assert all(p.sum() == pytest.approx(1) for p in asked)


def largest_entry_left_out(y_hat, label):
    return 0.0 if label == y_hat.argmax() else -float(np.log(y_hat[label]))


@pytest.mark.parametrize("name", ["cross_entropy", "output_gradient", "output_preactivation_gradient"])
def test_probabilities_that_are_cut_down_still_sum_to_one(name):
    """No class is left out of a distribution, so that none is shown as [0.5]."""
    assignment = load("feedforward")
    (exercise,) = [exercise for exercise in assignment.exercises if exercise.name == name]
    asked = []

    def probe(args, seed=0):
        asked.append(args[0])
        return outcome_of(largest_entry_left_out, args)

    first = outcome_of(largest_entry_left_out, next(iter(exercise.draw(np.random.default_rng(0)))).args)
    assert Examples(assignment).smallest(exercise, [first], ("y_hat", "label"), probe, MEASURED) is not None
    assert [float(y_hat.sum()) for y_hat in asked] == pytest.approx([1.0] * len(asked))


def test_an_error_is_shown_by_the_smallest_input_that_raises_it():
    """Only vectors of more than two entries break this one."""
    found, _ = smallest(RELU, lambda z: np.maximum(z, 0) if len(z) < 3 else z[99])
    assert found.failure.startswith("raises IndexError")
    assert found.inputs[0][1].count(",") == 2
    assert example(found).endswith("your function raises IndexError.")


def test_a_right_function_has_none():
    """However often it is tried."""
    assert smallest(RELU, lambda z: z * (z > 0))[0] is None


@pytest.mark.parametrize("calls", [0, 3])
def test_the_budget_of_calls_is_kept(calls):
    """Without further calls there is no example, and no harm."""
    found, asked = smallest(RELU, lambda z: np.maximum(z, 0) + 0 * 1j if len(z) > 100 else np.maximum(z, 0), calls)
    assert found is None
    assert asked <= calls + 1


def test_a_function_that_never_came_back_is_not_called_again():
    """What ended the process once would do so again."""
    (exercise,) = RELU.exercises
    assert Examples(RELU).smallest(exercise, [Crashed("gone")], (), lambda args, seed=0: 1 / 0, MEASURED) is None


def test_a_property_tells_what_does_not_hold():
    """There is no expected answer to stand beside what came."""
    (order,) = [e for e in load("computation_graph").exercises if e.name == "topological_order"]
    assignment = load("computation_graph")
    examples = Examples(assignment)
    found = examples.smallest(
        order,
        [outcome_of(list, ({"a": []},))],
        ("parents",),
        lambda args, seed=0: outcome_of(sorted, args),
        MEASURED,
    )
    assert found is not None
    assert "stands before its parent" in found.failure


def test_a_property_that_cannot_look_at_the_answer_does_not_hold():
    """As of a function that prints instead of returning; it is no fault of the grader's."""

    def is_root(value, c):
        return "" if abs(value * value - c) < 1e-6 else "its square is not c"

    root = Exercise("root", "", lambda rng: [case("one", 4.0)], 1.0, property=is_root)
    assignment = Assignment(title="Roots", public_seed=1, exercises=[root])
    found = Examples(assignment).smallest(
        root, [outcome_of(lambda c: None, (4.0,))], ("c",), lambda args, seed=0: Returned(None), MEASURED
    )
    assert (found.inputs, found.parts[0].got) == ((("c", "4"),), "None")


def test_whole_numbers_are_written_with_all_of_their_digits():
    """2000002 is not 2e+06, and a difference of 1 is seen."""
    large = exercise_of(lambda n: n + 10**12, lambda rng: ((int(n),) for n in rng.integers(2_000_000, 9_000_000, 3)))
    found, _ = smallest(large, lambda n: n + 10**12 + 1, tolerance=Tolerance(1e-6, discrete=frozenset({()})))
    (part,) = found.parts
    n = int(found.inputs[0][1])
    assert (part.got, part.expected) == (f"«{n + 10**12 + 1}»", str(n + 10**12))


@settings(deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8), st.floats(-5, 5), st.floats(0.5, 5))
def test_plain_numbers_keep_to_their_bounds(seed, choices, low, width):
    """Multiples of a step within the interval, and never 0."""
    drawn = SimpleGenerator(seed, choices).uniform(low, low + width, size=5)
    assert ((low <= drawn) & (drawn <= low + width) & (drawn != 0)).all()


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_exercise_has_small_inputs(name):
    """Those with arguments; on each the reference has a finite answer of its own."""
    assignment = load(name)
    for exercise in assignment.exercises:
        cases = list(exercise.draw(np.random.default_rng(5)))
        known = Examples(assignment)._candidates(exercise)
        assert known or not any(case.args for case in cases), exercise.name
        for candidate in known[:5]:
            if exercise.reference:
                with np.errstate(all="ignore"):
                    exercise.reference(*copy.deepcopy(candidate.args))
