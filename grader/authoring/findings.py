"""What a validation has to say: findings, and what is known of each exercise."""

from __future__ import annotations

from dataclasses import dataclass, field

from .strength import Strength


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
