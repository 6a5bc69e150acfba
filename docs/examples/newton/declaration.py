"""Square roots by Newton's method: nothing of this is about neural networks."""

import math

from grader.assignment import Assignment, Limits, case

assignment = Assignment(title="Newton's method", public_seed=1669, limits=Limits(case_seconds=1.0))


def newton_step_answer(x, c):
    """One step towards √c from x."""
    return (x + c / x) / 2


@assignment.exercise(reference=newton_step_answer, points=1)
def newton_step(rng):
    """The next guess for √c after the guess x."""
    yield case("by hand", 1.0, 9.0)
    for i in range(4):
        yield case(f"drawn {i + 1}", rng.uniform(0.5, 5.0), rng.uniform(0.5, 50.0))


def encloses_root(answer, c, width):
    """A property judges here: any interval that holds √c and is narrow enough is right."""
    if not (isinstance(answer, list | tuple) and len(answer) == 2):
        return "expected two numbers, the ends of an interval"
    low, high = map(float, answer)
    if not low <= math.sqrt(c) <= high:
        return f"√{c:g} does not lie between {low:g} and {high:g}"
    return "" if high - low <= width else f"the interval is {high - low:g} wide, at most {width:g} was asked for"


@assignment.exercise(property=encloses_root, points=2, builds_on=("newton_step",))
def enclose_root(rng):
    """An interval (low, high) no wider than `width` that holds √c."""
    yield case("by hand", 9.0, 0.5)
    for i in range(4):
        yield case(f"drawn {i + 1}", rng.uniform(0.5, 50.0), 10.0 ** -rng.integers(1, 6))
