"""Banked mistakes: alone, two at once, in a part of the answer, and never where they do not hold."""

import numpy as np
import pytest

from grader.assignment.vocabulary import Mistake
from tests.diagnosis.evidence import diagnosed, exercise_of


def weighted(W, x):
    return W @ x


def squashed(z):
    return np.tanh(z)


def mean(v):
    return v.sum() / len(v)


def out(W, x):
    return squashed(weighted(W, x))


def parts(W, x):
    return mean(weighted(W, x)), [weighted(W, x), 3 * squashed(x)]


def by_task(task, W, x):
    return squashed(W @ x) if task == "squashed" else weighted(W, x)


def first(v):
    return v[0]


def ends(W, x):
    return first(W @ x), mean(W @ x)


def matrices(rng):
    yield np.eye(2), np.array([1.0, 2.0])
    for n, m in ((2, 3), (4, 3), (3, 3), (2, 5)):
        yield rng.normal(size=(n, m)), rng.normal(size=m)


def mistake(name, steps, **kw):
    return Mistake(name, f"Your function makes the slip {name}.", f"Where is {name}?", steps, **kw)


def refuse(W, x):
    raise ValueError("shapes do not fit")


TRANSPOSED = mistake("transposed", {weighted: lambda W, x: W.T @ x})
SIGN = mistake("sign", {weighted: lambda W, x: -weighted(W, x)})
SHIFT = mistake("shift", {weighted: lambda W, x: weighted(W, x) + x[0]})
LINEAR = mistake("linear", {squashed: lambda z: z})
SUM = mistake("sum", {mean: np.sum})
BANK = (TRANSPOSED, SIGN, SHIFT, LINEAR)
OUT = exercise_of(out, matrices, BANK)
PARTS = exercise_of(parts, matrices, (SUM, SIGN, LINEAR), returns=("loss", "steps"))
TASKS = exercise_of(
    by_task, lambda rng: ((t, *args) for t in ("plain", "squashed") for args in matrices(rng)), (SIGN, LINEAR)
)


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (lambda W, x: np.tanh(-W @ x), "sign"),
        (lambda W, x: W @ x, "linear"),
        (lambda W, x: -W @ x, "sign + linear"),
        (
            lambda W, x: np.array([sum(w * v for w, v in zip(row, x, strict=True)) + x[0] for row in W]),
            "shift + linear",
        ),
    ],
)
def test_one_slip_or_two_are_named(function, name):
    """However the student's function is written."""
    assert diagnosed(OUT, "f", function).name == name


@pytest.mark.parametrize(
    ("product", "name"),
    [
        (lambda W, x: -(W @ x) + x[0], "sign + shift"),
        (lambda W, x: -(W @ x + x[0]), "sign + shift"),
        (lambda W, x: -3 * (W @ x), "sign + triple"),
        (lambda W, x: 3 * (W @ x) + x[0], "shift + triple"),
    ],
    ids=["one done to the other", "the other way round", "both factors", "a factor and a term"],
)
def test_two_slips_on_the_same_step_are_named(product, name):
    """However they come together there, and whether or not they are written as changes of the true step."""
    triple = mistake("triple", {weighted: lambda W, x: 3 * W.dot(x)})
    bank = exercise_of(out, matrices, (SIGN, SHIFT, triple))
    assert diagnosed(bank, "f", lambda W, x: np.tanh(product(W, x))).name == name


def test_an_answer_that_never_changes_is_no_pair_of_slips():
    """Zeros can be made of many things."""
    some = mistake("positive", {squashed: lambda z: np.tanh(z) * (z > 0)})
    rest = mistake("negative", {squashed: lambda z: np.tanh(z) * (z < 0)})
    bank = exercise_of(out, matrices, (some, rest))
    assert diagnosed(bank, "f", lambda W, x: 0.0 * (W @ x)).name == "always the same"


def test_a_slip_that_raises_is_recognised_by_what_it_raises():
    """Where shapes do not fit, a product raises a ValueError and a loop an IndexError."""

    def loops(W, x):
        return np.array([np.tanh(sum(W[j, i] * x[j] for j in range(len(x)))) for i in range(len(W))])

    wide = exercise_of(out, lambda rng: (args for args in matrices(rng) if len(args[0]) <= len(args[1])), BANK)
    assert diagnosed(OUT, "f", lambda W, x: np.tanh(W.T @ x)).name == "transposed"
    assert diagnosed(wide, "f", loops).name == "transposed"


def test_an_error_of_another_kind_is_not_taken_for_it():
    """A name that is not there has nothing to do with shapes."""

    def unfinished(W, x):
        return np.tanh(W.T @ x) if len(W) == len(x) else undefined  # noqa: F821

    assert diagnosed(OUT, "f", unfinished) is None


