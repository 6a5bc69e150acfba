"""The record of a run survives being cut off anywhere, and is one run's at a time."""

import os
import stat
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import (
    ExerciseGrade,
    Grade,
    GraderError,
    LeftOut,
    Place,
    Provenance,
    Sentence,
    Stage,
    Status,
    SubmissionStatus,
    Verdict,
)
from grader.runs.adjustments import Adjustments
from grader.runs.changes import Log
from grader.runs.overrides import Override
from grader.runs.record import lock, results
from grader.runs.record.serialization import to_line

GRADE = Grade(
    submission="ada.ipynb",
    student="ada",
    assignment="slopes",
    status=SubmissionStatus.GRADED,
    score=1.5,
    max_score=2.0,
    exercises=(
        ExerciseGrade(
            exercise="slope",
            status=Status.PARTIAL,
            points=1.5,
            max_points=2.0,
            cases_passed=1,
            cases_total=2,
            place=Place(2, 1),
            verdicts=(
                Verdict("by hand", True, fixed=True),
                Verdict("drawn", False, Sentence("differs", Stage.VALUES)),
            ),
        ),
    ),
    left_out=(LeftOut(3, 1, "shell line"),),
    missing_modules=("utils",),
    record=Provenance(seed=5, key="k"),
)
BOB, EVE = replace(GRADE, submission="bob.ipynb"), replace(GRADE, submission="eve.ipynb")


def as_it_is(text):
    return text


def ignored(before, after):
    pass


def write(folder, *grades, finish=False):
    with results.Results(folder) as file:
        for grade in grades:
            file.add(to_line(grade))
        if finish:
            file.finish(as_it_is, ignored)


def test_the_last_record_of_a_submission_counts(tmp_path):
    """A regraded submission replaces its earlier line."""
    write(tmp_path, GRADE, replace(GRADE, score=2.0))
    assert [grade.score for grade in results.read(tmp_path)] == [2.0]


def test_there_is_nothing_to_read_before_the_first_run(tmp_path):
    """A folder without records holds no grades."""
    assert results.read(tmp_path) == []


@given(cut=st.integers(2, 400))
def test_a_line_that_was_cut_off_costs_only_itself(tmp_path_factory, cut):
    """A run killed while writing leaves whole lines that count, and the next run writes after them."""
    folder = tmp_path_factory.mktemp("cut")
    write(folder, GRADE, BOB)
    data = (folder / results.FILE).read_bytes()
    (folder / results.FILE).write_bytes(data[:-cut])
    write(folder, EVE)
    assert [grade.submission for grade in results.read(folder)] == ["ada.ipynb", "eve.ipynb"]


def test_a_finished_record_is_in_the_order_of_names(tmp_path):
    """However the grades came, the file is the same to the byte."""
    write(tmp_path / "one", EVE, GRADE, BOB, GRADE, finish=True)
    write(tmp_path / "other", BOB, EVE, GRADE, finish=True)
    assert (tmp_path / "one" / results.FILE).read_bytes() == (tmp_path / "other" / results.FILE).read_bytes()


def test_a_result_is_found_by_its_key(tmp_path):
    """In the run that wrote it and in the next; another key is not known."""
    write(tmp_path, GRADE)
    with results.Results(tmp_path) as file:
        assert file.known("k") == to_line(GRADE).text.encode()
        assert (file.known("other"), file.known("k", of_this_run=True)) == (b"", b"")
        file.add(to_line(GRADE))
        assert file.known("k", of_this_run=True)


def test_a_fault_of_the_graders_own_is_not_known(tmp_path):
    """It is tried again by the next run."""
    write(tmp_path, replace(GRADE, status=SubmissionStatus.GRADER_FAULT))
    with results.Results(tmp_path) as file:
        assert file.known("k") == b""


def test_what_differs_from_the_run_before_is_compared(tmp_path):
    """Against the line that stood there before the run, even where an interrupted run came between."""
    write(tmp_path, GRADE, BOB, finish=True)
    write(tmp_path, replace(GRADE, score=0.5))
    with results.Results(tmp_path) as file:
        file.add(to_line(replace(GRADE, score=2.0)))
        file.add(to_line(EVE))
        compared = []
        file.finish(as_it_is, lambda before, after: compared.append((before, after)))
    lines = [to_line(grade).text.encode() for grade in (GRADE, replace(GRADE, score=2.0))]
    assert compared == [tuple(lines)]


def test_the_record_of_another_assignment_is_left_alone(tmp_path):
    """A folder holds one assignment, and the next run can use it again."""
    write(tmp_path, GRADE)
    before = (tmp_path / results.FILE).read_bytes()
    for _ in range(2):
        with pytest.raises(GraderError, match="results of slopes"), results.Results(tmp_path, "networks"):
            pass
    assert (tmp_path / results.FILE).read_bytes() == before


