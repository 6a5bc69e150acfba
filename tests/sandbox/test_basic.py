"""Student code in a real process: what comes back, what is said when it does not, and that nothing is left behind."""

import os
import time
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from grader.assignment.vocabulary import Limits
from grader.model import Crashed, Lack, Missing, Place, Raised, Returned, TimedOut, TimeFor, Unreadable
from grader.sandbox import Job, Session
from grader.sandbox.host.basic import BasicRunner
from tests.conftest import notebook

SECONDS = 10.0


@pytest.fixture
def session():
    """Opens a notebook of these cells in a process of its own."""
    opened = []

    def start(*cells, support=None, memory_mb=2048, suffix=".ipynb", data=None):
        job = Job(notebook(*cells) if data is None else data, suffix, support or {}, Limits(memory_mb=memory_mb))
        opened.append(Session(BasicRunner().start(job), job))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def call(session, name, *args, limit=SECONDS):
    return session.call(name, args, limit)


def test_a_function_returns_what_it_computes(session):
    """Arrays go in and come out as they are."""
    outcome = call(
        session("import numpy as np", "def f(x, y):\n    return np.outer(x, y), [x]"), "f", np.arange(2.0), np.ones(3)
    )
    assert isinstance(outcome, Returned)
    product, (x,) = outcome.value
    assert product.shape == (2, 3) and x.tolist() == [0.0, 1.0]


def test_an_error_says_where_it_arose(session):
    """The place is the cell and the line of the student's own code."""
    outcome = call(
        session("import numpy as np", "# first\ndef f(x):\n    return np.linalg.inv(x)"), "f", np.zeros((2, 3))
    )
    assert isinstance(outcome, Raised)
    assert (outcome.error, outcome.place) == ("LinAlgError", Place(2, 3))


def test_what_it_prints_is_kept_apart(session):
    """Printing is no answer, and no harm; a flood is cut."""
    s = session("def f(x):\n    print('hello')\n    return x\ndef g(x):\n    print('y' * 10**6)\n    return x")
    assert call(s, "f", 1).printed == "hello\n"
    assert len(call(s, "g", 1).printed) <= 10_000


def test_an_argument_changed_in_place_is_told(session):
    """The function's own copy may change; that it does is known."""
    assert call(session("def f(x, y):\n    y += 1\n    return y"), "f", np.ones(2), np.ones(2)).changed == (1,)


def test_random_numbers_are_the_same_in_every_call(session):
    """`random` and `numpy.random` are seeded before each call."""
    s = session("import random\nimport numpy as np\ndef f():\n    return random.random() + np.random.rand()")
    assert call(s, "f").value == call(s, "f").value


def test_an_endless_loop_is_stopped(session):
    """The clock is the parent's."""
    s = session("def f():\n    while True:\n        pass")
    assert call(s, "f", limit=0.3) == TimedOut(0.3)
    assert not s.alive


def test_an_endless_computation_of_a_constant_is_stopped(session):
    """What a function needs is run within limits, too."""
    s = session("def endless():\n    while True:\n        pass", "C = endless()", "def f():\n    return C")
    assert call(s, "f", limit=0.1) == TimedOut(pytest.approx(0.3), TimeFor.LOADING)


@pytest.mark.parametrize("code", ["import os\n    os._exit(0)", "import os\n    os.kill(os.getpid(), 11)"])
def test_a_process_that_ends_is_a_crash(session, code):
    """Exit 0 is no answer either."""
    assert isinstance(call(session(f"def f():\n    {code}"), "f"), Crashed)


@pytest.mark.parametrize("write", ["os.write(fd, b'x' * 100)", "os.close(fd)"])
def test_garbage_on_the_wire_is_a_crash(session, write):
    """Whatever is written to any open file, the answer is not believed or the process is given up."""
    code = f"""
        import os, contextlib
        def f():
            for fd in range(3, 20):
                with contextlib.suppress(OSError):
                    {write}
            return 1
    """
    assert isinstance(call(session(dedent(code)), "f", limit=2.0), Crashed | TimedOut)


def test_leaving_by_exit_is_an_error_like_any_other(session):
    """`exit()` in a function raises SystemExit, which is reported."""
    assert call(session("def f():\n    raise SystemExit(0)"), "f").error == "SystemExit"


