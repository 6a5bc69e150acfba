"""The claims of the ReLU network."""

import numpy as np
from autograd import grad
from autograd import numpy as anp

from reference import relu_network as reference
from tests.assignments.claims.stating import Claims, both, computes, drawn, equal

NAME = "backprop_relu"
W_HAND, X_HAND, Y_HAND = np.array([1.0, 2.0]), np.array([[3.0], [-1.0]]), np.array([5.0, 0.0])


def aug(x):
    return np.array([1.0, *x])


def H(w, x):
    return w[0] + sum(w[j + 1] * x[j] for j in range(len(x)))


def risk(w, X, y, loss=lambda H, y: (H - y) ** 2):
    return sum(loss(H(w, X[i]), y[i]) for i in range(len(y))) / len(y)


def risk_gradient(w, X, y, slope=lambda H, y: 2 * (H - y)):
    return sum(slope(H(w, X[i]), y[i]) * aug(X[i]) for i in range(len(y))) / len(y)


def descend(w, X, y, eta, iterations, gradient=risk_gradient):
    for _ in range(iterations):
        w = w - eta * gradient(w, X, y)
    return w


def normal_equations(X, y):
    A = np.array([aug(x) for x in X])
    return np.linalg.solve(A.T @ A, A.T @ y)


def evaluate(W, b, x):
    z, a = [], [x]
    for layer in range(len(W)):
        z.append(W[layer].T @ a[-1] + b[layer])
        a.append(np.maximum(0, z[-1]) if layer < len(W) - 1 else z[-1])
    return z, a[1:], float(a[-1][0])


def general_formulas(W, b, x, slope=None, start=None):
    """The four formulas, node by node."""
    z, a, _ = evaluate(W, b, x)
    a, L = [x, *a], len(W)
    dz, grad_W, grad_b = [None] * (L + 1), [None] * L, [None] * L
    dz[L] = np.ones(1) if start is None else start(z[-1])
    for layer in range(L, 0, -1):
        if layer < L:
            n, W_next = len(z[layer - 1]), W[layer]
            da = [sum(dz[layer + 1][k] * W_next[j, k] for k in range(W_next.shape[1])) for j in range(n)]
            g = (lambda z, a: z > 0) if slope is None else slope
            dz[layer] = np.array([da[j] * g(z[layer - 1][j], a[layer][j]) for j in range(n)])
        grad_W[layer - 1] = np.array(
            [[dz[layer][j] * a[layer - 1][i] for j in range(len(dz[layer]))] for i in range(len(a[layer - 1]))]
        )
        grad_b[layer - 1] = dz[layer]
    return grad_W, grad_b


def pack(W, b):
    return [number for w, v in zip(W, b, strict=True) for row in (*w, v) for number in row]


def the_gradient_of_the_whole_vector_is_as_long():
    for each in drawn(NAME, "pack"):
        W, b = each.case.args
        x = np.linspace(-1, 1, len(W[0]))
        assert len(pack(*reference.output_gradients(W, b, x))) == len(pack(W, b))


def gradient_zero_is_the_system():
    for each in drawn(NAME, "least_squares"):
        X, y = each.case.args
        A = np.array([aug(x) for x in X])
        np.testing.assert_allclose(A.T @ A @ each.expected, A.T @ y, atol=1e-9)
        np.testing.assert_allclose(risk_gradient(each.expected, X, y), 0, atol=1e-9)
        assert np.linalg.matrix_rank(A) == A.shape[1]


def the_node_that_is_off():
    x, w = np.array([3, 2, -2]), np.array([-2, -5, 2])
    assert w @ x == -6 - 10 - 4 == -20
    grad_W, _ = reference.output_gradients([w[:, None] * 1.0, np.ones((1, 1))], [np.zeros(1), np.zeros(1)], x * 1.0)
    assert not grad_W[0].any()


LECTURE = (
    [np.array([[2.0, -3], [2, 1]]), np.array([[2.0, 1], [0, 1]]), np.array([[3.0], [-2]])],
    [np.zeros(2), np.zeros(2), np.zeros(1)],
    np.array([2.0, 1]),
)


def close(one, other):
    return all(np.allclose(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))


def with_formulas(**changed):
    return lambda args, right, wrong: close(wrong, general_formulas(*args, **changed))


