"""What one case comes to, and the one message for an exercise."""

import numpy as np
import pytest

from grader.cases import draw
from grader.grading.scoring import Attempt, Finding, exercise_grade, verdict
from grader.model import Missing, Returned
from tests.diagnosis.evidence import exercise_of

LAYERS = exercise_of(lambda x: [2 * x, {"b": x}], lambda rng: ((rng.normal(size=3),) for _ in range(4)))
(EXERCISE,) = LAYERS.exercises
CASES = draw(LAYERS, seed=1).cases["f"]


@pytest.mark.parametrize(("dtype", "noted"), [(np.float32, True), (np.float64, False)])
def test_single_precision_passes_with_a_note(dtype, noted):
    """Wherever in the answer it stands."""
    x = CASES[0].case.args[0]
    found = verdict(EXERCISE, CASES[0], Returned([2 * x, {"b": x.astype(dtype)}]))
    assert (found.passed, "single precision" in " ".join(found.notes)) == (True, noted)


def test_what_is_missing_is_missing_on_every_case():
    """So no case is named; a wrong value is one of a case."""
    there = exercise_grade(Attempt(EXERCISE, CASES, [Returned(1.0)] * len(CASES)), Finding())
    gone = exercise_grade(Attempt(EXERCISE, CASES, [Missing("no function of this name")] * len(CASES)), Finding())
    assert there.message.startswith("On the case “case 1”: ")
    assert gone.message == "Nothing to grade: no function of this name."
