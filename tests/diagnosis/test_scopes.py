"""What is wrong is confined to the part of an answer that it is wrong in, whatever the parts are kept in."""

import numpy as np
import pytest

from grader.assignment import Mistake
from tests.diagnosis.evidence import diagnosed, exercise_of


def over(total, m):
    return total / m


NO_MEAN = Mistake("no-mean", "You sum where the mean is asked for.", "Sum or mean?", {over: lambda total, m: total})


def gradients(dZ, A):
    """Two layers' gradients, by name."""
    m = A.shape[1]
    one, two = dZ @ A.T, (2 * dZ) @ A.T
    return {
        "dW1": over(one, m),
        "db1": over(dZ.sum(axis=1), m),
        "dW2": over(two, m),
        "db2": over(2 * dZ.sum(axis=1), m),
    }


def batches(rng):
    for n, k, m in ((2, 2, 3), (4, 3, 6), (3, 3, 5)):
        yield rng.normal(size=(k, m)), rng.normal(size=(n, m))


def changed(*keys):
    """Right, but for a factor m at some keys: the mistake, made there only."""

    def function(dZ, A):
        answer = gradients(dZ, A)
        return {key: value * A.shape[1] if key in keys else value for key, value in answer.items()}

    return function


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        (("db1",), "only in `db1`"),
        (("dW1", "db1", "dW2"), "only outside of `db2`"),
        (("dW2", "db2"), "only in the last layer;"),
        (("dW1", "db1"), "only in the first layer;"),
    ],
)
def test_the_keys_of_a_dict_are_parts_and_its_numbers_layers(keys, where):
    """Nothing has to be declared for it."""
    found = diagnosed(exercise_of(gradients, batches, (NO_MEAN,)), "f", changed(*keys))
    assert found.name == "no-mean"
    assert where in found.says


def test_a_dict_within_a_tuple_has_parts_of_its_own():
    """As in a network that returns its output and a cache."""

    def forward(dZ, A):
        return over(A.sum(), A.shape[1]), {"Z": over(dZ, 2), "A": over(A, 2)}

    def wrong(dZ, A):
        total, cache = forward(dZ, A)
        return total, cache | {"Z": dZ}

    assignment = exercise_of(forward, batches, (NO_MEAN,), returns=("cost", "cache"))
    assert "only in `cache['Z']`" in diagnosed(assignment, "f", wrong).says


def test_a_key_is_named_as_it_is():
    """Messages call the entry by its key, not by a subscript of the result."""
    from grader.judging.comparison import compare
    from grader.judging.tolerance import Tolerance

    right = {"dW": np.ones(2), "cache": {"A": 1.0}}
    assert compare(right, {"dW": np.zeros(2), "cache": {"A": 1.0}}, Tolerance(1e-6)).part == "dW"
    assert compare(right, {"dW": np.ones(2), "cache": {"A": 2.0}}, Tolerance(1e-6)).part == "cache['A']"
