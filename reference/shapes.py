"""The one awkward idea, shapes: one example is a vector (n,), m examples are the columns of (n, m).

Every other module is written once for both; the three helpers and the check that make this possible live here.
"""

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Layers: TypeAlias = Sequence[Array]
Parameters: TypeAlias = tuple[list[Array], list[Array]]
Value = TypeVar("Value", float, NDArray[np.float64])


def columns(v: Array) -> Array:
    """One example (n,) as a batch of one, (n, 1); a batch (n, m) as it is."""
    return v.reshape(len(v), -1)


def beside(b: Array, h: Array) -> Array:
    """The biases b, (n,) or (n, 1), so that they add to one example h (·,) or to every column of h (·, m)."""
    return b.reshape(-1, *(1,) * (h.ndim - 1))


def one_hot(label: int, k: int) -> Array:
    """e(ℓ), (k,): 1 at the 0-based label, 0 elsewhere (CS6910 4.5). Raises ValueError for a label outside 0..k-1."""
    if not 0 <= label < k:
        raise ValueError(f"label {label} is not one of the classes 0 to {k - 1}")
    e: Array = np.eye(k)[label]
    return e


def check_layers(**lists: Sequence[object]) -> None:
    """The lists, given by name, hold one item per layer; else raises ValueError naming the first layer without one."""
    lengths = {name: len(items) for name, items in lists.items()}
    if len(set(lengths.values())) > 1:
        given = ", ".join(f"{length} of {name}" for name, length in lengths.items())
        raise ValueError(f"layer {min(lengths.values()) + 1} is incomplete: there are {given}")


def check_layer(k: int, W: Array, units: Array, h_prev: Array) -> None:
    """Layer k fits: W (n_k, n_{k-1}), its biases or pre-activations n_k, its input n_{k-1}; else raises ValueError."""
    if W.ndim != 2:
        raise ValueError(f"layer {k}: its weights are a matrix, not of shape {W.shape}")
    if len(units) != len(W):
        raise ValueError(f"layer {k}: weights for {len(W)} units meet biases or pre-activations for {len(units)}")
    if len(h_prev) != W.shape[1]:
        raise ValueError(f"layer {k}: weights for {W.shape[1]} inputs meet {len(h_prev)} from layer {k - 1}")


def check_all_fit(W: Layers, units: Layers, h: Layers) -> None:
    """`check_layer` for every layer, h being h_0 …; raises ValueError naming the first that does not fit."""
    for k, (W_k, units_k, h_prev) in enumerate(zip(W, units, h, strict=False), start=1):
        check_layer(k, W_k, units_k, h_prev)
