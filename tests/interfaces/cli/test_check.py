"""`grader check`: exit statuses for scripts, other seeds for CI, and again on every save."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignment.catalogue import load
from grader.interfaces.cli import check as checking
from grader.model import GraderError
from grader.selfcheck import public

RIGHT = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x**2, [slope(x)]"
HALF = "def slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    raise NotImplementedError"


def command(*arguments):
    return [sys.executable, "-m", "grader", "check", *map(str, arguments)]


@pytest.fixture
def check(slopes, tmp_path):
    """Runs a check of a notebook on the small assignment."""

    def run(notebook, *options, assignment=slopes, **environment):
        named = ["-a", assignment] if assignment else []
        return subprocess.run(
            command(notebook, *named, *options),
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("source", "options", "status"),
    [
        (RIGHT, [], 0),
        (HALF, [], 1),
        (HALF, ["--min-percent", 66], 0),
        (HALF, ["--min-percent", 67], 1),
        (HALF, ["--exercise", "slope"], 0),
    ],
)
def test_the_exit_status_is_for_scripts(check, hand_in, source, options, status):
    """0 where everything is right, or as much as was asked for."""
    assert check(hand_in("ada.ipynb", source), *options).returncode == status


@pytest.mark.parametrize("options", [["--min-percent", 101], ["--seed", -1], ["--min-percent", "all"]])
def test_a_wrong_option_is_refused(check, hand_in, options):
    """With the exit status of wrong usage."""
    assert check(hand_in("ada.ipynb", RIGHT), *options).returncode == 2


def test_another_seed_asks_other_cases_and_hides_their_numbers(check, hand_in):
    """An answer learnt by heart does not pass, and the log does not tell what would."""
    source = RIGHT.replace("return 2 * x\ndef sq", "return 2 * x if np.size(x) == 2 else 700.5 + 0 * x\ndef sq")
    notebook = hand_in("ada.ipynb", source)
    public_cases, secret = check(notebook), check(notebook, GRADER_SEED="99")
    assert "700.5" not in secret.stdout and "has the right shape, but other values" in secret.stdout
    assert "700.5" in public_cases.stdout
    assert check(notebook, "--seed", 99).stdout == secret.stdout


@pytest.mark.parametrize("seed", ["", " ", "no-number", "-17", "1e3", "9" * 5000])
def test_a_seed_in_the_environment_is_a_number_or_not_there(check, hand_in, seed):
    """One clear line that does not repeat it; the public cases do not take its place in silence."""
    done = check(hand_in("ada.ipynb", RIGHT), GRADER_SEED=seed)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith("grader: GRADER_SEED is ")
    assert not seed.strip() or seed not in done.stderr


def test_with_a_seed_the_assignment_is_named(check, hand_in):
    """The notebook's own metadata may choose an easier one."""
    named = hand_in("ada.ipynb", RIGHT, grader={"assignment": "activations"})
    done = check(named, "--seed", 5, assignment="")
    assert (done.returncode, "name the assignment" in done.stderr) == (2, True)


@pytest.mark.skipif(sys.platform != "linux", reason="strict isolation is Linux's")
def test_with_a_seed_the_code_is_strictly_confined(check, hand_in, tmp_path):
    """It reaches nothing outside; basic isolation runs as well, and says that the seed is no secret then."""
    mark = tmp_path / "mark"
    notebook = hand_in("eve.ipynb", f"def slope(x):\n    open({str(mark)!r}, 'w').close()\n    return 2 * x")
    strict = check(notebook, "--seed", 5)
    assert (strict.returncode, mark.exists(), strict.stderr) == (1, False, "")
    basic = check(notebook, "--seed", 5, "--isolation", "basic")
    assert (basic.returncode, mark.exists()) == (1, True)
    assert "the seed is no secret" in basic.stderr


def test_where_nothing_confines_the_code_a_seed_is_refused(hand_in, slopes):
    """Wrong usage, with what to do about it."""
    code = (
        "import types, grader.sandbox.host.isolation as isolation; from grader.interfaces.cli.main import main\n"
        "isolation.sys = types.SimpleNamespace(platform='darwin')\nmain()"
    )
    line = [sys.executable, "-c", code, "check", hand_in("ada.ipynb", RIGHT), "-a", slopes, "--seed", "5"]
    done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, "strict isolation needs Linux" in done.stderr) == (2, "", True)


def test_a_data_file_beside_the_notebook_is_found(check, hand_in, slopes):
    """Without any option, and without the reference."""
    notebook = hand_in("ada.ipynb", RIGHT)
    (notebook.parent / "slopes.grader.json").write_bytes(public.write(load(str(slopes))))
    done = check(notebook, assignment="")
    assert (done.returncode, "3 of 3 points" in done.stdout) == (0, True)


def test_a_data_file_can_be_named_but_knows_one_seed_only(check, hand_in, slopes, tmp_path):
    """Asked for another seed it says what is needed."""
    data = tmp_path / "slopes.grader.json"
    data.write_bytes(public.write(load(str(slopes))))
    notebook = hand_in("ada.ipynb", HALF)
    assert check(notebook, assignment=data).returncode == 1
    refused = check(notebook, "--seed", 3, assignment=data)
    assert (refused.returncode, "another seed needs the assignment itself" in refused.stderr) == (2, True)


def test_a_small_example_is_shown(check, hand_in):
    """What comes back beside what should."""
    done = check(hand_in("ada.ipynb", RIGHT.replace("2 * x", "3 * x")))
    assert "A small example: for x = [" in done.stdout and "«" in done.stdout


