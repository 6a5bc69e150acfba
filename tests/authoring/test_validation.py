"""What `validate` says of assignments with something wrong in them, and of those without."""

import json
import re

import pytest

from grader.assignment.catalogue import load
from grader.authoring.strength import QUICK
from grader.authoring.validation import validate

DECLARATION = '''
"""Slopes."""

import numpy as np

from grader.assignment import Assignment, Deadline, Limits, Mistake, case

from .words import SURE

due = Deadline("2026-11-27 23:59", "Europe/Berlin")
assignment = Assignment(title="Slopes", public_seed=7, limits=Limits(case_seconds=0.2), deadline=due)


def step(z):
    return np.asarray(z >= 0, dtype=float)


def slope_of_relu(z):
    return step(z)


def log(z):
    return np.log(z)


rng_of_the_reference = np.random.default_rng()


def unsure(z):
    return z + rng_of_the_reference.normal()


def slow(z):
    import time
    time.sleep(0.12)
    return z


def needs_the_grader(z):
    from grader.runs import batch
    return step(z)


def hidden(z):
    return np.array([5e7 + z.sum(), 2 + z.max()])


def first(z, f):
    return 2 * z


def waived(z):
    return np.maximum(z, 0)  # survives: no case is negative


def unexplained(z):
    return np.maximum(z, 0)  # survives:


def a_function(z):
    return [len]


@assignment.exercise(reference={reference}, points=1, tolerance={tolerance}, mistakes=[{mistakes}])
def asked(rng):
    """What is asked."""
    {cases}
'''
# A module beside the declaration may look into what it declares.
WORDS = """
from grader.assignment import Mistake

MISTAKE = Mistake("sure", "You are sure.", "Are you?", {abs: min})
SURE = MISTAKE.says + MISTAKE.asks
"""
GOOD = "yield case('drawn', rng.normal(size=4)); yield case('too', rng.normal(size=(2, 3)))"
STUB = "def asked(z):\n    raise NotImplementedError"


