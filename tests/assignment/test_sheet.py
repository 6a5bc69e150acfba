"""Cases are drawn from a seed, and the reference answers them."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.declaration import Assignment
from grader.assignment.sheet import draw, expected_cases
from grader.assignment.vocabulary import DeclarationError, case
from grader.model.values import same


def exercise(cases, reference=abs):
    assignment = Assignment(title="T", public_seed=1)
    cases.__name__ = "f"
    assignment.exercise(reference=reference, points=1)(cases)
    return assignment.exercises[0]


def test_the_same_seed_draws_the_same_cases(slopes):
    """Two runs with one seed are the same, to the bit."""
    one, other = (draw(load(str(slopes)), seed=5).cases for _ in range(2))
    assert all(same(a.case.args, b.case.args) for name in one for a, b in zip(one[name], other[name], strict=True))


def test_another_seed_draws_other_cases(slopes):
    """Only the case by hand stays as it is, and is known to."""
    one, other = (draw(load(str(slopes)), seed=seed).cases["slope"] for seed in (5, 6))
    kept = [same(a.case.args, b.case.args) for a, b in zip(one, other, strict=True)]
    assert kept == [True, False, False] == [expected.fixed for expected in one]


def test_the_reference_answers_a_copy_of_the_inputs():
    """A reference that changes its input in place does not change what students are called with."""

    def cases(rng):
        yield case("one", np.ones(2))

    def greedy(x):
        x += 1
        return x

    (expected,) = expected_cases(exercise(cases, greedy), seed=1)
    assert expected.case.args[0].tolist() == [1.0, 1.0]
    assert expected.expected.tolist() == [2.0, 2.0]


def nothing(rng):
    return iter(())


def no_case(rng):
    yield 1.0


def same_name(rng):
    yield case("one", 1.0)
    yield case("one", 2.0)


def seed_dependent_count(rng):
    for i in range(int(rng.integers(1, 1000))):
        yield case(str(i), 1.0)


def broken(rng):
    yield case("one", 1 / 0)


def unanswerable(rng):
    yield case("one", "text")


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (nothing, "at least once"),
        (no_case, r"must yield case"),
        (same_name, "same name"),
        (seed_dependent_count, "must not depend on the seed"),
        (broken, "ZeroDivisionError"),
        (unanswerable, "case 'one': the reference failed with TypeError"),
    ],
)
def test_cases_that_cannot_be_used_are_refused(cases, words):
    """The message names the exercise and what is wrong with its cases."""
    with pytest.raises(DeclarationError, match=words):
        expected_cases(exercise(cases), seed=1)


def test_a_case_weighs_something():
    """A weight of zero would be a case that nobody notices."""
    with pytest.raises(DeclarationError, match="weight"):
        case("one", 1.0, weight=0)
