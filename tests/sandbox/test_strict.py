"""Strict isolation as its users see it: what comes back, what is refused, and what is left when somebody is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import grader
from grader.assignment.vocabulary import Limits
from grader.model import Crashed, GraderFault, Raised, Returned, TimedOut, Unreadable
from grader.sandbox import Job, Session
from grader.sandbox.host import zygotes
from grader.sandbox.host.strict import EVERY_LAYER, NotStrict, StrictRunner
from grader.sandbox.layers import LAYERS, broken_promises
from tests.conftest import notebook

SECONDS = 10.0
ZYGOTE = "zygote.main"
FAMILY = """
import sys, time
from grader.assignment import Limits
from grader.sandbox import Job, Session
from grader.sandbox.host.strict import EVERY_LAYER, StrictRunner
runner = StrictRunner([name for name in EVERY_LAYER if name not in sys.argv[1:]])
job = Job(b"import time\\ndef f():\\n    time.sleep(300)", ".py", {}, Limits())
session = Session(runner.start(job), job)
print("ready", flush=True)
session.call("f", (), 300.0)
"""


@pytest.fixture(scope="module")
def runner():
    """A strict runner; its zygotes end with the module."""
    strict = StrictRunner()
    yield strict
    strict.close()


@pytest.fixture
def session(runner):
    """Opens a notebook of these cells in a confined process."""
    opened = []

    def start(*cells, support=None, limits=None, data=None, suffix=".ipynb"):
        job = Job(notebook(*cells) if data is None else data, suffix, support or {}, limits or Limits())
        opened.append(Session(runner.start(job), job))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def value(outcome):
    """What a function returned, which it has to."""
    assert isinstance(outcome, Returned), outcome
    return outcome.value


def test_a_function_returns_what_it_computes(session):
    """Arrays go in and come out as they are."""
    opened = session("import numpy as np", "def f(x, y):\n    return np.outer(x, y), [x]")
    product, (x,) = value(opened.call("f", (np.arange(2.0), np.ones(3)), SECONDS))
    assert product.shape == (2, 3) and x.tolist() == [0.0, 1.0]


def test_an_error_is_told_with_its_place(session):
    """The sandbox takes nothing away from what a student learns of a mistake."""
    outcome = session("def f(x):\n    return x['a']").call("f", (1,), SECONDS)
    assert isinstance(outcome, Raised)
    assert outcome.error == "TypeError" and str(outcome.place) == "cell 1, line 2"


def test_support_files_lie_in_the_working_directory(session):
    """Modules and packages to import, and files to read."""
    support = {"pkg/given.py": b"def double(x):\n    return 2 * x\n", "numbers.txt": b"1 2 3"}
    code = "from pkg.given import double\ndef f():\n    return double(len(open('numbers.txt').read().split()))"
    outcome = session(code, support=support).call("f", (), SECONDS)
    assert value(outcome) == 6


def test_one_submission_leaves_nothing_for_the_next(session):
    """Neither files nor changed modules."""
    writes = "import numpy as np\ndef f():\n    np.left_behind = 1\n    open('left', 'w').write('x')"
    reads = "import os\nimport numpy as np\ndef f():\n    return [hasattr(np, 'left_behind'), os.path.exists('left')]"
    first = session(writes)
    first.call("f", (), SECONDS)
    first.close()
    assert value(session(reads).call("f", (), SECONDS)) == [False, False]


def test_a_process_holds_no_descriptor_but_its_own(session):
    """Standard files that lead nowhere, and its channel in two directions."""
    code = (
        "import os\ndef f():\n    held = []\n    for number in range(64):\n        try:\n            os.fstat(number)\n"
        "        except OSError:\n            continue\n        held.append(number)\n    return held"
    )
    assert value(session(code).call("f", (), SECONDS)) == [0, 1, 2, 3, 4]


def test_a_process_has_nothing_of_the_grader_but_the_sandbox_and_the_reading_of_notebooks(session):
    """Whatever it has loaded, under whatever name."""
    code = (
        "import sys\ndef f():\n    return [[name, str(getattr(m, '__file__', ''))] for name, m in sys.modules.items()]"
    )
    loaded = {name: Path(file) for name, file in value(session(code).call("f", (), SECONDS))}
    package = Path(grader.__file__).parent
    ours = {name: file.relative_to(package).parts for name, file in loaded.items() if file.is_relative_to(package)}
    assert {parts[:2] if parts[0] == "sandbox" else parts[:1] for parts in ours.values()} == {
        ("notebooks",),
        ("sandbox", "guest"),
        ("sandbox", "layers"),
        ("sandbox", "packages.py"),
        ("sandbox", "wire.py"),
        ("sandbox", "zygote"),
    }
    assert not {"grader", "reference", "assignments"} & set(loaded)


def test_memory_has_a_bound(session):
    """What is over it raises in the function that asked for it."""
    code = "import numpy as np\ndef f():\n    return np.ones(2**28).sum()"
    outcome = session(code, limits=Limits(memory_mb=1024)).call("f", (), SECONDS)
    assert isinstance(outcome, Raised) and "MemoryError" in outcome.error


def test_processor_time_has_a_bound_of_its_own(session):
    """It ends the process even where nobody watches the clock."""
    limits = Limits(submission_seconds=0.5)
    outcome = session("def f():\n    while True:\n        pass", limits=limits).call("f", (), 60.0)
    assert isinstance(outcome, Crashed) and "SIGKILL" in outcome.reason


def test_time_is_kept_by_the_parent(session):
    """A call that does not return in time is a time-out, and its process is ended."""
    opened = session("import time\ndef f():\n    time.sleep(300)")
    assert opened.call("f", (), 0.2) == TimedOut(0.2)
    assert not opened.alive


def test_a_crash_says_how(session):
    """The signal that ended it, in words."""
    outcome = session("import ctypes\ndef f():\n    ctypes.string_at(0)").call("f", (), SECONDS)
    assert isinstance(outcome, Crashed) and "SIGSEGV" in outcome.reason


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ".ipynb"),
        (b"[" * 40_000_000, ".ipynb"),
        (b"\x00" * 5_000_000, ".py"),
        (b"x = " + b"(" * 50_000 + b"1" + b")" * 50_000, ".py"),
        (b"x = " + b"-" * 5_000_000 + b"1\ndef f():\n    return 1", ".py"),
        (b"x = 1" + b" + 1" * 50_000 + b"\ndef f():\n    return 1", ".py"),
    ],
    ids=["deep JSON", "40 MB of JSON", "5 MB of zeros", "deep parentheses", "a cell of 5 MB", "a deep sum"],
)
def test_reading_a_hostile_file_does_not_touch_the_parent(runner, data, suffix):
    """It is unreadable, or read with what does not parse left out; the next submission is run as ever."""
    job = Job(data, suffix, {}, Limits())
    try:
        with Session(runner.start(job), job) as opened:
            assert isinstance(opened.call("f", (), SECONDS), Returned | Raised) or "f" not in opened.opened.found
    except Unreadable as error:
        assert str(error)
    job = Job(b"def f():\n    return 1", ".py", {}, Limits())
    with Session(runner.start(job), job) as opened:
        assert value(opened.call("f", (), SECONDS)) == 1


def test_the_record_names_the_layers_that_were_put_on(runner):
    """In the order in which they are put on, and no promise of strict isolation is open."""
    assert runner.layers == tuple(layer.name for layer in LAYERS if layer.name not in runner.refused)
    assert broken_promises(runner.layers) == []


def test_too_few_layers_are_refused_with_what_to_do():
    """No quiet step down: the message names the promise that would be broken."""
    with pytest.raises(NotStrict, match=r"no file beyond.*docs/security.md.*--isolation basic"):
        StrictRunner([name for name in EVERY_LAYER if name not in ("mount", "landlock")])


def test_a_lost_zygote_is_the_graders_fault_and_is_replaced():
    """The submission that met it is told apart from one that failed; the next start works."""
    others = descendants(os.getpid(), ZYGOTE)
    runner = StrictRunner()
    for process in set(descendants(os.getpid(), ZYGOTE)) - set(others):
        os.kill(process, signal.SIGKILL)
    job = Job(b"def f():\n    return 1", ".py", {}, Limits())
    with pytest.raises(GraderFault):
        runner.start(job)
    with Session(runner.start(job), job) as opened:
        assert value(opened.call("f", (), SECONDS)) == 1
    runner.close()


@pytest.fixture
def killed():
    """Calls a function that waits, kills one of the sandbox's processes meanwhile, and says what comes of the call.

    which: 0 is the process that was started first, -1 the session.
    """
    others = set(descendants(os.getpid(), ZYGOTE))
    runner = StrictRunner()

    def call(which, **about):
        job = Job(b"import time\ndef f():\n    time.sleep(30)", ".py", {}, Limits(), **about)
        with Session(runner.start(job), job) as session:
            family = sorted(set(descendants(os.getpid(), ZYGOTE)) - others)
            threading.Timer(0.3, os.kill, (family[which], signal.SIGKILL)).start()
            return session.call("f", (), SECONDS)

    yield call
    runner.close()


def test_a_zygote_that_is_killed_meanwhile_is_no_students_crash(killed):
    """Its session goes with it, whose code had no part in that."""
    with pytest.raises(GraderFault):
        killed(0)


def test_a_session_that_is_killed_from_outside_is_no_students_crash(killed, runner):
    """Where the first process of a pid namespace is concerned, it cannot have done so itself."""
    if "pid" not in runner.layers:
        pytest.skip("there are no pid namespaces here")
    with pytest.raises(GraderFault, match="ended from outside"):
        killed(-1)


def test_what_is_killed_each_time_does_it_itself(killed):
    """As code does that takes all of the machine's memory."""
    outcome = killed(-1, is_last_try=True)
    assert isinstance(outcome, Crashed) and "SIGKILL" in outcome.reason


