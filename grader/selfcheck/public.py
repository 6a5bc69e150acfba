"""`<assignment>.grader.json`: what a self-check needs of an assignment, in one file without its reference.

It holds the cases of the public seed with their expected values, and what each banked mistake returns on them, so
that a student's answers can be judged and explained offline. Plain JSON, the same bytes for the same assignment.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ..assignment.declaration import Assignment, Exercise
from ..assignment.properties import PROPERTIES
from ..assignment.sheet import Sheet, draw
from ..assignment.steps import with_steps
from ..assignment.vocabulary import DeclarationError, Limits, Mistake, Reference
from ..model import Arguments, Case, ExpectedCase
from ..model.values import same
from .fields import Fields, PublicDataError
from .plainjson import NotPlain, to_json

SUFFIX = ".grader.json"
FORMAT = "grader public data 1"
MOST_BYTES = 64 * 2**20


def write(assignment: Assignment) -> bytes:
    """The assignment's public data.

    Raises DeclarationError where a case holds something that JSON cannot, or where a property is no judge of the
    grader's own.
    """
    sheet = draw(assignment, assignment.public_seed)
    data = {
        "format": FORMAT,
        "name": assignment.name,
        "title": assignment.title,
        "lecture": assignment.lecture,
        "convention": assignment.convention,
        "public_seed": assignment.public_seed,
        "limits": asdict(assignment.limits),
        "support": list(assignment.support),
        "convention_earns": assignment.convention_earns,
        "allowed_imports": list(assignment.allowed_imports),
        "exercises": [_exercise(exercise, sheet.cases[exercise.name]) for exercise in assignment.exercises],
    }
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def read(path: Path) -> Sheet:
    """The sheet that a file holds: its exercises' references know the answers to its own cases alone.

    Raises PublicDataError where it holds none.
    """
    fields = Fields(_loaded(path), str(path))
    if fields.text("format") != FORMAT:
        raise PublicDataError(f"{path}: written by another version of the grader; ask for a new one")
    assignment = fields.made(_assignment)
    assignment.folder = path.resolve().parent
    for name in assignment.support:
        if Path(name).name != name or not (assignment.folder / name).is_file():
            raise PublicDataError(f"{path}: the file {name!r} belongs beside it, and is not there")
    asked = [each.made(_recorded_exercise) for each in fields.each("exercises")]
    assignment.exercises = [exercise for exercise, _ in asked]
    if len({exercise.name for exercise in assignment.exercises}) < max(len(asked), 1):
        raise PublicDataError(f"{path}: it must hold exercises, each of another name")
    return Sheet(assignment, assignment.public_seed, {exercise.name: cases for exercise, cases in asked})


class Recorded:
    """Answers to some inputs, in the place of the function that gave them."""

    def __init__(self, cases: Sequence[ExpectedCase], answers: Sequence[object]) -> None:
        """Take the cases, and for each its answer, or the exception that the function raises."""
        self._known = [(expected.case.args, answer) for expected, answer in zip(cases, answers, strict=True)]

    def __call__(self, *args: object, **keywords: object) -> object:
        """The answer to the inputs of a case. Raises LookupError for any others."""
        given = (*args, *keywords.values())
        for known, answer in self._known:
            if known.keywords == tuple(keywords) and same(tuple(known), given):
                if isinstance(answer, Exception):
                    raise answer
                return copy.deepcopy(answer)
        raise LookupError("the public data holds no answer to these inputs")


def _exercise(exercise: Exercise, cases: Sequence[ExpectedCase]) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "asks": exercise.asks,
        "points": exercise.points,
        "tolerance": exercise.tolerance,
        "returns": list(exercise.returns),
        "builds_on": list(exercise.builds_on),
        "all_or_nothing": exercise.all_or_nothing,
        "exact": list(exercise.exact) if isinstance(exercise.exact, tuple) else exercise.exact,
        "scale": exercise.scale,
        "property": _property_name(exercise),
        "cases": [_case(exercise, expected) for expected in cases],
        "mistakes": list(_mistakes(exercise, cases)),
    }


def _property_name(exercise: Exercise) -> str:
    if exercise.property is None:
        return ""
    for name, judge in PROPERTIES.items():
        if judge is exercise.property:
            return name
    raise DeclarationError(f"exercise {exercise.name!r}: only a property of the grader's own can judge without it")


def _case(exercise: Exercise, expected: ExpectedCase) -> dict[str, Any]:
    case = expected.case
    try:
        args, answer = [to_json(arg) for arg in case.args], to_json(expected.expected)
    except NotPlain as error:
        raise DeclarationError(f"exercise {exercise.name!r}, case {case.name!r}: {error}") from error
    told = {"name": case.name, "weight": case.weight, "fixed": expected.fixed, "args": args, "expected": answer}
    return told | ({"keywords": list(case.args.keywords)} if case.args.keywords else {})


def _mistakes(exercise: Exercise, cases: Sequence[ExpectedCase]) -> Iterator[dict[str, Any]]:
    """Each mistake by what it returns; one whose answers no student could give as plain values is left out."""
    for mistake in exercise.mistakes:
        assert exercise.reference is not None
        wrong = with_steps(exercise.reference, mistake.steps)
        try:
            with np.errstate(all="ignore"):
                answers = [_answer(wrong, expected.case) for expected in cases]
        except NotPlain:
            continue
        told = {"name": mistake.name, "says": mistake.says, "asks": mistake.asks, "earns": mistake.earns}
        yield told | {"convention": mistake.convention, "answers": answers}


def _answer(wrong: Reference, case: Case) -> dict[str, Any]:
    try:
        answer = case.args.given_to(wrong)
    except Exception as error:
        return {"raises": type(error).__name__}
    return {"returns": to_json(answer)}


def _loaded(path: Path) -> object:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PublicDataError(f"{path}: larger than any assignment's public data")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PublicDataError(f"{path}: it cannot be opened: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise PublicDataError(f"{path}: this is no public data of an assignment: {error}") from error


def _assignment(fields: Fields) -> Assignment:
    limits = fields.object("limits")
    return Assignment(
        title=fields.text("title"),
        public_seed=fields.whole("public_seed"),
        lecture=fields.text("lecture"),
        convention=fields.text("convention"),
        limits=Limits(
            limits.number("case_seconds"), limits.number("submission_seconds"), int(limits.number("memory_mb"))
        ),
        support=fields.texts("support"),
        convention_earns=fields.number("convention_earns"),
        follow_through=False,  # what a broken helper costs is known where the reference is
        allowed_imports=fields.texts("allowed_imports"),
        name=fields.text("name"),
    )


def _expected_cases(fields: Fields) -> tuple[ExpectedCase, ...]:
    cases = tuple(each.made(_expected_case) for each in fields.each("cases"))
    if not cases:
        raise DeclarationError("it has no cases")
    return cases


def _expected_case(fields: Fields) -> ExpectedCase:
    weight = fields.number("weight")
    if not weight > 0:
        raise DeclarationError(f"weight is {weight}, it must be above 0")
    keywords = fields.texts("keywords") if fields.has("keywords") else ()
    values = fields.values("args")
    if len(keywords) > len(values):
        raise DeclarationError("a case has more names of arguments than arguments")
    case = Case(fields.text("name"), Arguments(values, keywords), weight)
    return ExpectedCase(case, fields.value("expected"), fields.truth("fixed"))


def _recorded_exercise(fields: Fields) -> tuple[Exercise, tuple[ExpectedCase, ...]]:
    """An exercise and its cases."""
    cases = _expected_cases(fields)
    judge = fields.text("property")
    if judge and judge not in PROPERTIES:
        raise DeclarationError(f"this version of the grader has no judge {judge!r}")
    reference = None if judge else Recorded(cases, [expected.expected for expected in cases])
    exercise = Exercise(
        name=fields.text("name"),
        asks=fields.text("asks"),
        draw=lambda rng: [expected.case for expected in cases],
        points=fields.number("points"),
        reference=reference,
        property=PROPERTIES[judge] if judge else None,
        tolerance=fields.number("tolerance"),
        returns=fields.texts("returns"),
        builds_on=fields.texts("builds_on"),
        all_or_nothing=fields.truth("all_or_nothing"),
        exact=_exact(fields),
        scale=fields.text("scale") if fields.has("scale") else "array",
        mistakes=tuple(_mistake(each, reference, cases) for each in fields.each("mistakes") if reference),
    )
    return exercise, cases


def _exact(fields: Fields) -> bool | tuple[str, ...] | None:
    """Which parts are compared exactly; files from before a declaration could say so have no such field."""
    if not fields.has("exact") or fields.value("exact") is None:
        return None
    return fields.truth("exact") if isinstance(fields.value("exact"), bool) else fields.texts("exact")


def _mistake(fields: Fields, reference: Reference, cases: tuple[ExpectedCase, ...]) -> Mistake:
    answers = [_recorded_answer(each) for each in fields.each("answers")]
    if len(answers) != len(cases):
        raise DeclarationError(f"mistake {fields.text('name')!r} answers {len(answers)} of {len(cases)} cases")
    wrong = Recorded(cases, answers)
    return Mistake(
        name=fields.text("name"),
        says=fields.text("says"),
        asks=fields.text("asks"),
        steps={reference: wrong},
        earns=fields.number("earns"),
        convention=fields.truth("convention"),
    )


def _recorded_answer(fields: Fields) -> object:
    """What the mistake returns, or an exception of the name of the one that it raises."""
    if not fields.has("raises"):
        return fields.value("returns")
    name = fields.text("raises")
    return type(name, (Exception,), {})() if name.isidentifier() else Exception(name)