def test_a_slip_in_one_part_says_so():
    """The loss is right, the list is not."""
    found = diagnosed(PARTS, "f", lambda W, x: ((W @ x).mean(), [-W @ x, 3 * np.tanh(x)]))
    assert found.name == "sign"
    assert "the rest is right" in found.says


def test_two_slips_in_two_parts_are_told_apart():
    """Each with the part that it is in, though together they would give something else."""
    found = diagnosed(PARTS, "f", lambda W, x: ((W @ x).sum(), [-W @ x, 3 * np.tanh(x)]))
    assert found.name == "sum + sign"
    assert "In `loss`: Your function makes the slip sum. In `steps`: Your function makes the slip sign." in found.says


def test_a_slip_in_one_task_of_several_says_so():
    """The other task is right."""
    found = diagnosed(TASKS, "f", lambda task, W, x: (np.tanh if task == "squashed" else np.negative)(W @ x))
    assert found.name == "sign"
    found = diagnosed(TASKS, "f", lambda task, W, x: (-np.tanh(W @ x)) if task == "squashed" else W @ x)
    assert (found.name, 'only for "squashed"' in found.says) == ("factor -1", True)


def test_slips_that_agree_on_every_case_count_as_one():
    """The first of the bank is named."""
    twin = mistake("twin", {weighted: lambda W, x: -(W @ x)})
    assert diagnosed(exercise_of(out, matrices, (SIGN, twin)), "f", lambda W, x: np.tanh(-W @ x)).name == "sign"


def test_several_slips_that_fit_a_part_are_said_to_be_several():
    """Each would also change what is right, in its own way, so neither is certain."""
    half = mistake("half", {mean: lambda v: mean(v) / 2})
    low = mistake("low", {parts: lambda W, x: (mean(weighted(W, x)) / 2, [weighted(W, x) + 1, 3 * squashed(x)])})
    high = mistake("high", {parts: lambda W, x: (mean(weighted(W, x)) / 2, [weighted(W, x) + 2, 3 * squashed(x)])})
    own = lambda W, x: ((W @ x).mean() / 2, [W @ x, 3 * np.tanh(x)])  # noqa: E731
    found = diagnosed(exercise_of(parts, matrices, (low, high), returns=("loss", "steps")), "f", own)
    assert found.name == "low or high"
    assert "several" in found.says
    certain = exercise_of(parts, matrices, (low, high, half), returns=("loss", "steps"))
    assert diagnosed(certain, "f", own).name == "half"


def test_a_banked_mistake_outranks_what_values_tell():
    """The bank knows why; a factor of -1 would be true as well."""
    bank = (mistake("uphill", {weighted: lambda W, x: -(W @ x)}),)
    plain = exercise_of(weighted, matrices, bank)
    assert diagnosed(plain, "f", lambda W, x: -(W @ x)).name == "uphill"


def test_one_simple_sentence_outranks_two_slips():
    """Parts in another order may be what two slips would make of them."""
    one = mistake("one", {mean: lambda v: v[0]})
    other = mistake("other", {first: lambda v: v.sum() / len(v)})
    swap = exercise_of(ends, matrices, (one, other), returns=("first", "mean"))
    assert diagnosed(swap, "f", lambda W, x: ends(W, x)[::-1]).name == "parts in another order"


def test_a_slip_is_recognised_in_rounded_numbers():
    """To four decimals, alone or with another one; what else is rounded is right."""
    found = diagnosed(OUT, "f", lambda W, x: np.round(np.tanh(-W @ x), 4))
    assert (found.name, "rounded to 4 decimals" in found.says) == ("sign", True)
    assert diagnosed(OUT, "f", lambda W, x: np.round(-W @ x, 5)).name == "sign + linear"
    found = diagnosed(PARTS, "f", lambda W, x: (round((W @ x).sum(), 4), [W @ x, 3 * np.tanh(x)]))
    assert (found.name, "rounded to 4 decimals" in found.says) == ("sum", True)


def test_too_few_digits_tell_nothing():
    """Two digits could be those of anything."""
    found = diagnosed(OUT, "f", lambda W, x: np.round(np.tanh(-W @ x), 1))
    assert found is None or found.name != "sign"


def test_answers_that_always_raise_are_no_slip():
    """An error alone is no sign of what the student thinks."""
    bank = (mistake("refuses", {weighted: refuse}),)
    assert diagnosed(exercise_of(weighted, matrices, bank), "f", refuse) is None


@pytest.mark.parametrize("slip", [0.001, 1e-5])
def test_a_slip_that_fits_but_for_a_little_is_not_named(slip):
    """Near is not enough."""
    found = diagnosed(OUT, "f", lambda W, x: np.tanh(-W @ x) + slip)
    assert found is None or found.name != "sign"
