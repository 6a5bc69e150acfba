"""The checks of the shipped assignments bite. A part of the mutants is tried here; `make validate` tries all."""

from dataclasses import replace

import numpy as np
import pytest

from grader.assignment.catalogue import load, shipped
from grader.authoring.strength import Effort, strength
from grader.authoring.validation import validate

PART = Effort(seeds=(0,), further_draws=3, varied_inputs=20, most_mutants=25)

WEAKENED = Effort(seeds=(0,), further_draws=2, varied_inputs=40)


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_wrong_with_a_shipped_assignment(name):
    """Reference, cases, bank and template are right, and every mutant that is wrong loses points."""
    report = validate(load(name), PART)
    assert [finding for finding in report.all_findings if finding.wrong] == []
    assert report.caught == report.wrong > 0


def weakened(exercise, change):
    """The exercise with every case's arguments changed."""
    return replace(exercise, draw=lambda rng: [replace(case, args=change(*case.args)) for case in exercise.draw(rng)])


def positive(z, *others):
    return np.abs(z) + 0.01, *others


def first_label(y_hat, label):
    return y_hat, 0


def one_example(W, A, Y, *others):
    return W, [a[:, :1] for a in A], Y[:, :1], *others


def without_biases(W, b, *others):
    return W, [0 * b_k for b_k in b], *others


@pytest.mark.parametrize(
    ("assignment", "name", "change"),
    [
        ("activations", "relu_derivative", positive),
        ("activations", "leaky_relu", positive),
        ("feedforward", "output_gradient", first_label),
        ("feedforward", "forward_propagation", without_biases),
        ("vectorized", "backward", one_example),
        ("vectorized", "regression_backward", one_example),
    ],
)
def test_weakened_cases_are_noticed(assignment, name, change):
    """Numbers of one sign, one label, one example, no biases: each lets a wrong version through, and it is listed."""
    declared = load(assignment)
    exercise = next(exercise for exercise in declared.exercises if exercise.name == name)
    assert strength(weakened(exercise, change), declared.folder, WEAKENED).survivors


@pytest.mark.parametrize(("assignment", "name"), [("chain_rule", "composite_derivative"), ("delta_rule", "gradient")])
def test_a_lenient_tolerance_is_noticed(assignment, name):
    """Wrong versions that are not far off survive, or the tolerance itself is told."""
    declared = load(assignment)
    declared.exercises = [replace(e, tolerance=0.5) for e in declared.exercises if e.name == name]
    assert any("50 % off pass" in finding.message for finding in validate(declared, PART).all_findings)
