"""A counterexample as text: inputs by name, what came back beside what was expected, differing entries marked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..assignment.declaration import Exercise
from ..judging.comparison import as_array, described
from ..judging.tolerance import wrong_entries
from ..model import Arguments, ComparedPart, Counterexample, Opaque, Outcome, Raised, Returned
from .evidence import Misaligned, aligned

MOST_CHARACTERS = 300
DIGITS, MORE_DIGITS = 4, 10


def shown(
    exercise: Exercise, args: Arguments, expected: object, outcome: Outcome, parameters: tuple[str, ...]
) -> Counterexample:
    """An input with what the function makes of it and what it should."""
    named = zip(args.names(parameters), args, strict=True)
    inputs = tuple((name or f"argument {i}", _capped(written(arg))) for i, (name, arg) in enumerate(named, start=1))
    if isinstance(outcome, Raised):
        said = f"raises {outcome.error}: {outcome.message}" if outcome.message else f"raises {outcome.error}"
        return Counterexample(inputs, failure=_capped(said), error=outcome.error)
    value = outcome.value if isinstance(outcome, Returned) else None
    if exercise.property is not None:
        return Counterexample(
            inputs, (ComparedPart("", _capped(written(value)), "", True),), str(args.given_to(exercise.property, value))
        )
    return Counterexample(inputs, tuple(_parts(exercise, expected, value, args)))


def _parts(exercise: Exercise, expected: object, got: object, args: Arguments) -> Iterator[ComparedPart]:
    """Part by part as far as the answer is built as expected."""
    names = exercise.returns
    if isinstance(expected, tuple) and isinstance(got, list | tuple) and len(expected) == len(got) == len(names):
        for name, right, came in zip(names, expected, got, strict=True):
            yield from _pieces(exercise, right, came, args, (name,))
    else:
        yield from _pieces(exercise, expected, got, args, ())


def _pieces(
    exercise: Exercise, expected: object, got: object, args: Arguments, path: tuple[object, ...]
) -> Iterator[ComparedPart]:
    try:
        sides = list(aligned(expected, got, () if path else exercise.returns, path))
    except Misaligned:
        yield ComparedPart(_name(path), _capped(f"«{_told(got)}»"), _capped(written(expected)), True)
        return
    for path_, wanted, came in sides:
        right, text, differs = _side_by_side(wanted, came, exercise.tolerance, args)
        yield ComparedPart(_name(path_), _capped(text), _capped(right), differs)


def _name(path: tuple[object, ...]) -> str:
    first, *rest = path or ("",)
    start = first if isinstance(first, str) else f"[{first!r}]"
    return start + "".join(f"[{key!r}]" for key in rest)


def _side_by_side(wanted: object, came: object, tolerance: float, args: Arguments) -> tuple[str, str, bool]:
    """Expected and got as text, with as many digits as it takes to see a difference."""
    right, got = as_array(wanted), as_array(came)
    if right is None or got is None or right.shape != got.shape:
        differs = right is not None or wanted != came
        return written(wanted), f"«{_told(came)}»" if differs else written(came), differs
    wrong = wrong_entries(right, got, tolerance, args)
    for digits in (DIGITS, MORE_DIGITS):
        texts = [np.vectorize(lambda x, d=digits: _number(x, d), otypes=[object])(one) for one in (right, got)]
        if (texts[0] != texts[1])[wrong].all():
            break
    marked = np.where(wrong, "«" + texts[1] + "»", texts[1])
    return _nested(texts[0].tolist()), _nested(marked.tolist()), bool(wrong.any())


def _told(value: object) -> str:
    return described(value) if isinstance(value, Opaque) else written(value)


def written(value: object) -> str:
    """A value in one line, with short numbers; arrays as nested lists."""
    if isinstance(value, np.ndarray):
        return written(value.tolist())
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return _nested([written(part) for part in value], "()" if isinstance(value, tuple) else "[]")
    if isinstance(value, bool | str) or value is None:
        return repr(value)
    if isinstance(value, int | float | np.number):
        return _number(float(value), DIGITS)
    return described(value)


def _nested(texts: object, brackets: str = "[]") -> str:
    if not isinstance(texts, list):
        return str(texts)
    return brackets[0] + ", ".join(map(_nested, texts)) + brackets[1]


def _number(value: float, digits: int) -> str:
    return f"{float(value) + 0.0:.{digits}g}"  # + 0 turns -0 into 0


def _capped(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
