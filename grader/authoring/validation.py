"""Everything that can be known about an assignment before students see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..assignment.declaration import Assignment, Exercise
from ..assignment.sheet import draw, expected_cases
from ..assignment.vocabulary import DeclarationError
from ..grading import Grader
from ..model import Status, SubmissionStatus
from ..sandbox.host.basic import BasicRunner
from ..selfcheck import public
from ..submissions.discovery import find
from . import casework
from .strength import Effort, Strength, strength

Advance = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an assignment that its author should know; wrong: it must be mended before students see it."""

    about: str
    message: str
    wrong: bool = True


@dataclass(slots=True)
class ExerciseReport:
    """One exercise: its cases, the seconds of the slowest, its bank, and the strength of its checks."""

    name: str
    points: float
    cases: int
    seconds: float = 0.0
    mistakes: int = 0
    strength: Strength = field(default_factory=Strength)
    findings: list[Finding] = field(default_factory=list)

    def find(self, messages: Iterable[str], wrong: bool = True) -> None:
        """Note what was found out about the exercise."""
        self.findings += [Finding(self.name, message, wrong) for message in messages]


@dataclass(slots=True)
class Report:
    """A whole assignment."""

    assignment: str
    exercises: list[ExerciseReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def all_findings(self) -> list[Finding]:
        """Those of the assignment, then those of its exercises."""
        return [*self.findings, *(finding for exercise in self.exercises for finding in exercise.findings)]

    @property
    def is_right(self) -> bool:
        """Whether nothing has to be mended."""
        return not any(finding.wrong for finding in self.all_findings)

    @property
    def caught(self) -> int:
        """Mutants that lose points."""
        return sum(exercise.strength.caught for exercise in self.exercises)

    @property
    def wrong(self) -> int:
        """Mutants that should lose points."""
        return sum(exercise.strength.wrong for exercise in self.exercises)


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
        report.find([str(error)])
        return report
    report.cases = len(drawn[assignment.public_seed])
    report.find(casework.same_under_every_seed(exercise, drawn))
    if exercise.property is not None:
        report.find(casework.property_refuses(exercise, exercise.property, drawn))
    if exercise.reference is None:
        report.find(["a property judges it, which cannot be mutated"], wrong=False)
        return report
    report.seconds = casework.slowest(exercise.reference, drawn)
    report.find(casework.reference_is_sound(exercise, exercise.reference, drawn))
    report.find(casework.fast_enough(report.seconds, assignment.limits))
    report.find(casework.tolerance_bites(exercise))
    report.find(casework.no_kinks(exercise, exercise.reference, drawn))
    if any(finding.wrong for finding in report.findings):
        report.find(["mistakes and mutants are tried once that is mended"], wrong=False)
        return report
    report.find(casework.bank_is_told_apart(exercise, exercise.reference, drawn))
    _measure(report, exercise, assignment.folder, effort.within(report.seconds))
    return report


def _measure(report: ExerciseReport, exercise: Exercise, folder: Path, effort: Effort) -> None:
    """The strength of the checks: mutants are tried only on a reference that can be relied on."""
    try:
        report.strength = strength(exercise, folder, effort)
    except DeclarationError as error:
        report.find([str(error)])
    report.find(f"survives: {survivor}" for survivor in report.strength.survivors)


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
