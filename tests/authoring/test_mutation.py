"""Mutants of real functions: found however they are called, tried in place, and undone."""

import importlib.util

import pytest

from grader.authoring.mutation import mutants, reached

SOURCE = '''
def doubled(x):
    return 2 * x


def unused(x):
    return 3 * x


class Scale:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return self.factor * x


TABLE = {"half": lambda x: x / 2, "third": lambda x: x / 3}


def answer(x: int = 5) -> float:
    """Everything that can be reached."""
    if x is None:
        raise ValueError("there is " + "no x")
    return doubled(x) + TABLE["half"](x) + Scale(7)(x) + sum(y * y for y in [x])
'''


@pytest.fixture
def module(tmp_path):
    """A reference of a few functions, a class and a table."""
    path = tmp_path / "answers.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("mutated_answers", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def changes(module, tmp_path):
    return list(mutants(reached([lambda: module.answer(4.0)], (tmp_path,))))


def test_what_runs_is_reached_and_nothing_else(module, tmp_path):
    """By name, through a table, as a method; but not what no call comes to."""
    names = {function.__qualname__ for function in reached([lambda: module.answer(4.0)], (tmp_path,))}
    assert names == {"answer", "doubled", "Scale.__init__", "Scale.__call__", "<lambda>"}


def test_files_elsewhere_are_left_alone(module, tmp_path):
    """NumPy is not the author's to check."""
    assert reached([lambda: module.answer(4.0)], (tmp_path / "other",)) == ()


def test_a_mutant_is_met_however_the_function_is_called(module, tmp_path):
    """Each of these is wrong in the place of the true one, and only there."""
    true = module.answer(4.0)
    for was in ("2 * x", "x / 2", "self.factor * x", "y * y"):
        mutant = next(m for m in changes(module, tmp_path) if m.was == was)
        with mutant.in_place():
            assert module.answer(4.0) != true
        assert module.answer(4.0) == true


def test_it_is_undone_after_an_error(module, tmp_path):
    """Whatever the mutant did."""
    mutant = changes(module, tmp_path)[0]
    with pytest.raises(ZeroDivisionError), mutant.in_place():
        raise ZeroDivisionError
    assert module.answer(4.0) == 8 + 2 + 28 + 16


def test_types_docstrings_and_error_messages_are_not_mutated(module, tmp_path):
    """They change no answer."""
    shown = {mutant.was for mutant in changes(module, tmp_path)}
    assert not shown & {"int", "float", "5", "'there is ' + 'no x'", "3 * x", "x / 3"}


def test_a_mutant_names_its_line(module, tmp_path):
    """File, line, what was and what became."""
    mutant = next(m for m in changes(module, tmp_path) if (m.was, m.became) == ("2 * x", "2 / x"))
    assert str(mutant).endswith("answers.py, line 3: `2 * x` became `2 / x`")
