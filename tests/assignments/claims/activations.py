"""The claims of the activation functions."""

import numpy as np

from reference import activations as reference
from tests.assignments.claims.stating import Claims, both, computes, equal

NAME = "activations"
LN2, LN3 = np.log(2), np.log(3)
Z = np.linspace(-5, 5, 41) + 0.01


def logistic(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def softplus(z):
    return np.where(z > 700, z, np.log(1 + np.exp(np.minimum(z, 700))))


def slope(f, z):
    return (f(z + 1e-6) - f(z - 1e-6)) / 2e-6


def logistic_of_the_positive(z):
    return np.where(z >= 0, logistic(z), np.exp(np.minimum(z, 0)) / (1 + np.exp(np.minimum(z, 0))))


def slopes_agree():
    """Difference quotients, to as many digits as they have."""
    for f, derivative in ((reference.sigmoid, reference.sigmoid_derivative), (np.tanh, reference.tanh_derivative)):
        np.testing.assert_allclose(slope(f, Z), derivative(Z), atol=1e-8)


def without_activations_two_layers_are_one():
    rng = np.random.default_rng(0)
    W1, b1, W2, b2, x = (rng.normal(size=s) for s in ((3, 2), 3, (2, 3), 2, 2))
    np.testing.assert_allclose(W2 @ (W1 @ x + b1) + b2, (W2 @ W1) @ x + (W2 @ b1 + b2))


def typed_in_as_it_stands_it_overflows():
    with np.errstate(over="ignore"):
        assert np.log(1 + np.exp(1000.0)) == np.inf


def folding_computes_xor():
    for x1 in (0, 1):
        for x2 in (0, 1):
            assert abs(x1 - x2) == (x1 ^ x2) == max(x1 - x2, x2 - x1)


EXAMPLE = np.array([[1.0, -5.0], [2.0, -3.0], [0.0, -4.0]])
ONE_HOT = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]])


def first_largest(a):
    return (np.arange(len(a))[:, None] == np.argmax(a, axis=0)).astype(float)


