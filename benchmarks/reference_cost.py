"""What a gradient costs: the lecture's claims (CSC321 lecture 6, Computational Cost), measured on the reference.

    python benchmarks/reference_cost.py [--small]

It takes less than a minute and needs the package with its `test` extra. --small takes networks of a sixteenth of the
width and a moment for each, to see that it works.

All figures are ratios of medians taken in this one run, so they depend little on the machine. Networks have ReLU
hidden layers, a linear output and half the mean squared error.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # how many cores are free at the moment must not show in a ratio

import autograd.numpy as anp
import numpy as np
from autograd import grad

from reference import Activation, backward, forward, linear_units, relu_units


class Network:
    """A random network with a batch of m examples, and the ways to go through it that are compared here."""

    def __init__(self, sizes: list[int], m: int) -> None:
        """sizes: the units of each layer, the inputs first."""
        rng = np.random.default_rng(0)
        self.W = [rng.normal(size=(rows, cols)) / np.sqrt(cols) for cols, rows in pairwise(sizes)]
        self.b = [rng.normal(size=(rows, 1)) for rows in sizes[1:]]
        self.X, self.Y = rng.normal(size=(sizes[0], m)), rng.normal(size=(sizes[-1], m))
        self.g: list[Activation] = [relu_units()] * (len(self.W) - 1) + [linear_units()]
        self.a, self.h = forward(self.W, self.b, self.X, self.g)
        self.delta = (self.h[-1] - self.Y) / m
        self.autograd = grad(self.naive_loss)

    def forward(self) -> None:
        """The reference's forward pass."""
        forward(self.W, self.b, self.X, self.g)

    def backward(self) -> None:
        """The reference's backward pass."""
        backward(self.W, self.h, self.a, self.g, self.delta)

    def gradient(self) -> list[np.ndarray]:
        """Both passes: all gradients of the loss."""
        a, h = forward(self.W, self.b, self.X, self.g)
        grad_W, _ = backward(self.W, h, a, self.g, (h[-1] - self.Y) / self.Y.shape[1])
        return grad_W

    def naive_loss(self, parameters: list[tuple[np.ndarray, np.ndarray]]) -> float:
        """The loss as one would write it for automatic differentiation."""
        h = self.X
        for k, (W, b) in enumerate(parameters, start=1):
            a = anp.dot(W, h) + b
            h = anp.maximum(0, a) if k < len(parameters) else a
        return anp.sum((h - self.Y) ** 2) / (2 * self.Y.shape[1])

    def autograd_gradient(self) -> list[np.ndarray]:
        """All gradients of the loss by autograd."""
        return [dW for dW, _ in self.autograd(list(zip(self.W, self.b, strict=True)))]

    def bare_products(self) -> None:
        """The matrix products that no pass can avoid, and nothing else: one forward and two backward for each layer.

        The first layer has one backward, as nobody asks for the gradient of the inputs.
        """
        for W, h, a in zip(self.W, self.h, self.a, strict=False):
            W @ h
            a @ h.T
        for W, a in zip(self.W[1:], self.a[1:], strict=True):
            W.T @ a

    def multiply_adds(self) -> int:
        """Multiply-adds of these products, for one example."""
        return 3 * sum(W.size for W in self.W) - self.W[0].size


def medians(*functions: Callable[[], object], seconds: float = 2.0) -> list[float]:
    """Median seconds of each function, all called in turn so that a slow moment hits all of them alike."""
    for function in functions:
        function()
    times: list[list[float]] = [[] for _ in functions]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times[0]) < 5:
        for function, its_times in zip(functions, times, strict=True):
            start = time.perf_counter()
            function()
            its_times.append(time.perf_counter() - start)
    return [statistics.median(its_times) for its_times in times]


def backward_over_forward(shrink: int) -> None:
    """About two, as there are two products on the way back for one on the way forward."""
    print("\nbackward / forward (the lecture: about 2)")
    for units, layers in [(256, 4), (512, 8), (1024, 4)]:
        network = Network([units // shrink] * (layers + 1), 256 // shrink)
        ahead, back = medians(network.forward, network.backward, seconds=2.0 / shrink)
        print(f"  {layers} x {units // shrink}, batch {256 // shrink}: {back / ahead:.2f}")


def growth(shrink: int) -> None:
    """Linear in the layers, quadratic in the units per layer."""
    print("\ngradient, relative to the smallest (the lecture: linear in depth)")
    print_growth([Network([512 // shrink] * (depth + 1), 256 // shrink) for depth in (2, 4, 8)], 4.0 / shrink)
    print("\ngradient, relative to the smallest (the lecture: quadratic in width)")
    print_growth([Network([width // shrink] * 5, 256 // shrink) for width in (256, 512, 1024)], 4.0 / shrink)


def print_growth(networks: list[Network], seconds: float) -> None:
    """A line for each network: its time and its multiply-adds, both relative to the first network's."""
    times = medians(*(network.gradient for network in networks), seconds=seconds)
    for network, its_seconds in zip(networks, times, strict=True):
        work = network.multiply_adds() / networks[0].multiply_adds()
        print(f"  {len(network.W)} x {len(network.X)}: {its_seconds / times[0]:.2f} (multiply-adds: {work:.1f})")


def against_autograd(shrink: int) -> None:
    """The same gradient by hand-written passes and by a library that differentiates any program."""
    print("\nautograd / reference, one gradient (above 1: the reference is faster)")
    for name, sizes, m in [
        ("small, 10-10-5-1, one example", [10, 10, 5, 1], 1),
        ("middle, 784-128-64-10, batch 64", [784, 128, 64, 10], 64),
        (f"large, 4 x {1024 // shrink}, batch {256 // shrink}", [1024 // shrink] * 5, 256 // shrink),
    ]:
        network = Network(sizes, m)
        for ours, theirs in zip(network.gradient(), network.autograd_gradient(), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-10)
        ours, theirs = medians(network.gradient, network.autograd_gradient, seconds=3.0 / shrink)
        print(f"  {name}: {theirs / ours:.2f} ({ours * 1e6:.0f} µs here)")


def against_bare_products(shrink: int) -> None:
    """How much there is besides the matrix products."""
    network = Network([1024 // shrink] * 5, 256 // shrink)
    ours, bare = medians(network.gradient, network.bare_products, seconds=5.0 / shrink)
    print(f"\ngradient / bare matrix products, 4 x {1024 // shrink}, batch {256 // shrink}: {ours / bare:.2f}")


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    shrink = 16 if parser.parse_args().small else 1
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, {sys.platform}")
    backward_over_forward(shrink)
    growth(shrink)
    against_autograd(shrink)
    against_bare_products(shrink)


if __name__ == "__main__":
    main()
