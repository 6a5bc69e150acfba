"""Which assignment a self-check is about: the one that is named, else the one that the work itself points to.

A course's own data file beside the notebook comes before the assignments that are shipped, since it says what this
course asks; a shipped assignment or a folder brings its reference, and with it the richer diagnosis.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from ..assignment.catalogue import DECLARATION, load, shipped
from ..assignment.declaration import Assignment
from ..assignment.sheet import Sheet, expected_cases
from ..model import GraderError
from .public import SUFFIX, read


def sheet(named: str, only: str = "", seed: int | None = None) -> Sheet:
    """The cases of an assignment, all or those of one exercise, under its public seed or another one.

    named: a shipped name, an assignment's folder, or a data file or the folder that holds one. Raises GraderError
    where there is no such assignment or exercise, or where a data file is asked for cases of another seed than its own.
    """
    if file := _data_file(named):
        return _from_file(file, only, seed)
    assignment = load(named)
    _refuse_unknown(only, assignment)
    chosen = assignment.public_seed if seed is None else seed
    asked = [exercise for exercise in assignment.exercises if only in ("", exercise.name)]
    return Sheet(assignment, chosen, {exercise.name: expected_cases(exercise, chosen) for exercise in asked})


def choose(folder: Path, assignment: str, names: Callable[[], Collection[str]], asked: str = "") -> str:
    """The name of an assignment, as `sheet` takes it.

    folder: where the work lies; assignment: the one that it names itself, or empty; names: what it binds, asked for
    only where nothing else tells; asked: an exercise that the assignment must have. Raises GraderError with the
    candidates where it cannot be told.
    """
    files = {path.name.removesuffix(SUFFIX): str(path) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    known = {name: name for name in shipped()} | files
    if assignment in known:
        return known[assignment]
    if len(files) == 1:
        return next(iter(files.values()))
    return _best_fit(list((files or known).values()), names(), asked)


def _data_file(named: str) -> Path | None:
    """The data file that is named, or that lies in the folder that is named, where no declaration does."""
    if named.endswith(SUFFIX):
        return Path(named)
    is_declared = named in shipped() or (Path(named) / DECLARATION).exists()
    files = [] if is_declared else list(Path(named).glob(f"*{SUFFIX}"))
    return files[0] if len(files) == 1 else None


def _from_file(path: Path, only: str, seed: int | None) -> Sheet:
    if seed is not None:
        raise GraderError(f"{path}: it holds the public cases alone; another seed needs the assignment itself")
    found = read(path)
    _refuse_unknown(only, found.assignment)
    return found


def _refuse_unknown(exercise: str, assignment: Assignment) -> None:
    names = [declared.name for declared in assignment.exercises]
    if exercise and exercise not in names:
        raise GraderError(f"{assignment.name} has no exercise {exercise!r}; it has: {', '.join(names)}")


def _best_fit(candidates: list[str], names: Collection[str], asked: str) -> str:
    fits = {candidate: fit for candidate in candidates if (fit := _fit(candidate, names, asked))}
    if asked and not fits:
        raise GraderError(f"no assignment at hand has an exercise called {asked!r}")
    best = [candidate for candidate, fit in fits.items() if fit == max(fits.values())]
    if len(best) != 1:
        raise GraderError(f"which assignment is it? It could be one of these: {', '.join(best or candidates)}")
    return best[0]


def _fit(candidate: str, names: Collection[str], asked: str) -> int:
    """How many of the names are exercises; none of them counts where the one that is asked about is no exercise."""
    exercises = set(_exercises(candidate))
    return len(exercises.intersection({*names, asked})) if not asked or asked in exercises else 0


def _exercises(candidate: str) -> Iterator[str]:
    assignment = read(Path(candidate)).assignment if candidate.endswith(SUFFIX) else load(candidate)
    yield from (exercise.name for exercise in assignment.exercises)
