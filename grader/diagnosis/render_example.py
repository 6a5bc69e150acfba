"""A counterexample as text: inputs by name, what came back beside what was expected, differing entries marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import as_array, broken, compare, described
from ..judging.tolerance import Tolerance, path_of
from ..model import Arguments, ComparedPart, Counterexample, Opaque, Outcome, Raised, Returned
from .evidence import Misaligned, aligned

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise

MOST_CHARACTERS = 300
DIGITS = (4, 10, 17)  # the fewest that show a difference are taken
MOST_FLOAT = 10**308
MOST_DIGITS = 16  # of a whole number that is written out


@dataclass(frozen=True, slots=True)
class Candidate:
    """An input with its right answer."""

    args: Arguments
    expected: object


def shown(
    exercise: Exercise, at: Candidate, outcome: Outcome, parameters: tuple[str, ...], tolerance: Tolerance
) -> Counterexample:
    """An input with what the function makes of it and what it should."""
    named = zip(at.args.names(parameters), at.args, strict=True)
    inputs = tuple((name or f"argument {i}", _capped(written(arg))) for i, (name, arg) in enumerate(named, start=1))
    if isinstance(outcome, Raised):
        said = f"raises {outcome.error}: {outcome.message}" if outcome.message else f"raises {outcome.error}"
        return Counterexample(inputs, failure=_capped(said), error=outcome.error)
    value = outcome.value if isinstance(outcome, Returned) else None
    if exercise.property is not None:
        why = broken(exercise.property, value, at.args)
        part = ComparedPart("", _capped(written(value)), "", True)
        return Counterexample(inputs, (part,), why.says if why else "")
    return Counterexample(inputs, tuple(_Rendering(exercise.returns, at.expected, at.args, tolerance).parts(value)))


@dataclass(frozen=True, slots=True)
class _Rendering:
    """What an answer is put beside, part by part as far as it is built as expected."""

    names: tuple[str, ...]
    expected: object
    args: Arguments
    tolerance: Tolerance

    def parts(self, got: object) -> Iterator[ComparedPart]:
        expected, names = self.expected, self.names
        if isinstance(expected, tuple) and isinstance(got, list | tuple) and len(expected) == len(got) == len(names):
            for name, right, came in zip(names, expected, got, strict=True):
                yield from self.pieces(right, came, (name,))
        else:
            yield from self.pieces(expected, got, ())

    def pieces(self, expected: object, got: object, steps: tuple[object, ...]) -> Iterator[ComparedPart]:
        try:
            sides = list(aligned(expected, got, () if steps else self.names, steps))
        except Misaligned:
            yield ComparedPart(_name(steps), _capped(f"«{_told(got)}»"), _capped(written(expected)), True)
            return
        for steps_, wanted, came in sides:
            right, text, differs = self.side_by_side(wanted, came, steps_)
            yield ComparedPart(_name(steps_), _capped(text), _capped(right), differs)

    def side_by_side(self, wanted: object, came: object, steps: tuple[object, ...]) -> tuple[str, str, bool]:
        """Expected and got as text, with as many digits as it takes to see a difference."""
        right, got = as_array(wanted), as_array(came)
        if right is None or got is None or right.shape != got.shape:
            differs = compare(wanted, came, self.tolerance, inputs=self.args) is not None
            return written(wanted), f"«{_told(came)}»" if differs else written(came), differs
        path = path_of(self.expected, steps, self.names)
        wrong = self.tolerance.wrong_entries(right, got, self.args, path)
        for digits in DIGITS:
            texts = [np.vectorize(lambda x, d=digits: _number(x, d), otypes=[object])(one) for one in (right, got)]
            if (texts[0] != texts[1])[wrong].all():
                break
        marked = np.where(wrong, "«" + texts[1] + "»", texts[1])
        return _nested(texts[0].tolist()), _nested(marked.tolist()), bool(wrong.any())


def _name(path: tuple[object, ...]) -> str:
    first, *rest = path or ("",)
    start = first if isinstance(first, str) else f"[{first!r}]"
    return start + "".join(f"[{key!r}]" for key in rest)


def _told(value: object) -> str:
    return described(value) if isinstance(value, Opaque) else written(value)


def written(value: object) -> str:
    """A value in one line, with short numbers; arrays as nested lists."""
    if isinstance(value, np.ndarray | np.generic):
        return written(value.tolist())
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(written, value))) + "}" if value else "set()"
    if isinstance(value, list | tuple):
        return _nested([written(part) for part in value], "()" if isinstance(value, tuple) else "[]")
    if isinstance(value, bool | str) or value is None:
        return repr(value)
    if isinstance(value, int | float | complex):
        return _number(value, DIGITS[0])
    return described(value)


def _nested(texts: object, brackets: str = "[]") -> str:
    if not isinstance(texts, list):
        return str(texts)
    return brackets[0] + ", ".join(map(_nested, texts)) + brackets[1]


def _number(value: complex, digits: int) -> str:
    """Whole numbers with all of their digits, unless they are too long to read."""
    if isinstance(value, int | np.integer) and abs(value) < 10**MOST_DIGITS:
        return str(int(value))
    if isinstance(value, int) and abs(value) > MOST_FLOAT:
        return f"a whole number of {value.bit_length()} bits"
    return f"{value + 0.0:.{digits}g}"  # + 0 turns -0 into 0


def _capped(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
