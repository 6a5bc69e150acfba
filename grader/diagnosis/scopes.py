"""The parts of an answer that have a name, to which what is wrong may be confined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .evidence import Evidence, Path, Spot

LAYERS = ("the first", "the last", "all but the last", "all but the first")
NUMBERED = re.compile(r"(\D+)(\d+)")  # W2 is the second W


def scopes(evidence: Evidence) -> Mapping[str, frozenset[Spot]]:
    """Every scope that has a name, the largest kinds first."""
    found: dict[str, frozenset[Spot]] = {"": frozenset(evidence.pairs)}
    for where, spots in (*_parts(evidence), *_tasks(evidence), *_layers(evidence)):
        found.setdefault(where, frozenset(spots))
    return found


def _parts(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """Each part of a tuple or a dict, all parts but one, and what stands in a dict that is a part."""
    names = evidence.part_names
    for name in names:
        yield f"in `{name}`", {spot for spot in evidence.pairs if spot[1][:1] == (name,)}
    if len(names) > 2:
        for name in names:
            yield f"outside of `{name}`", {spot for spot in evidence.pairs if spot[1][:1] != (name,)}
    for name, key in dict.fromkeys(
        path[:2] for _, path in evidence.pairs if len(path) > 1 and isinstance(path[1], str)
    ):
        yield f"in `{name}[{key!r}]`", {spot for spot in evidence.pairs if spot[1][:2] == (name, key)}


def _tasks(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """The cases that share an argument which is a text, such as one of several tasks."""
    for position in evidence.positions:
        said = [expected.case.args[position] for expected in evidence.cases]
        for task in sorted({one for one in said if isinstance(one, str)}):
            yield f'for "{task}"', {spot for spot in evidence.pairs if said[spot[0]] == task}


def _layers(evidence: Evidence) -> Iterator[tuple[str, set[Spot]]]:
    """The first or last layer, in all parts or in those of one name."""
    found = {spot: layer for spot in evidence.pairs if (layer := _layer_of(spot[1]))}
    numbers: dict[tuple[int, Path], set[int]] = {}
    for (i, _), (group, number) in found.items():
        numbers.setdefault((i, group), set()).add(number)
    if not any(len(each) > 1 for each in numbers.values()):
        return
    kind = "layer" if all(getattr(evidence.pairs[spot][0], "ndim", 0) for spot in found) else "entry"
    labels = dict.fromkeys(group[-1] for group, _ in found.values() if group and isinstance(group[-1], str))
    for label, which in product(("", *labels), LAYERS):
        spots = {
            spot
            for spot, (group, number) in found.items()
            if (not label or group[-1:] == (label,)) and _stands(which, number, numbers[spot[0], group])
        }
        yield f"in {which} {kind}{f' of `{label}`' if label else ''}", spots


def _layer_of(path: Path) -> tuple[Path, int] | None:
    """What a piece is a layer of, and the how manieth: by its place in a list, or by the number that ends its name."""
    last = path[-1] if path else None
    if type(last) is int:
        return path[:-1], last
    named = NUMBERED.fullmatch(last) if isinstance(last, str) else None
    return ((*path[:-1], named[1]), int(named[2])) if named else None


def _stands(which: str, number: int, all_of_them: set[int]) -> bool:
    return {
        "the first": number == min(all_of_them),
        "the last": number == max(all_of_them),
        "all but the last": number < max(all_of_them),
        "all but the first": number > min(all_of_them),
    }[which]
