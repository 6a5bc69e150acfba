"""Every engine gives the same lines, whatever happens to its workers."""

import os
import signal
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.assignment.catalogue import load
from grader.assignment.sheet import draw
from grader.model import GraderError, GraderFault, Submission, SubmissionStatus
from grader.runs.engines import dask, local
from grader.runs.engines.dask import DaskEngine
from grader.runs.engines.local import LocalEngine
from grader.runs.engines.worker import Setup, Task, Worker
from grader.runs.record.keys import sheet_digest
from grader.runs.record.results import Halted
from grader.runs.record.serialization import from_text
from grader.submissions.files import Held
from tests.fakes import FakeRunner

both = pytest.mark.parametrize("name", ["local", "dask"])

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tests send signals")


def slope(x):
    return 2 * x


class Falls(FakeRunner):
    """Kills its whole process for a submission that says so, or fails itself."""

    def __init__(self, marks: str) -> None:
        super().__init__({"slope": slope})
        self.marks = Path(marks)

    def start(self, job):
        mark = self.marks / job.data.decode()
        if b"kill" in job.data and not (b"once" in job.data and mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if b"hang" in job.data:
            time.sleep(3600)
        if b"bug" in job.data:
            raise ValueError("a bug of ours")
        return super().start(job)


def refuses():
    raise GraderError("strict isolation is refused here")


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def breaks():
    raise GraderFault("the sandbox did not start")


def breaks_once(mark):
    if not mark.exists():
        mark.touch()
        breaks()
    return FakeRunner({"slope": slope})


@pytest.fixture
def setup(slopes, tmp_path):
    """What the workers of a run with the small assignment need."""
    digest = sheet_digest(draw(load(str(slopes)), 1))
    return Setup(str(slopes), 1, digest, partial(Falls, str(tmp_path)))


@pytest.fixture(scope="module")
def cluster():
    """Two workers of a Dask cluster that is there."""
    cluster = DaskEngine._cluster(SimpleNamespace(_jobs=2))
    yield cluster.scheduler_address
    cluster.close()


@pytest.fixture
def engine(name, setup, request):
    """Makes an engine of this name, by default for the small assignment."""
    if name == "local":
        return lambda on=setup: LocalEngine(on, jobs=2)
    address = request.getfixturevalue("cluster")
    return lambda on=setup: DaskEngine(on, 2, address)


def tasks(*contents):
    return [
        Task(content, Submission(content, content, Path("hw.ipynb"), Held(content.encode())), {"key": content})
        for content in contents
    ]


def graded(engine, *contents):
    lines = list(engine.grade(tasks(*contents)))
    assert sorted(line.key for line in lines) == sorted(contents)
    return {line.key: from_text(line.text) for line in lines}


def alike(grades):
    """What must not depend on the engine: all but how long it took."""
    return {
        name: (grade.status, grade.score, grade.problem, [(e.status, e.verdicts) for e in grade.exercises])
        for name, grade in grades.items()
    }


@both
def test_all_engines_give_the_same_grades(engine, setup):
    """In whatever order they come, they are those of a grader without any engine."""
    names = [f"student {i}" for i in range(12)]
    worker = Worker(setup)
    expected = {task.key: from_text(worker.grade(task).text) for task in tasks(*names)}
    assert alike(graded(engine(), *names)) == alike(expected)


def test_a_cluster_is_made_where_none_is_named(setup):
    """With as many workers as there are jobs."""
    assert graded(DaskEngine(setup, jobs=1), "a")["a"].score == 2.0


@both
def test_a_submission_that_kills_workers_is_set_aside(engine):
    """After its second try, for a person to look at; the rest go on, those that a dead worker had included."""
    grades = graded(engine(), "a", "kill", "b", "c", "d", "e")
    assert grades["kill"].status is SubmissionStatus.GRADER_FAULT
    assert "2 times" in grades["kill"].problem
    assert {grade.score for name, grade in grades.items() if name != "kill"} == {2.0}


def test_a_submission_on_which_workers_hang_is_set_aside(setup, monkeypatch):
    """Its workers are ended, and others grade the rest."""
    monkeypatch.setattr(local, "LOOK_SECONDS", 0.1)
    grades = graded(LocalEngine(replace(setup, patience=2.0), jobs=2), "hang", "a", "b")
    assert grades["hang"].status is SubmissionStatus.GRADER_FAULT
    assert (grades["a"].score, grades["b"].score) == (2.0, 2.0)


@both
def test_a_worker_that_dies_once_costs_nothing(engine):
    """Its submission is graded by another."""
    assert graded(engine(), "kill once")["kill once"].score == 2.0


@both
def test_tasks_are_taken_as_they_are_worked_on(engine):
    """A class of any size needs no more memory than what is under way."""
    taken = []

    def endless():
        for i in range(10**6):
            taken.append(i)
            yield from tasks(f"student {i}")

    lines = engine().grade(endless())
    for _ in range(5):
        next(lines)
    lines.close()
    assert len(taken) < 40


@both
def test_a_worker_that_cannot_work_says_why(engine, setup):
    """What it lacks is the user's to mend."""
    with pytest.raises(GraderError, match="strict isolation is refused here"):
        graded(engine(replace(setup, make_runner=refuses)), "a")
    with pytest.raises(GraderError, match="does not have the versions and the assignment"):
        graded(engine(replace(setup, digest="other")), "a")


@both
def test_a_sandbox_that_does_not_start_halts_the_run(engine, setup):
    """It is nobody's wrong usage, and the reason is told."""
    with pytest.raises(Halted, match="the sandbox did not start"):
        graded(engine(replace(setup, make_runner=breaks)), "a", "b")


def test_a_sandbox_that_starts_the_second_time_costs_nothing(setup, tmp_path):
    """Its worker is replaced as one that died."""
    setup = replace(setup, make_runner=partial(breaks_once, tmp_path / "mark"))
    assert graded(LocalEngine(setup, jobs=1), "a")["a"].score == 2.0


def test_workers_that_never_start_halt_the_run(setup):
    """They are not started over and over again."""
    with pytest.raises(Halted, match="as soon as they start"):
        graded(LocalEngine(replace(setup, make_runner=dies), jobs=2), "a", "b")


def test_an_error_of_our_own_is_one_submissions_fault(setup):
    """The run goes on after a mistake in the grader itself."""
    grade = from_text(Worker(setup).grade(tasks("bug")[0]).text)
    assert grade.status is SubmissionStatus.GRADER_FAULT and "a bug of ours" in grade.problem


def test_a_scheduler_that_is_not_there_is_named(setup, monkeypatch):
    """With its address."""
    monkeypatch.setattr(dask, "LOOK_SECONDS", 0.5)
    with pytest.raises(GraderError, match=r"tcp://127[.]0[.]0[.]1:9: no Dask worker answers"):
        graded(DaskEngine(setup, 1, "tcp://127.0.0.1:9"), "a")


def test_a_cluster_without_workers_halts_the_run(setup, monkeypatch):
    """Once none has come back for a while."""
    monkeypatch.setattr(dask, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(dask, "WORKER_SECONDS", 1.0)
    with DaskEngine._cluster(SimpleNamespace(_jobs=1)) as own:
        lines = DaskEngine(setup, 1, own.scheduler_address).grade(tasks(*map(str, range(99))))
        next(lines)
        own.scale(0)
        with pytest.raises(Halted, match="no Dask worker is left"):
            list(lines)


def test_a_scheduler_that_is_lost_with_lines_on_their_way_halts_the_run(setup):
    """They are graded again by the next run; the connection's own words tell a person nothing."""

    class OnItsWay:
        status = "finished"

        def result(self, timeout):
            raise OSError("in <TCP (closed)>: Stream is closed")

    flow = dask._Flow(None, setup, ())
    with pytest.raises(Halted, match="the Dask scheduler is lost"):
        list(flow._result(OnItsWay(), ()))


def test_what_a_worker_raises_is_told_in_its_own_words():
    """A cluster on which the grader is not installed is not a lost one."""

    class Failed:
        status = "error"

        def result(self, timeout):
            raise ModuleNotFoundError("No module named 'grader'")

    flow = dask._Flow(None, None, ())
    with pytest.raises(GraderError, match="No module named 'grader'") as raised:
        list(flow._result(Failed(), ()))
    assert not isinstance(raised.value, Halted)
