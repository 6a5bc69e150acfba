"""The claims of feedforward networks."""

from itertools import pairwise

import numpy as np
from autograd import grad, jacobian
from autograd import numpy as anp

from reference import feedforward as reference
from tests.assignments.claims.stating import Claims, both, computes, drawn, equal

NAME = "feedforward"


def logistic(z):
    return 1 / (1 + np.exp(-z))


def softmax(a):
    e = np.exp(a - np.max(a))
    return e / sum(e)


def e(label, k):
    return np.array([1.0 if i == label else 0.0 for i in range(k)])


def forward(W, b, x):
    h, a = [x], []
    for k in range(len(W)):
        a.append(b[k] + W[k] @ h[k])
        h.append(logistic(a[k]))
    return h[1:-1], a, softmax(a[-1])


def backward(W, x, h, a, label, y_hat, start=None, slope=None, inputs=None):
    """The loop of the text, with one of its steps written otherwise."""
    L, h = len(W), [x, *h]
    grad_a = -(e(label, len(y_hat)) - y_hat) if start is None else start(y_hat, label)
    grad_W, grad_b = [], []
    for k in range(L, 0, -1):
        grad_W.insert(0, np.outer(grad_a, (h if inputs is None else inputs(x, h, a))[k - 1]))
        grad_b.insert(0, grad_a)
        if k > 1:
            grad_h = W[k - 1].T @ grad_a
            slopes = logistic(a[k - 2]) * (1 - logistic(a[k - 2])) if slope is None else slope(a[k - 2], h[k - 1])
            grad_a = grad_h * slopes
    return grad_W, grad_b


def descend(W, b, x, label, eta, iterations):
    for _ in range(iterations):
        h, a, y_hat = forward(W, b, x)
        grad_W, grad_b = backward(W, x, h, a, label, y_hat)
        W = [w - eta * g for w, g in zip(W, grad_W, strict=True)]
        b = [v - eta * g for v, g in zip(b, grad_b, strict=True)]
    return W, b


def the_loss_as_a_function_of_everything_agrees():
    """Automatic differentiation of -ln of softmax finds the gradients at ŷ and at a_L, and the Jacobian."""
    rng = np.random.default_rng(1)
    a = rng.normal(size=4)
    y_hat = softmax(a)
    soft = lambda a: anp.exp(a) / anp.sum(anp.exp(a))  # noqa: E731
    for label in range(4):
        np.testing.assert_allclose(grad(lambda y, label=label: -anp.log(y[label]))(y_hat), -e(label, 4) / y_hat[label])
        found = grad(lambda a, label=label: -anp.log(soft(a)[label]))(a)
        np.testing.assert_allclose(found, -(e(label, 4) - y_hat))
        np.testing.assert_allclose(found, reference.softmax_jacobian(y_hat).T @ (-e(label, 4) / y_hat[label]))
    np.testing.assert_allclose(jacobian(soft)(a), reference.softmax_jacobian(y_hat))


def only_one_row_is_left():
    y_hat, J = np.array([0.5, 0.3, 0.2]), reference.softmax_jacobian(np.array([0.5, 0.3, 0.2]))
    np.testing.assert_allclose(J.T @ (-e(1, 3) / 0.3), -J[1] / y_hat[1])


def shapes_are_those_of_the_products():
    for each in drawn(NAME, "forward_propagation"):
        W, b, x = each.case.args
        sizes = [len(x), *map(len, b)]
        assert [w.shape for w in W] == [(n, n_prev) for n_prev, n in pairwise(sizes)]


BY_HAND = (
    [np.array([[1.0, 1.0]]), np.array([[2.0], [-2.0]])],
    [np.zeros(1), np.array([-1.0, 1.0])],
    np.array([1.0, -1.0]),
)


def by_hand_backward():
    h, a, y_hat = forward(*BY_HAND)
    (W1, W2), _ = backward(BY_HAND[0], BY_HAND[2], h, a, 0, y_hat)
    np.testing.assert_allclose(-(e(0, 2) - y_hat), [-1 / 2, 1 / 2])
    np.testing.assert_allclose(W2, [[-1 / 4], [1 / 4]])
    np.testing.assert_allclose(2 * (-1 / 2) + (-2) * 1 / 2, -2)
    np.testing.assert_allclose(-2 * 1 / 4, -1 / 2)
    np.testing.assert_allclose(W1, [[-1 / 2, 1 / 2]])


