"""Whatever a student's process says is an outcome: it is judged, explained, written down and reported."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.assignment.vocabulary import Limits
from grader.grading import Grader
from grader.model import Crashed, Raised, Returned, Submission, SubmissionStatus
from grader.reports.exporter import Archive, ClassResults, ReportOptions
from grader.reports.exporters import registry
from grader.reports.gradebook import FilledGradebook
from grader.runs.record.serialization import from_text, to_line
from grader.sandbox import Job, Session
from grader.submissions.files import OnDisk
from tests.conftest import notebook
from tests.fakes import FakeProcess

DTYPES = [np.float64, np.float32, np.float16, np.int64, np.uint64, np.int8, np.bool_]
TEXTS = st.text() | st.sampled_from(["\ud800", "\0", "\x1b[31m", "</script>", "=1+1"])
NUMBERS = st.booleans() | st.integers() | st.sampled_from([10**400, -(2**63), 2**64 - 1]) | st.floats()
ARRAYS = hnp.arrays(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=0, min_side=0, max_side=3))
HUGE = st.sampled_from([np.empty((2**39, 0)), np.ones(2**20, np.int8), [0.5] * 3_000, "x" * 2**20])
LEAVES = st.none() | TEXTS | NUMBERS | ARRAYS | st.just(1j) | st.builds(object)
VALUES = HUGE | st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, min_size=2, max_size=3).map(tuple)
        | st.dictionaries(st.none() | TEXTS | NUMBERS, inner, max_size=3)
    ),
    max_leaves=8,
)
ANYTHING = LEAVES | st.lists(LEAVES, max_size=3)
SAID = st.fixed_dictionaries(
    {"is": st.sampled_from(["returned", "raised", "missing", "loaded", "ask"]) | ANYTHING},
    optional=dict.fromkeys(
        ("changed", "error", "message", "place", "behind", "reason", "printed", "seconds", "name", "args"), ANYTHING
    )
    | {"value": VALUES},
)


class Forging(FakeProcess):
    """A process that answers every call with the same words, which its grader has not written."""

    def __init__(self, names, said):
        super().__init__(dict.fromkeys(names))
        self.said = said

    def _call(self, request):
        return dict(self.said)


class ForgingRunner:
    """Starts such processes."""

    layers = ("fake",)
    is_for_strangers = False

    def __init__(self, names, said):
        self.names, self.said = names, said

    def start(self, job):
        return Forging(self.names, self.said)

    def close(self):
        pass


SHEET = draw(load("computation_graph"), seed=4)
RETURNED = {"is": "returned", "value": 1.0, "changed": []}
RAISED = {"is": "raised", "error": "E", "message": "m"}
FORGED = {
    "positions that are none": RETURNED | {"changed": [-100, 7]},
    "positions without end": RETURNED | {"changed": [float("inf")]},
    "a time without end": RETURNED | {"seconds": 10**4000},
    "half a place": RAISED | {"place": [1]},
    "a place nowhere": RAISED | {"place": [float("inf"), 1]},
    "a cause nowhere": RAISED | {"behind": ["E", "m", [float("inf"), 1]]},
    "an array for a kind": {"is": np.zeros(0)},
    "a number without end": RETURNED | {"value": [10**4000]},
}


@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
def test_a_forged_answer_is_an_outcome(said):
    """Each of these was once an error of the grader's own."""
    job = Job(notebook("pass"), ".ipynb", {}, Limits(), ("f",))
    with Session(Forging(["f"], said), job) as session:
        outcome = session.call("f", (1.0,), 1)
        assert isinstance(outcome, Crashed | Returned | Raised)
        assert not getattr(outcome, "changed", ())


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=VALUES.map(lambda value: {"is": "returned", "value": value, "changed": []}) | SAID)
def test_whatever_comes_back_is_graded_and_reported(tmp_path_factory, said):
    """It is never the grader's own fault, earns nothing, and every format can say so."""
    folder = tmp_path_factory.mktemp("class")
    path = folder / "ada.ipynb"
    path.write_bytes(notebook("pass"))
    names = [exercise.name for exercise in SHEET.assignment.exercises]
    grade = Grader(SHEET, ForgingRunner(names, said)).grade(Submission("ada.ipynb", "ada", path, OnDisk(path)))
    assert grade.status is SubmissionStatus.GRADED
    assert grade.score == 0
    again = from_text(to_line(grade).text)
    assert to_line(again) == to_line(grade)
    results = ClassResults.of([again])
    for kind, form in registry().items():
        if kind != "parquet" and not isinstance(form, FilledGradebook | Archive):
            form.write(results, folder / kind, ReportOptions())
