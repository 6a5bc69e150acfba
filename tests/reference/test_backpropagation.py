"""One forward and one backward pass for any depth, width, activation and number of examples."""

from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import units
from reference.network import backward, forward
from tests.reference.oracle import ACTIVATIONS, by_autograd, by_complex_step, distance, flat, layers, output, split

UNITS = {
    "logistic": units.logistic_units,
    "tanh": units.tanh_units,
    "relu": units.relu_units,
    "leaky_relu": lambda: units.leaky_relu_units(0.2),
    "absolute_relu": units.absolute_relu_units,
    "softplus": units.softplus_units,
    "linear": units.linear_units,
    "maxout": lambda: units.maxout_units(2),
    "softmax": units.softmax_units,
}


@dataclass(frozen=True)
class Network:
    """A random network, its input and the weights of a scalar function of its output."""

    names: list
    W: list
    b: list
    X: np.ndarray
    C: np.ndarray

    def f(self, theta):
        """Σ C ⊙ output² / 2 at other parameters, by the oracle's own formulas."""
        return anp.sum(self.C * output(split(theta, [w.shape for w in self.W]), self.names, self.X) ** 2) / 2

    @property
    def g(self):
        """The reference's activations of these names."""
        return [UNITS[name]() for name in self.names]

    @property
    def theta(self):
        """All parameters as one vector."""
        return flat(self.W, self.b)

    def gradient(self):
        """∇f by the reference."""
        a, h = forward(self.W, self.b, self.X, self.g)
        return flat(*backward(self.W, h, a, self.g, self.g[-1].backward(self.C * h[-1], a[-1])))


@st.composite
def networks(draw, most_examples=5):
    """Networks of 1 to 5 layers of 1 to 6 units, each layer with its own activation, and a few examples."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=6))
    names = draw(st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=len(sizes) - 1, max_size=len(sizes) - 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = [size * (2 if name == "maxout" else 1) for size, name in zip(sizes[1:], names, strict=True)]
    W, b = layers(rng, list(zip(rows, sizes, strict=False)))
    m = draw(st.integers(1, most_examples))
    return Network(names, W, b, rng.normal(size=(sizes[0], m)), rng.normal(size=(sizes[-1], m)))


@given(networks())
def test_forward_agrees_with_plain_formulas(network):
    """The output is that of the same network written naively."""
    _, h = forward(network.W, network.b, network.X, network.g)
    pairs = list(zip(network.W, network.b, strict=True))
    np.testing.assert_allclose(h[-1], output(pairs, network.names, network.X), rtol=1e-11, atol=1e-13)


@given(networks())
def test_gradient_agrees_with_automatic_differentiation(network):
    """All weights' and biases' gradients agree with reverse-mode automatic differentiation to ten digits."""
    assert distance(network.gradient(), by_autograd(network.f, network.theta)) < 1e-10


@given(networks())
def test_gradient_agrees_with_complex_steps(network):
    """They agree with a method that never differentiates, too."""
    assert distance(network.gradient(), by_complex_step(network.f, network.theta)) < 1e-10


@given(networks())
def test_batch_gradient_is_the_sum_over_its_examples(network):
    """Going through the columns one by one, as vectors, and adding up gives the gradient of the batch."""
    singles = [
        Network(network.names, network.W, network.b, x, c) for x, c in zip(network.X.T, network.C.T, strict=True)
    ]
    assert distance(sum(single.gradient() for single in singles), network.gradient()) < 1e-12


@given(networks(most_examples=1))
def test_shapes_follow_the_parameters(network):
    """Gradients have the shapes of what they are gradients of, whatever the layers' sizes."""
    a, h = forward(network.W, network.b, network.X, network.g)
    grad_W, grad_b = backward(network.W, h, a, network.g, a[-1])
    assert [g.shape for g in grad_W] == [w.shape for w in network.W]
    assert [g.shape for g in grad_b] == [b.shape for b in network.b]


def test_biases_may_stand_as_columns():
    """Biases (n, 1) and (n,) are the same biases, for one example and for many."""
    rng = np.random.default_rng(1)
    W, b = layers(rng, [(4, 3), (2, 4)])
    g = [units.tanh_units(), units.linear_units()]
    for x in (rng.normal(size=3), rng.normal(size=(3, 5))):
        _, h = forward(W, b, x, g)
        _, h_column = forward(W, [v[:, None] for v in b], x, g)
        np.testing.assert_array_equal(h[-1], h_column[-1])


def test_arguments_are_left_as_they_were():
    """Neither pass writes into what it is given."""
    rng = np.random.default_rng(2)
    W, b = layers(rng, [(4, 3), (2, 4)])
    x, g = rng.normal(size=3), [units.relu_units(), units.softmax_units()]
    a, h = forward(W, b, x, g)
    given_arrays = [*W, *b, *a, *h]
    before = [v.copy() for v in given_arrays]
    backward(W, h, a, g, h[-1])
    assert all(np.array_equal(v, v0) for v, v0 in zip(given_arrays, before, strict=True))


@pytest.mark.parametrize(
    ("shapes", "biases", "layer"),
    [
        ([(4, 5), (2, 4)], [4, 2], "layer 1: weights for 5 inputs meet 3 from layer 0"),
        ([(4, 3), (2, 5)], [4, 2], "layer 2: weights for 5 inputs meet 4 from layer 1"),
        ([(4, 3), (2, 4)], [4, 3], "layer 2: weights for 2 units meet biases or pre-activations for 3"),
        ([(4, 3), (2, 4)], [4], "layer 2 is incomplete: there are 2 of W, 1 of b, 2 of g"),
        ([(4, 3), (2,)], [4, 2], r"layer 2: its weights are a matrix, not of shape \(2,\)"),
    ],
)
def test_forward_names_the_layer_that_does_not_fit(shapes, biases, layer):
    """A shape that does not fit is a ValueError that says where."""
    W, b = [np.ones(shape) for shape in shapes], [np.ones(size) for size in biases]
    with pytest.raises(ValueError, match=layer):
        forward(W, b, np.ones(3), [units.linear_units()] * 2)


def test_backward_names_the_layer_that_does_not_fit():
    """So is one on the way back."""
    W, g = [np.ones((4, 3)), np.ones((2, 4))], [units.linear_units()] * 2
    x, a1, a2 = np.ones(3), np.ones(4), np.ones(2)
    with pytest.raises(ValueError, match="layer 2: weights for 2 units"):
        backward(W, [x, a1], [a1, a2], g, np.ones(3))
    with pytest.raises(ValueError, match="layer 2: weights for 4 inputs"):
        backward(W, [x, x], [a1, a2], g, a2)
    with pytest.raises(ValueError, match="layer 2 is incomplete"):
        backward(W, [x], [a1, a2], g, a2)
