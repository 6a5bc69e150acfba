"""The assignment, graded as if students had handed it in: its own solution, and its notebook untouched.

What is graded is what will be graded: confined as strictly as this machine allows, with every value sent over the wire
both ways. The solution is the declaration itself. Its files are laid out in the student's working directory, with the
words that declarations are written in, and what it declares as references is handed in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..assignment.catalogue import DISTRIBUTION
from ..assignment.declaration import Assignment
from ..assignment.sheet import draw
from ..feedback.words import message, message_of
from ..grading import Grader
from ..model import ExerciseGrade, Grade, GraderError, Status, Submission, SubmissionStatus
from ..sandbox import Runner
from ..sandbox.host.basic import BasicRunner
from ..sandbox.host.isolation import Level, runner
from . import release

PACKAGE = "solution"
MOST_BYTES = 16 * 2**20  # of the files beside a declaration; larger ones are data that no student's process gets
NOTEBOOKS = ("*.ipynb", "samples/*")
# What a declaration is written in; nothing else of the grader is laid out beside it.
VOCABULARY = ("grader/model", "grader/assignment")
# Time zones are files that no student's process sees, and here nobody is late.
TIMELESS = b"\n\nDeadline.__post_init__ = lambda self: None\n"


@dataclass(frozen=True, slots=True)
class InMemory:
    """A submission that is made up here."""

    data: bytes

    def read(self) -> bytes:
        """All of it."""
        return self.data


def strictest(assignment: Assignment) -> tuple[Runner, str]:
    """The strictest runner that this machine has for an assignment, and why it is not strict, if it is not."""
    try:
        return runner(Level.STRICT, assignment.allowed_imports), ""
    except GraderError as error:
        return BasicRunner(), str(error)


def of_solution(assignment: Assignment, seed: int, confined: Runner) -> Iterator[tuple[str, str]]:
    """Exercises whose own solution does not get full marks, each with what happened to it."""
    known = [exercise for exercise in assignment.exercises if exercise.solution]
    source = f"from {PACKAGE}.declaration import assignment as declared\n" + "".join(
        f"{exercise.name} = declared.named({exercise.name!r}).solution\n" for exercise in known
    )
    with tempfile.TemporaryDirectory() as directory:
        laid_out = _laid_out(assignment, Path(directory))
        grade = _graded(laid_out, seed, confined, "solution.py", source.encode())
    for exercise, graded in zip(assignment.exercises, grade.exercises, strict=True):
        if exercise in known and graded.status is not Status.PASSED:
            points = f"{graded.points:g} of {graded.max_points:g} points"
            yield exercise.name, f"handed in as a student's, the reference gets {points}. {message(graded)}"


def of_template(assignment: Assignment, confined: Runner) -> Iterator[tuple[str, str]]:
    """Exercises that the untouched notebook does not leave missing, each with what happened to it."""
    grade = _graded(assignment, assignment.public_seed, confined, "template.ipynb", release.notebook(assignment))
    if grade.status is not SubmissionStatus.GRADED:
        yield "template", message_of(grade)
    for exercise in grade.exercises:
        if exercise.status is not Status.MISSING:
            yield exercise.exercise, f"in the untouched notebook it is {exercise.status}, not missing{_at(exercise)}"


def _at(exercise: ExerciseGrade) -> str:
    return f" ({exercise.place}). {message(exercise)}" if exercise.place else f". {message(exercise)}"


def _graded(assignment: Assignment, seed: int, confined: Runner, name: str, data: bytes) -> Grade:
    submission = Submission(name, "", Path(name), InMemory(data))
    return Grader(draw(assignment, seed), confined).grade(submission)


def _laid_out(assignment: Assignment, directory: Path) -> Assignment:
    """The assignment with all files that its declaration needs as support files."""
    for name, data in _files(assignment).items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(data)
    names = (str(path.relative_to(directory)) for path in sorted(directory.rglob("*")) if path.is_file())
    return replace(assignment, folder=directory, support=tuple(names), exercises=list(assignment.exercises))


def _files(assignment: Assignment) -> Mapping[str, bytes]:
    ours = [path for folder in ("reference", *VOCABULARY) for path in (DISTRIBUTION / folder).rglob("*.py")]
    own = [path for path in assignment.folder.rglob("*") if path.is_file() and not _is_left_out(path, assignment)]
    words = {path.relative_to(DISTRIBUTION).as_posix(): path.read_bytes() for path in ours}
    words["grader/assignment/vocabulary.py"] += TIMELESS
    return {
        "grader/__init__.py": b"",
        f"{PACKAGE}/__init__.py": b"",
        **words,
        **{f"{PACKAGE}/{path.relative_to(assignment.folder).as_posix()}": path.read_bytes() for path in own},
        **{name: (assignment.folder / name).read_bytes() for name in assignment.support},
    }


def _is_left_out(path: Path, assignment: Assignment) -> bool:
    within = path.relative_to(assignment.folder)
    is_cached = any(part.startswith((".", "__pycache__")) for part in within.parts)
    return is_cached or any(within.match(pattern) for pattern in NOTEBOOKS) or path.stat().st_size > MOST_BYTES
