"""A random generator that prefers what a person can calculate with: small whole numbers, halves, tenths.

An exercise's own generator, given this one, makes inputs that are simple and still valid: what belongs together is
computed together, probabilities sum to one, and kinks are kept away from as the exercise does it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

STEPS = (1.0, 0.5, 0.25, 0.1, 0.05, 0.01)
SPREAD = 3.0  # where a distribution has no bounds, no further than this from its middle


class PlainGenerator(np.random.Generator):
    """Draws multiples of the largest step of which at least `choices` lie within the bounds; never 0."""

    def __init__(self, seed: int, choices: int) -> None:
        """Take a seed, and how many values there should be to choose from."""
        super().__init__(np.random.PCG64(seed))
        self._choices = choices

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        """A plain number within the bounds, or an array of them."""
        if not (np.isscalar(low) and np.isscalar(high)):
            return super().uniform(low, high, size)
        return self._drawn(float(low), float(high), size)  # type: ignore[arg-type]

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        """A plain number near the middle, or an array of them."""
        if not (np.isscalar(loc) and np.isscalar(scale)):
            return super().normal(loc, scale, size)
        middle, width = float(loc), SPREAD * float(scale)  # type: ignore[arg-type]
        return self._drawn(middle - width, middle + width, size)

    def standard_normal(self, size: Any = None, *_: Any, **__: Any) -> Any:
        """A plain number near 0, or an array of them."""
        return self._drawn(-SPREAD, SPREAD, size)

    def random(self, size: Any = None, *_: Any, **__: Any) -> Any:
        """A plain number between 0 and 1, or an array of them."""
        return self._drawn(0.0, 1.0, size)

    def permutation(self, x: Any, axis: int = 0) -> Any:
        """Whole numbers in ascending order, since they are often sizes; everything else in a random one."""
        whole = np.asarray(x)
        if whole.ndim == 1 and whole.dtype.kind == "i":
            return np.sort(whole)
        return super().permutation(x, axis)

    def _drawn(self, low: float, high: float, size: Any) -> Any:
        for step in STEPS:
            inside = np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step
            inside = np.round(inside[inside != 0], 10)
            if len(inside) >= self._choices:
                return float(super().choice(inside)) if size is None else super().choice(inside, size)
        return super().uniform(low, high, size)
