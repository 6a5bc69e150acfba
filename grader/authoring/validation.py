"""Everything that can be known about an assignment before students see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..assignment.declaration import Assignment, Exercise
from ..assignment.sheet import draw, expected_cases
from ..assignment.vocabulary import DeclarationError
from ..grading import Grader
from ..model import Status, SubmissionStatus
from ..sandbox.host.basic import BasicRunner
from ..selfcheck import public
from ..submissions.discovery import find
from . import casework
from .findings import ExerciseReport, Finding, Report
from .strength import Effort, Strength, strength

Advance = Callable[[str], None]


def validate(assignment: Assignment, effort: Effort, advance: Advance = lambda name: None) -> Report:
    """Check the whole assignment; `advance` is told the name of each exercise before its turn, and "" at the end."""
    report = Report(assignment.name)
    for exercise in assignment.exercises:
        advance(exercise.name)
        report.exercises.append(_exercise(assignment, exercise, effort))
    if not any(finding.wrong for exercise in report.exercises for finding in exercise.findings):
        report.findings += [*_template(assignment), *_public_data(assignment)]
    advance("")
    return report


def _exercise(assignment: Assignment, exercise: Exercise, effort: Effort) -> ExerciseReport:
    report = ExerciseReport(exercise.name, exercise.points, cases=0, mistakes=len(exercise.mistakes))
    seeds = dict.fromkeys((assignment.public_seed, *effort.seeds))
    try:
        drawn = {seed: expected_cases(exercise, seed) for seed in seeds}
    except DeclarationError as error:
        report.findings.append(Finding(exercise.name, str(error)))
        return report
    report.cases = len(drawn[assignment.public_seed])
    report.findings += casework.same_under_every_seed(exercise, drawn)
    if exercise.property is not None:
        report.findings += casework.property_refuses(exercise, exercise.property, drawn)
    if exercise.reference is None:
        report.findings.append(Finding(exercise.name, "a property judges it, which cannot be mutated", wrong=False))
        return report
    report.seconds = casework.slowest(exercise.reference, drawn)
    report.findings += casework.reference_is_sound(exercise, exercise.reference, drawn)
    report.findings += casework.fast_enough(exercise, report.seconds, assignment.limits)
    report.findings += casework.tolerance_bites(exercise)
    report.findings += casework.no_kinks(exercise, exercise.reference, drawn)
    if any(finding.wrong for finding in report.findings):
        report.findings.append(
            Finding(exercise.name, "mistakes and mutants are tried once that is mended", wrong=False)
        )
        return report
    report.findings += casework.bank_is_told_apart(exercise, exercise.reference, drawn)
    report.strength = _strength(assignment, exercise, effort.within(report.seconds), report.findings)
    return report


def _strength(assignment: Assignment, exercise: Exercise, effort: Effort, findings: list[Finding]) -> Strength:
    """Mutants are tried where the true reference can be relied on."""
    try:
        found = strength(exercise, assignment.folder, effort)
    except DeclarationError as error:
        findings.append(Finding(exercise.name, str(error)))
        return Strength()
    findings += (Finding(exercise.name, f"survives: {survivor}") for survivor in found.survivors)
    return found


def _template(assignment: Assignment) -> Iterator[Finding]:
    """The students' notebook, as they get it, is missing everywhere."""
    path = assignment.folder / f"{assignment.name}.ipynb"
    if not path.is_file():
        yield Finding("template", f"there is no {path.name} beside the declaration, so none was checked", wrong=False)
        return
    grader = Grader(draw(assignment, assignment.public_seed), BasicRunner())
    grade = grader.grade(find([path])[0])
    if grade.status is not SubmissionStatus.GRADED:
        yield Finding("template", f"{path.name}: {grade.message}")
    for exercise in grade.exercises:
        if exercise.status is not Status.MISSING:
            said = f"{path.name}: untouched, {exercise.exercise} is {exercise.status.value}, not missing"
            yield Finding("template", f"{said}. {exercise.message}".strip())


def _public_data(assignment: Assignment) -> Iterator[Finding]:
    """Students can be given cases to check themselves on."""
    try:
        public.write(assignment)
    except DeclarationError as error:
        yield Finding("release", f"`grader release` cannot write its public data: {error}", wrong=False)
