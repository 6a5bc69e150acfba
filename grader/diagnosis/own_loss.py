"""Gradients that are right for the student's own loss, though that is not the loss that is asked for.

An exercise returns a loss and derivatives of it where its parts are called `loss`, and `d` followed by the name of an
argument of the reference. The student's own function tells how its loss changes along a direction; that is compared
with what its gradients say.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

import numpy as np

from ..assignment.declaration import Exercise
from ..judging.comparison import as_array
from ..model import Returned
from .evidence import Array, Diagnosis, Evidence, Probe, Theory
from .factors import factors

LOSS = "loss"
STEP = 1e-5
NEAR = 1e-6  # what central differences of that step leave of a number's digits, with room


def own_loss(evidence: Evidence, known: Sequence[Theory], probe: Probe) -> Diagnosis | None:
    """That the gradients fit the loss which the function returns; points are lost for the loss alone.

    Only where it is understood what is wrong with the loss, by a known mistake or a factor: a loss that is made up,
    such as 0, has gradients, too.
    """
    positions = derivatives(evidence.exercise)
    wrong = [spot for spot in evidence.failing if spot[1] == (LOSS,)]
    if not positions or not wrong or not evidence.arrays:
        return None
    why = next((t.diagnosis for t in (*known, *factors(evidence)) if t.piece and _explains_loss(t, evidence)), None)
    if why is None or not all(_fits(evidence, i, positions, probe) for i in range(len(evidence.cases))):
        return None
    return Diagnosis(
        why.name,
        f"Your gradients are right for the loss that you return, so only the loss is charged for: {why.says}",
        why.asks,
        earns=len(positions) / (len(positions) + 1),
        mistakes=why.mistakes,
    )


def derivatives(exercise: Exercise) -> Mapping[str, int]:
    """The parts that are derivatives of the loss, and the positions of the arguments that they are taken by."""
    if exercise.reference is None or LOSS not in exercise.returns:
        return {}
    try:
        names = list(inspect.signature(exercise.reference).parameters)
    except (TypeError, ValueError):
        return {}
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


def _moved(
    args: tuple[object, ...], positions: Mapping[str, int], directions: Mapping[str, Array], by: float
) -> tuple[object, ...]:
    moved = list(args)
    for part, at in positions.items():
        value = np.asarray(args[at], dtype=float) + by * directions[part]
        moved[at] = value if isinstance(args[at], np.ndarray) else float(value)
    return tuple(moved)


def _loss(evidence: Evidence, probe: Probe, args: tuple[object, ...]) -> float | None:
    outcome = probe(args)
    value = outcome.value if isinstance(outcome, Returned) else None
    names = evidence.exercise.returns
    if not isinstance(value, list | tuple) or len(value) != len(names):
        return None
    loss = as_array(value[names.index(LOSS)])
    return float(loss) if loss is not None and loss.ndim == 0 else None
