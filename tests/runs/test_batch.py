"""Many submissions into one record: nothing twice without a reason, and nothing missing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import Receipt, SubmissionStatus
from grader.runs.adjustments import Adjustments
from grader.runs.batch import Basis, Batch
from grader.runs.engines.worker import Setup, Worker
from grader.runs.events import Graded, Reused, SetAside
from grader.runs.record import results
from grader.runs.record.keys import sheet_digest
from grader.submissions.discovery import find
from tests.fakes import FakeRunner

GRADED = SubmissionStatus.GRADED


def slope(x):
    return 2 * x


class Here:
    """An engine without processes; counts what it is asked."""

    def __init__(self, setup):
        self.setup, self.graded = setup, []

    def grade(self, tasks):
        worker = Worker(self.setup)
        for task in tasks:
            self.graded.append(task.submission.name)
            yield worker.grade(task)


@pytest.fixture
def run(slopes, hand_in, tmp_path):
    """Grades what was handed in into `out`; returns the grades, what the engine was asked, and the events."""
    hand_in("ada.ipynb", "a")

    def graded(*, seed=1, force=False, faults=0, change=list, finish=True):
        adjust = Adjustments()
        basis = Basis(sheet_digest(draw(load(str(slopes)), seed)), seed)
        setup = Setup(str(slopes), seed, basis.sheet, lambda: FakeRunner({"slope": slope}, faults))
        engine = Here(setup)
        with results.Results(tmp_path / "out") as record:
            events = list(Batch(record, basis, adjust, force).run(change(find([tmp_path / "class"])), engine))
            if finish:
                record.finish(adjust, lambda before, after: None)
        return results.read(tmp_path / "out"), engine.graded, events

    return graded


def test_every_submission_has_its_line(run, hand_in):
    """With its points, and with what it was graded on."""
    hand_in("bob.ipynb", "b")
    grades, _, events = run()
    assert [(grade.submission, grade.score) for grade in grades] == [("ada.ipynb", 2.0), ("bob.ipynb", 2.0)]
    assert events == [Graded("ada.ipynb", GRADED), Graded("bob.ipynb", GRADED)]
    assert (grades[0].record.seed, grades[0].record.late) == (1, None)


def test_what_has_not_changed_is_not_graded_again(run):
    """The second run asks the engine nothing, and the record stays the same to the byte."""
    grades, _, _ = run()
    again, graded, events = run()
    assert (again, graded, events) == (grades, [], [Reused("ada.ipynb", GRADED)])


def test_a_run_that_was_interrupted_goes_on(run, hand_in):
    """What it had graded is known, though the record has not been put in order."""
    run(finish=False)
    hand_in("bob.ipynb", "b")
    assert run()[1] == ["bob.ipynb"]


def test_a_changed_submission_is_graded_again(run, hand_in):
    """Only the one that changed is run."""
    hand_in("bob.ipynb", "x = 1")
    run()
    hand_in("bob.ipynb", "x = 2")
    assert run()[1] == ["bob.ipynb"]


def test_another_seed_or_declaration_grades_everything_again(run, slopes):
    """A result holds for the cases that it was drawn with."""
    run()
    assert run(seed=2)[1] == ["ada.ipynb"]
    with (slopes / "declaration.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    assert run(seed=2)[1] == ["ada.ipynb"]


def test_force_grades_everything_again_once(run, hand_in):
    """Also when asked to, the same file is not graded twice within a run."""
    hand_in("twin.ipynb", "a")
    run()
    _, graded, events = run(force=True)
    assert graded == ["ada.ipynb"]
    assert events == [Graded("ada.ipynb", GRADED), Reused("twin.ipynb", GRADED, twin="ada.ipynb")]


def test_the_same_file_is_graded_once_and_reported_for_each(run, hand_in):
    """Each under its own name; one of another kind is not the same."""
    hand_in("twin.ipynb", "a")
    hand_in("other/hw.py", "a")
    grades, graded, _ = run()
    assert graded == ["ada.ipynb", "other/hw.py"]
    one, _, twin = grades
    assert (twin.submission, twin.student, twin.score) == ("twin.ipynb", "twin", one.score)
    assert twin.record.path.endswith("twin.ipynb") and twin.exercises == one.exercises


def test_a_renamed_student_keeps_the_result(run):
    """What is known of the handing in is brought up to date without grading."""

    def renamed(found):
        receipt = Receipt(at=datetime(2026, 5, 1, tzinfo=UTC), ids=("1815",))
        return [replace(submission, student="Ada Lovelace", receipt=receipt) for submission in found]

    run()
    grades, graded, _ = run(change=renamed)
    assert (graded, grades[0].student, grades[0].record.ids) == ([], "Ada Lovelace", ("1815",))
    assert grades[0].record.handed_in == "2026-05-01T00:00:00+00:00"


def test_a_fault_of_the_graders_own_is_tried_again(run):
    """The next run grades it, and has it right."""
    grades, _, events = run(faults=2)
    assert (grades[0].status, events) == (SubmissionStatus.GRADER_FAULT, [SetAside("ada.ipynb")])
    grades, graded, _ = run()
    assert (grades[0].status, graded) == (SubmissionStatus.GRADED, ["ada.ipynb"])


def test_what_cannot_be_read_has_a_line_too(run, tmp_path):
    """And is not tried again as long as the reason is the same."""
    (tmp_path / "class" / "link.ipynb").symlink_to(tmp_path / "nowhere")
    grades, _, _ = run()
    assert (grades[1].status, "symbolic link" in grades[1].problem) == (SubmissionStatus.UNREADABLE, True)
    assert run()[1] == []


class Breaks:
    """Content over which the grader itself stumbles."""

    def read(self):
        raise IndexError("a bug of ours")


def test_a_submission_over_which_the_grader_stumbles_is_set_aside(run, hand_in):
    """Already while it is read; the others are graded, and the reason is in its line."""
    hand_in("bob.ipynb", "b")

    def broken(found):
        return [replace(found[0], content=Breaks()), *found[1:]]

    grades, _, events = run(change=broken)
    assert events == [SetAside("ada.ipynb"), Graded("bob.ipynb", GRADED)]
    assert (grades[0].status, "a bug of ours" in grades[0].problem) == (SubmissionStatus.GRADER_FAULT, True)
