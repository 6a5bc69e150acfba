"""Runs of `grader grade` that are ended, repeated, or about a part: real processes, and the files that they leave."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tests send signals")

RIGHT = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
WRONG = "def slope(x):\n    return x"


@pytest.fixture
def command(tmp_path, slopes):
    """The command line of a run, with more options."""

    def line(*options, paths=("class",), out="out"):
        fixed = ["-a", slopes, "-o", out, "--isolation", "basic", "--seed", "5", "--jobs", "2"]
        return [sys.executable, "-m", "grader", "grade", *paths, *map(str, [*fixed, *options])]

    return line


@pytest.fixture
def grade(command, tmp_path):
    """Runs the command in a folder of its own, and returns the process; it must end with 0 unless told otherwise."""

    def run(*options, status=0, **where):
        done = subprocess.run(
            command(*options, **where), cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == status, done.stderr
        return done

    return run


@pytest.fixture
def rows(tmp_path):
    """The rows of a file in the folder of results."""

    def read(file="grades.csv", out="out"):
        with (tmp_path / out / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read


def scores(read):
    return {row["submission"]: row["score"] for row in read()}


def test_a_run_killed_at_any_moment_goes_on(command, grade, hand_in, tmp_path):
    """The files in the end are those of a run that nothing disturbed; what was graded is not graded again."""
    for i in range(8):
        hand_in(f"{i}.ipynb", RIGHT, f"# {i}")
        hand_in(f"wrong {i}.ipynb", WRONG, f"# {i}")
    grade(out="undisturbed")
    record = tmp_path / "out" / "results.jsonl"
    for lines in sorted(random.Random().sample(range(14), 2)):
        running = subprocess.Popen(command(), cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while not (record.exists() and record.read_bytes().count(b"\n") > lines):
            assert running.poll() is None
            time.sleep(0.01)
        running.kill()
        running.wait()
    done = grade()
    assert "of 16 had been graded before and have not changed" in done.stderr
    for file in ("grades.csv", "exercises.csv"):
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "undisturbed" / file).read_bytes()


def test_a_worker_that_is_killed_costs_nothing(command, grade, hand_in, tmp_path, rows):
    """Its submission is graded by another, and the run goes on."""
    for i in range(4):
        hand_in(f"{i}.ipynb", f"import time\n{RIGHT}\n    # {i}".replace("return 2", "time.sleep(0.1)\n    return 2"))
    running = subprocess.Popen(command(), cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    record = tmp_path / "out" / "results.jsonl"
    while not (record.exists() and record.read_bytes()):
        assert running.poll() is None
        time.sleep(0.01)
    os.kill(workers_of(running.pid)[0], signal.SIGKILL)
    running.communicate()
    assert running.returncode == 0
    assert [row["score"] for row in rows()] == ["3"] * 4


def workers_of(process):
    """The processes that it started to grade in, by what the system says of them."""
    listed = subprocess.run(["ps", "-wweo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    fields = (line.split(None, 2) for line in listed.splitlines()[1:])
    return [int(pid) for pid, parent, args in fields if int(parent) == process and "spawn_main" in args]


def test_a_second_run_into_the_same_folder_is_told(command, grade, hand_in, tmp_path):
    """By one line that names the first; that one is not disturbed."""
    hand_in("ada.ipynb", "import time\ndef slope(x):\n    time.sleep(0.9)\n    return 2 * x")
    first = subprocess.Popen(command(), cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not (tmp_path / "out" / ".lock").exists():
        time.sleep(0.01)
    second = grade(status=2)
    assert f"another run (process {first.pid})" in second.stderr and len(second.stderr.splitlines()) == 1
    assert first.wait() == 0


def test_a_run_lasts_until_its_reports_are_written(command, hand_in, tmp_path):
    """A second one could not finish before it without having its tables replaced by older ones."""
    hand_in("ada.ipynb", RIGHT)
    (tmp_path / "out").mkdir()
    os.mkfifo(tmp_path / "out" / "grades.csv")  # whoever writes into it waits for a reader
    first = subprocess.Popen(command(), cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert "1 graded" in first.stderr.readline()
        second = subprocess.run(command(), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert f"another run (process {first.pid})" in second.stderr
        assert "ada.ipynb" in (tmp_path / "out" / "grades.csv").read_text()
        assert first.wait() == 0
    finally:
        first.kill()


def test_a_disk_that_is_full_when_reports_are_written_costs_only_them(command, grade, hand_in, tmp_path):
    """The run ends with 3, leaves no half file, and the next one grades nothing again."""
    hand_in("ada.ipynb", RIGHT)
    grade(out="undisturbed")
    room = (tmp_path / "undisturbed" / "report.html").stat().st_size - 1
    limited = (
        "import os, resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, resource.RLIM_INFINITY))\n"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    line = [sys.executable, "-c", limited, *command()]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "report.html: it cannot be written" in done.stderr) == (3, True)
    assert [path.name for path in (tmp_path / "out").glob(".*")] == [".lock"]
    assert "1 of 1 had been graded before" in grade().stderr
    for file in ("grades.csv", "exercises.csv"):
        assert (tmp_path / "out" / file).read_bytes() == (tmp_path / "undisturbed" / file).read_bytes()


def test_engine_and_jobs_change_nothing(grade, hand_in, tmp_path):
    """The same grades, to the byte."""
    for name, source in (("a", RIGHT), ("b", WRONG), ("c", "x ="), ("twin", RIGHT)):
        hand_in(f"{name}.ipynb", source)
    grade("--jobs", "1", out="one")
    grade("--engine", "dask", out="dask")
    for file in ("grades.csv", "exercises.csv"):
        assert len({(tmp_path / out / file).read_bytes() for out in ("one", "dask")}) == 1


def test_a_regrade_says_what_changed(grade, hand_in, rows, slopes):
    """For whom, and why; scores set by hand survive it."""
    hand_in("ada.ipynb", RIGHT)
    hand_in("bob.ipynb", WRONG)
    grade()
    overrides = Path(hand_in("x.ipynb").parents[1], "out", "overrides.csv")
    overrides.write_text('student,points,reason\nbob,1.5,"oral, in May"\nnobody,1,slip\n')
    Path(hand_in("x.ipynb")).unlink()
    done = grade()
    assert "2 of 2 had been graded before" in done.stderr
    assert "Overrides, line 3: there is no submission of “nobody”" in done.stderr
    assert (scores(rows), rows()[1]["message"]) == (
        {"ada.ipynb": "3", "bob.ipynb": "1.5"},
        "Set by hand to 1.5: oral, in May",
    )
    declaration = slopes / "declaration.py"
    declaration.write_text(declaration.read_text().replace("points=2", "points=3"))
    assert "Points differ from the last run (submissions: 1)" in grade().stderr
    assert scores(rows) == {"ada.ipynb": "4", "bob.ipynb": "1.5"}
    changed = [
        (row["student"], row["exercise"], row["before"], row["after"], row["why"]) for row in rows("changes.csv")
    ]
    assert changed == [
        ("bob", "", "0", "1.5", "Set by hand to 1.5: oral, in May"),
        ("ada", "", "3", "4", "the assignment changed"),
        ("ada", "slope", "2", "3", "the assignment changed"),
    ]


def test_rows_of_what_is_not_given_again_are_kept(grade, hand_in, rows):
    """And said; they go when that is asked for. One student alone leaves the others as they are."""
    hand_in("ada.ipynb", RIGHT)
    bob = hand_in("bob.ipynb", WRONG)
    grade()
    hand_in("ada.ipynb", WRONG)
    hand_in("bob.ipynb", RIGHT)
    grade("--only", "bob")
    assert scores(rows) == {"ada.ipynb": "3", "bob.ipynb": "3"}
    bob.unlink()
    assert "no longer at these paths (1): bob.ipynb" in grade().stderr
    assert scores(rows) == {"ada.ipynb": "0", "bob.ipynb": "3"}
    grade("--prune")
    assert scores(rows) == {"ada.ipynb": "0"}


def test_python_files_beside_notebooks_are_not_dropped_in_silence(grade, hand_in, rows, tmp_path):
    """One that defines the exercises is graded; the others are helpers, and are named."""
    hand_in("ada.ipynb", WRONG)
    (tmp_path / "class" / "bob.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "class" / "eve.py").write_text("", encoding="utf-8")
    told = "Python files beside others, not graded (1): eve.py. To have one graded, name it as a PATH."
    assert told in grade().stderr
    assert set(scores(rows)) == {"ada.ipynb", "bob.py"} and "3" in scores(rows).values()
    assert [(row["file"], row["why"]) for row in rows("not_graded.csv")] == [("eve.py", "lies beside what is graded")]
    assert "not graded" not in grade(paths=("class", "class/eve.py")).stderr


def test_only_somebody_who_is_there(grade, hand_in):
    """A slip of the pen does not end in an empty table."""
    hand_in("ada.ipynb", RIGHT)
    assert "nobody here has this name" in grade("--only", "eve", status=2).stderr


def test_a_lost_point_is_found_again_from_its_record(grade, hand_in, tmp_path):
    """The record names the file, the assignment and the seed; graded from these alone, the verdicts are the same."""
    hand_in("ada.ipynb", RIGHT)
    hand_in("bob.ipynb", WRONG)
    grade("--seed", "77")
    lines = map(json.loads, (tmp_path / "out" / "results.jsonl").read_text().splitlines())
    lost = next(line for line in lines if line["score"] < line["max_score"])
    record = lost["record"]
    again = ["-a", record["assignment"], "--seed", str(record["seed"]), "-o", str(tmp_path / "appeal")]
    subprocess.run(
        [sys.executable, "-m", "grader", "grade", record["path"], *again, "--isolation", "basic"],
        check=True,
        capture_output=True,
    )
    (found,) = map(json.loads, (tmp_path / "appeal" / "results.jsonl").read_text().splitlines())
    assert [e["verdicts"] for e in found["exercises"]] == [e["verdicts"] for e in lost["exercises"]]
    assert found["record"]["key"] == record["key"]


def test_a_download_with_a_roster(grade, tmp_path, rows, hand_in, slopes):
    """Names come from the roster; who handed in nothing is listed; late days cost; of attempts the best counts."""
    declaration = slopes / "declaration.py"
    late = 'limits=Limits(case_seconds=1.0), deadline=Deadline("2026-05-01 12:00", "UTC", per_day=0.5, cap=0.5)'
    text = declaration.read_text().replace("limits=Limits(case_seconds=1.0)", late)
    declaration.write_text(text.replace("import Assignment,", "import Assignment, Deadline,"))
    right, wrong = hand_in("right.ipynb", RIGHT).read_bytes(), hand_in("wrong.ipynb", WRONG).read_bytes()
    with zipfile.ZipFile(tmp_path / "canvas.zip", "w") as archive:
        archive.writestr("lovelaceada_1_5_hw.ipynb", right)
        archive.writestr("lovelaceada_1_5_hw-1.ipynb", wrong)
        archive.writestr("oharaemile_LATE_2_6_hw.ipynb", right)
        archive.writestr("eve_3_7_hw.ipynb", wrong)
    (tmp_path / "roster.csv").write_text('student,id\n"Lovelace, Ada",1\nÉmile O’Hara,2\nHopper,9\n', encoding="utf-8")
    done = grade("--roster", "roster.csv", "--attempts", "best", paths=("canvas.zip",))
    found = {row["student"]: row["score"] for row in rows()}
    assert found == {"Lovelace, Ada": "3", "Émile O’Hara": "1.5", "eve": "0"}
    assert [row["student"] for row in rows("not_handed_in.csv")] == ["Hopper"]
    assert "Handed in nothing (1): Hopper" in done.stderr
    assert "Not on the roster (1): eve_3_7_hw.ipynb" in done.stderr
    done = grade("--roster", "roster.csv", paths=("canvas.zip",))
    assert {row["student"]: row["score"] for row in rows()}["Lovelace, Ada"] == "0"
    assert "Older attempts, which do not count (1)" in done.stderr


def test_an_extension_given_after_grading_grades_nothing(grade, tmp_path, rows, hand_in, slopes):
    """The score changes at the next run, changes.csv says why, and --only touches nobody else."""
    declaration = slopes / "declaration.py"
    late = 'limits=Limits(case_seconds=1.0), deadline=Deadline("2026-05-01 12:00", "UTC", per_day=0.5)'
    text = declaration.read_text().replace("limits=Limits(case_seconds=1.0)", late)
    declaration.write_text(text.replace("import Assignment,", "import Assignment, Deadline,"))
    right = hand_in("right.ipynb", RIGHT).read_bytes()
    with zipfile.ZipFile(tmp_path / "bb.zip", "w") as archive:
        for user in ("ada", "bob"):
            archive.writestr(f"HW_{user}_attempt_2026-05-02-11-00-00_hw.ipynb", right)
    grade(paths=("bb.zip",))
    assert {row["student"]: row["score"] for row in rows()} == {"ada": "1.5", "bob": "1.5"}
    lines = ["scope,who,until,reason", *(f"student,{who},2026-05-03,illness" for who in ("ada", "bob"))]
    (tmp_path / "more.csv").write_text("\n".join(lines))
    done = grade("--extensions", "more.csv", "--only", "ada", paths=("bb.zip",))
    assert {row["student"]: row["score"] for row in rows()} == {"ada": "3", "bob": "1.5"}
    assert "graded before" in done.stderr or "0 graded" in done.stderr
    (change,) = rows("changes.csv")
    assert change["student"] == "ada" and "illness" in change["why"]
    grade("--extensions", "more.csv", paths=("bb.zip",))
    assert {row["student"]: row["score"] for row in rows()} == {"ada": "3", "bob": "3"}


def test_a_folder_holds_one_assignment(grade, hand_in, tmp_path):
    """Another one is refused before anything changes, and the message names a folder that would do."""
    hand_in("ada.ipynb", RIGHT)
    grade()
    before = (tmp_path / "out" / "results.jsonl").read_bytes()
    done = grade("-a", "activations", status=2)
    assert "the results of slopes are in this folder" in done.stderr
    assert "-o out-activations" in done.stderr
    assert (tmp_path / "out" / "results.jsonl").read_bytes() == before


def test_nobody_watches_and_nothing_moves(grade, hand_in):
    """Where stderr is no terminal it is one line at the end, without a control character."""
    hand_in("ada.ipynb", RIGHT)
    said = grade().stderr
    assert said.startswith("1 graded in") and said.endswith("per second\n") and said[:-1].isprintable()


def test_nobody_else_can_read_what_a_run_leaves(grade, tmp_path, hand_in):
    """Grades, pages, the record and the list of changes alike, whatever the shell would give to new files."""
    hand_in("ada.ipynb", RIGHT)
    before = os.umask(0)
    try:
        grade()
        hand_in("ada.ipynb", WRONG)
        grade()
    finally:
        os.umask(before)
    left = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert "changes.csv" in {path.name for path in left}
    assert [path.name for path in left if path.stat().st_mode & 0o077] == []