def lecture_with(**changed):
    """The worked example: H stays, the gradients are those of the changed formulas."""
    return lambda args, right, wrong: close(wrong[1], general_formulas(*LECTURE, **changed)[0])


def bias_gradients(value):
    return lambda args, right, wrong: all((v == value).all() for v in wrong[1]) and close([wrong[0]], [right[0]])


def transposed(args, right, wrong):
    return close([wrong[0]], [[w.T for w in right[0]]])


CLAIMS = Claims(
    texts={
        "notation": [
            (
                (
                    r"`W[l-1][i-1, j-1]`",
                    r"$W^{(1)}_{11}$ is `W[0][0, 0]`",
                    r"$a^{(\ell)}_j = g(z^{(\ell)}_j)$",
                    "$a^{(0)} = x$",
                ),
                equal((LECTURE[0][1 - 1][1 - 1, 1 - 1], LECTURE[0][0][0, 0])),
            )
        ],
        "linear-gradient-text": [
            (
                (
                    r"$H(x; w) = w_0 + w_1 x_1 + \dots + w_d x_d$",
                    r"$\nabla_w H = \left(\dfrac{\partial H}{\partial w_0}, \dots, \dfrac{\partial H}{\partial w_d}\right)$",
                ),
                computes(
                    NAME, "linear_gradient", lambda x: grad(lambda w: w[0] + anp.dot(w[1:], x))(np.ones(len(x) + 1))
                ),
            )
        ],
        "risk-text": [
            (
                (
                    r"R(w) = \frac{1}{n} \sum_{i=1}^{n} \left(H(x^{(i)}; w) - y_i\right)^2",
                    r"$\mathrm{Aug}(x) = (1, x_1, \dots, x_d)$",
                    r"$H(x; w) = \mathrm{Aug}(x) \cdot w$",
                ),
                both(
                    computes(NAME, "risk", risk),
                    computes(
                        NAME,
                        "risk",
                        lambda w, X, y: np.mean([(aug(x) @ w - t) ** 2 for x, t in zip(X, y, strict=True)]),
                    ),
                ),
            ),
            (
                (
                    r"For $w = (1, 2)$, $x^{(1)} = 3$, $x^{(2)} = -1$ and $y = (5, 0)$ the predictions are $7$ and $-1$, and $R = \tfrac12 \left(2^2 + (-1)^2\right) = \tfrac52$",
                ),
                equal(
                    (H(W_HAND, [3]), 7),
                    (H(W_HAND, [-1]), -1),
                    ((2**2 + (-1) ** 2) / 2, 5 / 2),
                    (risk(W_HAND, X_HAND, Y_HAND), 5 / 2),
                ),
            ),
        ],
        "risk-gradient-text": [
            (
                (
                    r"\nabla_w R = \frac{1}{n} \sum_{i=1}^{n} \frac{\partial \ell}{\partial H}\; \nabla_w H(x^{(i)}; w)",
                    r"the loss is $\ell = (H - y)^2$",
                ),
                computes(NAME, "risk_gradient", risk_gradient),
            ),
            ((r"$\nabla_w R = (1, 7)$",), equal((risk_gradient(W_HAND, X_HAND, Y_HAND), [1, 7]))),
        ],
        "least-squares-text": [
            (
                (r"A^{\!\top} A\, w = A^{\!\top} y", r"$\nabla_w R = 0$"),
                both(computes(NAME, "least_squares", normal_equations), gradient_zero_is_the_system),
            ),
            (
                (r"For the three points $(1, 1)$, $(2, 2)$, $(3, 2)$ the best line is $\tfrac23 + \tfrac12 x$",),
                equal((normal_equations(np.array([[1.0], [2], [3]]), np.array([1.0, 2, 2])), [2 / 3, 1 / 2])),
            ),
        ],
        "risk-descent-text": [
            ((r"w \leftarrow w - \eta\, \nabla_w R(w)",), computes(NAME, "risk_descent", descend)),
            (
                (r"$\eta = 0.1$ the first step leads from $(1, 2)$ to $(0.9, 1.3)$",),
                equal((descend(W_HAND, X_HAND, Y_HAND, 0.1, 1), [0.9, 1.3])),
            ),
        ],
        "pack-text": [
            (
                (
                    r"\left(W^{(1)}_{11}, W^{(1)}_{12}, \dots,\; b^{(1)}_1, b^{(1)}_2, \dots,\; W^{(2)}_{11}, W^{(2)}_{12}, \dots,\; b^{(2)}_1, \dots\right)",
                    "one vector of the same length",
                ),
                both(
                    computes(NAME, "pack", lambda W, b: np.array(pack(W, b))),
                    the_gradient_of_the_whole_vector_is_as_long,
                ),
            ),
            (
                (
                    r"$W^{(1)} = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and $b^{(1)} = (5, 6)$ give $(1, 2, 3, 4, 5, 6)$",
                ),
                equal((reference.pack([np.array([[1.0, 2], [3, 4]])], [np.array([5.0, 6])]), [1, 2, 3, 4, 5, 6])),
            ),
        ],
        "evaluate-text": [
            (
                (
                    r"z^{(\ell)} = \left(W^{(\ell)}\right)^{\!\top} a^{(\ell-1)} + b^{(\ell)}, \qquad a^{(\ell)} = g\!\left(z^{(\ell)}\right), \qquad a^{(0)} = x",
                    r"$g(z) = \mathrm{ReLU}(z) = \max(0, z)$",
                    "$a^{(L)} = z^{(L)}$",
                ),
                computes(NAME, "evaluate", evaluate),
            )
        ],
        "output-gradients-text": [
            (
                (
                    r"$\partial H / \partial z^{(L)} = 1$",
                    r"\frac{\partial H}{\partial a_j^{(\ell)}} = \sum_{k} \frac{\partial H}{\partial z_k^{(\ell+1)}}\, W_{jk}^{(\ell+1)}",
                    r"\frac{\partial H}{\partial z_j^{(\ell)}} = \frac{\partial H}{\partial a_j^{(\ell)}}\; g'\!\left(z_j^{(\ell)}\right)",
                    r"\frac{\partial H}{\partial W_{ij}^{(\ell)}} = \frac{\partial H}{\partial z_j^{(\ell)}}\; a_i^{(\ell-1)}",
                    r"\frac{\partial H}{\partial b_j^{(\ell)}} = \frac{\partial H}{\partial z_j^{(\ell)}}",
                ),
                computes(NAME, "output_gradients", general_formulas),
            ),
            (
                (
                    r"With $x = (3, 2, -2)$ and the weights $-2, -5, 2$ into the first node, that node gets $z = -6 - 10 - 4 = -20$",
                    r"$\partial H / \partial W^{(1)}_{11} = 0$",
                ),
                the_node_that_is_off,
            ),
        ],
        "worked-example-text": [
            (
                (
                    r"W^{(1)} = \begin{pmatrix} 2 & -3 \\ 2 & 1 \end{pmatrix}, \quad W^{(2)} = \begin{pmatrix} 2 & 1 \\ 0 & 1 \end{pmatrix}, \quad "
                    r"W^{(3)} = \begin{pmatrix} 3 \\ -2 \end{pmatrix}, \quad x = \begin{pmatrix} 2 \\ 1 \end{pmatrix}",
                ),
                computes(NAME, "worked_example", lambda: (evaluate(*LECTURE)[2], general_formulas(*LECTURE)[0])),
            )
        ],
    },
    notation=frozenset({r"$\ell = 1, \dots, L$"}),
    answers={
        "linear_gradient.no-bias-entry": lambda x: x,
        "linear_gradient.zero-for-bias": lambda x: np.array([0, *x]),
        "linear_gradient.bias-last": lambda x: np.array([*x, 1]),
        "risk.square-missing": lambda w, X, y: risk(w, X, y, lambda H, y: H - y),
        "risk.squared-mean": lambda w, X, y: np.mean([H(w, x) - t for x, t in zip(X, y, strict=True)]) ** 2,
        "risk.half-squared-loss": lambda w, X, y: risk(w, X, y, lambda H, y: (H - y) ** 2 / 2),
        "risk.absolute-loss": lambda w, X, y: risk(w, X, y, lambda H, y: abs(H - y)),
        "risk.root": lambda w, X, y: risk(w, X, y) ** 0.5,
        "risk.no-1/n": lambda w, X, y: risk(w, X, y) * len(y),
        "risk.divided-by-d+1": lambda w, X, y: risk(w, X, y) * len(y) / len(w),
        "risk.prediction-without-bias": lambda w, X, y: risk(np.array([0, *w[1:]]), X, y),
        "risk_gradient.half-squared-loss": lambda w, X, y: risk_gradient(w, X, y, lambda H, y: H - y),
        "risk_gradient.y-minus-H": lambda w, X, y: risk_gradient(w, X, y, lambda H, y: 2 * (y - H)),
        "risk_gradient.loss-for-its-derivative": lambda w, X, y: risk_gradient(w, X, y, lambda H, y: (H - y) ** 2),
        "risk_gradient.no-1/n": lambda w, X, y: risk_gradient(w, X, y) * len(y),
        "risk_gradient.1/n-twice": lambda w, X, y: risk_gradient(w, X, y) / len(y),
        "risk_gradient.divided-by-d+1": lambda w, X, y: risk_gradient(w, X, y) * len(y) / len(w),
        "risk_gradient.targets-forgotten": lambda w, X, y: risk_gradient(w, X, 0 * y),
        "least_squares.no-column-of-ones": lambda X, y: np.linalg.pinv(X) @ y,
        "least_squares.bias-set-to-0": lambda X, y: np.array([0, *np.linalg.pinv(X) @ y]),
        "least_squares.bias-last": lambda X, y: np.roll(normal_equations(X, y), -1),
        "least_squares.not-solved": lambda X, y: np.array([aug(x) for x in X]).T @ y,
        "least_squares.regularised": lambda X, y: np.linalg.solve(
            sum(np.outer(aug(x), aug(x)) for x in X) + np.diag(np.ones(X.shape[1] + 1)),
            sum(aug(x) * t for x, t in zip(X, y, strict=True)),
        ),
        "least_squares.divided-by-n": lambda X, y: normal_equations(X, y) / len(y),
        "risk_descent.uphill": lambda w, X, y, eta, n: descend(w, X, y, -eta, n),
        "risk_descent.no-learning-rate": lambda w, X, y, eta, n: descend(w, X, y, 1, n),
        "risk_descent.one-iteration": lambda w, X, y, eta, n: descend(w, X, y, eta, 1),
        "risk_descent.one-iteration-too-many": lambda w, X, y, eta, n: descend(w, X, y, eta, n + 1),
        "risk_descent.one-iteration-too-few": lambda w, X, y, eta, n: descend(w, X, y, eta, n - 1),
        "risk_descent.gradient-of-the-first-step": lambda w, X, y, eta, n: w - eta * n * risk_gradient(w, X, y),
        "risk_descent.half-squared-loss": lambda w, X, y, eta, n: descend(w, X, y, eta / 2, n),
        "risk_descent.no-1/n": lambda w, X, y, eta, n: descend(w, X, y, eta * len(y), n),
    },
    relations={
        "output_gradients.g-for-g'": with_formulas(slope=lambda z, a: np.maximum(0, z)),
        "output_gradients.sigmoid-derivative": with_formulas(slope=lambda z, a: a * (1 - a)),
        "output_gradients.g'-upside-down": with_formulas(slope=lambda z, a: z <= 0),
        "output_gradients.g'-forgotten": with_formulas(slope=lambda z, a: 1),
        "output_gradients.relu-at-output": with_formulas(start=lambda H: (H > 0) * 1.0),
        "output_gradients.starts-from-H": with_formulas(start=lambda H: H),
        "output_gradients.transposed": transposed,
        "output_gradients.bias-gradient-1": bias_gradients(1),
        "output_gradients.bias-gradient-0": bias_gradients(0),
        "worked_example.g-for-g'": lecture_with(slope=lambda z, a: np.maximum(0, z)),
        "worked_example.g'-upside-down": lecture_with(slope=lambda z, a: z <= 0),
        "worked_example.g'-forgotten": lecture_with(slope=lambda z, a: 1),
        "worked_example.transposed": lambda args, right, wrong: all(
            (a == b.T).all() for a, b in zip(wrong[1], right[1], strict=True)
        ),
        "worked_example.from-and-to-swapped": lambda args, right, wrong: np.isclose(
            wrong[0], evaluate([LECTURE[0][0].T, LECTURE[0][1].T, LECTURE[0][2]], *LECTURE[1:])[2]
        ),
    },
)
