"""The smallest input on which a function is wrong: few numbers first, then small whole ones.

Candidates come from the exercise's own generator, never from the secret seed; the student's function is called on
them within a budget, the smallest first, and an array that stands alone is cut down further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from ..judging.comparison import broken, compare
from ..judging.tolerance import Tolerance
from ..model import Arguments, Case, Counterexample, Outcome, Raised, Returned
from ..model.values import numbers, same
from .evidence import Probe
from .render_example import Candidate, shown, written

if TYPE_CHECKING:
    from ..assignment.declaration import Assignment, Exercise

CHOICES = (2, 4, 8, 8)
SEEDS = 3
MOST_NUMBERS = 60
MOST_TRIED = 40
STEPS = (1.0, 0.5, 0.25, 0.1, 0.05, 0.01)
SPREAD = 3.0  # where a distribution has no bounds, no further than this from its middle


class Examples:
    """Small inputs of an assignment's exercises, drawn when an exercise first needs them."""

    def __init__(self, assignment: Assignment) -> None:
        self._seed = assignment.public_seed
        self._known: dict[str, list[Candidate]] = {}
        self._lock = Lock()

    def smallest(
        self,
        exercise: Exercise,
        outcomes: Sequence[Outcome],
        parameters: tuple[str, ...],
        probe: Probe,
        tolerance: Tolerance,
    ) -> Counterexample | None:
        """The smallest input found on which the function is wrong; None if there is none, or nothing to call."""
        if not any(isinstance(outcome, Returned | Raised) for outcome in outcomes):
            return None
        for candidate in self._candidates(exercise)[:MOST_TRIED]:
            outcome = probe(candidate.args)
            if outcome is None:
                return None
            if _is_wrong(exercise, candidate, outcome, tolerance):
                smallest, came = _cut_down(exercise, candidate, outcome, probe, tolerance)
                return shown(exercise, smallest, came, parameters, tolerance)
        return None

    def _candidates(self, exercise: Exercise) -> list[Candidate]:
        with self._lock:
            if exercise.name not in self._known:
                self._known[exercise.name] = sorted(_distinct(_drawn(exercise, self._seed)), key=_size)
            return self._known[exercise.name]


def _drawn(exercise: Exercise, seed: int) -> Iterator[Candidate]:
    """What the exercise's generator makes of simple numbers; if it cannot do with those, of any."""
    # The generator alone knows what a valid input is: which shapes belong together, what must sum to one. So it is
    # not its output that is made simple, but the source of random numbers that it draws from. Few choices give whole
    # numbers, more give halves and tenths.
    generators = [SimpleGenerator(seed + i, choices) for choices in CHOICES for i in range(SEEDS)]
    for rng in (*generators, np.random.default_rng(seed)):
        try:
            cases = list(exercise.draw(rng))
        except Exception:
            continue
        for case in cases:
            candidate = _answered(exercise, case)
            if candidate is not None and 0 < _count(candidate.args) <= MOST_NUMBERS:
                yield candidate


def _answered(exercise: Exercise, case: Case) -> Candidate | None:
    """The case with its answer; None if it is not valid, or if the reference has no answer that is finite."""
    if exercise.valid is not None and not case.args.given_to(exercise.valid):
        return None
    if exercise.reference is None:
        return Candidate(case.args, None)
    with np.errstate(all="ignore"):
        try:
            expected = case.args.given_to(exercise.reference)
        except Exception:
            return None
    is_finite = all(np.isfinite(array).all() for array in numbers(expected))
    return Candidate(case.args, expected) if is_finite else None


