"""`check` judges live functions as grading judges a notebook's, and finds out by itself what is asked."""

import linecache
import random
from dataclasses import replace

import numpy as np
import pytest

from grader.assignment.catalogue import load
from grader.feedback.words import message
from grader.interfaces.kernel.checking import Kernel, check
from grader.model import Place, Status
from grader.selfcheck import public
from tests.conftest import notebook

GOOD = "import numpy as np\ndef slope(x):\n    return 2 * x\ndef square_and_slope(x):\n    return x * x, [slope(x)]"


def kernel(*cells):
    """A kernel that has run these cells, as IPython numbers and remembers them."""
    namespace, history = {"__name__": "__main__"}, [""]
    for number, cell in enumerate(cells, start=1):
        name = f"<cell {id(namespace)}-{number}>"
        linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
        exec(compile(cell, name, "exec"), namespace)
        history.append(cell)
    return Kernel(namespace, history)


@pytest.fixture
def checked(slopes):
    """Checks one name, or all, after these cells have been run."""

    def run(name, *cells):
        here = kernel(*cells)
        return check(here.namespace.get(name, name) if name else None, str(slopes), here)

    return run


def only(result):
    """The grade of the one exercise that was checked."""
    (exercise,) = result.grade.exercises
    return exercise


def test_a_right_function_passes(checked):
    """All points, nothing to say, and true."""
    result = checked("slope", GOOD)
    assert result and only(result).points == 2.0
    assert repr(result) == "✓ slope: right, 2 of 2 points"


def test_without_a_function_all_exercises_are_checked(checked):
    """Each with its points, and their sum."""
    result = checked("", GOOD)
    assert [e.exercise for e in result.grade.exercises] == ["slope", "square_and_slope"]
    assert repr(result).endswith("3 of 3 points")


def test_a_known_mistake_is_named(checked):
    """The diagnosis and its question are told."""
    assert "Your function leaves out the 2." in repr(checked("slope", "def slope(x):\n    return x"))


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("def slope(x):\n    '''Slope.'''\n    raise NotImplementedError", Status.MISSING),
        ("def slope(x):\n    pass", Status.MISSING),
        ("def slope(x):\n    x + 1\n    raise NotImplementedError", Status.MISSING),
        ("slope = 3", Status.MISSING),
        ("x = 1", Status.MISSING),
        ("def slope(x):\n    return 3 * x", Status.WRONG),
        ("def slope(x):\n    return 1 / 0", Status.RAISED),
        ("def slope(x):\n    raise SystemExit", Status.RAISED),
        ("def slope(x):\n    return slope(x)", Status.RAISED),
        ("def slope(x):\n    while True:\n        pass", Status.TIMED_OUT),
        (
            "def slope(x):\n    while True:\n        try:\n            pass\n        except:\n            pass",
            Status.TIMED_OUT,
        ),
    ],
)
def test_whatever_the_function_does_the_check_comes_back_with_a_status(checked, cell, status):
    """Nothing that a student writes raises out of a check, and nothing runs for ever."""
    assert only(checked("slope", cell)).status is status


def test_an_error_is_placed_in_the_cell_where_it_arose(checked):
    """By the number that stands beside the cell, and the line in it."""
    result = checked("slope", "import numpy as np", "def slope(x):\n\n    return np.ones(2) @ np.ones(3)")
    assert only(result).place == Place(2, 1)
    assert "(cell 2, line 3)" in message(only(result))


def test_the_last_definition_is_checked(checked):
    """Cells that were run before, in whatever order, do not matter."""
    assert checked("slope", "def slope(x):\n    return 0", "def slope(x):\n    return 2 * x")


def test_a_function_given_by_an_alias_is_found_under_its_name(checked):
    """A lambda has no name of its own but the one that it is bound to."""
    assert checked("slope", "slope = lambda x: 2 * x")


def test_a_function_can_be_given_by_name(slopes):
    """For the magic, and for those who like it."""
    assert check("slope", str(slopes), kernel(GOOD))


def test_what_is_given_is_checked_even_if_its_name_is_bound_to_another(slopes):
    """`check(old)` judges old; the name is bound as before afterwards."""
    here = kernel(GOOD)
    old = here.namespace["slope"]
    new = here.namespace["slope"] = lambda x: 0
    assert check(old, str(slopes), here)
    assert here.namespace["slope"] is new


def test_a_builtin_that_is_shadowed_fails_as_it_does_for_the_student(checked):
    """The function runs with the kernel's own names."""
    result = checked("slope", "sum = 3", "def slope(x):\n    return sum([x, x])")
    assert only(result).status is Status.RAISED and "not callable" in message(only(result))


def test_a_helper_that_was_changed_later_counts_as_it_is_now(checked):
    """A function reads its helpers when it is called."""
    assert not checked(
        "slope", "def two():\n    return 2\ndef slope(x):\n    return two() * x", "def two():\n    return 3"
    )


def test_random_numbers_go_on_as_if_nothing_had_been_checked(checked):
    """Both generators of the student's, although the function draws from them."""
    random.seed(5), np.random.seed(5)
    expected = random.random(), np.random.rand()
    random.seed(5), np.random.seed(5)
    checked("slope", "import random, numpy as np\ndef slope(x):\n    return random.random() + np.random.rand()")
    assert (random.random(), np.random.rand()) == expected


