"""How an assignment is declared: what is asked, which reference answers it, and how inputs are drawn.

A declaration is the file `declaration.py` in the assignment's folder. It makes one `Assignment` called
`assignment` and adds exercises to it from top to bottom:

    assignment = Assignment(title="Slopes", public_seed=7)

    @assignment.exercise(reference=my_slope, points=2, tolerance=1e-9)
    def slope(rng):
        \"\"\"The slope of the line through two points.\"\"\"
        yield case("by hand", 1.0, 2.0)
        yield case("drawn", rng.normal(), rng.normal())

The decorated generator names the function that the student writes and yields the cases it is called with.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import FunctionType

import numpy as np

from ..model.cases import Case
from .properties import PROPERTIES, Property
from .vocabulary import Deadline, DeclarationError, Limits, Mistake, Reference, python_name

SCALES = ("array", "row", "entry", "absolute")

DrawCases = Callable[[np.random.Generator], Iterable[Case]]


@dataclass(frozen=True)
class Exercise:
    """One function that the student writes.

    reference answers it, or a property judges it. points are shared among the cases by weight; tolerance is
    relative to the largest entry of each expected part; returns names the parts of a tuple; builds_on names
    earlier exercises whose functions this one may call; all_or_nothing gives points only when every case passes.
    stand_in gives one of the answers that a property accepts, for functions that build on a broken one.
    valid says of arguments whether they belong together, as those of every case do; an example that is made smaller
    for a student to look at is shown only if it is still valid. exact: parts without tolerance, besides those that the
    reference answers with whole numbers or truth values in every case; True for all parts, False for none at all, or
    the names of some. scale: what the tolerance is relative to, the largest number of the "array", of each "row", each
    "entry" itself, or "absolute" for nothing. line: where it stands in the declaration, 0 if unknown.
    """

    name: str
    asks: str
    draw: DrawCases
    points: float
    reference: Reference | None = None
    property: Property | None = None
    tolerance: float = 1e-6
    returns: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    all_or_nothing: bool = False
    mistakes: tuple[Mistake, ...] = ()
    stand_in: Reference | None = None
    valid: Callable[..., bool] | None = None
    exact: bool | tuple[str, ...] | None = None
    scale: str = "array"
    line: int = 0

    def __post_init__(self) -> None:
        """Refuse what could not be graded, naming the exercise."""
        for wrong, message in self._objections():
            if wrong:
                raise DeclarationError(f"exercise {self.name!r}: {message}")

    @cached_property
    def solution(self) -> Reference | None:
        """A function that answers it; None if there is a property alone."""
        return self.reference or self.stand_in

    def _objections(self) -> Iterable[tuple[bool, str]]:
        names_function = self.name.isidentifier() and not keyword.iskeyword(self.name)
        yield not names_function, "its name must be that of a Python function"
        yield not callable(self.draw), "the cases must come from a function that takes a random generator"
        yield (self.reference is None) == (self.property is None), "give either a reference or a property"
        yield self.reference is not None and not callable(self.reference), "the reference must be a function"
        yield not self.points > 0, f"points is {self.points}, it must be above 0"
        yield not 0 < self.tolerance < 1, f"tolerance is {self.tolerance}, it must be between 0 and 1"
        yield self.scale not in SCALES, f"scale is {self.scale!r}, it must be one of {', '.join(SCALES)}"
        named = self.exact if isinstance(self.exact, tuple) else ()
        yield isinstance(self.exact, str), f'exact is the text {self.exact!r}; write it as a tuple: ("{self.exact}",)'
        yield bool(set(named) - set(self.returns)), f"exact names {', '.join(named)}, which returns must name, too"
        names = [mistake.name for mistake in self.mistakes]
        yield len(set(names)) < len(names), "two of its mistakes have the same name"
        yield bool(self.mistakes) and self.reference is None, "mistakes need a reference whose steps they replace"
        yield self.stand_in is not None and self.property is None, "the reference itself is what stands in"


@dataclass
class Assignment:
    """What a declaration builds: title and source for people, then exercises from top to bottom.

    public_seed draws the cases that students see; the graded ones come from a seed that stands in no file.
    support: files beside the declaration (helper modules, small data) that lie in the working directory when
    student code runs. convention_earns: the share of the points for an answer that is right in another lecture's
    convention. follow_through: a function that fails only because of the student's own earlier ones is not charged
    again. deadline: when it is due. group_size: how many students at most hand in one notebook together.
    allowed_imports: the packages that an exercise's code may import; if none is named, NumPy, SciPy and what comes with
    Python. name and folder are set by the loader.
    """

    title: str
    public_seed: int
    lecture: str = ""
    convention: str = ""
    limits: Limits = field(default_factory=Limits)
    support: tuple[str, ...] = ()
    convention_earns: float = 0.5
    follow_through: bool = True
    deadline: Deadline | None = None
    group_size: int = 1
    allowed_imports: tuple[str, ...] = ()
    exercises: list[Exercise] = field(default_factory=list)
    name: str = ""
    folder: Path = field(default_factory=Path)

    def __post_init__(self) -> None:
        """Refuse what could not be meant."""
        for wrong, message in self._objections():
            if wrong:
                raise DeclarationError(message)

    def _objections(self) -> Iterable[tuple[bool, str]]:
        seeds = isinstance(self.public_seed, int) and self.public_seed >= 0
        yield not seeds, f"public_seed is {self.public_seed!r}, it must be a whole number from 0 up"
        share = 0 <= self.convention_earns <= 1
        yield not share, f"convention_earns is {self.convention_earns}, it must be in [0, 1]"
        for name in ("support", "allowed_imports"):
            names = getattr(self, name)
            yield isinstance(names, str), f'{name} is the text {names!r}; write it as a tuple: ("{names}",)'
        packages = [name for name in self.allowed_imports if not name.isidentifier()]
        yield (
            bool(packages),
            f"allowed_imports: {', '.join(packages)} is not the name of a package; give it without dots",
        )
        deadline = self.deadline is None or isinstance(self.deadline, Deadline)
        yield not deadline, f"deadline is {self.deadline!r}, write Deadline(at=..., zone=...)"
        size = isinstance(self.group_size, int) and self.group_size >= 1
        yield not size, f"group_size is {self.group_size!r}, it must be a whole number from 1 up"

    def named(self, name: str) -> Exercise:
        """The exercise of this name. Raises KeyError if there is none."""
        return {exercise.name: exercise for exercise in self.exercises}[name]

    def before(self, exercise: Exercise) -> tuple[Exercise, ...]:
        """The exercises that one builds on, those that these build on included, in their order."""
        needed = set(exercise.builds_on)
        for earlier in reversed(self.exercises):
            needed |= set(earlier.builds_on) if earlier.name in needed else set()
        return tuple(earlier for earlier in self.exercises if earlier.name in needed)

    @property
    def max_points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(  # noqa: PLR0913 - the keywords are the vocabulary of a declaration
        self,
        *,
        points: float,
        reference: Reference | None = None,
        property: str | Property = "",
        tolerance: float = 1e-6,
        returns: tuple[str, ...] = (),
        builds_on: tuple[str, ...] = (),
        all_or_nothing: bool = False,
        mistakes: Iterable[Mistake] = (),
        stand_in: Reference | None = None,
        valid: Callable[..., bool] | None = None,
        exact: bool | tuple[str, ...] | None = None,
        scale: str = "array",
    ) -> Callable[[DrawCases], DrawCases]:
        """Add the exercise named like the decorated generator, whose docstring says what is asked.

        Raises DeclarationError if the exercise could not be graded as declared.
        """

        def add(draw: DrawCases) -> DrawCases:
            name = getattr(draw, "__name__", "")
            helpers = tuple(map(python_name, builds_on))
            self._refuse_unknown(name, helpers)
            declared = Exercise(
                name=name,
                asks=" ".join((draw.__doc__ or "").split()),
                draw=draw,
                points=float(points),
                reference=reference,
                property=_property(property),
                tolerance=tolerance,
                returns=returns,
                builds_on=helpers,
                all_or_nothing=all_or_nothing,
                mistakes=tuple(map(self._worth, mistakes)),
                stand_in=stand_in,
                valid=valid,
                exact=exact,
                scale=scale,
                line=draw.__code__.co_firstlineno if isinstance(draw, FunctionType) else 0,
            )
            self.exercises.append(declared)
            return draw

        return add

    def _worth(self, mistake: Mistake) -> Mistake:
        """A convention that says nothing else earns what the assignment gives for one."""
        undecided = mistake.convention and not mistake.earns
        return replace(mistake, earns=self.convention_earns) if undecided else mistake

    def _refuse_unknown(self, name: str, builds_on: tuple[str, ...]) -> None:
        earlier = [exercise.name for exercise in self.exercises]
        if name in earlier:
            raise DeclarationError(f"exercise {name!r} is declared twice")
        for helper in builds_on:
            if helper not in earlier:
                raise DeclarationError(f"exercise {name!r} builds on {helper!r}, which is not an earlier exercise")


def _property(named: str | Property) -> Property | None:
    if not named:
        return None
    if callable(named):
        return named
    if named not in PROPERTIES:
        raise DeclarationError(f"no property is called {named!r}; there are: {', '.join(sorted(PROPERTIES))}")
    return PROPERTIES[named]