def test_memory_is_bounded(session):
    """An array beyond the limit is a MemoryError, not a machine that swaps."""
    outcome = call(session("import numpy as np\ndef f():\n    return np.ones(2**28).sum()", memory_mb=1024), "f")
    assert isinstance(outcome, Raised | Crashed)


@pytest.mark.parametrize("module", ["reference", "assignments", "grader"])
def test_the_answers_cannot_be_imported(session, module):
    """The reference is no module for student code."""
    outcome = call(session(f"import {module}", f"def f():\n    return {module}.__name__"), "f")
    assert isinstance(outcome, Raised) and "No module named" in outcome.behind.message


def test_a_missing_module_costs_only_what_needs_it(session):
    """The function that needs it fails by name, its neighbour does not."""
    s = session("from my_utils import helper", "def f(x):\n    return helper(x)", "def g(x):\n    return x")
    failed = call(s, "f", 1)
    assert failed.error == "NameError" and failed.behind.place.cell == 1
    assert failed.behind.error == "ModuleNotFoundError" and "No module named 'my_utils'" in failed.behind.message
    assert call(s, "g", 1).value == 1
    assert [name for name, _ in s.opened.missing_modules] == ["my_utils"]


def test_a_failure_is_followed_back_to_where_it_began(session):
    """A value made with a module that is missing names the module, not the value."""
    s = session("import my_sympy as sp", "derivative = sp.diff('x')", "def f(x):\n    return derivative(x)")
    failed = call(s, "f", 1)
    assert failed.message == "name 'derivative' is not defined"
    assert (failed.behind.error, failed.behind.place) == ("ModuleNotFoundError", Place(1, 1))


def test_a_function_in_a_cell_that_does_not_parse_is_told_where(session):
    """Missing, with the cell and line of the syntax error."""
    outcome = call(session("x = 1", "def f(x):\n    return (x\ny = 2"), "f", 1)
    assert outcome == Missing(Lack.SYNTAX, "does not parse: '(' was never closed", Place(2, 2))


def test_the_check_in_a_notebook_is_no_missing_module(session):
    """Whoever checks their own work imports the grader, and its absence here is no news."""
    s = session("from grader import check", "def f(x):\n    return x", "check(f)")
    assert s.opened.missing_modules == () and call(s, "f", 1).value == 1


def test_support_files_lie_in_the_working_directory(session):
    """Helper modules and data that the assignment brings can be imported and read."""
    support = {"my_utils.py": b"def helper(x):\n    return x + 1", "data.txt": b"41"}
    s = session(
        "from my_utils import helper", "def f():\n    return helper(int(open('data.txt').read()))", support=support
    )
    assert call(s, "f").value == 42


def test_a_module_that_the_notebook_writes_can_be_imported(session):
    """%%writefile cells make modules."""
    s = session(
        "%%writefile tools.py\ndef twice(x):\n    return 2 * x",
        "from tools import twice",
        "def f(x):\n    return twice(x)",
    )
    assert call(s, "f", 2).value == 4


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("def f(x):\n    '''Sum.'''\n    raise NotImplementedError", Missing(Lack.STUB)),
        ("def f(x):\n    y = x + 1\n    raise NotImplementedError('later')", Missing(Lack.NOT_IMPLEMENTED)),
        ("f = 3", Missing(Lack.NOT_CALLABLE, "int")),
        ("g = 3", Missing(Lack.UNDEFINED)),
    ],
)
def test_what_cannot_be_called_is_missing(session, cell, why):
    """Stubs, values and absent names are nothing to grade."""
    assert call(session(cell), "f", 1) == why


@pytest.mark.parametrize(
    "later", ["f = f(3)", "f = float(f(3)) + 1", "f = 7", "while True:\n    f = f(3)", "f, g = f(1), 2"]
)
def test_a_name_that_a_result_takes_over_still_has_its_function(session, later):
    """`cost = cost(A, Y)` further down does not take the function's points."""
    assert call(session("def f(x):\n    return x + 1", later), "f", 1).value == 2


def test_a_name_that_ends_up_as_another_function_is_that_function(session):
    """What can be called in the end counts."""
    assert call(session("def f(x):\n    return x + 1", "f = lambda x: x * 10"), "f", 1).value == 10