def _distinct(candidates: Iterator[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    for candidate in candidates:
        if not any(same(tuple(candidate.args), tuple(known.args)) for known in found):
            found.append(candidate)
    return found


def _size(candidate: Candidate) -> tuple[int, int]:
    """How many numbers there are, then how long they are when written down."""
    return _count(candidate.args), sum(len(written(arg)) for arg in candidate.args)


def _count(args: Arguments) -> int:
    """The numbers within the inputs, and the entries of a dict."""
    entries = sum(len(arg) for arg in args if isinstance(arg, dict))
    return entries + sum(array.size for array in numbers(list(args)))


def _is_wrong(exercise: Exercise, candidate: Candidate, outcome: Outcome, tolerance: Tolerance) -> bool:
    if not isinstance(outcome, Returned):
        return True
    if exercise.property is not None:
        return broken(exercise.property, outcome.value, candidate.args) is not None
    return compare(candidate.expected, outcome.value, tolerance, inputs=candidate.args) is not None


def _cut_down(
    exercise: Exercise, candidate: Candidate, outcome: Outcome, probe: Probe, tolerance: Tolerance
) -> tuple[Candidate, Outcome]:
    """The same with rows, columns and entries of an array left out, if it is the only one among the inputs."""
    # Two arrays belong together in ways that are not known here, so only one that stands alone is cut. A slice goes
    # for good if the function is still wrong without it; otherwise it stays, and the next one is tried. What is left
    # needs every one of its slices.
    arrays = [i for i, arg in enumerate(candidate.args) if isinstance(arg, np.ndarray | list | dict)]
    if len(arrays) != 1 or exercise.reference is None:
        return candidate, outcome
    position, index = arrays[0], 0
    while index < _slices(candidate.args[position]):
        smaller = _without(exercise, candidate, position, index)
        came = probe(smaller.args) if smaller else None
        if smaller and came is not None and _is_wrong(exercise, smaller, came, tolerance):
            candidate, outcome = smaller, came
        else:
            index += 1
    return candidate, outcome


def _slices(value: object) -> int:
    return sum(value.shape) if isinstance(value, np.ndarray) else 0


def _without(exercise: Exercise, candidate: Candidate, position: int, index: int) -> Candidate | None:
    """Without one slice of an array, counted over all its axes; the last of an axis stays."""
    array = candidate.args[position]
    assert isinstance(array, np.ndarray)
    axis = 0
    while index >= array.shape[axis]:
        index, axis = index - array.shape[axis], axis + 1
    if array.shape[axis] == 1:
        return None
    return _answered(exercise, Case("", candidate.args.replaced(position, np.delete(array, index, axis))))


class SimpleGenerator(np.random.Generator):
    """A random generator that prefers what a person can calculate with: small whole numbers, halves, tenths.

    It draws multiples of the largest step of which at least `choices` lie within the bounds; never 0.
    """

    def __init__(self, seed: int, choices: int) -> None:
        super().__init__(np.random.PCG64(seed))
        self._choices = choices

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        """A simple number within the bounds, or an array of them."""
        if not (np.isscalar(low) and np.isscalar(high)):
            return super().uniform(low, high, size)
        return self._drawn(float(low), float(high), size)  # type: ignore[arg-type]

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        """A simple number near the middle, or an array of them."""
        if not (np.isscalar(loc) and np.isscalar(scale)):
            return super().normal(loc, scale, size)
        middle, width = float(loc), SPREAD * float(scale)  # type: ignore[arg-type]
        return self._drawn(middle - width, middle + width, size)

    def standard_normal(self, size: Any = None, *_: Any, **__: Any) -> Any:
        """A simple number near 0, or an array of them."""
        return self._drawn(-SPREAD, SPREAD, size)

    def random(self, size: Any = None, *_: Any, **__: Any) -> Any:
        """A simple number between 0 and 1, or an array of them."""
        return self._drawn(0.0, 1.0, size)

    def permutation(self, x: Any, axis: int = 0) -> Any:
        """Whole numbers in ascending order, since they are often sizes; everything else in a random one."""
        whole = np.asarray(x)
        if whole.ndim == 1 and whole.dtype.kind == "i":
            return np.sort(whole)
        return super().permutation(x, axis)

    def _drawn(self, low: float, high: float, size: Any) -> Any:
        for step in STEPS:
            inside = np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step
            inside = np.round(inside[inside != 0], 10)
            if len(inside) >= self._choices:
                return float(super().choice(inside)) if size is None else super().choice(inside, size)
        return super().uniform(low, high, size)
