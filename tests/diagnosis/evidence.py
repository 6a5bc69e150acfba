"""What tests of diagnoses share: an exercise, and wrong functions called on its cases without a process."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.assignment.declaration import Assignment
from grader.assignment.sheet import draw
from grader.assignment.vocabulary import Mistake, case
from grader.diagnosis import Diagnoser, Diagnosis
from grader.model import Arguments, Outcome, Raised, Returned

Function = Callable[..., Any]


def outcome_of(function: Function, args: Arguments, seed: int = 0) -> Outcome:
    """What the sandbox would say of one call."""
    printed = io.StringIO()
    np.random.seed(seed)
    try:
        with contextlib.redirect_stdout(printed), np.errstate(all="ignore"):
            value = args.given_to(function)
    except Exception as error:
        return Raised(type(error).__name__, str(error))
    return Returned(value, printed=printed.getvalue())


def diagnosed(assignment: Assignment, name: str, function: Function, probing: bool = False) -> Diagnosis | None:
    """What is found out about a function that stands in for an exercise's, on the cases of some seed."""
    sheet = draw(assignment, seed=3)
    (exercise,) = [exercise for exercise in assignment.exercises if exercise.name == name]
    outcomes = [outcome_of(function, expected.case.args) for expected in sheet.cases[name]]
    probe = (lambda args, seed=0: outcome_of(function, args, seed)) if probing else (lambda args, seed=0: None)
    return Diagnoser(sheet).explain(exercise, outcomes, ("W", "x"), probe)


def exercise_of(
    reference: Function,
    cases: Callable[[np.random.Generator], Iterator[Any]],
    mistakes: tuple[Mistake, ...] = (),
    names: tuple[str, ...] = (),
    **kw: Any,
) -> Assignment:
    """An assignment of one exercise, called `f`; names: what its cases are called, as far as that matters."""
    assignment = Assignment(title="One function", public_seed=1)

    def f(rng):
        for i, args in enumerate(cases(rng)):
            yield case(names[i] if i < len(names) else f"case {i + 1}", *args)

    assignment.exercise(reference=reference, points=1, mistakes=mistakes, **kw)(f)
    return assignment
