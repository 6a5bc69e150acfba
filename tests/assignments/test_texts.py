"""What students read: every formula of the notebooks and of the messages, run against the reference."""

import copy
import importlib
import re

import nbformat
import numpy as np
import pytest

from grader.assignment.catalogue import SHIPPED, load, shipped
from grader.assignment.steps import with_steps
from tests.assignments.claims.stating import drawn, exercises

ANONYMOUS = re.compile(r"\b(the|this) lecture\b|\b(other|in) lectures\b", re.IGNORECASE)
SHORT_NAMES = ("CS6910", "DSC 140B", "ITCS 6156", "Yehoshua", "CSC321")
MATHEMATICS = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)
CLAIMING = re.compile(r"=|\\le\b|\\ge\b|\\leq\b|\\geq\b|\\approx|\\leftarrow|\\longrightarrow")
FORMULA = re.compile(r"[=²½^·‖]|(?<!\w)[−-] ?[\w(|]|\d ?[−+-] ?\w|\w\(\w+\)|\blog(arithm)?s? .*base")
CLAIMS = {name: importlib.import_module(f"tests.assignments.claims.{name}").CLAIMS for name in shipped()}
TEXTS = [
    pytest.param(name, cell, formulas, holds, id=f"{name}-{cell}-{i}")
    for name, claims in CLAIMS.items()
    for cell, each in claims.texts.items()
    for i, (formulas, holds) in enumerate(each)
]
MESSAGES = [
    (name, exercise.name, mistake)
    for name in shipped()
    for exercise in load(name).exercises
    for mistake in exercise.mistakes
]
each_message = pytest.mark.parametrize(
    ("name", "exercise", "mistake"), MESSAGES, ids=[f"{name}-{exercise}-{m.name}" for name, exercise, m in MESSAGES]
)


def cells(name):
    """The texts of a student's notebook by cell, without the addresses of pictures."""
    notebook = nbformat.read(SHIPPED / name / f"{name}.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells if not cell.id.endswith("-picture")}


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize(("name", "cell", "formulas", "holds"), TEXTS)
def test_a_formula_of_a_notebook_is_right(name, cell, formulas, holds):
    """It stands in its cell as it is written here, and the same in code is true."""
    for formula in formulas:
        assert plain(formula) in plain(cells(name)[cell])
    holds()


@pytest.mark.parametrize("name", shipped())
def test_no_formula_of_a_notebook_is_left_out(name):
    """Whatever has an equals sign is claimed or, where it only names things, listed as notation."""
    left = [(cell, each) for cell in cells(name) for each in unclaimed(name, cell)]
    assert left == []


def unclaimed(name, cell):
    """What of a text's mathematics has an equals sign and stands in no claim."""
    claims, text = CLAIMS[name], plain(cells(name)[cell])
    for formula in (formula for formulas, _ in claims.texts.get(cell, []) for formula in formulas):
        text = text.replace(plain(formula), "")
    found = MATHEMATICS.findall(text) if "def " not in text else []
    return [each for each in found if CLAIMING.search(each) and each not in claims.notation]


def wrong_answers(name, exercise, mistake):
    """Arguments, right answer and wrong one, where the wrong version has one."""
    wrong = with_steps(exercises(name)[exercise].reference, mistake.steps)
    for expected in drawn(name, exercise):
        with np.errstate(all="ignore"):
            try:
                yield expected.case.args, expected.expected, wrong(*copy.deepcopy(expected.case.args))
            except Exception:
                continue


@each_message
def test_a_message_says_what_the_mistake_does(name, exercise, mistake):
    """The formula of the sentence, as code, gives what the wrong version of the reference gives."""
    key = f"{exercise}.{mistake.name}"
    code, relation = CLAIMS[name].answers.get(key), CLAIMS[name].relations.get(key)
    if code is None and relation is None:
        assert not FORMULA.search(mistake.says), f"{key} says {mistake.says!r}, and no code says the same"
        return
    compared = 0
    for args, right, wrong in wrong_answers(name, exercise, mistake):
        if relation is not None:
            assert relation(args, right, wrong), args
        else:
            with np.errstate(all="ignore"):
                np.testing.assert_allclose(wrong, code(*args), rtol=1e-7, atol=1e-10)
        compared += 1
    assert compared


@pytest.mark.parametrize("name", shipped())
def test_no_claim_is_about_a_mistake_that_is_gone(name):
    """Every entry belongs to a message."""
    known = {f"{exercise}.{mistake.name}" for of, exercise, mistake in MESSAGES if of == name}
    assert {*CLAIMS[name].answers, *CLAIMS[name].relations} <= known


@pytest.mark.parametrize("name", shipped())
def test_a_notebook_names_its_sources(name):
    """Every lecture that the declaration names, in the first cell."""
    assert "Source" in cells(name)["title"]
    named = [short for short in SHORT_NAMES if short in load(name).lecture]
    assert named
    assert all(short in cells(name)["title"] for short in named)


@pytest.mark.parametrize("name", shipped())
def test_a_message_says_which_lecture_it_means(name):
    """By its short name: an assignment may draw on several."""
    texts = [text for e in load(name).exercises for m in e.mistakes for text in (m.says, m.asks)]
    assert [text for text in texts if ANONYMOUS.search(text)] == []


@pytest.mark.parametrize("name", shipped())
def test_every_notebook_is_built_alike(name):
    """Aims first, how to check in the same words, each exercise as text, stub and check, and a last cell for all."""
    texts = cells(name)
    assert "**When you are through, you can**" in texts["title"]
    assert texts["how-to-check"] == cells("activations")["how-to-check"]
    assert "restart the kernel, run all cells" in texts["end"]
    assert list(texts)[-2:] == ["end", "check-all"]
    assert texts["check-all"] == "check()"


@pytest.mark.parametrize("name", shipped())
def test_exercises_stand_in_the_order_in_which_they_are_declared(name):
    """And are numbered from 1 in their headings."""
    declared = [exercise.name.replace("_", "-") for exercise in load(name).exercises]
    wanted = [f"{exercise}{part}" for exercise in declared for part in ("-text", "", "-check")]
    assert [cell for cell in cells(name) if cell in wanted] == wanted
    for number, exercise in enumerate(declared, start=1):
        assert cells(name)[f"{exercise}-text"].startswith(f"## {number}. ")
