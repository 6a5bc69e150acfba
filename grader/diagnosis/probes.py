"""What only further calls can tell: whether an answer is random, which inputs it does not depend on, and whether
gradients are those of the student's own loss.

An exercise returns a loss and derivatives of it if its parts are called `loss`, and `d` followed by the name of an
argument of the reference. The student's own function tells how its loss changes along a direction; that is compared
with what its gradients say.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ..judging.comparison import as_array
from ..model import Arguments, Outcome, Returned
from ..model.values import same
from .evidence import Array, Diagnosis, Evidence, Probe, Theory

if TYPE_CHECKING:
    from ..assignment.declaration import Exercise

RANDOM = Diagnosis(
    "random",
    "Your function returns other numbers each time it is called with the same input.",
    "Where does a random number enter, or what does your function keep from one call to the next?",
)
OTHER_SEED = 1
LOSS = "loss"
STEP = 1e-5
NEAR = 1e-6  # what central differences of that step leave of a number's digits, with room


def probed(evidence: Evidence, probe: Probe) -> Iterator[Diagnosis]:
    """What further calls show on every case, as far as the budget goes."""
    if evidence.exercise.reference is None or not evidence.returned:
        return
    if _is_random(evidence, probe):
        yield RANDOM
        return
    for position in evidence.positions:
        if _ignores(evidence, position, probe):
            name = evidence.called(position)
            yield Diagnosis(
                f"does not use {name.strip('`')}",
                f"Your answer does not depend on {name}: with another value of it the same comes out.",
                f"Where does {name} stand in the formula?",
            )


def _is_random(evidence: Evidence, probe: Probe) -> bool:
    """With another seed, every case that was wrong comes out otherwise."""
    for i in _wrong(evidence):
        again = probe(evidence.cases[i].case.args, OTHER_SEED)
        if not isinstance(again, Returned) or _is_alike(evidence, i, again.value):
            return False
    return True


def _is_alike(evidence: Evidence, i: int, value: object) -> bool:
    """Whether it is what came back before, be it something that no exercise asks for."""
    return same(evidence.value(i), value) or evidence.agree(i, evidence.value(i), value)


def _ignores(evidence: Evidence, position: int, probe: Probe) -> bool:
    """Another value of an argument changes the right answer but not this one, on every case; the wrong ones first."""
    wrong, seen = set(_wrong(evidence)), 0
    for i in sorted(range(len(evidence.cases)), key=lambda i: i not in wrong):
        args = evidence.cases[i].case.args
        other = _other(args[position])
        if other is None or evidence.value(i) is None:
            return False
        changed = args.replaced(position, other)
        if not _reference_differs(evidence, i, changed):
            continue
        far = args.replaced(position, _opposite(other))
        if not all(_same_answer(evidence, i, probe(given)) for given in ((changed, far) if i in wrong else (changed,))):
            return False
        seen += 1
    return seen > 0


def _same_answer(evidence: Evidence, i: int, again: Outcome | None) -> bool:
    return isinstance(again, Returned) and evidence.agree(i, evidence.value(i), again.value)


def _opposite(value: object) -> object:
    """A value that has nothing in common with the one before: what an answer shows by its sign alone shows here."""
    if isinstance(value, list | tuple):
        return type(value)(_opposite(part) for part in value)
    is_real = isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return 0.3 - 1.7 * value if is_real else value  # type: ignore[operator]


def _reference_differs(evidence: Evidence, i: int, changed: Arguments) -> bool:
    assert evidence.exercise.reference is not None
    with np.errstate(all="ignore"):
        try:
            answer = changed.given_to(evidence.exercise.reference)
        except Exception:
            return False
    return not evidence.agree(i, evidence.cases[i].expected, answer)


def _other(value: object) -> object:
    """A value of the same kind and shape that is near enough to stay valid; None if none is known."""
    if isinstance(value, bool | str | dict) or value is None:
        return None
    if isinstance(value, int | np.integer):
        return int(value) - 1 if value > 1 else int(value) + 1
    if isinstance(value, float | np.floating):
        return float(value) * 0.75 + 0.01
    if isinstance(value, np.ndarray):
        return value * 0.75 + 0.01 if value.dtype.kind == "f" else value[::-1].copy()
    if isinstance(value, list | tuple):
        parts = [_other(part) for part in value]
        return None if any(part is None for part in parts) else type(value)(parts)
    return None


def _wrong(evidence: Evidence) -> Iterator[int]:
    for i, expected in enumerate(evidence.cases):
        if not evidence.agree(i, expected.expected, evidence.value(i)):
            yield i


def own_loss(evidence: Evidence, theories: Iterable[Theory], probe: Probe) -> Diagnosis | None:
    """That the gradients fit the loss which the function returns, so that points are lost for the loss alone.

    theories: what may be wrong with the loss. One of them has to explain it: a loss that is made up, such as 0, has
    gradients, too.
    """
    positions = derivatives(evidence.exercise, evidence.cases[0].case.args)
    wrong = [spot for spot in evidence.failing if spot[1] == (LOSS,)]
    if not positions or not wrong or not evidence.arrays:
        return None
    why = next((t.diagnosis for t in theories if t.piece and _explains_loss(t, evidence)), None)
    if why is None or not all(_fits(evidence, i, positions, probe) for i in range(len(evidence.cases))):
        return None
    return Diagnosis(
        why.name,
        f"Your gradients are right for the loss that you return, so only the loss is charged for: {why.says}",
        why.asks,
        earns=len(positions) / (len(positions) + 1),
        mistakes=why.mistakes,
    )


def derivatives(exercise: Exercise, args: Arguments) -> Mapping[str, int]:
    """The parts that are derivatives of the loss, and the positions of the arguments that they are taken by."""
    if exercise.reference is None or LOSS not in exercise.returns:
        return {}
    try:
        parameters = tuple(inspect.signature(exercise.reference).parameters)
    except (TypeError, ValueError):
        return {}
    names = args.names(parameters)
    parts = [part for part in exercise.returns if part != LOSS]
    found = {part: names.index(part[1:]) for part in parts if part[:1] == "d" and part[1:] in names}
    return found if len(found) == len(parts) else {}


def _explains_loss(theory: Theory, evidence: Evidence) -> bool:
    assert theory.piece is not None
    return all(theory.piece(spot) for spot in evidence.pairs if spot[1] == (LOSS,))


def _fits(evidence: Evidence, i: int, positions: Mapping[str, int], probe: Probe) -> bool:
    """Whether the loss changes along a direction as the gradients say, on one case."""
    args, rng = evidence.cases[i].case.args, np.random.default_rng(i)
    shapes = {part: np.asarray(args[at], dtype=float).shape for part, at in positions.items()}
    directions = {part: np.asarray(rng.uniform(0.5, 1, shape)) for part, shape in shapes.items()}
    gradients = {part: evidence.arrays[i, (part,)][1] for part in positions if (i, (part,)) in evidence.arrays}
    if any(gradients.get(part, np.empty(0)).shape != v.shape for part, v in directions.items()):
        return False
    said = sum(float(np.vdot(gradients[part], v)) for part, v in directions.items())
    losses = [_loss(evidence, probe, _moved(args, positions, directions, sign * STEP)) for sign in (1, -1)]
    if said == 0 or None in losses:
        return False
    ahead, behind = (loss for loss in losses if loss is not None)
    return abs((ahead - behind) / (2 * STEP) - said) <= NEAR * max(abs(said), abs(ahead), 1.0)


def _moved(args: Arguments, positions: Mapping[str, int], directions: Mapping[str, Array], by: float) -> Arguments:
    for part, at in positions.items():
        value = np.asarray(args[at], dtype=float) + by * directions[part]
        args = args.replaced(at, value if isinstance(args[at], np.ndarray) else float(value))
    return args


def _loss(evidence: Evidence, probe: Probe, args: Arguments) -> float | None:
    outcome = probe(args)
    value = outcome.value if isinstance(outcome, Returned) else None
    names = evidence.exercise.returns
    if not isinstance(value, list | tuple) or len(value) != len(names):
        return None
    loss = as_array(value[names.index(LOSS)])
    return float(loss) if loss is not None and loss.ndim == 0 else None
