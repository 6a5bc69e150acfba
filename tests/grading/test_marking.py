"""What an exercise's outcomes come to, one by one and all at once."""

from dataclasses import replace

import numpy as np
import pytest

from grader.assignment.sheet import draw
from grader.grading.marking import AnswerKey, AnswerKeys
from grader.model import Crashed, Raised, Returned, SinglePrecision
from tests.diagnosis.evidence import exercise_of

LAYERS = exercise_of(lambda x: [2 * x, {"b": x}], lambda rng: ((rng.normal(size=3),) for _ in range(4)))
(EXERCISE,) = LAYERS.exercises
SHEET = draw(LAYERS, seed=1)
CASES = SHEET.cases["f"]
KEY = AnswerKey(EXERCISE, CASES)
RIGHT = [Returned(expected.expected) for expected in CASES]
JUDGED = replace(EXERCISE, reference=None, property=lambda answer, x: "" if answer is None else "it is not None")


def one_by_one(key, outcomes):
    return tuple(key.verdict(expected, outcome, ("x",)) for expected, outcome in zip(key.cases, outcomes, strict=True))


@pytest.mark.parametrize(("dtype", "noted"), [(np.float32, True), (np.float64, False)])
def test_single_precision_passes_with_a_note(dtype, noted):
    """Wherever in the answer it stands."""
    x = CASES[0].case.args[0]
    found = KEY.verdict(CASES[0], Returned([2 * x, {"b": x.astype(dtype)}]))
    assert (found.passed, SinglePrecision() in found.remarks) == (True, noted)


@pytest.mark.parametrize(
    "last",
    [
        RIGHT[-1],
        replace(RIGHT[-1], changed=(0,)),
        Returned([RIGHT[-1].value[0].astype(np.float32), RIGHT[-1].value[1]]),
        Returned([RIGHT[-1].value[0] + 1, RIGHT[-1].value[1]]),
        Returned([RIGHT[-1].value[0].tolist(), RIGHT[-1].value[1]]),
        Returned(None),
        Raised("ValueError", "no"),
        Crashed("killed by signal 11"),
    ],
)
def test_all_at_once_come_to_what_each_comes_to(last):
    """To the notes, too, and whichever submission it is."""
    outcomes = [*RIGHT[:-1], last]
    assert KEY.verdicts(outcomes, ("x",)) == KEY.verdicts(outcomes, ("x",)) == one_by_one(KEY, outcomes)


@pytest.mark.parametrize("value", [None, 1.0])
def test_a_property_judges_where_nothing_is_expected(value):
    """Nothing is not the answer just because no answer is known."""
    key = AnswerKey(JUDGED, [replace(expected, expected=None) for expected in CASES])
    outcomes = [Returned(value)] * len(CASES)
    assert key.verdicts(outcomes) == one_by_one(key, outcomes)
    assert all(found.passed is (value is None) for found in key.verdicts(outcomes))


def test_an_outcome_too_few_is_an_error():
    """Outcomes and cases belong together."""
    with pytest.raises(ValueError, match="shorter"):
        KEY.verdicts(RIGHT[:-1])


def test_a_sheet_has_one_key_for_an_exercise():
    """Whatever is worked out for a submission serves the next."""
    keys = AnswerKeys(SHEET)
    assert keys.of(EXERCISE) is keys.of(EXERCISE)
    assert keys.of(EXERCISE).cases == CASES
