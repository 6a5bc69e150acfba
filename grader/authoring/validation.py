"""Everything that can be known about an assignment before students see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..assignment.declaration import Assignment, Exercise
from ..assignment.sheet import expected_cases
from ..assignment.vocabulary import DeclarationError
from ..model import GraderError
from ..selfcheck import public
from . import casework, proof
from .strength import Effort, Strength, Survivor, strength

Advance = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an assignment that its author should know; wrong: it must be mended before students see it.

    about: an exercise, or what else it is about. line: where the exercise stands in the declaration, 0 for no place.
    """

    about: str
    message: str
    wrong: bool = True
    line: int = 0

    def __str__(self) -> str:
        """The finding in a line of text."""
        return f"{self.about}{f' (line {self.line})' if self.line and self.wrong else ''}: {self.message}"


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
    line: int = 0

    def find(self, messages: Iterable[str], wrong: bool = True) -> None:
        """Note what was found out about the exercise."""
        self.findings += [Finding(self.name, message, wrong, self.line) for message in messages]


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
        seeds = dict.fromkeys((assignment.public_seed, effort.seeds[0]))
        _prove(report, assignment, seeds)
        report.findings += _public_data(assignment)
    advance("")
    return report


def _exercise(assignment: Assignment, exercise: Exercise, effort: Effort) -> ExerciseReport:
    report = ExerciseReport(exercise.name, exercise.points, 0, mistakes=len(exercise.mistakes), line=exercise.line)
    seeds = dict.fromkeys((assignment.public_seed, *effort.seeds))
    try:
        drawn = {seed: expected_cases(exercise, seed) for seed in seeds}
    except DeclarationError as error:
        report.find([str(error)])
        return report
    report.cases = len(drawn[assignment.public_seed])
    report.find(casework.same_under_every_seed(exercise, drawn))
    report.find(casework.can_be_handed_over(drawn))
    if exercise.property is not None:
        report.find(casework.property_refuses(exercise, exercise.property, drawn))
    if any(finding.wrong for finding in report.findings):
        return report
    if exercise.reference is None:
        report.find(["a property judges it, which cannot be mutated"], wrong=False)
        return report
    report.seconds = casework.slowest(exercise.reference, drawn)
    report.find(casework.reference_is_sound(exercise, exercise.reference, drawn))
    report.find(casework.fast_enough(report.seconds, assignment.limits))
    report.find(casework.tolerance_bites(exercise))
    report.find(casework.no_entry_is_hidden(exercise, drawn))
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
    # These say where they stand in the reference, so the line of the declaration is left out.
    report.findings += (Finding(report.name, _survives(survivor)) for survivor in report.strength.survivors)
    for survivor in report.strength.waived:
        said = f"waived ({survivor.mutant.waiver}): {survivor.mutant}"
        report.findings.append(Finding(report.name, said, wrong=False))


def _survives(survivor: Survivor) -> str:
    unexplained = "; a waiver needs a reason behind `# survives:`" if survivor.mutant.waiver is not None else ""
    return f"survives: {survivor}{unexplained}"


def _prove(report: Report, assignment: Assignment, seeds: Iterable[int]) -> None:
    """The assignment's own solution gets full marks, and its untouched notebook is missing everywhere."""
    about = {exercise.name: exercise for exercise in report.exercises}
    confined, objection = proof.strictest(assignment)
    if objection:
        report.findings.append(Finding("proof", f"graded with basic isolation only: {objection}", wrong=False))
    try:
        failed = {name: said for seed in seeds for name, said in proof.of_solution(assignment, seed, confined)}
        for name, said in (*failed.items(), *proof.of_template(assignment, confined)):
            if name in about:
                about[name].find([said])
            else:
                report.findings.append(Finding(name, said))
    except GraderError as error:
        report.findings.append(Finding("release", str(error)))
    finally:
        confined.close()


def _public_data(assignment: Assignment) -> Iterator[Finding]:
    """Students can be given cases to check themselves on."""
    try:
        public.write(assignment)
    except DeclarationError as error:
        yield Finding("release", f"`grader release` cannot write its public data: {error}", wrong=False)
