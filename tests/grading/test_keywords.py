"""Arguments that a case gives by name, all the way from the declaration to what the student reads."""

import numpy as np
import pytest

from grader.assignment import Assignment, Mistake, case
from grader.assignment.sheet import draw
from grader.grading import Grader
from grader.model import Arguments, Status, Submission
from grader.sandbox.host.basic import BasicRunner
from grader.selfcheck import public
from grader.submissions.files import OnDisk
from tests.fakes import FakeRunner


def squash(z, kind="tanh"):
    return np.tanh(z) if kind == "tanh" else np.maximum(z, 0)


def layer_answer(x, W, activation="tanh", bias=0.0):
    return squash(W @ x + bias, kind=activation)


ALWAYS_TANH = Mistake("always-tanh", "You take tanh everywhere.", "Which one?", {squash: lambda z, kind: np.tanh(z)})


@pytest.fixture
def assignment():
    declared = Assignment(title="Layers", public_seed=1)

    @declared.exercise(reference=layer_answer, points=2, mistakes=[ALWAYS_TANH])
    def layer(rng):
        """One layer."""
        for n in (2, 3, 4):
            x, W = rng.normal(size=n), rng.normal(size=(2, n))
            yield case(f"relu, {n}", x, W, activation="relu", bias=float(rng.normal()))
            yield case(f"tanh, {n}", x, W)

    return declared


def grade_of(assignment, path, runner, source=""):
    path.write_text(source, encoding="utf-8")
    return Grader(draw(assignment, 5), runner).grade(Submission("ada.py", "ada", path, OnDisk(path))).exercises[0]


@pytest.fixture
def graded(assignment, tmp_path):
    """Grades a function without a process."""
    return lambda function: grade_of(assignment, tmp_path / "ada.py", FakeRunner({"layer": function}))


def test_a_right_function_passes_whatever_its_order_of_parameters(graded):
    """What goes by name may stand anywhere."""

    def layer(x, W, bias=0.0, *, activation="tanh"):
        return layer_answer(x, W, activation, bias)

    assert graded(layer).status is Status.PASSED


def test_a_known_mistake_is_named(graded):
    """The wrong versions of the reference are called the same way."""
    grade = graded(lambda x, W, activation="tanh", bias=0.0: np.tanh(W @ x + bias))
    assert grade.mistake == "always-tanh"


def test_an_example_shows_the_names(graded):
    """Those that the case gives, as well as the student's own."""
    example = graded(lambda x, W, activation="tanh", bias=0.0: W @ x).counterexample
    assert [name for name, _ in example.inputs][2:] in ([], ["activation", "bias"])


def test_the_sandbox_gives_them_by_name(assignment, tmp_path):
    """A function whose parameters stand in another order is right in a process of its own, too."""
    source = (
        "import numpy as np\ndef layer(x, W, bias=0.0, activation='tanh'):\n"
        "    z = W @ x + bias\n    return np.tanh(z) if activation == 'tanh' else np.maximum(z, 0)\n"
    )
    assert grade_of(assignment, tmp_path / "ada.py", BasicRunner(), source).status is Status.PASSED


def test_public_data_keep_them(assignment, tmp_path):
    """Names are written and read again."""
    path = tmp_path / f"layers{public.SUFFIX}"
    path.write_bytes(public.write(assignment))
    sheet = public.read(path)
    (exercise,) = sheet.assignment.exercises
    first = sheet.cases["layer"][0].case.args
    assert first.keywords == ("activation", "bias")
    assert np.allclose(first.given_to(exercise.reference), sheet.cases["layer"][0].expected)


def test_arguments_go_where_they_belong():
    """Positions first, then names, and what stands before them."""
    args = Arguments((1, 2, 3), ("b", "c"))
    assert args.given_to(lambda a, c, b: (a, b, c)) == (1, 2, 3)
    assert args.replaced(2, 9).given_to(lambda answer, a, b, c: (answer, a, b, c), "it") == ("it", 1, 2, 9)
    assert args.names(("x", "y")) == ("x", "b", "c")