def test_nothing_is_left_behind(check, hand_in, tmp_path):
    """Not even where the check ends before it has begun."""
    (tmp_path / "t").mkdir()
    for options in ([], ["--exercise", "none_such"]):
        check(hand_in("ada.ipynb", RIGHT), *options, TMPDIR=str(tmp_path / "t"))
    assert list((tmp_path / "t").iterdir()) == []


def test_watching_answers_again_after_a_save_and_ends_quietly(hand_in, slopes):
    """The first answer comes at once, the next when the file has changed, and ^C is no error."""
    notebook = hand_in("ada.ipynb", HALF)
    process = subprocess.Popen(
        command(notebook, "-a", slopes, "--watch"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    totals = (line for line in process.stdout if line.endswith(" of 3 points\n"))
    assert next(totals) == "2 of 3 points\n"
    hand_in("ada.ipynb", RIGHT)
    assert next(totals) == "3 of 3 points\n"
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0


def test_a_save_is_seen_once(tmp_path):
    """Whatever its time or size, and not while the file is away."""
    path, steps = tmp_path / "a.ipynb", []

    def pause(seconds):
        steps.append(seconds)
        if len(steps) == 2:
            path.unlink()
        if len(steps) == 4:
            path.write_text("longer")

    path.write_text("one")
    saves = checking.saves(path, pause)
    assert [next(saves), len(steps)] == [None, 0]
    assert [next(saves), len(steps)] == [None, 4]


def test_a_file_that_is_broken_for_a_moment_does_not_end_the_watch(tmp_path, capsys, monkeypatch):
    """What is wrong is said, and the next save is awaited."""
    monkeypatch.setattr(checking, "saves", lambda path: iter([None, None]))
    acts = []

    def act():
        acts.append(1)
        if len(acts) == 1:
            raise GraderError("it is no notebook")

    checking.on_every_save(Path("a.ipynb"), act)
    assert len(acts) == 2 and "it is no notebook" in capsys.readouterr().err


def test_a_check_imports_no_more_than_it_needs(hand_in, slopes):
    """Neither tables nor terminals nor converters are loaded before the answer."""
    notebook = hand_in("ada.ipynb", RIGHT)
    code = """
import atexit, json, sys, grader.interfaces.cli.main
atexit.register(lambda: print(json.dumps(sorted(sys.modules))))
grader.interfaces.cli.main.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "check", notebook, "-a", slopes],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "numpy" in loaded
    assert not loaded & {"pandas", "rich", "nbconvert", "nbformat", "matplotlib", "openpyxl", "hypothesis", "IPython"}


SLIM = """
import sys
for name in ("pandas", "jinja2", "openpyxl", "nbconvert", "matplotlib", "distributed"):
    sys.modules[name] = None
from grader.interfaces.cli.main import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["check", "ada.ipynb", "-a", "slopes"], 0, "3 of 3 points"),
        (["extract", "ada.ipynb"], 0, "square_and_slope"),
        (["--help"], 0, "report"),
        (["grade", ".", "-a", "slopes", "-o", "out"], 2, "pip install 'backprop-grader[grade]'"),
        (["report", "out", "--to", "csv"], 2, "pip install 'backprop-grader[grade]'"),
        (["check", "ada.ipynb", "-a", "slopes", "--junit", "x"], 2, "pip install 'backprop-grader[grade]'"),
    ],
)
def test_a_slim_install_checks_and_says_what_grading_needs(hand_in, slopes, arguments, status, words):
    """Without the packages of the extra: a check and help as ever, anything else in one line."""
    folder = hand_in("ada.ipynb", RIGHT).parent
    slopes.rename(folder / "slopes")
    line = [sys.executable, "-c", SLIM, *arguments]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, words in done.stdout + done.stderr) == (status, True), done.stderr


def test_a_course_s_own_assignment_is_known_by_its_name(check, hand_in, slopes):
    """Beside its public data, whatever the notebook is called: what a feedback page prints runs there."""
    notebook = hand_in("renamed homework.ipynb", RIGHT)
    (notebook.parent / "slopes.grader.json").write_bytes(public.write(load(str(slopes))))
    assert check(notebook, assignment="slopes").returncode == 0


def test_importing_the_package_loads_nothing_else():
    """`from grader import check` in a setup cell costs nothing."""
    code = "import sys; from grader import check; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" not in loaded and [name for name in loaded if name.startswith("grader.")] == []


def test_a_check_needs_no_fork(hand_in, slopes):
    """As on Windows, and on macOS where forking is not safe."""
    code = (
        "import os; from grader.interfaces.cli.main import main\n"
        "def forbidden(*_): raise RuntimeError('fork')\nos.fork = forbidden\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code, "check", hand_in("ada.ipynb", RIGHT), "-a", slopes], check=False)
    assert done.returncode == 0


def test_the_process_that_starts_ahead_has_the_usual_limits():
    """Otherwise it would be started for nothing."""
    from grader.assignment.vocabulary import Limits
    from grader.sandbox.host import launch

    assert (Limits().memory_mb, Limits().submission_seconds) == (launch.MEMORY_MB, launch.SUBMISSION_SECONDS)


def test_a_process_with_other_limits_is_not_used(tmp_path):
    """It is ended, and one with the right limits takes its place."""
    from grader.assignment.vocabulary import Limits
    from grader.sandbox import Job, Session
    from grader.sandbox.host.basic import BasicRunner
    from grader.sandbox.host.launch import launch

    ahead = launch(512, 5.0)
    job = Job(b"def f():\n    return 1", ".py", {}, Limits())
    with Session(BasicRunner(ahead).start(job), job) as session:
        assert session.call("f", (), 10.0).value == 1
    assert ahead.popen.poll() is not None and not ahead.directory.exists()
