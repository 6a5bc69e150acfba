"""The command line as a user meets it: real processes, exit statuses, files, and one clear line for every mistake."""

import csv
import json
import os
import signal
import subprocess
import sys
import time

import pytest

RIGHT = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
WRONG = "def slope(x):\n    return x"


@pytest.fixture
def grader(tmp_path):
    """Runs the program in a folder of its own."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "120"} | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def graded(grader, hand_in, slopes, tmp_path):
    """Grades what is in the class's folder, and returns the process and the rows of a file."""

    def run(*options, file="grades.csv", **environment):
        done = grader("grade", "class", "-a", slopes, "-o", "out", "--isolation", "basic", *options, **environment)
        with (tmp_path / "out" / file).open(encoding="utf-8", newline="") as rows:
            return done, list(csv.DictReader(rows))

    return run


def test_a_folder_is_graded_into_files(graded, hand_in, tmp_path):
    """Each submission has a row with its score, and each of its exercises a row with the reason."""
    hand_in("ada.ipynb", RIGHT)
    hand_in("bob.ipynb", WRONG)
    done, rows = graded()
    assert done.returncode == 0
    assert [(row["submission"], row["score"], row["percent"], row["status"]) for row in rows] == [
        ("ada.ipynb", "3", "100", "graded"),
        ("bob.ipynb", "0", "0", "graded"),
    ]
    assert (rows[0]["slope"], rows[0]["square_and_slope"]) == ("2", "1")
    _, exercises = graded(file="exercises.csv")
    assert [(row["exercise"], row["status"], row["mistake"]) for row in exercises[2:]] == [
        ("slope", "wrong", "no-2"),
        ("square_and_slope", "missing", ""),
    ]


def test_the_columns_are_those_that_scripts_rely_on(graded, hand_in):
    """Names and order of the documented columns; others come last."""
    hand_in("ada.ipynb", RIGHT)
    _, rows = graded()
    expected = [
        "submission",
        "student",
        "assignment",
        "score",
        "max_score",
        "percent",
        "status",
        "slope",
        "square_and_slope",
    ]
    assert list(rows[0])[:9] == expected
    _, exercises = graded(file="exercises.csv")
    assert list(exercises[0])[:10] == [
        *("submission", "student", "exercise", "status", "points", "max_points"),
        *("cases_passed", "cases_total", "mistake", "message"),
    ]


def test_a_file_that_is_no_notebook_is_a_row_that_says_why(graded, hand_in, tmp_path):
    """A web page and an empty file cost nobody else anything."""
    hand_in("ada.ipynb", RIGHT)
    (tmp_path / "class" / "page.ipynb").write_text("<!DOCTYPE html><html></html>")
    (tmp_path / "class" / "empty.ipynb").touch()
    done, rows = graded()
    assert done.returncode == 0
    assert [(row["status"], bool(row["message"])) for row in rows] == [
        ("graded", False),
        ("unreadable", True),
        ("unreadable", True),
    ]


def test_the_seed_is_kept_and_taken_again(graded, hand_in, tmp_path):
    """A second run draws the same cases, and the record names the seed for its owner alone."""
    hand_in("ada.ipynb", RIGHT)
    seeds = []
    for _ in range(2):
        graded("--force") if seeds else graded()
        seeds.append(json.loads((tmp_path / "out" / "results.jsonl").read_text().splitlines()[0])["record"]["seed"])
    assert seeds[0] == seeds[1]


@pytest.mark.parametrize(("options", "environment"), [(["--seed", "5"], {}), ([], {"GRADER_SEED": "5"})])
def test_a_seed_can_be_given(graded, hand_in, tmp_path, options, environment):
    """By option or by environment."""
    hand_in("ada.ipynb", RIGHT)
    graded(*options, **environment)
    assert '"seed": 5' in (tmp_path / "out" / "results.jsonl").read_text()


