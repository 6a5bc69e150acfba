"""The claims of vectorised backpropagation and of single neurons."""

from itertools import pairwise, product

import numpy as np
from autograd import grad
from autograd import numpy as anp

from reference import vectorized as reference
from reference.linear import perceptron, polar
from tests.assignments.claims.stating import Claims, both, computes, drawn, equal

NAME = "vectorized"
LN3 = np.log(3)


def logistic(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def forward(W, b, X, hidden=lambda z: np.maximum(0, z), output=softmax):
    A = [X]
    for k, (w, v) in enumerate(zip(W, b, strict=True)):
        z = w @ A[-1] + v
        A.append(output(z) if k == len(W) - 1 else hidden(z))
    return A[1:]


def linear(z):
    return z


def norm(W):
    return sum(w[i, j] ** 2 for w in W for i in range(len(w)) for j in range(w.shape[1]))


def cost(W, A, Y, alpha, examples=None, penalty=None):
    m = Y.shape[1] if examples is None else examples(Y)
    return -np.sum(Y * np.log(A)) / m + (alpha / 2 * norm(W) if penalty is None else penalty(W, alpha, Y))


def regression_cost(W, A, Y, lam, examples=None, penalty=None, error=None):
    m = Y.shape[1] if examples is None else examples(Y)
    each = [(error or (lambda e: e @ e / 2))(A[:, i] - Y[:, i]) for i in range(Y.shape[1])]
    return sum(each) / m + (lam / 2 * norm(W) if penalty is None else penalty(W, lam, Y))


def backward(W, A, Y, alpha=0.0, start=None, slope=None, weights=None, biases=None, shrink=None):
    m, n = Y.shape[1], len(W)
    delta = (start or (lambda a, y: a - y))(A[n], Y)
    grad_W, grad_b = [None] * n, [None] * n
    for k in reversed(range(n)):
        grad_W[k] = (weights or (lambda d, a: d @ a.T / m))(delta, A[k]) + (shrink or (lambda w, alpha: alpha * w))(
            W[k], alpha
        )
        grad_b[k] = (biases or (lambda d: d.mean(axis=1, keepdims=True)))(delta)
        if k:
            delta = (W[k].T @ delta) * (slope or (lambda a: a > 0))(A[k])
    return grad_W, grad_b


def output_delta(y, z, activation):
    f = {"sigmoid": logistic, "tanh": np.tanh, "linear": linear}[activation](z)
    slope = {"sigmoid": f * (1 - f), "tanh": 1 - f**2, "linear": 1}[activation]
    return (f - y) * slope


def slopes_of_the_outputs_are_right():
    z = np.linspace(-3, 3, 13)
    for name, f in (("sigmoid", lambda z: 1 / (1 + anp.exp(-z))), ("tanh", anp.tanh), ("linear", lambda z: 1.0 * z)):
        found = grad(lambda z, f=f: anp.sum((f(z) - 0.3) ** 2) / 2)(z)
        np.testing.assert_allclose(output_delta(0.3 * np.ones(13), z, name), found, atol=1e-12)


def decision(w, x):
    return 1 if w[0] + sum(w[j + 1] * x[j] for j in range(len(x))) > 0 else 0


def logistic_decision(w, x):
    return 1 if logistic(w[0] + sum(w[j + 1] * x[j] for j in range(len(x)))) > 1 / 2 else 0


def perceptron_step(w, x, t):
    return w + (t - decision(w, x)) * np.array([1, *x])


def a_perceptron_rests_if_it_can():
    corners = np.array(list(product([0.0, 1.0], repeat=2)))
    for targets, rests in (([0, 0, 0, 1], True), ([0, 1, 1, 1], True), ([0, 1, 1, 0], False)):
        w = perceptron(np.zeros(3), corners, np.array(targets), 50)
        assert all((perceptron_step(w, x, t) == w).all() for x, t in zip(corners, targets, strict=True)) == rests


def no_monotone_unit_computes_xor():
    """f(w·x + b) with f rising: the two sums of opposite corners are equal, so no threshold can separate them."""
    rng = np.random.default_rng(0)
    for w1, w2, b in rng.normal(size=(300, 3)) * 3:
        z = {x: w1 * x[0] + w2 * x[1] + b for x in product((0, 1), repeat=2)}
        np.testing.assert_allclose(z[0, 1] + z[1, 0], z[0, 0] + z[1, 1])
        apart = min(z[0, 1], z[1, 0]) > max(z[0, 0], z[1, 1]) or max(z[0, 1], z[1, 0]) < min(z[0, 0], z[1, 1])
        assert not apart
    assert [abs(a - b) for a, b in product((0, 1), repeat=2)] == [0, 1, 1, 0]


def or_and_and_say_xor():
    W, b = reference.xor_network()
    step = lambda z: np.where(z < 0, 0, 1)  # noqa: E731
    for x in product((0, 1), repeat=2):
        h = step(W[0] @ np.array(x) + b[0])
        assert h.tolist() == [x[0] | x[1], x[0] & x[1]]
        assert step(W[1] @ h + b[1])[0] == x[0] ^ x[1]


def sum_of_sigmoids(alpha, W, b, x):
    return sum(alpha[i] * logistic(W[i] @ x + b[i]) for i in range(len(alpha)))


def one_up_one_down():
    alpha, W, b = reference.bump(0.0, 1.0, 1.0)
    x = np.linspace(-2, 3, 501)
    F = np.array([sum_of_sigmoids(alpha, W, b, [v]) for v in x])
    assert (abs(F[(x >= 0.1) & (x <= 0.9)] - 1) <= 0.01).all()
    assert (abs(F[(x < -0.1) | (x > 1.1)]) <= 0.01).all()


def circles_become_lines():
    angles = np.linspace(0.05, 1.5, 20)
    x, y = np.cos(angles) * 2, np.sin(angles) * 2
    np.testing.assert_allclose(polar(np.array([x, y])), [np.sqrt(x**2 + y**2), np.arctan(y / x)])


def relu_off_is_zero():
    for each in drawn(NAME, "forward"):
        W, b, X = each.case.args
        A = [X, *each.expected]
        for k in range(len(W) - 1):
            np.testing.assert_array_equal(W[k] @ A[k] + b[k] > 0, A[k + 1] > 0)


def cost_gradient_is_the_derivative_of_the_cost():
    """Automatic differentiation of the formula of the cost gives the formula of the gradient."""
    (each,) = [each for each in drawn(NAME, "forward") if each.case.name == "one hidden layer"]
    W, b, X = each.case.args
    Y = np.eye(len(each.expected[-1]))[:, np.arange(X.shape[1]) % len(each.expected[-1])]

    def J(W):
        z = anp.dot(W[1], anp.maximum(0, anp.dot(W[0], X) + b[0])) + b[1]
        log_a = z - anp.log(anp.sum(anp.exp(z), axis=0))
        return -anp.sum(Y * log_a) / X.shape[1] + 0.3 / 2 * sum(anp.sum(w**2) for w in W)

    for found, formula in zip(grad(J)(W), backward(W, [X, *each.expected], Y, 0.3)[0], strict=True):
        np.testing.assert_allclose(found, formula, atol=1e-9)


HAND = (
    [np.array([[1.0, -1]]), np.array([[LN3], [0]])],
    [np.zeros((1, 1)), np.zeros((2, 1))],
    np.array([[2.0, 0], [1, 1]]),
)


def close(one, other):
    return all(
        np.shape(a) == np.shape(b) and np.allclose(a, b)
        for x, y in zip(one, other, strict=True)
        for a, b in zip(x, y, strict=True)
    )


def back(**changed):
    return lambda args, right, wrong: close(wrong, backward(*args, **changed))


def ahead(**changed):
    def holds(args, right, wrong):
        return all(np.allclose(a, b) for a, b in zip(wrong, forward(*args, **changed), strict=True))

    return holds


ON_THE_WAY = {
    "no-1/m": {"weights": lambda d, a: d @ a.T, "biases": lambda d: d.sum(axis=1, keepdims=True)},
    "no-1/m-in-the-weights": {"weights": lambda d, a: d @ a.T},
    "no-1/m-in-the-biases": {"biases": lambda d: d.sum(axis=1, keepdims=True)},
    "biases-as-vectors": {"biases": lambda d: d.mean(axis=1)},
    "biases-not-averaged": {"biases": lambda d: d},
    "biases-averaged-over-units": {"biases": lambda d: d.mean(axis=0, keepdims=True)},
    "no-derivative": {"slope": lambda a: 1},
    "activation-for-derivative": {"slope": lambda a: a},
    "derivative-of-the-logistic-function": {"slope": lambda a: a * (1 - a)},
}
CLAIMS = Claims(
    texts={
        "notation": [
            (("$a^{(1)} = X$", "`W[0]` is $W^{(1)}$"), equal((np.shape(HAND[0][0]), (1, 2)))),
        ],
        "parameter-count-text": [
            (
                (r"10 \cdot (10 + 1) + 5 \cdot (10 + 1) + 1 \cdot (5 + 1) = 110 + 55 + 6 = 171",),
                both(
                    equal((10 * (10 + 1) + 5 * (10 + 1) + 1 * (5 + 1), 171), (110 + 55 + 6, 171)),
                    computes(NAME, "parameter_count", lambda sizes: sum(n * (k + 1) for k, n in pairwise(sizes))),
                ),
            )
        ],
        "forward-text": [
            (
                (
                    r"z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)}, \qquad a^{(l+1)} = f\bigl(z^{(l+1)}\bigr)",
                    "$a^{(1)} = X$",
                ),
                computes(NAME, "forward", forward),
            ),
            (
                (
                    r"For $X = \begin{pmatrix} 2 & 0 \\ 1 & 1 \end{pmatrix}$, $W^{(1)} = (1\ \ {-1})$, $W^{(2)} = \binom{\ln 3}{0}$ and biases 0 the hidden activations are "
                    r"$(1\ \ 0)$, and the output is $\begin{pmatrix} 3/4 & 1/2 \\ 1/4 & 1/2 \end{pmatrix}$",
                ),
                equal((forward(*HAND)[0], [[1, 0]]), (forward(*HAND)[1], [[3 / 4, 1 / 2], [1 / 4, 1 / 2]])),
            ),
        ],
        "cost-text": [
            (
                (
                    r"J = -\frac1m \sum_{k,i} Y_{ki} \ln A_{ki} \;+\; \frac{\alpha}{2}\, \lVert W \rVert^2 , \qquad "
                    r"\lVert W \rVert^2 = \sum_l \sum_{i,j} \bigl(W^{(l)}_{ij}\bigr)^2",
                    "It is not divided by $m$",
                ),
                computes(NAME, "cost", cost),
            )
        ],
        "backward-text": [
            (
                (
                    r"\delta^{(n+1)} = a^{(n+1)} - Y",
                    r"\delta^{(l)} = \Bigl( \bigl(W^{(l)}\bigr)^{\mathsf T} \delta^{(l+1)} \Bigr) \circ f'\bigl(z^{(l)}\bigr)",
                    r"for $l = n, n-1, \dots, 2$",
                    r"\nabla_{W^{(l)}} J = \frac1m\, \delta^{(l+1)} \bigl(a^{(l)}\bigr)^{\mathsf T} + \alpha W^{(l)} , \qquad "
                    r"\nabla_{b^{(l)}} J = \text{mean of the columns of } \delta^{(l+1)}",
                    "where is $z > 0$, if you know $\\max(0, z)$?",
                ),
                both(
                    computes(NAME, "backward", backward), relu_off_is_zero, cost_gradient_is_the_derivative_of_the_cost
                ),
            )
        ],
        "regression-forward-text": [
            (
                ("$a^{(n+1)} = z^{(n+1)}$",),
                computes(NAME, "regression_forward", lambda W, b, X: forward(W, b, X, output=linear)),
            ),
            (
                (r"and the output is $\begin{pmatrix} \ln 3 & 0 \\ 0 & 0 \end{pmatrix}$",),
                equal((forward(*HAND, output=linear)[1], [[LN3, 0], [0, 0]])),
            ),
        ],
        "regression-cost-text": [
            (
                (
                    r"J = \frac1m \sum_{i=1}^{m} \tfrac12 \bigl\lVert a_i^{(n+1)} - y_i \bigr\rVert^2 \;+\; \frac{\lambda}{2}\, \lVert W \rVert^2",
                ),
                computes(NAME, "regression_cost", regression_cost),
            ),
            (
                (
                    r"For one output, $a = (1\ \ 3)$, $y = (0\ \ 1)$, $W^{(1)} = (1\ \ {-1})$, $W^{(2)} = (2)$ and $\lambda = \tfrac12$: the errors are 1 and 2, so "
                    r"$J = \tfrac12 \left( \tfrac12 + 2 \right) + \tfrac14 (1 + 1 + 4) = \tfrac54 + \tfrac32$",
                ),
                equal(
                    (
                        regression_cost(
                            [np.array([[1.0, -1]]), np.array([[2.0]])],
                            np.array([[1.0, 3]]),
                            np.array([[0.0, 1]]),
                            1 / 2,
                        ),
                        5 / 4 + 3 / 2,
                    ),
                    (1 / 2 * (1 / 2 + 2) + 1 / 4 * (1 + 1 + 4), 5 / 4 + 3 / 2),
                ),
            ),
        ],
        "regression-backward-text": [
            (
                (r"J = \frac1m \sum_{i=1}^{m} \tfrac12 \bigl\lVert a_i^{(n+1)} - y_i \bigr\rVert^2",),
                computes(NAME, "regression_backward", backward),
            )
        ],
        "nonlinear-output-delta-text": [
            (
                (
                    r"\delta^{(n+1)} = \bigl(a^{(n+1)} - y\bigr) \circ f'\bigl(z^{(n+1)}\bigr) , \qquad a^{(n+1)} = f\bigl(z^{(n+1)}\bigr)",
                    "$f' = f (1 - f)$",
                    "$f' = 1 - f^2$",
                    "$f' = 1$",
                ),
                both(computes(NAME, "nonlinear_output_delta", output_delta), slopes_of_the_outputs_are_right),
            ),
            (
                (r"For the sigmoid, $z = 0$ and $y = 0$ it is $\tfrac12 \cdot \tfrac14 = \tfrac18$",),
                equal((output_delta(0.0, 0.0, "sigmoid"), 1 / 8), (1 / 2 * 1 / 4, 1 / 8)),
            ),
        ],
        "perceptron-decision-text": [
            (
                (
                    r"\hat t(x) = \begin{cases} 1 & \text{if } w_0 + w_1 x_1 + \dots + w_d x_d > 0 \\ 0 & \text{otherwise} \end{cases}",
                    "where the sum is exactly 0, the decision is **0**",
                    "The same lecture's unit step is 1 at $z = 0$",
                ),
                computes(NAME, "perceptron_decision", decision),
            )
        ],
        "logistic-decision-text": [
            (
                (
                    r"$y = \sigma(w_0 + w_1 x_1 + \dots + w_d x_d)$",
                    r"\hat t(x) = \begin{cases} 1 & \text{if } y > \tfrac12 \\ 0 & \text{otherwise} \end{cases}",
                ),
                computes(NAME, "logistic_decision", logistic_decision),
            ),
            (
                (r"$\sigma(0) = \tfrac12$, there is a shorter way",),
                both(computes(NAME, "logistic_decision", decision), equal((logistic(0), 1 / 2))),
            ),
        ],
        "perceptron-step-text": [
            (
                (
                    r"w \leftarrow w + \bigl(t - \hat t(x)\bigr)\, (1, x_1, \dots, x_d)",
                    "If a line separates the classes, the perceptron will find one",
                    "it never comes to rest",
                ),
                both(computes(NAME, "perceptron_step", perceptron_step), a_perceptron_rests_if_it_can),
            ),
            (
                (
                    "$w = (1, 2)$ decides 1 for $x = 3$. If the class is 0, the new weights are $(1, 2) - (1, 3) = (0, -1)$",
                ),
                equal(
                    (decision([1, 2], [3]), 1),
                    (perceptron_step(np.array([1, 2]), [3], 0), [0, -1]),
                    (np.array([1, 2]) - [1, 3], [0, -1]),
                ),
            ),
        ],
        "xor-network-text": [
            (
                (
                    "No single neuron with a monotone activation can compute it",
                    "A unit that folds the plane can: $|x_1 - x_2|$",
                ),
                no_monotone_unit_computes_xor,
            ),
            (
                (
                    r"h = \operatorname{step}(W_1 x + b_1), \qquad o = \operatorname{step}(W_2 h + b_2), \qquad "
                    r"\operatorname{step}(z) = \begin{cases} 0 & z < 0 \\ 1 & z \ge 0 \end{cases}",
                    "what do OR and AND say about XOR?",
                ),
                or_and_and_say_xor,
            ),
        ],
        "sum-of-sigmoids-text": [
            (
                (r"F(x) = \sum_{i=1}^{N} \alpha_i\, \sigma\bigl(w_i^{\mathsf T} x + b_i\bigr)",),
                computes(NAME, "sum_of_sigmoids", sum_of_sigmoids),
            ),
            (
                (
                    r"For $\alpha = (2, 4)$, $w_1 = w_2 = 1$, $b = (0, -\ln 3)$ and $x = 0$: $F = 2 \cdot \tfrac12 + 4 \cdot \tfrac14 = 2$",
                ),
                equal(
                    (sum_of_sigmoids([2, 4], np.ones((2, 1)), [0, -LN3], np.zeros(1)), 2), (2 * 1 / 2 + 4 * 1 / 4, 2)
                ),
            ),
        ],
        "bump-text": [
            (("One step up and another one down make a bump", "in the middle 80 % of the interval"), one_up_one_down)
        ],
        "further": [((r"$r = \sqrt{x^2 + y^2}$", r"$\theta = \arctan\frac{y}{x}$"), circles_become_lines)],
    },
    notation=frozenset({"$z = 0$"}),
    answers={
        "parameter_count.no-biases": lambda sizes: sum(a * b for a, b in pairwise(sizes)),
        "parameter_count.units-counted": sum,
        "cost.no-1/m": lambda *args: cost(*args, examples=lambda Y: 1),
        "cost.mean-of-all-entries": lambda *args: cost(*args, examples=lambda Y: Y.shape[0] * Y.shape[1]),
        "cost.divided-by-K": lambda *args: cost(*args, examples=len),
        "cost.no-minus": lambda W, A, Y, alpha: -cost(W, A, Y, 0) + alpha / 2 * norm(W),
        "cost.logarithm-to-base-2": lambda W, A, Y, alpha: cost(W, A, Y, 0) / np.log(2) + alpha / 2 * norm(W),
        "cost.logarithm-to-base-10": lambda W, A, Y, alpha: cost(W, A, Y, 0) / np.log(10) + alpha / 2 * norm(W),
        "cost.labels-forgotten": lambda W, A, Y, alpha: cost(W, A, np.ones(Y.shape), alpha),
        "cost.binary-for-every-class": lambda W, A, Y, alpha: (
            cost(W, A, Y, alpha) - np.sum((1 - Y) * np.log(1 - A)) / Y.shape[1]
        ),
        "cost.no-regularisation": lambda *args: cost(*args, penalty=lambda W, alpha, Y: 0),
        "cost.penalty-without-half": lambda *args: cost(*args, penalty=lambda W, alpha, Y: alpha * norm(W)),
        "cost.penalty-over-m": lambda *args: cost(*args, penalty=lambda W, alpha, Y: alpha / 2 * norm(W) / Y.shape[1]),
        "cost.penalty-subtracted": lambda *args: cost(*args, penalty=lambda W, alpha, Y: -alpha / 2 * norm(W)),
        "cost.norm-not-squared": lambda *args: cost(
            *args, penalty=lambda W, alpha, Y: alpha / 2 * sum(norm([w]) ** 0.5 for w in W)
        ),
        "cost.absolute-weights": lambda *args: cost(
            *args, penalty=lambda W, alpha, Y: alpha / 2 * sum(np.abs(w).sum() for w in W)
        ),
        "regression_cost.no-1/m": lambda *args: regression_cost(*args, examples=lambda Y: 1),
        "regression_cost.mean-of-all-entries": lambda *args: regression_cost(
            *args, examples=lambda Y: Y.shape[0] * Y.shape[1]
        ),
        "regression_cost.no-half": lambda *args: regression_cost(*args, error=lambda e: e @ e),
        "regression_cost.norm-of-the-errors-not-squared": lambda *args: regression_cost(
            *args, error=lambda e: (e @ e) ** 0.5 / 2
        ),
        "regression_cost.no-regularisation": lambda *args: regression_cost(*args, penalty=lambda W, lam, Y: 0),
        "regression_cost.penalty-without-half": lambda *args: regression_cost(
            *args, penalty=lambda W, lam, Y: lam * norm(W)
        ),
        "regression_cost.penalty-over-m": lambda *args: regression_cost(
            *args, penalty=lambda W, lam, Y: lam / 2 * norm(W) / Y.shape[1]
        ),
        "regression_cost.norm-not-squared": lambda *args: regression_cost(
            *args, penalty=lambda W, lam, Y: lam / 2 * sum(norm([w]) ** 0.5 for w in W)
        ),
        "nonlinear_output_delta.no-derivative": lambda y, z, f: (
            {"sigmoid": logistic, "tanh": np.tanh, "linear": linear}[f](z) - y
        ),
        "nonlinear_output_delta.sign": lambda y, z, f: -output_delta(y, z, f),
        "nonlinear_output_delta.no-half": lambda y, z, f: 2 * output_delta(y, z, f),
        "nonlinear_output_delta.z-for-a": lambda y, z, f: (
            (z - y) * {"sigmoid": logistic(z) * (1 - logistic(z)), "tanh": 1 - np.tanh(z) ** 2, "linear": 1}[f]
        ),
        "nonlinear_output_delta.derivative-at-a": lambda y, z, f: {
            "sigmoid": (logistic(z) - y) * logistic(logistic(z)) * (1 - logistic(logistic(z))),
            "tanh": (np.tanh(z) - y) * (1 - np.tanh(np.tanh(z)) ** 2),
            "linear": z - y,
        }[f],
        "nonlinear_output_delta.rule-of-the-logistic-function": lambda y, z, f: (
            ((a := {"sigmoid": logistic, "tanh": np.tanh, "linear": linear}[f](z)) - y) * a * (1 - a)
        ),
        "perceptron_decision.one-on-the-boundary": lambda w, x: w[0] + w[1:] @ x >= 0,
        "perceptron_decision.reversed": lambda w, x: w[0] + w[1:] @ x < 0,
        "perceptron_decision.minus-one": lambda w, x: 1 if w[0] + w[1:] @ x > 0 else -1,
        "perceptron_decision.sum-returned": lambda w, x: w[0] + w[1:] @ x,
        "perceptron_decision.no-bias": lambda w, x: w[1:] @ x > 0,
        "perceptron_decision.bias-last": lambda w, x: w[:-1] @ x + w[-1] > 0,
        "logistic_decision.one-on-the-boundary": lambda w, x: logistic(w[0] + w[1:] @ x) >= 1 / 2,
        "logistic_decision.output-above-0": lambda w, x: logistic(w[0] + w[1:] @ x) > 0,
        "logistic_decision.sum-above-half": lambda w, x: w[0] + w[1:] @ x > 1 / 2,
        "logistic_decision.probability-returned": lambda w, x: logistic(w[0] + w[1:] @ x),
        "logistic_decision.reversed": lambda w, x: logistic(w[0] + w[1:] @ x) < 1 / 2,
        "perceptron_step.sign": lambda w, x, t: w - (t - decision(w, x)) * np.array([1, *x]),
        "perceptron_step.moves-when-right": lambda w, x, t: w + t * np.array([1, *x]),
        "perceptron_step.output-for-decision": lambda w, x, t: w + (t - logistic(w[0] + w[1:] @ x)) * np.array([1, *x]),
        "perceptron_step.sum-for-decision": lambda w, x, t: w + (t - w[0] - w[1:] @ x) * np.array([1, *x]),
        "perceptron_step.bias-not-updated": lambda w, x, t: w + (t - decision(w, x)) * np.array([0, *x]),
        "perceptron_step.class-1-only": lambda w, x, t: w + (t == 1 and decision(w, x) == 0) * np.array([1, *x]),
        "perceptron_step.change-returned": lambda w, x, t: (t - decision(w, x)) * np.array([1, *x]),
        "sum_of_sigmoids.no-bias": lambda alpha, W, b, x: sum_of_sigmoids(alpha, W, 0 * b, x),
        "sum_of_sigmoids.alpha-forgotten": lambda alpha, W, b, x: sum(logistic(W @ x + b)),
        "sum_of_sigmoids.no-sigmoid": lambda alpha, W, b, x: alpha @ (W @ x + b),
        "sum_of_sigmoids.sigmoid-of-the-sum": lambda alpha, W, b, x: logistic(alpha @ (W @ x + b)),
        "sum_of_sigmoids.alpha-inside": lambda alpha, W, b, x: sum(logistic(alpha * (W @ x + b))),
        "sum_of_sigmoids.tanh": lambda alpha, W, b, x: alpha @ np.tanh(W @ x + b),
    },
    relations={
        "forward.softmax-over-examples": ahead(output=lambda z: softmax(z.T).T),
        "forward.logistic-output": ahead(output=logistic),
        "forward.relu-output": ahead(output=lambda z: np.maximum(0, z)),
        "forward.no-output-function": ahead(output=linear),
        "forward.tanh-hidden-layers": ahead(hidden=np.tanh),
        "forward.logistic-hidden-layers": ahead(hidden=logistic),
        "forward.no-hidden-activation": ahead(hidden=linear),
        "regression_forward.relu-output": ahead(output=lambda z: np.maximum(0, z)),
        "regression_forward.softmax-output": ahead(),
        "regression_forward.logistic-hidden-layers": ahead(hidden=logistic, output=linear),
        "regression_forward.no-hidden-activation": ahead(hidden=linear, output=linear),
        **{f"backward.{name}": back(**changed) for name, changed in ON_THE_WAY.items()},
        **{f"regression_backward.{name}": back(**changed) for name, changed in ON_THE_WAY.items()},
        "backward.sign": back(start=lambda a, y: y - a),
        "backward.divided-by-m-twice": back(start=lambda a, y: (a - y) / y.shape[1]),
        "backward.divided-by-outputs": back(start=lambda a, y: (a - y) * y.shape[1] / y.shape[0]),
        "backward.derivative-at-the-output": back(start=lambda a, y: (a - y) * a * (1 - a)),
        "backward.no-regularisation": back(shrink=lambda w, alpha: 0),
        "backward.penalty-doubled": back(shrink=lambda w, alpha: 2 * alpha * w),
        "backward.penalty-halved": back(shrink=lambda w, alpha: alpha * w / 2),
        "backward.penalty-subtracted": back(shrink=lambda w, alpha: -alpha * w),
        "backward.biases-penalised": lambda args, right, wrong: close(
            wrong, (right[0], [(1 + args[3]) * g for g in right[1]])
        ),
        "backward.penalty-over-m": lambda args, right, wrong: close(
            wrong, backward(*args, shrink=lambda w, alpha: alpha * w / args[2].shape[1])
        ),
        "backward.weight-gradients-transposed": lambda args, right, wrong: close(
            wrong, ([g.T for g in right[0]], right[1])
        ),
        "regression_backward.sign": back(start=lambda a, y: y - a),
        "regression_backward.no-half": back(start=lambda a, y: 2 * (a - y)),
        "regression_backward.relu-at-the-output": back(start=lambda a, y: (a - y) * (a > 0)),
        "regression_backward.weight-gradients-transposed": lambda args, right, wrong: close(
            wrong, ([g.T for g in right[0]], right[1])
        ),
    },
)
