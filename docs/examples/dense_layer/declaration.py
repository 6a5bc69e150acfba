"""One dense layer and its gradient: a small assignment with a reference of its own."""

import numpy as np

from grader.assignment import Assignment, Mistake, case

from .answers import dense, dense_gradients, over_examples

assignment = Assignment(title="One dense layer", public_seed=42, convention="examples are rows: Z = X W + b")


@assignment.exercise(reference=dense, points=1, tolerance=1e-9)
def dense_layer(rng):
    """Z = X W + b for m examples, the rows of X (m, n); W (n, k), b (k,)."""
    yield case("by hand", np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0]))
    for m, n, k in ((1, 3, 2), (4, 3, 2), (5, 2, 3), (3, 1, 4)):
        yield case(
            f"{m} examples, {n} inputs, {k} units", rng.normal(size=(m, n)), rng.normal(size=(n, k)), rng.normal(size=k)
        )


@assignment.exercise(
    reference=dense_gradients,
    points=3,
    tolerance=1e-9,
    returns=("dW", "db"),
    builds_on=("dense_layer",),
    mistakes=[
        Mistake(
            "no-1/m",
            "Your gradients are summed over the examples, not averaged.",
            "What happens to your gradient when every example is given twice?",
            {over_examples: lambda total, m: total},
        )
    ],
)
def dense_layer_gradients(rng):
    """dW and db of the mean of L over m examples, from dZ = ∂L/∂Z (m, k) of each example and X (m, n)."""
    yield case("by hand", np.array([[1.0], [3.0]]), np.array([[2.0, 0.0], [4.0, 6.0]]))
    for m, n, k in ((2, 3, 2), (4, 3, 2), (5, 2, 3), (3, 1, 4)):
        yield case(f"{m} examples, {n} inputs, {k} units", rng.normal(size=(m, k)), rng.normal(size=(m, n)))