def test_results_within_the_class_are_no_submissions(grader, hand_in, slopes, tmp_path):
    """`grade . -o graded`, twice, grades what was handed in, not the copies with feedback that lie in the results."""
    hand_in("ada.ipynb", RIGHT)
    for _ in range(2):
        done = grader("grade", "class", "-a", slopes, "-o", "class/graded", "--isolation", "basic")
        assert "1 graded" in done.stdout
        assert grader("report", "class/graded", "--to", "notebook", "-o", "class/graded/copies").returncode == 0


def test_a_formula_is_no_formula_in_the_files(graded, hand_in):
    """A student called =HYPERLINK(...) does not run anything in a spreadsheet."""
    hand_in("=HYPERLINK(0).ipynb", RIGHT)
    _, rows = graded()
    assert rows[0]["student"] == "'=HYPERLINK(0)"


def test_the_terminal_is_safe_from_what_students_raise(grader, hand_in, slopes):
    """An escape sequence in a message is shown, not obeyed."""
    path = hand_in("eve.ipynb", "def slope(x):\n    raise ValueError('\\x1b[2J[red]gone')")
    done = grader("check", path, "-a", slopes)
    assert "\x1b" not in done.stdout and "\\x1b[2J[red]gone" in done.stdout


def test_check_is_right_or_not(grader, hand_in, slopes):
    """Exit status 0 where everything passes, else 1 with the diagnosis and the question."""
    right, wrong = hand_in("ada.ipynb", RIGHT), hand_in("bob.ipynb", WRONG)
    assert grader("check", right, "-a", slopes).returncode == 0
    done = grader("check", wrong, "-a", slopes)
    assert done.returncode == 1
    assert "leaves out the 2" in done.stdout and "power rule" in done.stdout


def test_check_can_look_at_one_exercise(grader, hand_in, slopes):
    """The others are not run and not shown."""
    path = hand_in("bob.ipynb", WRONG + "\ndef square_and_slope(x):\n    return x**2, [2 * x]")
    done = grader("check", path, "-a", slopes, "--exercise", "square_and_slope")
    assert done.returncode == 0 and "slope 0/2" not in done.stdout


def test_check_finds_the_assignment(grader, hand_in):
    """By the notebook's metadata, else by the functions in it."""
    named = hand_in("named.ipynb", "x = 1", grader={"assignment": "backprop_relu"})
    assert "output_gradients" in grader("check", named).stdout
    fitting = hand_in("fitting.ipynb", "def hidden_deltas(W, d, a):\n    return W.T @ d * a * (1 - a)")
    assert "hidden_deltas" in grader("check", fitting).stdout


def test_check_asks_which_assignment_it_is(grader, hand_in):
    """Where nothing fits, the candidates are named."""
    done = grader("check", hand_in("odd.ipynb", "x = 1"))
    assert done.returncode == 2 and "backprop_relu" in done.stderr


def test_extract_is_one_json_object_for_scripts(grader, hand_in):
    """Found names with their cells, skipped cells with reasons, and missing modules."""
    path = hand_in(
        "hw.ipynb", "%matplotlib inline\nimport nowhere", "def f(x):\n    return x", "def broken(:\n    pass"
    )
    found = json.loads(grader("extract", path, "--json").stdout)
    assert {"name": "f", "kind": "function", "cell": 2, "line": 1}.items() <= found["found"][1].items()
    assert any(skipped["cell"] == 3 for skipped in found["skipped"])
    assert found["missing_modules"] == [{"name": "nowhere", "cell": 1, "line": 2}]


