"""How many planted mistakes are named: rightly, wrongly, or not at all.

Every banked mistake is planted by hand, as an edit of the source, into correct solutions that are written in other
styles than the reference: whole arrays, loops over plain numbers, other names, other intermediate steps. Then come
pairs of such edits, drawn at random, and correct variants, which must never be explained.

    python benchmarks/diagnosis_table.py [--pairs 200] [--misses] [--small]

--small takes one assignment and one seed, to see that it works.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import importlib
import inspect
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grader.assignment.catalogue import load, shipped
from grader.assignment.declaration import Assignment, Exercise
from grader.assignment.sheet import Sheet, draw
from grader.assignment.steps import compositions
from grader.assignment.vocabulary import Mistake
from grader.diagnosis import Diagnoser
from grader.diagnosis.bank import Variant
from grader.diagnosis.evidence import Evidence
from grader.grading.marking import AnswerKey
from grader.model import Outcome, Raised, Returned

STYLES = ("arrays", "loops")
SEEDS = (1, 2**40 + 7, 99)
KINDS = ("rightly", "in part", "described", "not named", "wrongly")
PLANTS = re.compile(r"^(?:PATHS|WAY_BACK|NO_RELU|GRADIENTS|PLANTS) = ", re.MULTILINE)


@dataclass(frozen=True)
class Planted:
    """A solution with mistakes in it, or none."""

    style: str
    assignment: Assignment
    exercise: Exercise
    mistakes: tuple[Mistake, ...]
    function: Any


class DoesNotFit(Exception):
    """An edit whose place is not there, or is no longer there after another edit."""


def solutions(style: str, name: str) -> ModuleType:
    """The module of one style's solutions to an assignment."""
    return importlib.import_module(f"planting.{style}.{name}")


def planted(module: ModuleType, exercise: str, names: tuple[str, ...]) -> Any:
    """The exercise's function after the edits of these mistakes. Raises DoesNotFit."""
    source = PLANTS.split(inspect.getsource(module))[0]
    for name in names:
        for edit in module.PLANTS[exercise][name].split(" ;; "):
            source = edited(source, exercise, *edit.split(" => "))
    namespace: dict[str, Any] = {"__name__": module.__name__}
    exec(compile(source, f"{module.__name__} {names}", "exec"), namespace)
    return namespace[exercise]


def edited(source: str, exercise: str, old: str, new: str) -> str:
    """The edit in the function's body where its place is there, else in the whole module."""
    start = source.index("\n", source.index(f"def {exercise}("))
    end = source.find("\ndef ", start)
    end = len(source) if end < 0 else end
    if old in source[start:end]:
        return source[:start] + source[start:end].replace(old, new) + source[end:]
    if old in source:
        return source.replace(old, new)
    raise DoesNotFit(f"{exercise}: {old!r}")


def outcomes(function: Any, sheet: Sheet, exercise: Exercise) -> list[Outcome]:
    """What comes back on every case."""
    return [called(function, expected.case.args) for expected in sheet.cases[exercise.name]]


def called(function: Any, args: tuple[object, ...]) -> Outcome:
    """One call, in this process: the solutions are ours."""
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        try:
            return Returned(function(*copy.deepcopy(args)))
        except Exception as error:
            return Raised(type(error).__name__, str(error))


def is_right(sheet: Sheet, exercise: Exercise, came: list[Outcome]) -> bool:
    """Whether every case passes."""
    key = AnswerKey(exercise, sheet.cases[exercise.name])
    return all(verdict.passed for verdict in key.verdicts(came))


def singles(style: str, names: list[str]) -> Iterator[Planted]:
    """Every banked mistake that the style has an edit for, in assignments of these names."""
    for name in names:
        assignment, module = load(name), solutions(style, name)
        for exercise in assignment.exercises:
            for mistake in exercise.mistakes:
                if mistake.name in module.PLANTS.get(exercise.name, {}):
                    function = planted(module, exercise.name, (mistake.name,))
                    yield Planted(style, assignment, exercise, (mistake,), function)


def pairs(count: int, names: list[str]) -> Iterator[Planted]:
    """Two edits at once, drawn at random from all styles; those that do not go together are drawn again."""
    rng = random.Random(0)
    assignments = [load(name) for name in names]
    while count:
        style, assignment = rng.choice(STYLES), rng.choice(assignments)
        exercise, module = rng.choice(assignment.exercises), solutions(style, assignment.name)
        possible = [m for m in exercise.mistakes if m.name in module.PLANTS.get(exercise.name, {})]
        if len(possible) > 1 and (found := together(module, exercise, tuple(rng.sample(possible, 2)))):
            count -= 1
            yield Planted(style, assignment, exercise, *found)


def together(
    module: ModuleType, exercise: Exercise, two: tuple[Mistake, ...]
) -> tuple[tuple[Mistake, ...], Any] | None:
    """Both edits, where both have a place and what they make together is no single mistake of the bank."""
    with contextlib.suppress(DoesNotFit, SyntaxError):
        function = planted(module, exercise.name, tuple(mistake.name for mistake in two))
        sheet = sheet_of(load(module.__name__.rpartition(".")[2]), SEEDS[0])
        both = outcomes(function, sheet, exercise)
        evidence = Evidence(exercise, sheet.cases[exercise.name], both)
        came_back = any(isinstance(outcome, Returned) for outcome in both) and not is_right(sheet, exercise, both)
        alone = (planted(module, exercise.name, (name,)) for name in module.PLANTS[exercise.name])
        if came_back and not any(same_answers(evidence, outcomes(one, sheet, exercise)) for one in alone):
            return two, function
    return None


