"""Computation graphs: what is drawn, and the class that hands in answers."""

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.model import Status
from reference.graph import operations
from tests.assignments.sample_class import graded_class, not_passed

ASSIGNMENT = load("computation_graph")


def drawn_graphs(seed):
    return [c for c in draw(ASSIGNMENT, seed).cases["error_signals"] if c.case.name.startswith("every operation")]


def children(graph, node):
    return [child for child, (_, parents) in graph.items() if node in parents]


@pytest.mark.parametrize("seed", range(10))
def test_a_drawn_graph_uses_every_operation_and_has_one_output(seed):
    """No operation can be left out unnoticed, and the output is plain to see."""
    for expected in drawn_graphs(seed):
        graph, inputs = expected.case.args
        assert {operation for operation, _ in graph.values()} == {"input", *operations()}
        assert sum(not children(graph, node) for node in graph) == 1
        assert set(inputs) == {node for node, (operation, _) in graph.items() if operation == "input"}


@pytest.mark.parametrize("seed", range(10))
def test_a_drawn_graph_has_fan_out_and_no_parent_twice(seed):
    """Messages must be added up; a node listed twice as a parent would be another question."""
    for expected in drawn_graphs(seed):
        graph, _ = expected.case.args
        assert any(len(children(graph, node)) > 1 for node in graph)
        assert all(len(set(parents)) == len(parents) for _, parents in graph.values())


@pytest.mark.parametrize("seed", range(10))
def test_no_error_signal_is_lost_to_cancellation(seed):
    """Another order of summation must not move an answer out of tolerance."""
    for expected in drawn_graphs(seed):
        assert min(abs(signal) for signal in expected.expected.values()) > 0.01


def test_the_perceptron_by_hand():
    """z = 0, h = ½, y = (1, 3), t = (0, 1): L = 5/2, h̄ = 10, z̄ = 10/4."""
    loss, dW1, db1, dW2, db2 = draw(ASSIGNMENT, 0).cases["mlp_loss_and_gradients"][0].expected
    assert (loss, dW1.tolist(), db1.tolist()) == (2.5, [[2.5, 2.5]], [2.5])
    assert (dW2.tolist(), db2.tolist()) == ([[0.5], [1.0]], [1.0, 2.0])


@pytest.mark.parametrize("sample", ["other_style", "recursion_and_loops"])
def test_right_answers_by_other_ways_get_full_marks(sample):
    """Node objects, recursion from the output, plain loops; another valid order of the nodes."""
    assert not_passed(graded_class("computation_graph")[sample]) == {}


@pytest.mark.parametrize(
    ("sample", "mistakes"),
    [
        ("fan_out_overwritten", {"error_signals": "fan-out-overwritten"}),
        ("no_half_in_the_loss", {"mlp_loss_and_gradients": "no-half"}),
        (
            "slope_forgotten_and_biases_counted",
            {"mlp_loss_and_gradients": "σ'-forgotten", "multiply_adds": "biases-counted"},
        ),
    ],
)
def test_a_known_mistake_is_named(sample, mistakes):
    """In every exercise that it touches, and in no other."""
    exercises = not_passed(graded_class("computation_graph")[sample])
    assert {name: exercise.mistake for name, exercise in exercises.items()} == mistakes


def test_an_order_that_is_none_names_two_nodes():
    """Judged by the property: a child that stands before its parent."""
    exercise = not_passed(graded_class("computation_graph")["order_by_number_of_parents"])["topological_order"]
    assert exercise.status is Status.PARTIAL
    assert "stands before its parent" in message(exercise)