CLAIMS = Claims(
    texts={
        "title": [(("$z = Wx + b$",), without_activations_two_layers_are_one)],
        "step-text": [
            (
                (
                    r"f(z) = \begin{cases} 0 & \text{if } z < 0 \\ 1 & \text{if } z \ge 0 \end{cases}",
                    "**`step(0)` is 1**",
                ),
                both(computes(NAME, "step", lambda z: np.where(z < 0, 0, 1)), equal((reference.step(0.0), 1))),
            ),
            (("$w^{\\mathsf T}x > 0$",), equal((np.where(np.zeros(1) > 0, 1, 0), 0))),
        ],
        "sigmoid-text": [
            ((r"\sigma(z) = \frac{1}{1 + e^{-z}}",), computes(NAME, "sigmoid", logistic)),
            (
                (r"passes $\tfrac12$ at $z = 0$", r"$\sigma(\ln 3) = \frac{1}{1 + 1/3} = \frac34$"),
                equal((logistic(0), 1 / 2), (logistic(LN3), 1 / (1 + 1 / 3)), (logistic(LN3), 3 / 4)),
            ),
            (("`inf` from about $z = 710$ on",), equal((np.isfinite(np.exp(709.0)), True))),
        ],
        "sigmoid-derivative-text": [
            (
                (r"g'(z) = g(z)\,\bigl(1 - g(z)\bigr)", r"$g = \sigma$"),
                both(
                    computes(NAME, "sigmoid_derivative", lambda z: logistic(z) * (1 - logistic(z))),
                    slopes_agree,
                ),
            ),
            (
                (r"At $z = 0$ this is $\tfrac12 \cdot \tfrac12 = \tfrac14$",),
                equal((reference.sigmoid_derivative(0.0), 1 / 2 * 1 / 2), (1 / 2 * 1 / 2, 1 / 4)),
            ),
        ],
        "tanh-text": [
            ((r"g(z) = \tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",), computes(NAME, "tanh", tanh)),
            ((r"$\tanh(z) = 2\,\sigma(2z) - 1$",), computes(NAME, "tanh", lambda z: 2 * logistic(2 * z) - 1)),
            (
                (r"For $z = \ln 2$ it is $\frac{2 - 1/2}{2 + 1/2} = 0.6$",),
                equal((tanh(LN2), 0.6), ((2 - 1 / 2) / (2 + 1 / 2), 0.6)),
            ),
            ((r"Numbers up to $|z| = 30$",), lambda: None),
        ],
        "tanh-derivative-text": [
            (
                (r"g'(z) = 1 - g(z)^2", r"$g = \tanh$"),
                computes(NAME, "tanh_derivative", lambda z: 1 - tanh(z) ** 2),
            ),
            (
                ("The slope is 1 at the origin, four times", r"For $z = \ln 2$ we had $g = 0.6$, so $g' = 0.64$"),
                equal(
                    (reference.tanh_derivative(0.0), 1),
                    (4 * reference.sigmoid_derivative(0.0), 1),
                    (reference.tanh_derivative(LN2), 0.64),
                ),
            ),
        ],
        "relu-text": [((r"g(z) = \max(0, z)",), computes(NAME, "relu", lambda z: np.maximum(0, z)))],
        "relu-derivative-text": [
            (
                (r"g'(z) = \begin{cases} 0 & \text{if } z < 0 \\ 1 & \text{if } z > 0 \end{cases}",),
                computes(NAME, "relu_derivative", lambda z: np.where(z < 0, 0, 1)),
            )
        ],
        "leaky-relu-text": [
            (
                (r"g(z) = \max(0, z) + \alpha \min(0, z)",),
                computes(NAME, "leaky_relu", lambda z, alpha: np.maximum(0, z) + alpha * np.minimum(0, z)),
            ),
            (
                (r"For $\alpha = 0.1$ the numbers $-10$ and $5$ become $-1$ and $5$",),
                equal((reference.leaky_relu(np.array([-10.0, 5.0]), 0.1), [-1, 5])),
            ),
        ],
        "absolute-relu-text": [
            ((r"g(z) = |z|",), computes(NAME, "absolute_relu", lambda z: np.sqrt(z**2))),
            (("$|x_1 - x_2|$ is the XOR", "(A maxout unit, below, can take this shape, too.)"), folding_computes_xor),
        ],
        "softplus-text": [
            ((r"g(z) = \ln\bigl(1 + e^{z}\bigr)",), computes(NAME, "softplus", softplus)),
            ((r"$g(0) = \ln 2$",), equal((softplus(0.0), LN2))),
            (
                ("gives `inf` for $z = 1000$", "the right value is 1000"),
                both(equal((reference.softplus(1000.0), 1000)), typed_in_as_it_stands_it_overflows),
            ),
        ],
        "softplus-derivative-text": [
            (
                (r"the derivative of $\ln u$ is $1/u$, and here $u = 1 + e^{z}$",),
                computes(
                    NAME,
                    "softplus_derivative",
                    lambda z: 1 / (1 + np.exp(np.minimum(z, 700))) * np.exp(np.minimum(z, 700)),
                ),
            )
        ],
        "maxout-text": [
            (
                (r"g(a_1, \dots, a_k) = \max\{a_1, \dots, a_k\}",),
                computes(NAME, "maxout", lambda a: np.sort(a, axis=0)[-1]),
            ),
            (
                (
                    r"a = \begin{pmatrix} 1 & -5 \\ 2 & -3 \\ 0 & -4 \end{pmatrix} \quad (k = 3,\ n = 2) "
                    r"\qquad\longrightarrow\qquad (2, -3)",
                ),
                equal((reference.maxout(EXAMPLE), [2, -3]), (EXAMPLE.shape, (3, 2))),
            ),
        ],
        "maxout-derivative-text": [
            (
                (
                    r"\frac{\partial g}{\partial a_i} = \begin{cases} 1 & \text{if } a_i \text{ is the largest candidate} "
                    r"\\ 0 & \text{otherwise} \end{cases}",
                    "the **first** of them gets the 1, the others 0",
                ),
                computes(NAME, "maxout_derivative", first_largest),
            ),
            (
                (
                    r"a = \begin{pmatrix} 1 & -5 \\ 2 & -3 \\ 0 & -4 \end{pmatrix} "
                    r"\qquad\longrightarrow\qquad \begin{pmatrix} 0 & 0 \\ 1 & 1 \\ 0 & 0 \end{pmatrix}",
                ),
                equal((reference.maxout_derivative(EXAMPLE), ONE_HOT)),
            ),
        ],
    },
    notation=frozenset({"$z = 0$", "$|z| = 1000$"}),
    answers={
        "step.half-at-zero": lambda z: np.where(z == 0, 1 / 2, z > 0),
        "step.zero-at-zero": lambda z: z > 0,
        "step.sign-function": lambda z: np.where(z < 0, -1, 1),
        "step.sign-function-with-zero": lambda z: np.where(z < 0, -1, np.where(z > 0, 1, 0)),
        "sigmoid.tanh": np.tanh,
        "sigmoid.derivative-returned": lambda z: logistic(z) * (1 - logistic(z)),
        "sigmoid.minus-in-denominator": lambda z: 1 / (1 - np.exp(-z)),
        "sigmoid_derivative.function-returned": logistic,
        "sigmoid_derivative.derivative-at-a": lambda z: z * (1 - z),
        "sigmoid_derivative.activated-twice": lambda z: logistic(logistic(z)) * (1 - logistic(logistic(z))),
        "sigmoid_derivative.plus": lambda z: logistic(z) * (1 + logistic(z)),
        "sigmoid_derivative.derivative-of-tanh": lambda z: 1 - logistic(z) ** 2,
        "sigmoid_derivative.not-multiplied": lambda z: 1 - logistic(z),
        "tanh.logistic-function": logistic,
        "tanh.argument-not-doubled": lambda z: tanh(z / 2),
        "tanh.derivative-returned": lambda z: 1 - tanh(z) ** 2,
        "tanh.sinh": lambda z: (np.exp(z) - np.exp(-z)) / 2,
        "tanh.not-divided": lambda z: np.exp(z) - np.exp(-z),
        "tanh.upside-down": lambda z: (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z)),
        "tanh.cut-off": lambda z: np.where(z < -1, -1, np.where(z > 1, 1, z)),
        "tanh_derivative.function-returned": tanh,
        "tanh_derivative.derivative-at-a": lambda z: 1 - z**2,
        "tanh_derivative.activated-twice": lambda z: 1 - tanh(tanh(z)) ** 2,
        "tanh_derivative.not-squared": lambda z: 1 - tanh(z),
        "tanh_derivative.plus": lambda z: 1 + tanh(z) ** 2,
        "tanh_derivative.rule-of-the-logistic-function": lambda z: tanh(z) * (1 - tanh(z)),
        "relu_derivative.sign-function": lambda z: np.where(z < 0, -1, 1),
        "leaky_relu.maximum-with-alpha": lambda z, alpha: np.where(z > alpha, z, alpha),
        "leaky_relu_derivative.alpha-times-z": lambda z, alpha: np.where(z > 0, 1, alpha * z),
        "leaky_relu_derivative.leak-upwards": lambda z, alpha: np.where(z > 0, 1, -alpha),
        "leaky_relu_derivative.leak-added": lambda z, alpha: np.where(z > 0, 1 + alpha, alpha),
        "absolute_relu.negative": lambda z: -np.abs(z),
        "absolute_relu.negative-part-only": lambda z: np.where(z < 0, -z, 0),
        "softplus.no-1": lambda z: z,
        "softplus.no-logarithm": lambda z: 1 + np.exp(z),
        "softplus.relu": lambda z: np.where(z > 0, z, 0),
        "softplus.logarithm-to-base-2": lambda z: np.logaddexp2(0, z / LN2),
        "softplus.logarithm-to-base-10": lambda z: softplus(z) / np.log(10),
        "softplus_derivative.no-inner-derivative": lambda z: 1 / (1 + np.exp(z)),
        "softplus_derivative.inner-derivative-only": np.exp,
        "softplus_derivative.differentiated-twice": lambda z: logistic(z) * (1 - logistic(z)),
        "softplus_derivative.derivative-of-relu": lambda z: z > 0,
        "maxout.rectified": lambda a: np.maximum(a.max(axis=0), 0),
        "maxout_derivative.every-largest": lambda a: a == a.max(axis=0),
        "maxout_derivative.last-largest": lambda a: first_largest(a[::-1])[::-1],
        "maxout_derivative.shared": lambda a: (a == a.max(axis=0)) / (a == a.max(axis=0)).sum(axis=0),
        "maxout_derivative.ones": np.ones_like,
        "maxout_derivative.derivative-of-relu": lambda a: a > 0,
        "maxout_derivative.losers": lambda a: 1 - first_largest(a),
    },
)