def same_answers(evidence: Evidence, other: list[Outcome]) -> bool:
    """Whether two functions cannot be told apart on the cases."""
    return all(
        evidence.agree(i, theirs.value, ours.value)
        if isinstance(ours, Returned) and isinstance(theirs, Returned)
        else type(ours) is type(theirs)
        for i, (ours, theirs) in enumerate(zip(evidence.outcomes, other, strict=True))
    )


SHEETS: dict[tuple[str, int], tuple[Sheet, Diagnoser]] = {}


def sheet_of(assignment: Assignment, seed: int) -> Sheet:
    """An assignment's sheet under a seed, drawn once."""
    return known(assignment, seed)[0]


def known(assignment: Assignment, seed: int) -> tuple[Sheet, Diagnoser]:
    """The sheet, and what has been computed for it."""
    if (assignment.name, seed) not in SHEETS:
        sheet = draw(assignment, seed)
        SHEETS[assignment.name, seed] = (sheet, Diagnoser(sheet))
    return SHEETS[assignment.name, seed]


def told(case: Planted, seed: int) -> tuple[str, str]:
    """How the planted mistakes were named, and what was said."""
    sheet, diagnoser = known(case.assignment, seed)
    exercise = next(e for e in sheet.assignment.exercises if e.name == case.exercise.name)
    came = outcomes(case.function, sheet, exercise)
    if is_right(sheet, exercise, came):
        return "not named", "passes"
    diagnosis = diagnoser.explain(exercise, came)
    if diagnosis is None:
        return "not named", "nothing"
    names = {mistake.name for mistake in case.mistakes}
    said = [set(one.split(" + ")) for one in diagnosis.name.split(" or ")]
    if names in said:
        return "rightly", diagnosis.name
    if not diagnosis.mistakes and " or " not in diagnosis.name:
        return "described", diagnosis.name
    if agree(case, sheet, exercise, diagnosis.mistakes):
        return "rightly", diagnosis.name
    return ("in part" if any(one < names for one in said) else "wrongly"), diagnosis.name


def agree(case: Planted, sheet: Sheet, exercise: Exercise, said: tuple[Mistake, ...]) -> bool:
    """Whether the mistakes that were said and those that were planted are the same on every case: they count as one."""
    own = tuple(mistake for mistake in exercise.mistakes if mistake.name in {m.name for m in case.mistakes})
    cases = sheet.cases[exercise.name]
    ours, theirs = ([Variant(exercise, cases, steps) for steps in ways(mistakes)] for mistakes in (own, said))
    return any(same_variants(exercise, sheet, one, other) for one in ours for other in theirs)


def ways(mistakes: tuple[Mistake, ...]) -> list[Any]:
    """The replacements that one mistake stands for, or two together."""
    return [mistakes[0].steps] if len(mistakes) == 1 else list(compositions(mistakes[0].steps, mistakes[1].steps))


def same_variants(exercise: Exercise, sheet: Sheet, one: Variant, other: Variant) -> bool:
    """Whether two wrong versions of the reference agree on every case."""
    cases = sheet.cases[exercise.name]
    evidence = Evidence(exercise, cases, [Returned(one.answer(i)) for i in range(len(cases))])
    return same_answers(evidence, [Returned(other.answer(i)) for i in range(len(cases))])


def tally(cases: Iterable[Planted], seeds: tuple[int, ...], misses: bool) -> Counter[str]:
    """How often each came under the seeds; a mistake counts by its worst."""
    counts: Counter[str] = Counter()
    for case in cases:
        results = [told(case, seed) for seed in seeds]
        worst = max(results, key=lambda result: KINDS.index(result[0]))
        counts[worst[0]] += 1
        if misses and worst[0] != "rightly":
            where = f"{case.style} {case.assignment.name}.{case.exercise.name}"
            print(f"  {worst[0]}: {where}: {' + '.join(m.name for m in case.mistakes)} → {worst[1]}")
    return counts


def correct_variants(names: list[str]) -> tuple[int, int]:
    """How many correct solutions were tried, and how many of them were not taken for correct or were explained."""
    tried = accused = 0
    for style in STYLES:
        for name in names:
            assignment, module = load(name), solutions(style, name)
            for exercise in assignment.exercises:
                for seed in (*SEEDS, 5, 6) if exercise.name in module.PLANTS else ():
                    came = outcomes(getattr(module, exercise.name), sheet_of(assignment, seed), exercise)
                    tried += 1
                    accused += not is_right(sheet_of(assignment, seed), exercise, came)
    return tried, accused


def row(what: str, counts: Counter[str]) -> str:
    """A line of the table, in Markdown."""
    total = sum(counts.values())
    cells = [f"{counts[kind]} ({100 * counts[kind] / total:.1f} %)" for kind in KINDS]
    return f"| {what} | {total} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200, help="how many pairs to draw")
    parser.add_argument("--misses", action="store_true", help="list everything that was not named rightly")
    parser.add_argument("--small", action="store_true", help="one assignment and one seed, to see that it works")
    options = parser.parse_args()
    names, seeds, count = (["activations"], SEEDS[:1], 2) if options.small else (shipped(), SEEDS, options.pairs)
    lines = ["| planted | number | " + " | ".join(KINDS) + " |", "|---" * (len(KINDS) + 2) + "|"]
    for style in STYLES:
        lines.append(row(f"single mistakes, {style}", tally(singles(style, names), seeds, options.misses)))
    lines.append(row("pairs", tally(pairs(count, names), seeds, options.misses)))
    tried, accused = correct_variants(names)
    print("\n".join(lines))
    print(f"\nCorrect variants: {tried}, accused: {accused}.")


if __name__ == "__main__":
    main()