def test_the_student_sees_nothing_of_what_the_function_prints(checked, capsys):
    """Cases are many, and prints would bury the verdict."""
    checked("slope", "def slope(x):\n    print('here')\n    return 2 * x")
    assert capsys.readouterr().out == ""


def test_an_interrupt_by_the_user_stops_the_check(checked):
    """It is not taken for an error of the function's."""
    with pytest.raises(KeyboardInterrupt):
        checked("slope", "import signal, os\ndef slope(x):\n    os.kill(os.getpid(), signal.SIGINT)\n    return x")


def test_no_process_is_forked_and_none_started(checked, monkeypatch):
    """The path of a check works where there is no fork."""
    monkeypatch.setattr("os.fork", None, raising=False)
    monkeypatch.setattr("subprocess.Popen", None)
    assert checked("slope", GOOD)


def test_no_connection_is_opened(checked, monkeypatch):
    """A check works without a network."""
    monkeypatch.setattr("socket.socket.connect", None)
    assert checked("slope", GOOD)


def test_the_public_data_beside_the_notebook_is_enough(slopes, tmp_path, monkeypatch):
    """Neither the reference nor a name is needed, and a known mistake is still named."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "slopes.grader.json").write_bytes(public.write(load(str(slopes))))
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("grader.selfcheck.choosing.load", None)
    here = kernel("def slope(x):\n    return -2 * x")
    assert only(check(here.namespace["slope"], "", here)).mistake == "sign"


def test_among_the_shipped_the_one_with_these_functions_is_found(tmp_path, monkeypatch):
    """By the names that the notebook binds."""
    monkeypatch.chdir(tmp_path)
    here = kernel("def pack(W, b):\n    raise NotImplementedError")
    assert check(here.namespace["pack"], "", here).sheet.assignment.name == "backprop_relu"


@pytest.mark.parametrize(
    ("name", "assignment", "words"),
    [
        ("nothing", "", "no assignment at hand has an exercise called 'nothing'"),
        ("relu", "delta_rule", "delta_rule has no exercise 'relu'"),
        ("relu", "unheard_of", "no assignment is called 'unheard_of'"),
        (None, "", "which assignment is it?"),
    ],
)
def test_what_cannot_be_checked_is_said_without_a_traceback(name, assignment, words, tmp_path, monkeypatch):
    """The words say what to do instead."""
    monkeypatch.chdir(tmp_path)
    result = check(name, assignment, kernel("x = 1"))
    assert words in repr(result) and not result


def test_a_fault_of_the_graders_own_is_told_as_such(monkeypatch):
    """The student is not left with a traceback that is not theirs."""
    monkeypatch.setattr("grader.interfaces.kernel.checking.sheet", lambda *_: 1 / 0)
    assert "your function may still be right" in repr(check("slope", "any", kernel("x = 1")))


def saved(tmp_path, *cells):
    """A notebook's file of these cells."""
    path = tmp_path / "saved.ipynb"
    path.write_bytes(notebook(*cells))
    return path


HELPED = "def two():\n    return 2", "def slope(x):\n    return two() * x"


def test_a_helper_whose_cell_was_deleted_is_worth_a_word(slopes, tmp_path):
    """The check passes, and says why grading would not."""
    here = replace(kernel(*HELPED), notebook=saved(tmp_path, HELPED[1]))
    result = check("slope", str(slopes), here)
    assert result and "`two` is still in the kernel, but in no cell of the notebook" in repr(result)
    assert "<code>" in result._repr_html_() and "still in the kernel" in result._repr_html_()


@pytest.mark.parametrize("cells", [HELPED, ["x = 1"], ["from tools import *", HELPED[1]]])
def test_a_notebook_that_has_all_or_cannot_tell_is_not_talked_about(slopes, tmp_path, cells):
    """Everything is in it, or the function is not saved yet, or names come from elsewhere."""
    here = replace(kernel(*HELPED), notebook=saved(tmp_path, *cells))
    assert repr(check("slope", str(slopes), here)) == "✓ slope: right, 2 of 2 points"


USES = [
    ("import random\ndef slope(x):\n    return 2 * x if random else x", "random"),
    ("from random import random\ndef slope(x):\n    return 2 * x if random else x", "random"),
    ("def slope(x):\n    import random\n    return 2 * x", "random"),
    ("import random\ndef slope(x):\n    return 2 * x", ""),
    ("import numpy as np\ndef slope(x):\n    return np.add(x, x)", ""),
]


@pytest.mark.parametrize(("cell", "refused"), USES)
def test_an_import_that_is_not_allowed_is_refused_as_in_grading(slopes, cell, refused):
    """Only what the function uses counts."""
    declaration = slopes / "declaration.py"
    declaration.write_text(
        declaration.read_text().replace("public_seed=7", 'public_seed=7, allowed_imports=("numpy",)')
    )
    result = check("slope", str(slopes), kernel(cell))
    assert bool(result) is not bool(refused)
    assert f"it imports {refused}; this assignment allows numpy" in repr(result) or not refused


def test_a_package_that_is_not_there_in_grading_is_missing_in_a_check(checked):
    """Although the kernel has it; what the function does not use does not matter."""
    result = checked("slope", "import pandas as pd\ndef slope(x):\n    return 2 * x if pd else x")
    assert only(result).status is Status.RAISED
    assert "ModuleNotFoundError: No module named 'pandas'" in repr(result)
    assert checked("slope", "import pandas as pd\ndef slope(x: pd.Series):\n    return 2 * x")
