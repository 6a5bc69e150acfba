"""Is that gradient right? Three numerical answers that know nothing of backpropagation.

`theta` is a vector (p,), as `pack` makes it, and f(theta) a number.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from reference.shapes import Array


def central_differences(f: Callable[[Array], float], theta: Array, h: float = 1e-5) -> Array:
    """∂f/∂θ_i ≈ (f(θ + h e_i) - f(θ - h e_i)) / 2h, (p,); the error is of order h² + 1e-16/h. Costs 2p calls of f."""
    return np.array([directional_derivative(f, theta, e, h) for e in np.eye(theta.size)])


def directional_derivative(f: Callable[[Array], float], theta: Array, v: Array, h: float = 1e-5) -> float:
    """∇f · v ≈ (f(θ + h v) - f(θ - h v)) / 2h; v (p,). Costs two calls of f, however many parameters there are."""
    return (f(theta + h * v) - f(theta - h * v)) / (2 * h)


def complex_step(f: Callable[[NDArray[np.complex128]], complex], theta: Array, h: float = 1e-30) -> Array:
    """∂f/∂θ_i = Im f(θ + i h e_i) / h, (p,), exact to rounding as nothing is subtracted.

    f must compute with complex numbers and be analytic: no abs, no maximum, no conjugate.
    """
    return np.array([f(theta + 1j * h * e).imag / h for e in np.eye(theta.size)])


def relative_error(gradient: Array, expected: Array) -> float:
    """‖g - g'‖ / max(‖g‖, ‖g'‖), in [0, 2]; 0 where both are zero."""
    scale = max(np.linalg.norm(gradient), np.linalg.norm(expected))
    return float(np.linalg.norm(gradient - expected) / scale) if scale != 0 else 0.0


def gradient_error(f: Callable[[Array], float], gradient: Array, theta: Array) -> float:
    """Relative error of a gradient (p,) against central differences; below 1e-6 for a right one of ordinary size."""
    return relative_error(gradient, central_differences(f, theta))


def direction_error(
    f: Callable[[Array], float], gradient: Array, theta: Array, rng: np.random.Generator, directions: int = 4
) -> float:
    """As `gradient_error`, but along a few random directions: for networks too large to try each parameter."""
    V = rng.standard_normal((directions, theta.size)) / np.sqrt(theta.size)
    return relative_error(V @ gradient, np.array([directional_derivative(f, theta, v, 1e-4) for v in V]))