def test_list_names_the_shipped_assignments(grader):
    """All seven, with their points."""
    names = {
        "activations",
        "backprop_relu",
        "chain_rule",
        "computation_graph",
        "delta_rule",
        "feedforward",
        "vectorized",
    }
    assert names <= set(grader("list").stdout.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade"], "Missing argument"),
        (["grade", "nowhere", "-a", "activations", "-o", "out"], "no such file or folder"),
        (["grade", "empty", "-a", "activations", "-o", "out"], "nothing to grade"),
        (["grade", "empty", "-a", "nonsense", "-o", "out"], "no assignment is called 'nonsense'"),
        (["grade", "empty", "-a", "activations"], "Missing option"),
        (["grade", "empty", "-a", "activations", "-o", "out", "--jobs", "0"], "--jobs"),
        (["grade", "empty", "-a", "activations", "-o", "out", "--seed", "x"], "--seed"),
        (["grade", "empty", "-a", "activations", "-o", "out", "--isolation", "none"], "--isolation"),
        (["grade", "notes.txt", "-a", "activations", "-o", "out"], "neither a notebook"),
        (["check", "nowhere.ipynb"], "no such file or folder"),
        (["check", "empty"], "this is a folder"),
        (["check", "page.ipynb"], "web page"),
        (["extract", "empty"], "this is a folder"),
        (["extract", "page.ipynb"], "web page"),
        (["grade", "", "-a", "activations", "-o", "out"], "an argument is empty"),
        (["grade", "empty", "-a", "activations", "-o", ""], "an argument is empty"),
        (["grade", "empty", "-a", "activations", "-o", "empty"], "among the submissions"),
        (["nonsense"], "No such command"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_is_one_clear_line(grader, tmp_path, arguments, words):
    """Exit status 2, one line on stderr that says what is wrong, nothing on stdout, and no traceback."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "page.ipynb").write_text("<html></html>")
    done = grader(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="interrupts are signals here")
def test_an_interrupted_run_says_so_and_keeps_what_it_has(hand_in, slopes, tmp_path):
    """^C, which the whole terminal hears, ends with 130 and one line; the grades so far are in the record."""
    hand_in("ada.ipynb", RIGHT)
    hand_in("bob.ipynb", "import time\ndef slope(x):\n    time.sleep(9)")
    options = ["-a", slopes, "-o", "out", "--isolation", "basic", "--jobs", "1"]
    running = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", "class", *map(str, options)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    record = tmp_path / "out" / "results.jsonl"
    while not (record.exists() and record.read_text()):
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, len(said.splitlines())) == (130, 1)
    assert "the same command goes on from there" in said
    assert [json.loads(line)["submission"] for line in record.read_text().splitlines()] == ["ada.ipynb"]


@pytest.mark.skipif(os.name == "nt", reason="interrupts are signals here")
def test_a_second_interrupt_does_not_disturb_the_first():
    """It comes while processes are cleaned up, and there is still one line and the same status."""
    twice = (
        "import atexit, os, signal\nfrom grader.interfaces.cli import main\n"
        "def interrupted(**_): raise KeyboardInterrupt\n"
        "main.app = interrupted\natexit.register(os.kill, os.getpid(), signal.SIGINT)\nmain.main()"
    )
    done = subprocess.run([sys.executable, "-c", twice], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (130, 1)


def test_a_broken_assignment_is_the_instructors_to_mend(grader, hand_in, slopes):
    """The file and the line are named."""
    path = hand_in("ada.ipynb", RIGHT)
    (slopes / "declaration.py").write_text("x = 1 +")
    done = grader("grade", path, "-a", slopes, "-o", "out")
    assert done.returncode == 2 and "declaration.py, line 1" in done.stderr


def test_help_shows_an_example_of_every_verb(grader):
    """Nobody has to guess what a call looks like."""
    for verb in ("list", "check", "grade", "extract"):
        assert f"Example: grader {verb}" in " ".join(grader(verb, "--help").stdout.split())


def test_the_version_is_said(grader):
    """For reports of trouble."""
    assert grader("--version").stdout.startswith("grader 0.")


def test_doctor_says_the_best_isolation_in_one_word(grader):
    """For scripts: strict or basic on stdout, and why not strict on stderr."""
    done = grader("doctor", "--best")
    assert done.returncode == 0 and done.stdout.strip() in ("strict", "basic")
    assert (done.stdout.strip() == "strict") == (done.stderr == "")