@pytest.fixture
def problems(tmp_path):
    """Writes the declaration and a template, and gives the problems that are found."""

    def found(cases=GOOD, reference="slope_of_relu", mistakes="", tolerance=1e-6, template=STUB, *, notes=False):
        folder = tmp_path / "slopes"
        folder.mkdir()
        text = DECLARATION.format(cases=cases, reference=reference, mistakes=mistakes, tolerance=tolerance)
        (folder / "declaration.py").write_text(text, encoding="utf-8")
        (folder / "words.py").write_text(WORDS, encoding="utf-8")
        cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
        notebook = {"cells": [cell | {"source": template}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "slopes.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        report = validate(load(str(folder)), QUICK)
        return [str(finding) for finding in report.all_findings if finding.wrong or notes]

    return found


def test_a_good_assignment_has_none(problems):
    """Cases, bank and template are right, and the checks bite."""
    assert problems() == []


def test_a_case_on_a_kink(problems):
    """Rounding would decide who is right."""
    (found,) = problems(f"{GOOD}; yield case('at 0', np.array([-1.0, 0.0]))")
    assert "'at 0'" in found
    assert "kink" in found


def test_a_jump_that_the_bank_knows_is_meant(problems):
    """step(0) may be asked, where the mistake of answering 0 is banked."""
    bank = "Mistake('zero-at-0', 'Your step is 0 at 0.', 'And at 0?', {step: lambda z: np.asarray(z > 0, dtype=float)})"
    assert problems(f"{GOOD}; yield case('at 0', np.array([-1.0, 0.0]) * rng.uniform(1, 2))", mistakes=bank) == []


@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_reference_that_overflows(problems):
    """And what it says."""
    (found,) = problems("yield case('drawn', np.append(rng.uniform(1, 2, 3), 0.0))", reference="log")
    assert "divide by zero" in found


def test_a_reference_that_contradicts_itself(problems):
    """Its answers change from call to call."""
    assert any("does not agree with itself" in found for found in problems(reference="unsure"))


def test_a_reference_that_returns_what_nobody_can_hand_over(problems):
    """A function does not cross from a student's process."""
    held = "the answer holds an object of type builtin_function_or_method"
    assert any(held in found for found in problems(reference="a_function"))


def test_a_reference_that_is_too_slow(problems):
    """A student's function may be slower still."""
    assert any("a student's call may take 0.2 s" in found for found in problems("yield case('drawn', 1.0)", "slow"))


def test_cases_that_change_under_another_seed(problems):
    """A weight or a kind of input that only one seed has."""
    cases = f"{GOOD}; yield case('third', rng.normal(size=3) if rng.integers(2) else rng.normal(size=(3, 1)))"
    assert any("another one under another seed" in found for found in problems(cases))


def test_a_mistake_that_no_case_shows(problems):
    """It would get full marks."""
    bank = "Mistake('never', 'It is right.', '', {step: lambda z: step(z)})"
    assert any("'never' gets full marks" in found for found in problems(mistakes=bank))


def test_mistakes_that_cannot_be_told_apart(problems):
    """Which of the two would a student be told?"""
    bank = (
        "Mistake('one', 'S.', '', {step: lambda z: -step(z)}), Mistake('two', 'S.', '', {step: lambda z: 0 - step(z)})"
    )
    assert any("'one' and 'two' give the same answers" in found for found in problems(mistakes=bank))


def test_a_survivor_is_a_problem(problems):
    """Positive numbers alone let anything pass that is right for them."""
    found = problems("yield case('drawn', rng.uniform(1, 2, size=4))")
    assert any("survives: slopes/declaration.py, line 15: `0` became `-1`" in one for one in found)


def test_a_tolerance_that_forgives_everything(problems):
    """A tenth off is another answer."""
    assert any("10 % off pass" in found for found in problems(tolerance=0.1))


@pytest.mark.parametrize(
    ("template", "status"),
    [("def asked(z):\n    return z * 0 + 1.0", "wrong"), ("def asked(z):\n    return z.q", "raised")],
)
def test_a_template_that_is_no_stub(problems, template, status):
    """An untouched notebook must be missing everywhere."""
    (found,) = problems(template=template)
    assert f"in the untouched notebook it is {status}, not missing (cell 1, line 1)" in found


def test_the_authors_own_notebook_may_hold_the_solutions(problems):
    """What students get of it is what must be missing."""
    solved = "def asked(z):\n    ### BEGIN SOLUTION\n    return (z >= 0) * 1.0\n    ### END SOLUTION"
    assert problems(template=solved) == []


def test_an_entry_that_the_tolerance_cannot_see(problems):
    """A slope of 2 beside an intercept of fifty million: any slope would pass."""
    found = problems("yield from [case(f'{i}', rng.normal(size=3)) for i in range(4)]", reference="hidden")
    assert any("`answer[1]` is smaller than what the tolerance of 1e-06 leaves" in one for one in found)


def test_a_template_without_the_exercises(problems):
    """Its functions have other names."""
    (found,) = problems(template="def ask(z):\n    raise NotImplementedError")
    assert "it holds none of the functions that are asked for: asked" in found


def test_a_reference_that_a_students_process_cannot_run(problems):
    """The solution is handed in as a student's, and does not reach what it needs; the line is the declaration's."""
    found = problems(reference="needs_the_grader", template=STUB)
    (said,) = found
    assert re.match(r"asked \(line \d+\): handed in as a student's, the reference gets 0 of 1 points\.", said)
    assert "No module named 'grader.runs'" in said


@pytest.mark.parametrize(
    ("cases", "what"),
    [
        ("yield case('drawn', rng.normal(size=3), np.tanh)", "argument 2 holds an object of type ufunc"),
        ("yield case('drawn', rng.normal(size=3), [len])", "argument 2 holds an object of type builtin"),
    ],
)
def test_what_cannot_be_handed_over(problems, cases, what):
    """A student would be given something else; said with the line of the declaration, and once."""
    (found,) = problems(cases, reference="first")
    assert f"case 'drawn': {what}" in found
    assert "asked (line" in found


def test_a_waived_survivor_is_no_problem(problems):
    """The author has a reason, which is told."""
    cases = "yield case('positive', rng.uniform(1, 2, size=4)); yield case('too', rng.uniform(1, 2, size=3))"
    found = problems(cases, reference="waived", notes=True)
    assert not any("survives" in one for one in found)
    assert any("waived (no case is negative): slopes/declaration.py" in one for one in found)


def test_a_waiver_without_a_reason_is_none(problems):
    """It is said that one is asked for."""
    cases = "yield case('positive', rng.uniform(1, 2, size=4)); yield case('too', rng.uniform(1, 2, size=3))"
    assert any(one.endswith("a waiver needs a reason behind `# survives:`") for one in problems(cases, "unexplained"))


def test_cases_that_cannot_be_drawn(problems):
    """Are said, not raised."""
    (found,) = problems("yield case('drawn', rng.normal(size=-1))")
    assert "drawing its cases failed" in found


def with_property(slopes, judge):
    """The small assignment, its second exercise judged by a property."""
    declaration = slopes / "declaration.py"
    text = declaration.read_text(encoding="utf-8")
    changed = text.replace("@assignment.exercise(reference=both,", f"@assignment.exercise(property={judge},")
    declaration.write_text(changed, encoding="utf-8")
    return validate(load(str(slopes)), QUICK).all_findings


def test_a_property_is_noted(slopes):
    """It judges without a reference, so there is nothing to mutate."""
    found = with_property(slopes, "lambda answer, x: '' if answer[0] > 0 else 'negative'")
    assert any("cannot be mutated" in finding.message and not finding.wrong for finding in found)
    assert not any(finding.wrong for finding in found)


def test_a_property_that_accepts_nothing_at_all(slopes):
    """Whoever returns None would get full marks."""
    found = with_property(slopes, "lambda answer, x: ''")
    assert any("accepts None" in finding.message and finding.wrong for finding in found)
