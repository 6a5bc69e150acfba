"""The public data file: everything that a self-check needs, read back exactly, and nothing believed unseen."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.assignment.catalogue import load, shipped
from grader.assignment.sheet import draw
from grader.feedback.words import message
from grader.grading import Grader
from grader.model import Status, Submission
from grader.model.values import same
from grader.selfcheck import public
from grader.selfcheck.fields import PublicDataError
from grader.selfcheck.plainjson import NotPlain, from_json, to_json
from grader.submissions.files import OnDisk
from tests.conftest import notebook
from tests.fakes import FakeRunner

NUMBERS = st.one_of(st.booleans(), st.integers(-(2**60), 2**60), st.floats())
ARRAYS = arrays.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.uint8, np.bool_]),
    arrays.array_shapes(min_dims=1, min_side=0, max_side=4),
)
VALUES = st.recursive(
    st.one_of(st.none(), NUMBERS, st.text(), ARRAYS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
)


@pytest.fixture
def data_file(slopes, tmp_path):
    """The public data of the small assignment, in a folder without its declaration."""
    path = tmp_path / "given" / "slopes.grader.json"
    path.parent.mkdir()
    path.write_bytes(public.write(load(str(slopes))))
    return path


def graded(sheet, tmp_path, **functions):
    path = tmp_path / "ada.ipynb"
    path.write_bytes(notebook())
    return Grader(sheet, FakeRunner(functions)).grade(Submission("ada", "ada", path, OnDisk(path)))


@given(VALUES)
def test_a_value_comes_back_from_json_exactly(value):
    """Structure, dtype, shape and every bit, NaN and infinity included, through standard JSON."""
    assert same(from_json(json.loads(json.dumps(to_json(value), allow_nan=False))), value)


@pytest.mark.parametrize("value", [object(), 1j, np.array([1j]), np.array(["a"]), {1, 2}])
def test_what_json_cannot_hold_is_refused(value):
    """Nothing is written that would come back as something else."""
    with pytest.raises(NotPlain):
        to_json(value)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_assignment_comes_back_as_it_was_drawn(name, tmp_path):
    """The file holds the very cases and answers that the reference gives under the public seed."""
    assignment = load(name)
    (tmp_path / "a.grader.json").write_bytes(public.write(assignment))
    drawn, read = draw(assignment, assignment.public_seed), public.read(tmp_path / "a.grader.json")
    assert read.cases.keys() == drawn.cases.keys()
    for exercise, cases in drawn.cases.items():
        for one, other in zip(cases, read.cases[exercise], strict=True):
            assert same([one.case.args, one.expected], [other.case.args, other.expected])
            assert (one.case.name, one.case.weight, one.fixed) == (other.case.name, other.case.weight, other.fixed)


def test_the_same_assignment_gives_the_same_bytes(slopes):
    """A release can be compared with the last one."""
    assert public.write(load(str(slopes))) == public.write(load(str(slopes)))


def test_points_and_mistakes_are_the_same_without_the_reference(data_file, slopes, tmp_path):
    """A known mistake is named from its recorded answers."""
    functions = {"slope": lambda x: -2 * x, "square_and_slope": lambda x: (x * x, [2 * x])}
    with_reference = graded(draw(load(str(slopes)), 7), tmp_path, **functions)
    without = graded(public.read(data_file), tmp_path, **functions)
    assert without.exercises[0].mistake == "sign"
    assert [(e.status, e.points) for e in without.exercises] == [(e.status, e.points) for e in with_reference.exercises]


@pytest.mark.parametrize("exact", [None, True, False, ("count",)])
def test_how_answers_are_measured_is_part_of_it(exact, slopes, tmp_path):
    """What is exact, and what the tolerance is relative to; a file from before these could be said has neither."""
    declared = load(str(slopes))
    declared.exercises = [replace(declared.exercises[0], exact=exact, scale="entry", returns=("count",))]
    path = tmp_path / "slopes.grader.json"
    path.write_bytes(public.write(declared))
    (exercise,) = public.read(path).assignment.exercises
    assert (exercise.exact, exercise.scale) == (exact, "entry")
    tree = json.loads(path.read_bytes())
    del tree["exercises"][0]["exact"], tree["exercises"][0]["scale"]
    path.write_text(json.dumps(tree), encoding="utf-8")
    (exercise,) = public.read(path).assignment.exercises
    assert (exercise.exact, exercise.scale) == (None, "array")


def test_the_file_holds_no_code(data_file):
    """No function of the reference, no docstring of the declaration's module."""
    text = data_file.read_text()
    assert "slope_of_square" not in text and "doubled" not in text


