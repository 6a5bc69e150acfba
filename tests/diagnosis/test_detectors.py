"""What needs no bank: found from wrong values alone, and only where it holds on every case."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.model import Opaque
from tests.diagnosis.evidence import diagnosed, exercise_of


def matrices(rng):
    for n, m in ((2, 3), (4, 3), (3, 3), (2, 5)):
        yield rng.normal(size=(n, m)), rng.normal(size=m)


def vectors(rng):
    for n in (2, 3, 5, 7):
        yield (rng.normal(size=n) * 3,)


def examples(rng):
    """X with one example or several in its columns."""
    for m in (1, 4, 2, 3):
        yield rng.normal(size=(2, m)), rng.normal(size=2)


def layers(rng):
    for L in (2, 3, 4, 2):
        yield [rng.normal(size=(2, 2)) for _ in range(L)], rng.normal(size=2)


def scaled(W, x):
    return W * x


def doubled_layers(W, x):
    return [2 * w for w in W]


SCALED = exercise_of(scaled, matrices)
VECTOR = exercise_of(lambda x: x * 2 + 1, vectors)
NORM = exercise_of(lambda W, x: float(np.sum(W * x)), matrices)
LAYERS = exercise_of(doubled_layers, layers)
PARTS = exercise_of(lambda W, x: (W * x, x**3, float(W.sum())), matrices, returns=("dW", "db", "loss"))
EXAMPLES = exercise_of(lambda X, w: w @ X, examples, names=("one example",))
COLUMNS = exercise_of(lambda X, w: w @ X, examples)
POSITIVE = exercise_of(lambda a: a * (1 - a), lambda rng: ((rng.uniform(size=n),) for n in (2, 3, 4)))
SMALL = exercise_of(lambda x: np.tanh(x) * 0.9, vectors)
MANY = exercise_of(lambda W, x: sum(w.sum() for w in W), layers)
LARGE = exercise_of(
    lambda x: np.logaddexp(0, x), lambda rng: iter([(rng.normal(size=4),), (np.array([1000.0, *rng.normal(size=2)]),)])
)


@pytest.mark.parametrize(
    ("assignment", "function", "name"),
    [
        (SCALED, lambda W, x: -W * x, "factor -1"),
        (SCALED, lambda W, x: W * x / 2, "factor 1/2"),
        (SCALED, lambda W, x: W * x * 3, "factor 3"),
        (SCALED, lambda W, x: W * x * len(W), "factor the number of rows of `W`"),
        (SCALED, lambda W, x: W * x / W.shape[1], "factor 1/the number of columns of `W`"),
        (SCALED, lambda W, x: (W * x).T, "transposed"),
        (SCALED, lambda W, x: (W * x)[None], "extra dimension"),
        (SCALED, lambda W, x: (W * x).ravel(), "flattened"),
        (SCALED, lambda W, x: (W * x).reshape((W * x).T.shape), "another shape"),
        (SCALED, lambda W, x: (W * x).astype(int), "whole numbers"),
        (SCALED, lambda W, x: W * x // 1, "whole numbers"),
        (SCALED, lambda W, x: np.abs(W * x), "sign lost"),
        (SCALED, lambda W, x: np.round(W * x, 1), "rounded"),
        (SCALED, lambda W, x: np.round(W * x, 4), "rounded"),
        (SCALED, lambda W, x: np.vectorize(lambda v: float(f"{v:.3g}"))(W * x), "rounded"),
        (SCALED, lambda W, x: (W * x).astype(np.float16), "half precision"),
        (SCALED, lambda W, x: W * x * np.nan, "always NaN"),
        (NORM, lambda W, x: np.nan, "always NaN"),
        (SCALED, lambda W, x: W, "returns its input"),
        (SCALED, lambda W, x: np.zeros_like(W), "always the same"),
        (SCALED, lambda W, x: print(W * x), "printed, not returned"),
        (SCALED, lambda W, x: None, "nothing returned"),
        (VECTOR, lambda x: (x * 2 + 1)[:, None], "extra dimension"),
        (VECTOR, lambda x: (x * 2 + 1)[::-1], "reversed"),
        (VECTOR, lambda x: np.roll(x * 2 + 1, 1), "shifted"),
        (VECTOR, lambda x: (x * 2 + 1) ** 2, "squared"),
        (VECTOR, lambda x: np.where(x > 0, x * 2 + 1, x), "only where positive"),
        (VECTOR, lambda x: np.where(x < 0, x * 2 + 1, x), "only where negative"),
        (VECTOR, lambda x: x + 1 if x > 0 else x, "if on an array"),
        (NORM, lambda W, x: W * x, "not summed up"),
        (NORM, lambda W, x: np.array([[np.sum(W * x)]]), "extra dimension"),
        (LAYERS, lambda W, x: [2 * w for w in W[::-1]], "reversed"),
        (LAYERS, lambda W, x: [2 * w for w in W[1:]], "first one missing"),
        (LAYERS, lambda W, x: [x] + [2 * w for w in W], "one too many at the front"),
        (LAYERS, lambda W, x: [2 * w for w in W[:-1]] + [W[-1] + 1], "wrong in the last layer"),
        (LAYERS, lambda W, x: [2 * w for w in W[:-1]] + [-2 * W[-1]], "factor -1"),
        (PARTS, lambda W, x: (x**3, W * x, float(W.sum())), "parts in another order"),
        (PARTS, lambda W, x: W * x, "only dW"),
        (PARTS, lambda W, x: (W * x, -(x**3), float(W.sum())), "factor -1"),
        (EXAMPLES, lambda X, w: (w @ X).sum() * np.ones(X.shape[1]), "only for one example"),
        (LARGE, lambda x: np.log(1 + np.exp(x)), "overflow"),
    ],
)
def test_what_is_wrong_is_told_from_the_values(assignment, function, name):
    """Factor, form, order, place or kind."""
    assert diagnosed(assignment, "f", function).name == name


def test_a_finding_confined_to_a_part_says_so():
    """The rest is right, and that is said."""
    assert "only in `db`" in diagnosed(PARTS, "f", lambda W, x: (W * x, -(x**3), float(W.sum()))).says
    assert (
        "only in the last layer" in diagnosed(LAYERS, "f", lambda W, x: [*doubled_layers(W[:-1], x), -2 * W[-1]]).says
    )


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda W, x: W * 2, "does not use x"),
        (lambda W, x: W * 0.3 + np.outer(np.ones(len(W)), np.random.rand(len(x))), "random"),
        (lambda W, x: W * np.random.default_rng().normal(size=W.shape), "random"),
    ],
)
def test_further_calls_tell_what_values_cannot(function, name):
    """Whether an input matters at all, and whether the same call gives the same answer twice."""
    assert diagnosed(SCALED, "f", function) is None
    found = diagnosed(SCALED, "f", function, probing=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("assignment", "function"),
    [
        (POSITIVE, lambda a: 1 - a),
        (VECTOR, lambda x: np.where((x > 0) | (np.arange(len(x)) == 0), x * 2 + 1, x)),
        (SCALED, lambda W, x: W * x + 1e-4 * np.abs(x)),
        (SCALED, lambda W, x: np.round(W * x, 4) if len(W) == 2 else np.round(W * x, 3) + 1e-3),
        (SMALL, lambda x: -1.0 * (x < 0)),
        (COLUMNS, lambda X, w: (w @ X).sum() * np.ones(X.shape[1])),
        (LARGE, lambda x: np.log(1 + np.exp(x)) if x.max() > 100 else np.logaddexp(0, x) + 0 / x.size * np.inf),
        (MANY, lambda W, x: sum(w.sum() for w in W[:3])),
    ],
    ids=["one sign", "one entry more", "near", "twice", "off", "columns", "small", "deep"],
)
def test_what_only_seems_so_is_not_said(assignment, function):
    """Inputs of one sign; numbers that are near; signs for whole numbers; columns that are no examples."""
    assert diagnosed(assignment, "f", function) is None


def test_an_input_that_does_not_matter_matters_on_no_case():
    """Where numbers are large they may be cut off, and then change nothing."""
    cut = exercise_of(lambda x: 2 * x, lambda rng: iter([(rng.normal(size=3),), (rng.normal(size=3) + 900,)]))
    assert diagnosed(cut, "f", lambda x: 2 * np.minimum(x, 9.0), probing=True) is None
    assert diagnosed(SCALED, "f", lambda W, x: W * np.sign(x), probing=True) is None


@pytest.mark.parametrize("value", [Opaque("generator"), [1.0, Opaque("generator")], {"b": Opaque("generator")}])
def test_objects_are_not_called_the_same(value):
    """Of a generator nothing is known but that it is one."""
    assert diagnosed(SCALED, "f", lambda W, x: value) is None


def test_a_0_has_no_sign():
    """-0 is what a minus makes of 0."""
    assert "returns 0 everywhere" in diagnosed(SCALED, "f", lambda W, x: -np.zeros_like(W)).says


def test_rounded_numbers_say_to_how_many_digits():
    """As many as the student gives."""
    assert "rounded to 4 decimals" in diagnosed(SCALED, "f", lambda W, x: np.round(W * x, 4)).says


@pytest.mark.parametrize(
    "function",
    [
        lambda W, x: -W * x if len(W) > 2 else W * x + 1,
        lambda W, x: (W * x).T if W.shape != (2, 3) else W * x + 1,
        lambda W, x: W * x + np.arange(W.size).reshape(W.shape),
    ],
)
def test_nothing_is_said_that_does_not_hold_on_every_case(function):
    """A finding on most cases is none."""
    assert diagnosed(SCALED, "f", function) is None


@settings(deadline=None)
@given(st.floats(-50, 50))
def test_any_factor_is_found(factor):
    """Whichever it is, unless it changes nothing or everything."""
    assume(abs(factor) > 1e-3 and abs(factor - 1) > 1e-3)
    found = diagnosed(SCALED, "f", lambda W, x: factor * W * x)
    assert found is not None
    assert found.name.startswith("factor")


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_numbers_drawn_at_random_are_never_explained(seed):
    """Wrong answers without a pattern stay without a diagnosis."""
    rng = np.random.default_rng(seed)
    assert diagnosed(SCALED, "f", lambda W, x: rng.normal(size=W.shape)) is None
    assert diagnosed(VECTOR, "f", lambda x: rng.normal(size=x.shape)) is None


def test_a_whole_number_that_is_off_by_one_is_in_no_other_form():
    """What is compared exactly is told by no form of it that is only near: 9227466 is not 9227465 transposed."""
    large = exercise_of(lambda n: n * n, lambda rng: ((int(n),) for n in rng.integers(2_000, 9_000, 4)))
    assert diagnosed(large, "f", lambda n: n * n + 1).name == "off by 1"
