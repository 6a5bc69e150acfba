"""What a student is told by a self-check: the same words in a terminal, in a notebook and under pytest.

Light on purpose: a check should answer before one looks up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..assignment.sheet import Sheet
from ..model import Counterexample, ExerciseGrade, ExpectedCase, Grade, LeftOutKind, Missing, Status, Verdict
from ..model.values import numbers
from .escaping import one_line, plain
from .secrecy import told as told_of
from .words import MARKS, SAID, lack, message, points_of

EXPECTED = frozenset(
    {LeftOutKind.RUNS_CODE, LeftOutKind.SHELL, LeftOutKind.HELP, LeftOutKind.MAGIC, LeftOutKind.CELL_MAGIC}
)  # nobody expects them to count
MOST_CHARACTERS = 400
MOST_ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Told:
    """One exercise in words: a headline, then what explains it.

    asks: a question that leads on. example: the smallest input that shows what is wrong. call: where there is no
    example, what to try, as Python. Each may be missing.
    """

    mark: str
    exercise: str
    said: str
    points: str
    status: Status
    place: str = ""
    why: tuple[str, ...] = ()
    asks: str = ""
    example: Counterexample | None = None
    call: str = ""

    @property
    def headline(self) -> str:
        """Mark, name, verdict and points on one line."""
        place = f" ({self.place})" if self.place else ""
        return f"{self.mark} {self.exercise}: {self.said}, {self.points}{place}"

    @property
    def lines(self) -> list[str]:
        """What explains it, a line each, safe for a terminal."""
        example = str(self.example) if self.example else ""
        call = f"Try it: {self.call}" if self.call else ""
        return [plain(" ".join(line.split())) for line in (*self.why, example, call, self.asks) if line]


def told(grade: ExerciseGrade, sheet: Sheet) -> Told:
    """An exercise's grade in words; the inputs and numbers of a case are shown only where they are public."""
    cases = {expected.case.name: expected for expected in sheet.cases.get(grade.exercise, ())}
    verdict = _clearest(grade.verdicts, cases)
    is_public = sheet.seed == sheet.assignment.public_seed
    shown = is_public or (verdict is not None and verdict.fixed)
    return Told(
        mark=MARKS.get(grade.status, "✗"),
        exercise=grade.exercise,
        said=SAID[grade.status],
        points=points_of(grade.points, grade.max_points),
        status=grade.status,
        place=str(grade.place) if grade.place and grade.status is not Status.PASSED else "",
        why=tuple(_why(grade, verdict, shown)),
        asks=grade.question,
        example=grade.counterexample if is_public else None,  # the function has seen the secret cases before it
        call=_call(grade.exercise, cases[verdict.case]) if verdict and shown and _is_to_try(grade) else "",
    )


def total(grade: Grade) -> str:
    """The points of all that was checked."""
    return points_of(grade.score, grade.max_score)


def left_out(grade: Grade) -> Iterator[str]:
    """What of the notebook was not run, apart from calls, magics and shell lines, which nobody expects to count."""
    for each in grade.left_out:
        if each.kind in EXPECTED:
            continue
        yield f"left out: cell {each.cell}, line {each.line}: {one_line(each.reason)}"
    for module in grade.missing_modules:
        yield f"not installed here: {one_line(module)}"


def _is_to_try(grade: ExerciseGrade) -> bool:
    return grade.status is not Status.MISSING and grade.counterexample is None


def _clearest(verdicts: Sequence[Verdict], cases: dict[str, ExpectedCase]) -> Verdict | None:
    """The failed case that a person can best follow on paper: one made by hand, with the fewest numbers."""
    failed = [verdict for verdict in verdicts if not verdict.passed and verdict.case in cases]
    return min(failed, key=lambda verdict: (not verdict.fixed, _size(cases[verdict.case].case.args)), default=None)


def _size(args: tuple[object, ...]) -> int:
    return sum(array.size for array in numbers(args))


def _why(grade: ExerciseGrade, verdict: Verdict | None, shown: bool) -> Iterator[str]:
    """Diagnosis, the case and the notes, as far as there are any; an example says more than the numbers of a case."""
    yield from filter(None, [grade.diagnosis])
    if verdict is None:
        yield from filter(None, [message(replace(grade, diagnosis=""))])
    elif isinstance(verdict.cause, Missing):
        said = lack(verdict.cause)
        yield f"{said[:1].upper()}{said[1:]}."
    elif verdict.cause and (grade.counterexample is None or verdict.stage is None or not shown):
        yield f"On the case “{verdict.case}”: {told_of(verdict, shown)}"
    yield from grade.notes


def _call(name: str, expected: ExpectedCase) -> str:
    """The call as one could type it, with what it should return; empty where it is too long to read.

    Without arguments the value is all that the exercise asks for, and not told.
    """
    if not expected.case.args:
        return ""
    call = f"{name}({', '.join(map(_written, expected.case.args))})"
    answer = "" if expected.expected is None else f" should return {_written(expected.expected)}"
    whole = call + answer
    if _size((*expected.case.args, expected.expected)) > MOST_ENTRIES or len(whole) > MOST_CHARACTERS:
        return ""
    return whole


def _written(value: object) -> str:
    """A value as Python would read it, with short numbers."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"np.array({_written(value.tolist())})"
    if isinstance(value, np.ndarray | np.generic):
        return _written(value.item())
    if isinstance(value, float):
        text = f"{value:.6g}"
        return f"{text}." if text.lstrip("-").isdigit() else text
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(key)}: {_written(part)}" for key, part in value.items()) + "}"
    return repr(value)