def test_a_recorded_reference_refuses_other_inputs(data_file):
    """It is a table of answers, and says so instead of guessing."""
    exercise = public.read(data_file).assignment.exercises[0]
    assert exercise.reference is not None
    with pytest.raises(LookupError):
        exercise.reference(np.array([5.0]))


def test_an_exercise_judged_by_a_property_is_judged_without_the_reference(tmp_path):
    """The file names the judge, which is part of the grader."""
    (tmp_path / "a.grader.json").write_bytes(public.write(load("computation_graph")))
    sheet = public.read(tmp_path / "a.grader.json")
    result = graded(sheet, tmp_path, topological_order=lambda parents: [])
    assert result.exercises[0].status is Status.WRONG and "every node" in message(result.exercises[0])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "another"),
        ("name", 3),
        ("public_seed", -1),
        ("limits", {"case_seconds": 0, "submission_seconds": 1, "memory_mb": 1}),
        ("support", ["../secret.py"]),
        ("support", ["absent.py"]),
        ("exercises", []),
        ("exercises", [{"name": "f"}]),
        ("exercises", "many"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_by_name(data_file, field, value):
    """The file and the place in it are in the message."""
    data_file.write_text(json.dumps(json.loads(data_file.read_text()) | {field: value}))
    with pytest.raises(PublicDataError, match=r"slopes\.grader\.json"):
        public.read(data_file)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tolerance", 2),
        ("points", "1e9"),
        ("points", 0),
        ("cases", []),
        ("property", "fairness"),
        ("name", "not a name"),
        ("cases", [{"name": "x", "weight": 1, "fixed": False, "args": [{"dtype": "float64"}], "expected": 1}]),
        ("mistakes", [{"name": "m", "says": "s", "asks": "", "earns": 0, "convention": False, "answers": []}]),
    ],
)
def test_an_exercise_that_could_not_be_judged_is_refused(data_file, field, value):
    """The reader holds to what a declaration must hold to."""
    data = json.loads(data_file.read_text())
    data["exercises"][0][field] = value
    data_file.write_text(json.dumps(data))
    with pytest.raises(PublicDataError, match="exercises 1"):
        public.read(data_file)


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{", b"[" * 100_000, b'{"format": NaN}'])
def test_what_is_no_public_data_is_refused(tmp_path, data):
    """Every kind of wrong file."""
    (tmp_path / "x.grader.json").write_bytes(data)
    with pytest.raises(PublicDataError):
        public.read(tmp_path / "x.grader.json")


def test_a_mistake_that_raises_is_recorded_by_its_error(slopes, tmp_path):
    """A student's function that raises on the same cases makes the same mistake."""
    declaration = slopes / "declaration.py"
    wrong = "lambda x: 2 * x if x.ndim == 1 else [][0]"
    declaration.write_text(declaration.read_text().replace("lambda x: -2 * x", wrong))
    (tmp_path / "a.grader.json").write_bytes(public.write(load(str(slopes))))
    sheet = public.read(tmp_path / "a.grader.json")
    (wrong_version,) = sheet.assignment.exercises[0].mistakes[1].steps.values()
    with pytest.raises(Exception) as caught:
        wrong_version(*sheet.cases["slope"][2].case.args)
    assert caught.typename == "IndexError"