def test_of_rival_attempts_the_best_counts(tmp_path):
    """The others stay in the record, so that they need not be graded again."""
    rivals = [replace(grade, record=Provenance(best_of="hw")) for grade in (GRADE, replace(BOB, score=2.0), EVE)]
    write(tmp_path, *rivals, finish=True)
    assert [grade.submission for grade in results.read(tmp_path)] == ["bob.ipynb"]
    assert len((tmp_path / results.FILE).read_text().splitlines()) == 3


def test_a_fault_of_the_graders_own_is_not_hidden_by_a_rival(tmp_path):
    """It may be the attempt that counts, so a person sees it beside the other."""
    fault = replace(BOB, status=SubmissionStatus.GRADER_FAULT, score=0.0)
    write(tmp_path, *[replace(grade, record=Provenance(best_of="hw")) for grade in (GRADE, fault, EVE)])
    assert [grade.submission for grade in results.read(tmp_path)] == ["ada.ipynb", "bob.ipynb"]


def test_a_second_run_into_the_folder_is_refused(tmp_path):
    """While one is open, another is told which process has it; afterwards it may."""
    with results.Results(tmp_path), pytest.raises(GraderError, match=f"another run .process {os.getpid()}."):
        results.Results(tmp_path)
    write(tmp_path, GRADE)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_killed_run_holds_nothing(tmp_path):
    """The lock ends with the process, however that ends."""
    hold = (
        "import os, pathlib, sys; from grader.runs.record.lock import Lock; Lock(pathlib.Path(sys.argv[1])); os.abort()"
    )
    subprocess.run([sys.executable, "-c", hold, tmp_path], check=False, capture_output=True)
    write(tmp_path, GRADE)


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are not known there")
def test_a_full_disk_leaves_whole_lines(tmp_path):
    """The run is halted with the reason, the file ends with a whole line, and the next run goes on after it."""
    fill = (
        "import resource, sys; from pathlib import Path; from tests.runs.record.test_results import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "try:\n    write(Path(sys.argv[1]), *[replace(GRADE, submission=str(i)) for i in range(99)])\n"
        "except results.Halted as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", fill, tmp_path], capture_output=True, text=True, check=True)
    assert "run the same command again" in done.stdout
    there = results.read(tmp_path)
    assert there and (tmp_path / results.FILE).read_text().endswith("}\n")
    write(tmp_path, EVE)
    assert len(results.read(tmp_path)) == len(there) + 1


def full(*_):
    raise OSError(28, "No space left on device")


def test_a_full_disk_where_a_line_was_cut_off_halts_the_run(tmp_path, monkeypatch):
    """The next line cannot begin; what is there stays as it is."""
    write(tmp_path, GRADE)
    whole = (tmp_path / results.FILE).read_bytes()
    (tmp_path / results.FILE).write_bytes(whole[:-9])
    monkeypatch.setattr(results, "_write", full)
    with pytest.raises(results.Halted, match="No space left"):
        results.Results(tmp_path)
    assert (tmp_path / results.FILE).read_bytes() == whole[:-9]


def test_a_lock_needs_no_room(tmp_path, monkeypatch):
    """On a full disk it keeps a second run out all the same."""
    monkeypatch.setattr(lock.os, "write", full)
    with lock.Lock(tmp_path), pytest.raises(GraderError, match="another run"):
        lock.Lock(tmp_path)


def test_what_another_version_wrote_is_kept(tmp_path):
    """A line that this one cannot read stands in nobody's way: neither of its own grade anew, nor of another's."""
    later = [to_line(grade).text.replace('"cases_total"', '"of_a_later_version"') for grade in (GRADE, BOB)]
    (tmp_path / results.FILE).write_text("".join(later))
    log = Log(tmp_path, "today")
    with results.Results(tmp_path) as file:
        file.add(to_line(GRADE))
        file.finish(Adjustments(overrides=(Override("", "ada", "", 1.0, "oral"),)), log.compare)
    assert [(grade.submission, grade.score) for grade in results.read(tmp_path)] == [("ada.ipynb", 1.0)]
    assert (tmp_path / results.FILE).read_text().endswith(later[1])
    log.left_out(later[1].encode())
    assert log.submissions == 0


def test_a_full_disk_at_the_end_leaves_the_file_as_it_was(tmp_path):
    """Putting the record in order is done whole or not at all."""
    write(tmp_path, EVE, GRADE)
    before = (tmp_path / results.FILE).read_bytes()
    with results.Results(tmp_path) as file, pytest.raises(results.Halted, match="No space left"):
        file.finish(full, ignored)
    assert (tmp_path / results.FILE).read_bytes() == before
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.skipif(os.name == "nt", reason="modes are not kept there")
def test_only_the_owner_can_read_the_record(tmp_path):
    """It holds the secret seed."""
    write(tmp_path, GRADE, finish=True)
    assert stat.S_IMODE((tmp_path / results.FILE).stat().st_mode) == 0o600