def test_a_helper_that_is_still_a_stub_is_an_error_of_its_caller(session):
    """The function is there; what it calls is not written yet."""
    s = session("def g(x):\n    raise NotImplementedError", "def f(x):\n    return g(x)")
    assert call(s, "f", 1).error == "NotImplementedError"


def test_top_level_code_is_not_run(session):
    """A training loop of minutes between the definitions costs nothing."""
    s = session(
        "def f(x):\n    return x", "import time\ntime.sleep(60)", "history = [time.sleep(60) for _ in range(9)]"
    )
    assert call(s, "f", 1, limit=2.0).value == 1


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"{", b"[" * 100_000, b'{"cells": 3}'])
def test_what_is_no_notebook_is_unreadable(session, data):
    """Every kind of wrong file is refused with a reason."""
    with pytest.raises(Unreadable):
        session(data=data)


def test_an_expression_nested_without_end_costs_at_most_its_cell(session):
    """A parser that gives up takes nothing else with it."""
    s = session("x = " + "(" * 50_000 + ")" * 50_000, "def f():\n    return 1")
    assert call(s, "f").value == 1


def test_nothing_is_left_behind(session, tmp_path, monkeypatch):
    """Neither a process nor a directory outlives the session."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    starts_another = """
        import os, subprocess, sys
        def f():
            subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])
            return os.getpid()
    """
    s = session(dedent(starts_another))
    pid = call(s, "f").value
    assert list(tmp_path.iterdir())
    s.close()
    assert not list(tmp_path.iterdir())
    if Path("/proc").is_dir():
        time.sleep(0.1)
        assert not os.path.exists(f"/proc/{pid}")  # noqa: PTH110 - a process, not a file
        assert not _of_group(pid)


def _of_group(group):
    """Living processes of a process group."""
    stats = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    return [stat for stat in stats if int(stat[2]) == group and stat[0] != "Z"]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({1, 2}, "set"),
        (frozenset({1}), "frozenset"),
        (1 + 2j, "complex"),
        (np.float64(2.5), "float64"),
        (np.array(["ab", "c"]), "ndarray of <U2"),
        (np.array([1j]), "ndarray of complex128"),
        ({(1, 2): "a"}, "dict"),
        ({np.int64(3): "a"}, "dict"),
    ],
    ids=repr,
)
def test_arguments_of_every_kind_arrive_and_come_back(session, value, kind):
    """As what they are; a key that NumPy made is the number that it holds."""
    code = "def f(x):\n    return [x, type(x).__name__ + (f' of {x.dtype}' if hasattr(x, 'shape') and x.shape else '')]"
    came_back, said = session(code).call("f", (value,), SECONDS).value
    assert said == kind
    assert type(came_back) is type(value) and np.all(came_back == value)


@pytest.mark.parametrize(
    ("value", "change"),
    [({1}, "x.add(2)"), (np.array([None, [1]], object), "x[1].append(2)"), (np.array(["ab"]), "x[0] = 'c'")],
    ids=repr,
)
def test_a_change_of_an_argument_of_any_kind_is_seen(session, value, change):
    """Within a set, an array of objects and one of texts."""
    opened = session(f"def f(x):\n    {change}\ndef g(x):\n    return 1")
    assert opened.call("f", (value,), SECONDS).changed == (0,)
    assert opened.call("g", (value,), SECONDS).changed == ()


@pytest.mark.parametrize("hint", ["torch.Tensor", "list[torch.Tensor]", "Callable[[torch.Tensor], float]"])
def test_a_hint_that_names_a_missing_package_costs_nothing(session, hint):
    """But its use does; the error still stands in its own line."""
    imports = "import no_such_torch as torch\nfrom typing import Callable"
    opened = session(
        imports, f"# first\ndef f(x: {hint}) -> {hint}:\n    return 2 * x\ndef g(x: {hint}):\n    return torch.abs(x)"
    )
    assert call(opened, "f", 2).value == 4
    failed = call(opened, "g", 2)
    assert failed.error == "NameError" and failed.behind.error == "ModuleNotFoundError"
    assert failed.place == Place(2, 5)
