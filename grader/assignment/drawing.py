"""Inputs like given ones, for declarations: drawn anew, of the same kind and shape."""

from __future__ import annotations

from typing import Any

import numpy as np


def like(rng: np.random.Generator, *args: Any) -> tuple[Any, ...]:
    """Arguments like these: fractions of the same size and sign at most, whole numbers up to twice as large.

    Shapes stay, and so do texts, truth values and whatever else is no number.
    """
    return tuple(_like(rng, arg) for arg in args)


def _like(rng: np.random.Generator, value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(rng.integers(min(value, 1), 2 * abs(value) + 2))
    if isinstance(value, float):
        return float(_fractions(rng, np.array([value]))[0])
    if isinstance(value, np.ndarray):
        return _fractions(rng, value) if value.dtype.kind == "f" else _whole(rng, value)
    if isinstance(value, list | tuple):
        return type(value)(_like(rng, part) for part in value)
    if isinstance(value, dict):
        return {key: _like(rng, part) for key, part in value.items()}
    return value


def _fractions(rng: np.random.Generator, array: Any) -> Any:
    """Between the bounds of the array, widened to 0 where all have one sign."""
    low, high = min(0.0, float(array.min(initial=0.0))), max(0.0, float(array.max(initial=0.0)))
    return rng.uniform(low, high or (1.0 if low == 0.0 else 0.0), array.shape)


def _whole(rng: np.random.Generator, array: Any) -> Any:
    return rng.permutation(array.ravel()).reshape(array.shape)
