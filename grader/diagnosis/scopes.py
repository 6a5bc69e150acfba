"""Where a diagnosis holds: in the whole answer, or confined to what has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from .evidence import Diagnosis, Evidence, Spot, Theory

Scopes = Mapping[str, frozenset[Spot]]
LAYERS = ("the first", "the last", "all but the last", "all but the first")


def explained(theory: Theory, evidence: Evidence) -> Diagnosis | None:
    """The theory's diagnosis, confined to a scope where it must be; None where it does not explain every answer.

    In a scope everything is as the theory says, outside everything is right.
    """
    if all(map(theory.whole, range(len(evidence.cases)))):
        return theory.diagnosis
    where = scope_of(theory, evidence)
    return None if where is None else theory.diagnosis.only(where)


def scope_of(theory: Theory, evidence: Evidence) -> str | None:
    """The first named scope that holds all that is wrong and nothing that the theory does not explain."""
    if theory.piece is None or not evidence.failing or not all(map(theory.piece, sorted(evidence.failing, key=str))):
        return None
    for where, spots in scopes(evidence).items():
        if evidence.failing <= spots and all(map(theory.piece, spots)):
            return where
    return None


def scopes(evidence: Evidence) -> Scopes:
    """Every scope that has a name, the largest kinds first."""
    found: dict[str, frozenset[Spot]] = {"": frozenset(evidence.pairs)}
    for where, spots in (*_parts(evidence), *_tasks(evidence), *_layers(evidence)):
        found.setdefault(where, frozenset(spots))
    return found


def _parts(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """Each part of a tuple, and all parts but one."""
    names = evidence.exercise.returns
    for name in names:
        yield f"in `{name}`", {spot for spot in evidence.pairs if spot[1][:1] == (name,)}
    if len(names) > 2:
        for name in names:
            yield f"outside of `{name}`", {spot for spot in evidence.pairs if spot[1][:1] != (name,)}


def _tasks(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """The cases that share an argument which is a text, such as one of several tasks."""
    for position in range(len(evidence.cases[0].case.args)):
        said = [expected.case.args[position] for expected in evidence.cases]
        for task in sorted({one for one in said if isinstance(one, str)}):
            yield f'for "{task}"', {spot for spot in evidence.pairs if said[spot[0]] == task}


def _layers(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """The first or last of each list's arrays, in all lists or in one part's."""
    lists = {spot for spot in evidence.pairs if spot[1] and type(spot[1][-1]) is int}
    last = {(i, path[:-1]): 0 for i, path in lists}
    for i, path in lists:
        last[i, path[:-1]] = max(last[i, path[:-1]], path[-1])
    if max(last.values(), default=0) == 0:
        return
    kind = "layer" if all(_is_layer(evidence, spot) for spot in lists) else "entry"
    for part, which in product(("", *evidence.exercise.returns), LAYERS):
        of = f" of `{part}`" if part else ""
        spots = {s for s in lists if part in ("", s[1][0]) and _stands(which, s[1][-1], last[s[0], s[1][:-1]])}
        yield f"in {which} {kind}{of}", spots


def _is_layer(evidence: Evidence, spot: Spot) -> bool:
    return bool(getattr(evidence.pairs[spot][0], "ndim", 0))


def _stands(which: str, index: int, last: int) -> bool:
    return {
        "the first": index == 0,
        "the last": index == last,
        "all but the last": index < last,
        "all but the first": index > 0,
    }[which]
