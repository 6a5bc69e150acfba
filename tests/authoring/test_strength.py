"""The strength of checks: what survives weak cases, what is equivalent, and what would tell."""

import pytest

from grader.assignment.catalogue import load
from grader.authoring.strength import Effort, strength

DECLARATION = '''
"""Means of rows."""

import numpy as np

from grader.assignment import Assignment, case


def mean(X):
    total = 0.0 + X.sum(axis=0)
    return total / len(X)


def countdown(n):
    steps = 0
    while n > 0:
        n -= 1
        steps += 1
    return steps


assignment = Assignment(title="Means", public_seed=1)


@assignment.exercise(reference={reference}, points=1, tolerance={tolerance})
def asked(rng):
    """What is asked."""
    {cases}
'''


@pytest.fixture
def exercise(tmp_path):
    """Writes the declaration with these cases and gives its exercise and its folder."""

    def declared(cases, reference="mean", tolerance=1e-6):
        text = DECLARATION.format(cases=cases, reference=reference, tolerance=tolerance)
        (tmp_path / "declaration.py").write_text(text, encoding="utf-8")
        return load(str(tmp_path)).exercises[0], tmp_path

    return declared


def survivors(found):
    return {survivor.mutant.became for survivor in found.survivors}


def test_strong_cases_let_nothing_through(exercise):
    """Several shapes, drawn numbers: every wrong version is caught."""
    found = strength(*exercise("for n in (2, 3): yield case(f'{n}', rng.normal(size=(n, 4)))"), Effort())
    assert found.caught > 5
    assert found.survivors == []


def test_one_example_hides_the_mean(exercise):
    """Where m is 1 a forgotten 1/m gets full marks; inputs of another size would tell."""
    found = strength(*exercise("yield case('one', rng.normal(size=(1, 4)))"), Effort())
    assert {"total", "total * len(X)"} <= survivors(found)
    assert all("other sizes" in survivor.shown_by for survivor in found.survivors)


def test_a_further_draw_is_named_that_would_have_told(exercise):
    """The generator itself can show it, only not under every seed."""
    rare = "yield case('few', rng.normal(size=(1 if rng.integers(8) else 2, 4)))"
    shown = {survivor.shown_by for survivor in strength(*exercise(rare), Effort()).survivors}
    assert any(text.startswith("case 'few' under seed 10") for text in shown)


def test_fixed_cases_are_not_counted_on(exercise):
    """Their answers could be learnt from a table."""
    fixed = "yield case('by hand', np.ones((2, 3))); yield case('one', rng.normal(size=(1, 4)))"
    assert "total" in survivors(strength(*exercise(fixed), Effort()))


def test_another_way_to_the_same_answer_is_set_aside(exercise):
    """0 + x and x are one thing."""
    found = strength(*exercise("yield case('drawn', rng.normal(size=(3, 4)))"), Effort())
    assert "X.sum(axis=0)" in {mutant.became for mutant in found.equivalent}


def test_a_lenient_tolerance_does_not_make_wrong_versions_equivalent(exercise):
    """What is wrong by a fifth survives, and is listed."""
    cases = "yield case('drawn', rng.uniform(1, 2, size=(9, 4)))"
    assert "0.0 - X.sum(axis=0)" not in survivors(strength(*exercise(cases, tolerance=0.9), Effort()))
    assert survivors(strength(*exercise(cases, tolerance=0.9), Effort())) >= {"1.0"}


def test_a_mutant_that_never_ends_is_caught(exercise, monkeypatch):
    """Its call is stopped, like a student's."""
    monkeypatch.setattr("grader.authoring.answering.CALL_SECONDS", 0.2)
    found = strength(*exercise("yield case('drawn', int(rng.integers(3, 9)))", reference="countdown"), Effort())
    assert found.survivors == []
    assert found.caught >= 5


def test_it_is_deterministic(exercise):
    """The same assignment, the same report."""
    declared = exercise("yield case('one', rng.normal(size=(1, 4)))")
    first, second = (strength(*declared, Effort()) for _ in range(2))
    assert [str(s) for s in first.survivors] == [str(s) for s in second.survivors]


def test_quick_tries_evenly_spread_mutants(exercise):
    """At most as many as were wanted, from the first line to the last."""
    declared = exercise("yield case('drawn', rng.normal(size=(3, 4)))")
    found = strength(*declared, Effort(most_mutants=4))
    assert found.caught + len(found.equivalent) + len(found.survivors) == 4
