"""Why a function failed: what was counted elsewhere, which mistake explains its answers, and a small example.

By now the verdicts are known. So whatever goes wrong in the grader while it explains them costs the explanation, and
never the grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..diagnosis import Diagnoser, Diagnosis, no_probe
from ..diagnosis.counterexample import Examples
from ..model import Counterexample, ExerciseGrade, GraderFault, PartEarned, Remark, Unexplained
from .marking import Attempt, Finding, exercise_grade
from .submission_runner import Probing

if TYPE_CHECKING:
    from ..assignment.sheet import Sheet
    from .follow_through import Followed, FollowThrough
    from .submission_runner import SubmissionRunner

MOST_SAID = 200


class Explainer:
    """Explains failures on one sheet; what it works out of the sheet serves all submissions."""

    def __init__(self, sheet: Sheet) -> None:
        self._convention_earns = sheet.assignment.convention_earns
        self.diagnoser = Diagnoser(sheet)
        self._examples = Examples(sheet.assignment)

    def grade(
        self, attempt: Attempt, running: SubmissionRunner, through: FollowThrough, is_last_try: bool
    ) -> ExerciseGrade:
        """The grade of a function that failed. Raises GraderFault if the sandbox fails before the last try."""
        faults: list[Remark] = []
        followed: Followed | None = None
        with _sparing_the_grade(faults, is_last_try):
            followed = through.followed(attempt.exercise)
        helpers = followed.remark.functions if followed else ()
        remarks: tuple[Remark, ...] = (followed.remark,) if followed else ()
        if followed and followed.attempt.passed:
            return exercise_grade(followed.attempt, Finding(followed=helpers, remarks=remarks))
        attempt = followed.attempt if followed else attempt
        diagnosis, example = self._explained(attempt, running, through, faults, is_last_try)
        earns, earned = self._worth(attempt, diagnosis)
        finding = Finding(diagnosis, earns, helpers, (*remarks, *earned, *faults), example)
        return exercise_grade(attempt, finding)

    def _explained(
        self,
        attempt: Attempt,
        running: SubmissionRunner,
        through: FollowThrough,
        faults: list[Remark],
        is_last_try: bool,
    ) -> tuple[Diagnosis | None, Counterexample | None]:
        exercise, outcomes, parameters = attempt.exercise, attempt.outcomes, attempt.parameters
        # With stand-ins there are no further calls: what is asked of them has to belong to a case.
        probe = no_probe if attempt is not through.attempt(exercise) else Probing(running, exercise.name, outcomes)
        diagnosis: Diagnosis | None = None
        example: Counterexample | None = None
        with _sparing_the_grade(faults, is_last_try):
            carried = [slip for slips in through.slips(exercise).values() for slip in slips]
            diagnosis = self.diagnoser.explain(exercise, outcomes, parameters, probe, carried)
        if diagnosis:
            through.diagnoses[exercise.name] = diagnosis
        with _sparing_the_grade(faults, is_last_try):
            example = self._examples.smallest(exercise, outcomes, parameters, probe, attempt.key.tolerance)
        return diagnosis, example

    def _worth(self, attempt: Attempt, diagnosis: Diagnosis | None) -> tuple[float, tuple[PartEarned, ...]]:
        """The share of the points that an answer earns because it is understood, and the remark that says so."""
        share = diagnosis.share(self._convention_earns) if diagnosis else 0.0
        if diagnosis is None or not share or attempt.exercise.all_or_nothing:
            return 0.0, ()
        points = attempt.exercise.points
        earned = points * share if share > attempt.share else 0.0
        return share, (PartEarned(earned, points, diagnosis.convention),)


@contextmanager
def _sparing_the_grade(faults: list[Remark], is_last_try: bool) -> Iterator[None]:
    """A fault within is remarked on. Of the sandbox's own there is another try, unless this is the last one."""
    try:
        yield
    except GraderFault as fault:
        if not is_last_try:
            raise
        faults.append(Unexplained(str(fault)[:MOST_SAID]))
    except Exception as error:
        faults.append(Unexplained(f"{type(error).__name__}: {error}"[:MOST_SAID]))