def test_a_zygote_that_does_not_answer_is_replaced(monkeypatch):
    """It is ended with all that it forked, and the next session has another one."""
    monkeypatch.setattr(zygotes, "ANSWER_SECONDS", 1.0)
    others = descendants(os.getpid(), ZYGOTE)
    runner = StrictRunner()
    job = Job(b"def f():\n    return 1", ".py", {}, Limits())
    opened = Session(runner.start(job), job)
    family = set(descendants(os.getpid(), ZYGOTE)) - set(others)
    for process in family:
        os.kill(process, signal.SIGSTOP)
    opened.close()
    monkeypatch.undo()
    with Session(runner.start(job), job) as opened:
        assert value(opened.call("f", (), SECONDS)) == 1
    assert all(ends(process) for process in family)
    runner.close()


def test_sessions_run_beside_each_other(runner):
    """Each has a zygote of its own, so that one that hangs does not hold up the others."""
    job = Job(b"def f(x):\n    return x", ".py", {}, Limits())
    with Session(runner.start(job), job) as one, Session(runner.start(job), job) as other:
        assert value(one.call("f", (1,), SECONDS)) + value(other.call("f", (2,), SECONDS)) == 3


def test_a_zygote_knows_nothing(monkeypatch):
    """Neither its command line nor its environment has anything of the grader's own run."""
    monkeypatch.setenv("GRADER_SEED", "424242")
    runner = StrictRunner()
    for process in descendants(os.getpid(), ZYGOTE):
        said = Path(f"/proc/{process}/cmdline").read_bytes() + Path(f"/proc/{process}/environ").read_bytes()
        assert b"424242" not in said and b"GRADER" not in said
    runner.close()


