"""The delta rule: the article's figures, its 0.7043, and the class that hands them in."""

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.assignment.steps import with_steps
from grader.feedback.words import message
from grader.model import Status
from tests.assignments.sample_class import graded_class, not_passed

EXERCISES = {exercise.name: exercise for exercise in load("delta_rule").exercises}
WORKED_EXAMPLE = EXERCISES["worked_example"]
OWN_RATE, NEIGHBOURS_SLOPE = WORKED_EXAMPLE.mistakes[:2]


def test_the_worked_example_gives_the_figures_checked_independently():
    """The output rises from 0.6718 to 0.6981, not to the 0.7043 that the article prints."""
    before, deltas, after = WORKED_EXAMPLE.reference()
    expected = [0.0011888942, -0.0108522375, -0.0049557745, -0.0409248970, -0.0496817430, -0.3281541388]
    assert before == pytest.approx(0.6718458612, abs=1e-10)
    np.testing.assert_allclose(deltas, expected, atol=1e-10)
    assert after == pytest.approx(0.6980763066, abs=1e-10)


@pytest.mark.parametrize(
    ("slips", "after"),
    [([OWN_RATE], 0.7037187), ([NEIGHBOURS_SLOPE], 0.6987679), ([OWN_RATE, NEIGHBOURS_SLOPE], 0.7043157)],
    ids=["own rate", "neighbour's slope", "both"],
)
def test_two_slips_together_give_the_published_figure(slips, after):
    """Each alone misses it; the bank's first two entries compose to it."""
    steps = {step: wrong for slip in slips for step, wrong in slip.steps.items()}
    assert with_steps(WORKED_EXAMPLE.reference, steps)()[2] == pytest.approx(after, abs=5e-8)


def test_who_hands_in_the_published_figure_is_told_both_slips():
    """Computed in plain numbers as a student would, with no step of the reference in sight."""
    exercises = not_passed(graded_class("delta_rule")["published_0.7043"])
    assert list(exercises) == ["worked_example"]
    assert exercises["worked_example"].mistake == f"{OWN_RATE.name} + {NEIGHBOURS_SLOPE.name}"
    assert "its own learning rate" in message(exercises["worked_example"])
    assert "a5(1 - a4)" in message(exercises["worked_example"])


@pytest.mark.parametrize(
    "sample", ["other_style", "plain_numbers", "python_2_cell", "old_file_format", "updates_in_place"]
)
def test_right_answers_in_any_form_get_full_marks(sample):
    """Plain numbers, a class, a file of an old format, a cell of an old Python, weights changed in place."""
    assert not_passed(graded_class("delta_rule")[sample]) == {}


@pytest.mark.parametrize(
    ("sample", "mistakes"),
    [
        (
            "half_squared_loss",
            {"squared_loss": "half-squared-loss", "output_delta": "half-squared-loss", "train": "no-1/m"},
        ),
        ("rest_dropped_and_transposed", {"gradient": "transposed", "minibatches": "rest-dropped"}),
        ("sigmoid_applied_twice", {"hidden_deltas": "f'-at-a"}),
        ("updates_on_the_way", {"worked_example": "deltas-with-updated-weights"}),
    ],
)
def test_a_known_mistake_is_named(sample, mistakes):
    """In every exercise that it touches, and in no other."""
    exercises = not_passed(graded_class("delta_rule")[sample])
    assert {name: exercise.mistake for name, exercise in exercises.items()} == mistakes


def test_the_half_of_other_lectures_earns_half():
    """½(y - o)² is a convention, not an error."""
    exercise = not_passed(graded_class("delta_rule")["half_squared_loss"])["squared_loss"]
    assert (exercise.status, exercise.points) == (Status.PARTIAL, exercise.max_points / 2)


def test_training_by_hand():
    """Two examples and weights 0: both outputs are ½, and the mean gradient is (0, -½)."""
    W, losses = draw(load("delta_rule"), 0).cases["train"][0].expected
    np.testing.assert_allclose(W, [[[0, 0.5]]])
    np.testing.assert_allclose(losses, [np.log(2), np.log(1 + np.exp(-0.5))])


@pytest.mark.parametrize("seed", range(5))
def test_training_is_asked_for_every_way_of_cutting_the_set(seed):
    """One batch, a smaller last one, one example each, and a size above the number of examples; losses that move."""
    sizes = []
    for expected in draw(load("delta_rule"), seed).cases["train"]:
        _, X, y, _, epochs, size = expected.case.args
        _, losses = expected.expected
        sizes.append((len(X) % size if size < len(X) else size - len(X), size))
        assert len(losses) == epochs + 1
        assert (X[:, 0] == 1).all()
        assert set(y.tolist()) == {0, 1}
        assert losses[-1] != pytest.approx(losses[0], rel=1e-3)
    assert len({left for left, _ in sizes}) > 2
    assert 1 in {size for _, size in sizes}


@pytest.mark.parametrize("seed", range(5))
def test_outputs_stay_away_from_0_and_1(seed):
    """So that any formula of the logarithms agrees with any other."""
    rng = np.random.default_rng(seed)
    drawn = [*EXERCISES["log_loss"].draw(rng), *EXERCISES["cross_entropy_loss"].draw(rng)]
    outputs = np.concatenate([np.atleast_1d(case.args[1]) for case in drawn])
    assert outputs.min() > 0.01
    assert outputs.max() < 0.99