JACOBIAN = np.array([[4, -2, -2], [-2, 3, -1], [-2, -1, 3]]) / 16


def from_start(start):
    """That all gradients are those of this beginning."""
    return lambda args, right, wrong: close(wrong, backward(*args, start=start))


def with_slope(slope):
    return lambda args, right, wrong: close(wrong, backward(*args, slope=slope))


def close(one, other):
    return all(np.allclose(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))


CLAIMS = Claims(
    texts={
        "title": [
            (
                ("$a_k = b_k + W_k h_{k-1}$", "$h_k = g(a_k)$"),
                computes(NAME, "forward_propagation", forward),
            )
        ],
        "notation": [(("$a_k = b_k + W_k h_{k-1}$", "$h_0 = x$", "$h_k = g(a_k)$"), shapes_are_those_of_the_products)],
        "softmax-text": [
            ((r"\hat y_j = \frac{e^{a_j}}{\sum_{i=1}^{k} e^{a_i}}",), computes(NAME, "softmax", softmax)),
            (
                (
                    r"For $a = (\ln 1, \ln 2, \ln 5)$ the powers are $1, 2, 5$, their sum is 8, and $\hat y = (\tfrac18, \tfrac28, \tfrac58)$",
                ),
                equal((reference.softmax(np.log([1, 2, 5])), [1 / 8, 2 / 8, 5 / 8])),
            ),
        ],
        "cross-entropy-text": [
            (
                (
                    r"\mathscr{L} = -\sum_{c} y_c \ln \hat y_c = -\ln \hat y_\ell",
                    r"$y = e(\ell)$",
                    "it is taken at the label alone",
                ),
                both(
                    computes(NAME, "cross_entropy", lambda y, label: -sum(e(label, len(y)) * np.log(y))),
                    computes(NAME, "cross_entropy", lambda y, label: -np.log(y[label])),
                    equal((reference.cross_entropy(np.array([1.0, 0.0]), 0), 0)),
                ),
            )
        ],
        "squared-error-text": [
            (
                (r"\mathscr{L} = \frac1N \sum_{i=1}^{N} \sum_{j=1}^{k} \left(\hat y_{ij} - y_{ij}\right)^2",),
                computes(
                    NAME,
                    "squared_error",
                    lambda Y_hat, Y: (
                        sum(
                            sum((p - q) ** 2 for p, q in zip(*rows, strict=True)) for rows in zip(Y_hat, Y, strict=True)
                        )
                        / len(Y)
                    ),
                ),
            )
        ],
        "output-gradient-text": [
            (
                (
                    r"\nabla_{\hat y} \mathscr{L} = -\frac{1}{\hat y_\ell}\, e(\ell)",
                    r"$\mathscr{L} = -\ln \hat y_\ell$",
                ),
                both(
                    computes(NAME, "output_gradient", lambda y, label: -e(label, len(y)) / y[label]),
                    the_loss_as_a_function_of_everything_agrees,
                ),
            )
        ],
        "softmax-jacobian-text": [
            (
                (
                    r"J_{ij} = \frac{\partial \hat y_i}{\partial a_{L,j}} = \hat y_i \, \bigl(\mathbb{1}_{i=j} - \hat y_j\bigr)",
                    r"$\mathbb{1}_{i=j}$ is 1 for $i = j$",
                    r"On the diagonal stands $\hat y_i (1 - \hat y_i)$",
                ),
                computes(
                    NAME,
                    "softmax_jacobian",
                    lambda y: [[y[i] * ((i == j) - y[j]) for j in range(len(y))] for i in range(len(y))],
                ),
            ),
            (
                (
                    r"For $\hat y = (\tfrac12, \tfrac14, \tfrac14)$ it is",
                    r"J = \frac1{16} \begin{pmatrix} 4 & -2 & -2 \\ -2 & 3 & -1 \\ -2 & -1 & 3 \end{pmatrix}",
                    "Every row sums to 0",
                ),
                equal(
                    (reference.softmax_jacobian(np.array([1 / 2, 1 / 4, 1 / 4])), JACOBIAN),
                    (JACOBIAN.sum(axis=1), np.zeros(3)),
                ),
            ),
        ],
        "output-preactivation-gradient-text": [
            (
                (r"$\nabla_{a_L} \mathscr{L} = J^{\mathsf T}\, \nabla_{\hat y} \mathscr{L}$", "one row of $J$ is left"),
                only_one_row_is_left,
            ),
            (
                (r"\nabla_{a_L} \mathscr{L} = -\bigl(e(\ell) - \hat y\bigr)",),
                computes(NAME, "output_preactivation_gradient", lambda y, label: -(e(label, len(y)) - y)),
            ),
        ],
        "hidden-gradient-text": [
            (
                (
                    r"\frac{\partial \mathscr{L}}{\partial h_{k,j}} = \sum_m W_{k+1,mj} \frac{\partial \mathscr{L}}{\partial a_{k+1,m}}",
                    r"\nabla_{h_k} \mathscr{L} = W_{k+1}^{\mathsf T}\, \nabla_{a_{k+1}} \mathscr{L}",
                ),
                both(
                    computes(
                        NAME,
                        "hidden_gradient",
                        lambda W, g: [sum(W[m, j] * g[m] for m in range(len(g))) for j in range(W.shape[1])],
                    ),
                    computes(NAME, "hidden_gradient", lambda W, g: W.T @ g),
                ),
            )
        ],
        "preactivation-gradient-text": [
            (
                (
                    r"\nabla_{a_k} \mathscr{L} = \nabla_{h_k} \mathscr{L} \odot \bigl[\dots, g'(a_{k,j}), \dots\bigr]",
                    r"$\sigma'(a) = \sigma(a)\,(1 - \sigma(a))$",
                    "$h_{k,j} = g(a_{k,j})$",
                ),
                computes(NAME, "preactivation_gradient", lambda g, a: g * logistic(a) * (1 - logistic(a))),
            )
        ],
        "weight-gradient-text": [
            (
                (
                    r"\frac{\partial \mathscr{L}}{\partial W_{k,ij}} = \frac{\partial \mathscr{L}}{\partial a_{k,i}}\, h_{k-1,j}",
                    r"\nabla_{W_k} \mathscr{L} = \nabla_{a_k} \mathscr{L} \cdot h_{k-1}^{\mathsf T}",
                ),
                both(
                    computes(NAME, "weight_gradient", lambda g, h: [[g_i * h_j for h_j in h] for g_i in g]),
                    computes(NAME, "weight_gradient", lambda g, h: g[:, None] @ h[None, :]),
                ),
            ),
            (
                (
                    r"For $\nabla_{a} = (2, -1)$ and $h = (1, 0, 3)$ it is $\begin{pmatrix} 2 & 0 & 6 \\ -1 & 0 & -3 \end{pmatrix}$",
                ),
                equal(
                    (reference.weight_gradient(np.array([2.0, -1]), np.array([1.0, 0, 3])), [[2, 0, 6], [-1, 0, -3]])
                ),
            ),
        ],
        "bias-gradient-text": [
            (("$a_k = b_k + W_k h_{k-1}$",), computes(NAME, "bias_gradient", lambda g: g * 1)),
        ],
        "forward-propagation-text": [
            (
                (
                    r"a_k &= b_k + W_k h_{k-1}, & h_k &= \sigma(a_k) && \text{for } k = 1, \dots, L-1, \\ "
                    r"a_L &= b_L + W_L h_{L-1}, & \hat y &= \operatorname{softmax}(a_L)",
                    "$h_0 = x$",
                ),
                computes(NAME, "forward_propagation", forward),
            ),
            (
                (
                    r"$W_L \in \mathbb{R}^{n \times k}$ for the output layer; since it multiplies $W_L h_{L-1}$, the matrix has $k$ rows",
                ),
                shapes_are_those_of_the_products,
            ),
            (
                (
                    r"$W_1 = (1\ \ 1)$, $b_1 = (0)$, $W_2 = \binom{\phantom{-}2}{-2}$, $b_2 = (-1, 1)$, $x = (1, -1)$. "
                    r"Then $a_1 = (0)$, $h_1 = (\tfrac12)$, $a_2 = (0, 0)$ and $\hat y = (\tfrac12, \tfrac12)$",
                ),
                equal(
                    (forward(*BY_HAND)[1][0], [0]),
                    (forward(*BY_HAND)[0][0], [1 / 2]),
                    (forward(*BY_HAND)[1][1], [0, 0]),
                    (forward(*BY_HAND)[2], [1 / 2, 1 / 2]),
                ),
            ),
        ],
        "back-propagation-text": [
            (
                (r"for $k = L, L-1, \dots, 1$", "the input of the first layer is $h_0 = x$", "It must run downwards"),
                computes(NAME, "back_propagation", backward),
            ),
            (
                (
                    r"with label 0: $\nabla_{a_2} = (-\tfrac12, \tfrac12)$, so $\nabla_{W_2} = \binom{-1/4}{\phantom{-}1/4}$; "
                    r"$\nabla_{h_1} = 2 \cdot (-\tfrac12) + (-2) \cdot \tfrac12 = -2$, $\nabla_{a_1} = -2 \cdot \tfrac14 = -\tfrac12$, and $\nabla_{W_1} = (-\tfrac12\ \ \tfrac12)$",
                ),
                by_hand_backward,
            ),
        ],
        "gradient-descent-text": [
            (
                (r"\theta_{t+1} = \theta_t - \eta\, \nabla \theta_t",),
                computes(NAME, "gradient_descent", descend),
            )
        ],
    },
    notation=frozenset({"$L = 1$", "$|a_j| = 1000$", "$k = 1$ to $L-1$", "$k = 1$"}),
    answers={
        "softmax.not-normalised": np.exp,
        "softmax.shifted-but-not-normalised": lambda a: np.exp(a - max(a)),
        "softmax.logistic": logistic,
        "softmax.no-exponential": lambda a: a / sum(a),
        "softmax.negative-exponent": lambda a: softmax(-a),
        "cross_entropy.no-minus": lambda y, label: np.log(y[label]),
        "cross_entropy.logarithm-to-base-2": lambda y, label: -np.log2(y[label]),
        "cross_entropy.logarithm-to-base-10": lambda y, label: -np.log10(y[label]),
        "cross_entropy.all-classes": lambda y, label: sum(-np.log(y)),
        "cross_entropy.binary-for-every-class": lambda y, label: (
            -np.log(y[label]) + sum(-np.log(1 - np.delete(y, label)))
        ),
        "cross_entropy.divided-by-k": lambda y, label: -np.log(y[label]) / len(y),
        "cross_entropy.entropy": lambda y, label: -sum(y * np.log(y)),
        "cross_entropy.no-logarithm": lambda y, label: 1 - y[label],
        "cross_entropy.label-as-number": lambda y, label: -sum(label * np.log(y)),
        "output_preactivation_gradient.label-as-number": lambda y, label: y - label,
        "cross_entropy.label-one-off": lambda y, label: -np.log(y[label - 1]),
        "squared_error.mean-over-outputs-too": lambda A, B: np.mean((A - B) ** 2),
        "squared_error.half": lambda A, B: np.mean(np.sum((A - B) ** 2, axis=1)) / 2,
        "output_gradient.label-one-off": lambda y, label: -e((label - 1) % len(y), len(y)) / y[label - 1],
        "output_gradient.every-class": lambda y, label: -1 / y,
        "output_gradient.not-divided": lambda y, label: -e(label, len(y)),
        "output_gradient.gradient-of-pre-activation": lambda y, label: -(e(label, len(y)) - y),
        "output_gradient.logarithm-kept": lambda y, label: -np.log(y[label]) * e(label, len(y)),
        "softmax_jacobian.diagonal-only": lambda y: np.diag(y * (1 - y)),
        "softmax_jacobian.vector": lambda y: y * (1 - y),
        "softmax_jacobian.no-diagonal": lambda y: [[-a * b for b in y] for a in y],
        "softmax_jacobian.plus": lambda y: [
            [a * (1 - a) if i == j else a * b for j, b in enumerate(y)] for i, a in enumerate(y)
        ],
        "softmax_jacobian.first-factor-forgotten": lambda y: [
            [(i == j) - b for j, b in enumerate(y)] for i in range(len(y))
        ],
        "softmax_jacobian.one-for-y": lambda y: [[(i == j) - a * b for j, b in enumerate(y)] for i, a in enumerate(y)],
        "output_preactivation_gradient.sign": lambda y, label: e(label, len(y)) - y,
        "output_preactivation_gradient.label-forgotten": lambda y, label: y,
        "output_preactivation_gradient.gradient-of-output": lambda y, label: -e(label, len(y)) / y[label],
        "output_preactivation_gradient.derivative-of-softmax-twice": lambda y, label: (
            (y - e(label, len(y))) * y * (1 - y)
        ),
        "output_preactivation_gradient.label-entry-only": lambda y, label: (y[label] - 1) * e(label, len(y)),
        "output_preactivation_gradient.label-entry-negated": lambda y, label: np.where(
            e(label, len(y)) == 1, -y[label], y
        ),
        "output_preactivation_gradient.label-one-off": lambda y, label: y - e((label - 1) % len(y), len(y)),
        "preactivation_gradient.brackets-forgotten": lambda g, a: g * logistic(a) * 1 - logistic(a),
        "preactivation_gradient.derivative-at-a": lambda g, a: g * a * (1 - a),
        "preactivation_gradient.activated-twice": lambda g, a: g * logistic(logistic(a)) * (1 - logistic(logistic(a))),
        "preactivation_gradient.activation-for-derivative": lambda g, a: g * logistic(a),
        "preactivation_gradient.one-minus-activation": lambda g, a: g * (1 - logistic(a)),
        "preactivation_gradient.derivative-of-tanh": lambda g, a: g * (1 - logistic(a) ** 2),
        "preactivation_gradient.derivative-of-relu": lambda g, a: g * (a > 0),
        "preactivation_gradient.no-derivative": lambda g, a: g,
        "weight_gradient.with-derivative": lambda g, h: np.outer(g, h * h * (1 - h)),
        "weight_gradient.sign": lambda g, h: -np.outer(g, h),
        "bias_gradient.ones": np.ones_like,
        "bias_gradient.sign": lambda g: -g,
        "hidden_gradient.sign": lambda W, g: -W.T @ g,
    },
    relations={
        "back_propagation.label-as-number": from_start(lambda y, label: y - label),
        "back_propagation.output-sign": from_start(lambda y, label: e(label, len(y)) - y),
        "back_propagation.softmax-skipped": from_start(lambda y, label: -e(label, len(y)) / y[label]),
        "back_propagation.derivative-at-the-output": from_start(lambda y, label: -(e(label, len(y)) - y) * y * (1 - y)),
        "back_propagation.label-forgotten": from_start(lambda y, label: y),
        "back_propagation.derivative-at-a": with_slope(lambda a, h: a * (1 - a)),
        "back_propagation.derivative-at-h": with_slope(lambda a, h: logistic(h) * (1 - logistic(h))),
        "back_propagation.derivative-of-tanh": with_slope(lambda a, h: 1 - h**2),
        "back_propagation.no-derivative": with_slope(lambda a, h: 1),
        "back_propagation.pre-activations-as-inputs": lambda args, right, wrong: close(
            wrong, backward(*args, inputs=lambda x, h, a: [x, *a])
        ),
        "gradient_descent.ascent": lambda args, right, wrong: close(wrong, descend(*args[:4], -args[4], args[5])),
        "gradient_descent.no-eta": lambda args, right, wrong: close(wrong, descend(*args[:4], 1.0, args[5])),
        "gradient_descent.one-iteration": lambda args, right, wrong: close(wrong, descend(*args[:5], 1)),
    },
)