@pytest.mark.parametrize("without", [[], ["pid"], ["pid", "ipc", "uts", "net", "mount", "user"]], ids=len)
def test_the_whole_family_ends_with_the_grader(tmp_path, without):
    """Killed without a word, it leaves no zygote, no session and no file, whatever layers there are."""
    command = [sys.executable, "-c", FAMILY, *without]
    grader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(tmp_path)})
    assert grader.stdout is not None and grader.stdout.readline() == "ready\n"
    family = descendants(grader.pid)
    assert len(family) >= 2
    grader.kill()
    grader.wait()
    grader.stdout.close()
    assert all(ends(process) for process in family)
    assert list(tmp_path.iterdir()) == []


def descendants(process, command=""):
    """Processes that descend from one, as far as their command line has this in it."""
    found = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            if command in Path(f"/proc/{child}/cmdline").read_text():
                found.append(child)
            found += descendants(child, command)
    return found


def ends(process):
    """Whether a process is gone before long."""
    for _ in range(1000):
        if not Path(f"/proc/{process}").exists():
            return True
        time.sleep(0.01)
    return False


def test_grading_writes_the_layers_into_every_record(tmp_path, slopes):
    """As `grader grade` leaves it in results.jsonl, for the readable and the unreadable alike."""
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "right.ipynb").write_bytes(notebook("def slope(x):\n    return 2 * x"))
    (folder / "broken.ipynb").write_text("no notebook")
    command = [sys.executable, "-m", "grader", "grade", folder, "-a", slopes, "-o", tmp_path / "out", "--jobs", "1"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    runner = StrictRunner()
    runner.close()
    records = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    assert [record["record"]["isolation"] for record in records] == [list(runner.layers)] * 2
