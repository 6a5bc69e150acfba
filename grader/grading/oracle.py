"""Answers for a student's helpers that are stood in for: from the reference, within bounds that the cases give.

Whatever is asked has passed through the student's process, so it may be anything. It is answered only if it is built
like the arguments of the helper's cases and about as large, and by a process with limits of its own where strangers'
code is run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import compare
from ..judging.tolerance import in_floats, tolerance_of
from ..model import ExpectedCase
from ..model.values import extent, numbers, parts_of, size
from .argument_schema import ArgumentSchema, by_position

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise
    from ..assignment.sheet import Sheet
    from .marking import Attempt
    from .references import References

ROOM = 2  # how much larger than the cases' something that is asked may be

Args = tuple[object, ...]


class Oracle:
    """Stands in for some helpers of an exercise, and notes whether its replies give the answers away."""

    def __init__(self, exercise: Exercise, helpers: Sequence[Exercise], sheet: Sheet, references: References) -> None:
        """Take the exercise that is run again, the helpers that it may ask for, and who answers."""
        self._references = references
        cases = sheet.of(exercise)
        self._tolerance = tolerance_of(exercise, [expected.expected for expected in cases])
        self._asks = {helper.name: _Asks(helper, sheet.of(helper), cases) for helper in helpers}
        self._turn = -1
        self._expected: ExpectedCase | None = None
        self._given_away: defaultdict[int, list[tuple[str, Args]]] = defaultdict(list)
        self.helpers: Mapping[str, Callable[[Args, int], object]] = {
            helper.name: partial(self._answer, helper) for helper in helpers
        }

    @property
    def asked(self) -> tuple[str, ...]:
        """The helpers that have been asked for anything."""
        return tuple(name for name, asks in self._asks.items() if asks.turns)

    def turn_to(self, number: int, expected: ExpectedCase) -> None:
        """What is asked from now on belongs to this case, by its number."""
        self._turn, self._expected = number, expected

    def is_the_answer(self, attempt: Attempt) -> bool:
        """Whether on every case that passed a helper has been asked for the very answer, with nothing done for it.

        Cases that a table could answer do not tell, unless there are no others.
        """
        passed = {turn: verdict for turn, verdict in enumerate(attempt.verdicts) if verdict.passed}
        told = {turn for turn, verdict in passed.items() if not verdict.fixed} or passed.keys()
        return bool(told) and all(self._is_handed_on(turn, attempt.cases[turn]) for turn in told)

    def _answer(self, helper: Exercise, args: Args, spare: int) -> object:
        """The reference's answer; spare: how many of the last arguments are the defaults of the student's function.

        Raises ValueError if it is asked for something that no case is like.
        """
        assert self._expected is not None
        asks = self._asks[helper.name]
        asks.turns.add(self._turn)
        fitted = asks.fitted(args, spare)
        answer = self._references.answer(helper, fitted)
        asks.note(self._turn, fitted)
        if compare(self._expected.expected, answer, self._tolerance, inputs=self._expected.case.args) is None:
            self._given_away[self._turn].append((helper.name, fitted))
        return answer

    # A reply that is the answer need not be a gift: where the student has computed what the helper is asked with, the
    # call is the last line of their own work. It is a gift if every argument is one of the case's, however it is
    # copied, cast, reordered or cut, or is the same in every case, so that nothing of the case has gone into it.
    def _is_handed_on(self, turn: int, expected: ExpectedCase) -> bool:
        return any(
            all(
                self._asks[name].is_constant(i, arg) or any(is_part(arg, whole) for whole in expected.case.args)
                for i, arg in enumerate(args)
            )
            for name, args in self._given_away[turn]
        )


class _Asks:
    """What one helper may be asked with, and what it has been asked with on which case (turn)."""

    def __init__(self, helper: Exercise, own: Sequence[ExpectedCase], callers: Sequence[ExpectedCase]) -> None:
        """Take the helper's own cases, and those of the function that calls it."""
        assert helper.solution is not None
        cases = [by_position(helper.solution, expected.case.args) for expected in own]
        self._schema = ArgumentSchema(helper.solution, cases)
        around = [*cases, *(expected.case.args for expected in callers)]
        self._bounds = extent(around)
        self._entries = max(map(size, around), default=0)
        positions = range(max(map(len, cases), default=0))
        self._dimensions = [max(extent(args[i]).dimensions for args in cases if i < len(args)) for i in positions]
        self._seen: defaultdict[int, defaultdict[object, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.turns: set[int] = set()

    def fitted(self, args: Args, spare: int) -> Args:
        """The arguments as the reference takes them. Raises ValueError if no case is like them."""
        known = len(self._dimensions)
        args = args[: max(known, len(args) - spare)]
        asked = extent(args)
        if asked.length > ROOM * self._bounds.length + ROOM or asked.whole > ROOM * self._bounds.whole + ROOM:
            raise ValueError("it is called with more, or larger numbers, than any of its cases")
        if size(args) > ROOM * self._entries + ROOM:
            raise ValueError("it is called with more numbers than any of its cases")
        dimensions = zip(args, [*self._dimensions, *[0] * len(args)], strict=False)
        if any(extent(arg).dimensions > most + 1 for arg, most in dimensions):
            raise ValueError("it is called with arrays of more dimensions than any of its cases")
        return self._schema.taken(args)

    def note(self, turn: int, args: Args) -> None:
        """It has been asked with these on a case."""
        for i, arg in enumerate(args):
            self._seen[i][_key(arg)].add(turn)

    def is_constant(self, position: int, arg: object) -> bool:
        """Whether it has been asked with this argument on every case, of which there were several."""
        return len(self.turns) > 1 and self._seen[position][_key(arg)] == self.turns


def _key(value: object) -> object:
    """Equal for equal values, whatever holds them."""
    parts = parts_of(value)
    if parts is not None:
        return tuple(map(_key, parts))
    if isinstance(value, str) or value is None:
        return value
    array = in_floats(np.asarray(value)) if np.asarray(value).dtype.kind in "biufc" else np.zeros(0)
    return array.shape, array.tobytes()


def is_part(value: object, whole: object) -> bool:
    """Whether all that a value holds is in another one, as often, wherever it stands there and as whatever it is."""
    return _is_within(numbers(value), numbers(whole)) and set(_texts(value)) <= set(_texts(whole))


def _is_within(some: Iterable[np.ndarray], every: Iterable[np.ndarray]) -> bool:
    found, counts = np.unique(_flat(some), return_counts=True)
    known, at_most = np.unique(_flat(every), return_counts=True)
    if not np.isin(found, known).all():
        return False
    return bool((counts <= at_most[np.searchsorted(known, found)]).all())


def _flat(arrays: Iterable[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.zeros(0), *(array.ravel() for array in arrays)])


def _texts(value: object) -> Iterable[str]:
    parts = list(value.values()) if isinstance(value, Mapping) else parts_of(value)
    if parts is not None:
        return [text for part in parts for text in _texts(part)]
    return [value] if isinstance(value, str) else []
