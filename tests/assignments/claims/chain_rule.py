"""The claims of the chain rule."""

import numpy as np
from autograd import grad

from reference import chain_rule as reference
from tests.assignments.claims.stating import Claims, both, computes, equal

NAME = "chain_rule"
LN3 = np.log(3)


def logistic(z):
    return 1 / (1 + np.exp(-z))


def composite(x):
    g = x**3 + 2 * x
    dg_dx = 3 * x**2 + 2
    df_dg = 4 * g - 3
    return df_dg * dg_dx


def two_paths(x):
    g1, g2 = 3 * x, x**2 + 2 * x
    return grad(lambda g: 2 * g**2 - 3 * g * g2 + 1)(g1) * 3 + grad(lambda g: 2 * g1**2 - 3 * g1 * g + 1)(g2) * (
        2 * x + 2
    )


def exponential_paths(t):
    x, y = np.cos(t), t**2
    return y * np.exp(x * y) * -np.sin(t) + (1 + x * np.exp(x * y)) * 2 * t


def least_squares(w, b, x, t):
    z = w * x + b
    y = logistic(z)
    L = (y - t) ** 2 / 2
    y_bar = y - t
    z_bar = y_bar * y * (1 - y)
    w_bar, b_bar = z_bar * x, z_bar
    return L, w_bar, b_bar


def regularized(w, b, x, t, lam):
    R = w**2 / 2
    L, w_bar, b_bar = least_squares(w, b, x, t)
    return L + lam * R, w_bar + lam * w, b_bar


def multiclass(W, b, x, t):
    z = W @ x + b
    y = np.exp(z) / np.exp(z).sum()
    z_bar = y - t
    return -(t * np.log(y)).sum(), np.array([[z_bar[k] * x[j] for j in range(len(x))] for k in range(len(t))]), z_bar


def regression(w, X, t):
    z = w[0] + X @ w[1:]
    y = logistic(z)
    return np.array([np.mean((y - t) * column) for column in (np.ones(len(X)), *X.T)])


def log_loss_has_the_derivative_y_minus_t():
    for t in (0, 1):
        for z in (-2.0, 0.3, 1.7):
            y = logistic(z)
            h = 1e-6
            loss = lambda z, t=t: -t * np.log(logistic(z)) - (1 - t) * np.log(1 - logistic(z))  # noqa: E731
            np.testing.assert_allclose((loss(z + h) - loss(z - h)) / (2 * h), y - t, atol=1e-8)


def the_long_formula(w, x, y):
    """The product of all factors, of the loss's derivative by the first weight."""
    h, a = [x], []
    for w_l in w:
        a.append(w_l * h[-1])
        h.append(logistic(a[-1]))
    slopes = [logistic(a_l) * (1 - logistic(a_l)) for a_l in a]
    gradient = []
    for first in range(len(w)):
        product = h[-1] - y
        for k in reversed(range(first + 1, len(w))):
            product *= slopes[k] * w[k]
        gradient.append(product * slopes[first] * h[first])
    return (h[-1] - y) ** 2 / 2, np.array(gradient)


def thin_by_hand():
    w, x, y = np.array([1, 4 / 3 * LN3]), LN3, 1 / 2
    h1 = logistic(w[0] * x)
    a2 = w[1] * h1
    y_hat = logistic(a2)
    np.testing.assert_allclose([h1, a2, y_hat, (y_hat - y) ** 2 / 2], [3 / 4, LN3, 3 / 4, 1 / 32])
    a2_bar = (y_hat - y) * y_hat * (1 - y_hat)
    np.testing.assert_allclose([a2_bar, 1 / 4 * 3 / 16, a2_bar * h1], [3 / 64, 3 / 64, 9 / 256])


def gradients_vanish():
    rng = np.random.default_rng(0)
    z = rng.normal(size=1000) * 3
    assert (logistic(z) * (1 - logistic(z)) <= 1 / 4).all()
    for L in range(1, 15):
        w, x, y = rng.choice([-1.0, 1.0], L), rng.normal(), rng.uniform()
        loss, gradient = reference.thin_gradient(w, x, y)
        assert abs(gradient[0]) <= 4.0**-L * np.sqrt(2 * loss) * abs(x) * (1 + 1e-9)
    assert 4.0**-10 < 1e-6


def thin_part(code):
    """That loss and gradient are the code's."""
    return lambda args, right, wrong: np.allclose(wrong[1], code(*args)[1]) and np.allclose(wrong[0], code(*args)[0])


def thin_with(slope=None, start=None, loss=None, times=None, down=None, last=None):
    """The network's walk back, with one of its steps written otherwise."""

    def walk(w, x, y):
        h, a = [x], []
        for w_l in w:
            a.append(w_l * h[-1])
            h.append(logistic(a[-1]))
        slopes = [(slope or (lambda a, h: h * (1 - h)))(a_k, h_k) for a_k, h_k in zip(a, h[1:], strict=True)]
        if last:
            h[-1], slopes[-1] = last(a[-1])
        signal, gradient = (start or (lambda o, y: o - y))(h[-1], y), []
        for k in reversed(range(len(w))):
            signal *= slopes[k]
            gradient.insert(0, signal * (times or (lambda h, k: h[k]))(h, k))
            signal *= (down or (lambda w, k: w[k]))(w, k)
        return (loss or (lambda o, y: (o - y) ** 2 / 2))(h[-1], y), np.array(gradient)

    return walk


def least_squares_with(slope=None, start=None, loss=None, lam=None):
    """The model's walk back, with another slope, beginning or loss."""

    def walk(w, b, x, t, *_):
        z = w * x + b
        y = logistic(z)
        z_bar = (start or (lambda y, t: y - t))(y, t) * (slope or (lambda z, y: y * (1 - y)))(z, y)
        return (loss or (lambda y, t: (y - t) ** 2 / 2))(y, t), z_bar * x, z_bar

    return walk


def penalty(of_loss, of_dw):
    """What the regulariser adds to loss and dw, beside the right model."""

    def holds(args, right, wrong):
        w, b, x, t, lam = args
        L, dw, db = least_squares(w, b, x, t)
        return np.allclose(wrong, [L + of_loss(w, lam), dw + of_dw(w, lam), db])

    return holds


def classes_with(start=None, loss=None, output=None):
    def holds(args, right, wrong):
        W, b, x, t = args
        z = W @ x + b
        y = (output or (lambda z: np.exp(z) / np.exp(z).sum()))(z)
        z_bar = (start or (lambda y, t: y - t))(y, t)
        value = (loss or (lambda y, t: -(t * np.log(y)).sum()))(y, t)
        return all(np.allclose(*pair) for pair in zip(wrong, (value, np.outer(z_bar, x), z_bar), strict=True))

    return holds


def no_half(walk):
    return walk(start=lambda y, t: 2 * (y - t), loss=lambda y, t: (y - t) ** 2)


CLAIMS = Claims(
    texts={
        "composite-derivative-text": [
            (
                (
                    r"\frac{df}{dx} = \frac{df}{dg} \cdot \frac{dg}{dx}, \qquad \text{the first factor taken at } g = g(x)",
                    r"f = 2g^2 - 3g + 1, \qquad g = x^3 + 2x",
                ),
                computes(NAME, "composite_derivative", composite),
            ),
            (
                (
                    r"at $x = 2$: $g = 12$, so $\frac{df}{dg} = 4 \cdot 12 - 3 = 45$; $\frac{dg}{dx} = 14$; and the product is 630",
                ),
                equal((2**3 + 2 * 2, 12), (4 * 12 - 3, 45), (3 * 2**2 + 2, 14), (45 * 14, 630), (composite(2.0), 630)),
            ),
        ],
        "two-path-derivative-text": [
            (
                (
                    r"\frac{df}{dx} = \frac{\partial f}{\partial g_1} \frac{dg_1}{dx} + \frac{\partial f}{\partial g_2} \frac{dg_2}{dx}",
                    r"f = 2g_1^2 - 3 g_1 g_2 + 1, \qquad g_1 = 3x, \qquad g_2 = x^2 + 2x",
                ),
                computes(NAME, "two_path_derivative", two_paths),
            ),
            (
                (
                    r"at $x = 3$: $g_1 = 9$ and $g_2 = 15$. The first path gives $(36 - 45) \cdot 3 = -27$, the second $(-27) \cdot 8 = -216$; together $-243$",
                ),
                equal(
                    (3 * 3, 9),
                    (3**2 + 2 * 3, 15),
                    ((36 - 45) * 3, -27),
                    (-27 * 8, -216),
                    (two_paths(3.0), -243),
                    (-27 - 216, -243),
                ),
            ),
        ],
        "exponential-path-derivative-text": [
            (
                (r"f(x, y) = y + e^{xy}, \qquad x(t) = \cos t, \qquad y(t) = t^2",),
                computes(NAME, "exponential_path_derivative", exponential_paths),
            ),
            (
                (r"at $t = \pi/2$, where $x = 0$ and the exponential is 1, it is $\pi - \pi^2/4 \approx 0.674$",),
                equal((exponential_paths(np.pi / 2), np.pi - np.pi**2 / 4), (round(np.pi - np.pi**2 / 4, 3), 0.674)),
            ),
        ],
        "logistic-least-squares-text": [
            (
                (
                    r"z = wx + b, \qquad y = \sigma(z) = \frac{1}{1 + e^{-z}}, \qquad \mathcal{L} = \tfrac12 (y - t)^2",
                    r"\bar y = y - t, \qquad \bar z = \bar y \, \sigma'(z), \qquad \bar w = \bar z \, x, \qquad \bar b = \bar z",
                    r"$\sigma'(z) = y\,(1 - y)$",
                    r"$\bar v = \dfrac{d\mathcal{L}}{dv}$",
                ),
                computes(NAME, "logistic_least_squares", least_squares),
            ),
            (
                (
                    r"for $w = 1$, $b = -3$, $x = 3$, $t = 1$: $z = 0$, $y = \tfrac12$, $\mathcal{L} = \tfrac18$; $\bar z = -\tfrac12 \cdot \tfrac14 = -\tfrac18$, $\bar w = -\tfrac38$",
                ),
                equal(
                    (least_squares(1, -3, 3, 1), (1 / 8, -3 / 8, -1 / 8)),
                    (logistic(0), 1 / 2),
                    (-1 / 2 * 1 / 4, -1 / 8),
                ),
            ),
        ],
        "regularized-logistic-least-squares-text": [
            (
                (r"\mathcal{R} = \tfrac12 w^2, \qquad \mathcal{L}_{\text{reg}} = \mathcal{L} + \lambda \mathcal{R}",),
                computes(NAME, "regularized_logistic_least_squares", regularized),
            )
        ],
        "multiclass-logistic-text": [
            (
                (
                    r"z = Wx + b, \qquad y_k = \frac{e^{z_k}}{\sum_\ell e^{z_\ell}}, \qquad \mathcal{L} = -\sum_k t_k \ln y_k",
                    r"\bar z = y - t",
                    r"$\bar W_{kj} = \bar z_k x_j$",
                ),
                computes(NAME, "multiclass_logistic", multiclass),
            ),
            (
                (
                    r"for $W = \begin{pmatrix} \ln 3 & 0 \\ 0 & 0 \end{pmatrix}$, $b = 0$, $x = (1, 2)$, $t = (0, 1)$: $y = (\tfrac34, \tfrac14)$, $\mathcal{L} = \ln 4$, $\bar z = (\tfrac34, -\tfrac34)$",
                ),
                equal(
                    (
                        multiclass(np.array([[LN3, 0], [0, 0]]), np.zeros(2), np.array([1, 2]), np.array([0, 1]))[0],
                        np.log(4),
                    ),
                    (
                        multiclass(np.array([[LN3, 0], [0, 0]]), np.zeros(2), np.array([1, 2]), np.array([0, 1]))[2],
                        [3 / 4, -3 / 4],
                    ),
                ),
            ),
        ],
        "logistic-regression-gradient-text": [
            (
                (
                    r"z_i = w_0 + w_1 x^{(i)}_1 + \dots + w_d x^{(i)}_d, \qquad y_i = \sigma(z_i), \qquad "
                    r"E(w) = -\frac1n \sum_{i=1}^{n} \bigl( t_i \ln y_i + (1 - t_i) \ln (1 - y_i) \bigr)",
                    r"\frac{\partial}{\partial z_i} \Bigl( -t_i \ln y_i - (1 - t_i) \ln (1 - y_i) \Bigr) = y_i - t_i",
                ),
                both(computes(NAME, "logistic_regression_gradient", regression), log_loss_has_the_derivative_y_minus_t),
            ),
            (
                (
                    r"for $w = (0, \ln 3)$, $x^{(1)} = 1$, $x^{(2)} = -1$ and $t = (0, 0)$: $y = (\tfrac34, \tfrac14)$, and the gradient is $\bigl(\tfrac12, \tfrac14\bigr)$",
                ),
                equal(
                    (logistic(np.array([LN3, -LN3])), [3 / 4, 1 / 4]),
                    (regression(np.array([0, LN3]), np.array([[1.0], [-1.0]]), np.zeros(2)), [1 / 2, 1 / 4]),
                ),
            ),
        ],
        "thin-gradient-text": [
            (
                (
                    r"h_0 = x, \qquad a_l = w_l h_{l-1}, \qquad h_l = \sigma(a_l), \qquad \hat y = h_L, \qquad \mathscr{L} = \tfrac12 (\hat y - y)^2",
                    r"\frac{\partial \mathscr{L}}{\partial w_1} = \frac{\partial \mathscr{L}}{\partial \hat y} \, \frac{\partial \hat y}{\partial a_L} \, \frac{\partial a_L}{\partial h_{L-1}} \, "
                    r"\frac{\partial h_{L-1}}{\partial a_{L-1}} \cdots \frac{\partial h_1}{\partial a_1} \, \frac{\partial a_1}{\partial w_1} "
                    r"= (\hat y - y) \; \sigma'(a_L) \, w_L \; \sigma'(a_{L-1}) \, w_{L-1} \cdots \sigma'(a_1) \, x",
                ),
                computes(NAME, "thin_gradient", the_long_formula),
            ),
            (
                (
                    r"for $w = (1, \tfrac43 \ln 3)$, $x = \ln 3$, $y = \tfrac12$: $h_1 = \tfrac34$, $a_2 = \ln 3$, $\hat y = \tfrac34$, $\mathscr{L} = \tfrac1{32}$; backwards "
                    r"$\frac{\partial \mathscr{L}}{\partial a_2} = \tfrac14 \cdot \tfrac3{16} = \tfrac3{64}$ and so $\frac{\partial \mathscr{L}}{\partial w_2} = \tfrac9{256}$",
                ),
                thin_by_hand,
            ),
            (
                (
                    r"Since $\sigma' \le \tfrac14$, each layer multiplies what comes back by at most $\tfrac14 |w_l|$",
                    r"$4^{-L} |\hat y - y| |x|$: after ten layers there is less than a millionth left",
                ),
                gradients_vanish,
            ),
        ],
        "hinge-loss-text": [
            (
                (r"\mathcal{L} = \max(0,\; 1 - t z)", "For $t z > 1$ it is 0"),
                computes(NAME, "hinge_loss", lambda z, t: np.maximum(0, 1 - t * z)),
            ),
            (
                (
                    r"for $t = 1$ and $z = \tfrac14$ the decision is right, but not clear, and $\mathcal{L} = \tfrac34$",
                    r"For $t = -1$ and the same score $\mathcal{L} = \tfrac54$",
                ),
                equal((reference.hinge_loss(1 / 4, 1), 3 / 4), (reference.hinge_loss(1 / 4, -1), 5 / 4)),
            ),
        ],
        "zero-one-loss-text": [
            (
                ("It is 0 if the decided class is the true class $t$, and 1",),
                computes(NAME, "zero_one_loss", lambda y, t: y != t),
            )
        ],
    },
    notation=frozenset({"$t = -1$", "$t = 1$", "$t z = 1$"}),
    answers={
        "composite_derivative.outer-derivative-at-x": lambda x: (4 * x - 3) * (3 * x**2 + 2),
        "composite_derivative.inner-derivative-at-g": lambda x: (
            (4 * (x**3 + 2 * x) - 3) * (3 * (x**3 + 2 * x) ** 2 + 2)
        ),
        "composite_derivative.value-returned": lambda x: 2 * (x**3 + 2 * x) ** 2 - 3 * (x**3 + 2 * x) + 1,
        "composite_derivative.outer-exponent-lost": lambda x: (2 * (x**3 + 2 * x) - 3) * (3 * x**2 + 2),
        "composite_derivative.outer-linear-term-lost": lambda x: 4 * (x**3 + 2 * x) * (3 * x**2 + 2),
        "composite_derivative.inner-linear-term-lost": lambda x: (4 * (x**3 + 2 * x) - 3) * 3 * x**2,
        "composite_derivative.inner-linear-term-kept": lambda x: (4 * (x**3 + 2 * x) - 3) * (3 * x**2 + 2 * x),
        "two_path_derivative.product-term-of-g1-lost": lambda x: 4 * 3 * x * 3 - 3 * 3 * x * (2 * x + 2),
        "two_path_derivative.exponent-lost": lambda x: (2 * 3 * x - 3 * (x**2 + 2 * x)) * 3 - 9 * x * (2 * x + 2),
        "two_path_derivative.sign-of-the-second-path": lambda x: (
            (12 * x - 3 * (x**2 + 2 * x)) * 3 + 9 * x * (2 * x + 2)
        ),
        "two_path_derivative.g2-left-in-its-partial": lambda x: (
            (12 * x - 3 * (x**2 + 2 * x)) * 3 - 9 * x * (x**2 + 2 * x) * (2 * x + 2)
        ),
        "two_path_derivative.linear-term-of-g2-lost": lambda x: (12 * x - 3 * (x**2 + 2 * x)) * 3 - 9 * x * 2 * x,
        "two_path_derivative.value-returned": lambda x: 2 * (3 * x) ** 2 - 3 * 3 * x * (x**2 + 2 * x) + 1,
        "exponential_path_derivative.sign-of-sin": lambda t: (
            t**2 * np.exp(np.cos(t) * t**2) * np.sin(t) + (1 + np.cos(t) * np.exp(np.cos(t) * t**2)) * 2 * t
        ),
        "exponential_path_derivative.exponent-of-t-lost": lambda t: (
            t**2 * np.exp(np.cos(t) * t**2) * -np.sin(t) + (1 + np.cos(t) * np.exp(np.cos(t) * t**2)) * t
        ),
        "exponential_path_derivative.direct-y-lost": lambda t: (
            t**2 * np.exp(np.cos(t) * t**2) * -np.sin(t) + np.cos(t) * np.exp(np.cos(t) * t**2) * 2 * t
        ),
        "exponential_path_derivative.exponent-not-differentiated": lambda t: (
            np.exp(np.cos(t) * t**2) * -np.sin(t) + (1 + np.exp(np.cos(t) * t**2)) * 2 * t
        ),
        "exponential_path_derivative.factors-swapped": lambda t: (
            np.cos(t) * np.exp(np.cos(t) * t**2) * -np.sin(t) + (1 + t**2 * np.exp(np.cos(t) * t**2)) * 2 * t
        ),
        "logistic_least_squares.no-derivative": least_squares_with(slope=lambda z, y: 1),
        "logistic_least_squares.no-half": no_half(least_squares_with),
        "logistic_least_squares.half-lost-in-the-loss": least_squares_with(loss=lambda y, t: (y - t) ** 2),
        "logistic_least_squares.half-lost-in-the-derivatives": least_squares_with(start=lambda y, t: 2 * (y - t)),
        "logistic_least_squares.sign": least_squares_with(start=lambda y, t: t - y),
        "logistic_least_squares.derivative-at-y": least_squares_with(
            slope=lambda z, y: logistic(y) * (1 - logistic(y))
        ),
        "logistic_least_squares.z-for-y": least_squares_with(slope=lambda z, y: z * (1 - z)),
        "logistic_least_squares.y-for-its-derivative": least_squares_with(slope=lambda z, y: y),
        "logistic_least_squares.not-multiplied": least_squares_with(slope=lambda z, y: 1 - y),
        "logistic_least_squares.no-logistic-function": lambda w, b, x, t: (
            (w * x + b - t) ** 2 / 2,
            (w * x + b - t) * x,
            w * x + b - t,
        ),
        "logistic_regression_gradient.sign": lambda w, X, t: -regression(w, X, t),
        "logistic_regression_gradient.inputs-forgotten": lambda w, X, t: np.full(
            len(w), np.mean(logistic(w[0] + X @ w[1:]) - t)
        ),
        "logistic_regression_gradient.doubled": lambda w, X, t: 2 * regression(w, X, t),
        "logistic_regression_gradient.derivative-twice": lambda w, X, t: grad(
            lambda w: (
                sum((1 / (1 + np.e ** (-w[0] - sum(w[1:] * x))) - t_i) ** 2 / 2 for x, t_i in zip(X, t, strict=True))
                / len(t)
            )
        )(w),
        "logistic_regression_gradient.no-logistic-function": lambda w, X, t: np.array(
            [np.mean((w[0] + X @ w[1:] - t) * column) for column in (np.ones(len(X)), *X.T)]
        ),
        "zero_one_loss.distance": lambda y, t: abs(y - t),
        "zero_one_loss.squared": lambda y, t: (y - t) ** 2,
        "zero_one_loss.sign": lambda y, t: np.sign(y - t),
        "zero_one_loss.one-side-only": lambda y, t: y > t,
        "zero_one_loss.reversed": lambda y, t: y == t,
        "hinge_loss.no-margin": lambda z, t: np.maximum(0, -t * z),
        "hinge_loss.not-cut-off": lambda z, t: 1 - t * z,
        "hinge_loss.sign": lambda z, t: np.maximum(0, 1 + t * z),
        "hinge_loss.absolute-value": lambda z, t: abs(1 - t * z),
        "hinge_loss.class-forgotten": lambda z, t: np.maximum(0, 1 - z),
        "hinge_loss.squared": lambda z, t: np.maximum(0, 1 - t * z) ** 2,
        "hinge_loss.right-or-wrong": lambda z, t: float(np.sign(z) != t),
        "hinge_gradient.sign": lambda z, t: t if t * z < 1 else 0,
        "hinge_gradient.everywhere": lambda z, t: -t,
        "hinge_gradient.no-margin": lambda z, t: -t if t * z < 0 else 0,
        "hinge_gradient.wrong-side": lambda z, t: 0 if t * z < 1 else -t,
        "hinge_gradient.class-forgotten": lambda z, t: -1 if t * z < 1 else 0,
        "hinge_gradient.score-for-class": lambda z, t: -z if t * z < 1 else 0,
        "hinge_gradient.derivative-of-the-square": lambda z, t: -2 * t * (1 - t * z) if t * z < 1 else 0,
        "hinge_gradient.loss-returned": lambda z, t: np.maximum(0, 1 - t * z),
    },
    relations={
        "regularized_logistic_least_squares.no-derivative": lambda args, right, wrong: np.isclose(
            wrong[2], least_squares_with(slope=lambda z, y: 1)(*args)[2]
        ),
        "regularized_logistic_least_squares.no-half": lambda args, right, wrong: np.allclose(
            np.subtract(wrong, (args[4] * args[0] ** 2 / 2, args[4] * args[0], 0)), no_half(least_squares_with)(*args)
        ),
        "regularized_logistic_least_squares.regulariser-without-half": penalty(
            lambda w, lam: lam * w**2, lambda w, lam: 2 * lam * w
        ),
        "regularized_logistic_least_squares.derivative-of-the-regulariser-doubled": penalty(
            lambda w, lam: lam * w**2 / 2, lambda w, lam: 2 * lam * w
        ),
        "regularized_logistic_least_squares.derivative-of-the-regulariser-halved": penalty(
            lambda w, lam: lam * w**2 / 2, lambda w, lam: lam * w / 2
        ),
        "regularized_logistic_least_squares.weight-lost-in-the-derivative": penalty(
            lambda w, lam: lam * w**2 / 2, lambda w, lam: lam
        ),
        "regularized_logistic_least_squares.lambda-forgotten": penalty(lambda w, lam: w**2 / 2, lambda w, lam: w),
        "multiclass_logistic.sign": classes_with(start=lambda y, t: t - y),
        "multiclass_logistic.targets-forgotten": classes_with(start=lambda y, t: y),
        "multiclass_logistic.derivative-twice": classes_with(start=lambda y, t: (y - t) * y * (1 - y)),
        "multiclass_logistic.softmax-skipped": classes_with(start=lambda y, t: -t / y),
        "multiclass_logistic.all-classes": classes_with(loss=lambda y, t: -np.log(y).sum()),
        "multiclass_logistic.binary-for-every-class": classes_with(
            loss=lambda y, t: -(t * np.log(y)).sum() - ((1 - t) * np.log(1 - y)).sum()
        ),
        "multiclass_logistic.logarithm-to-base-2": classes_with(loss=lambda y, t: -(t * np.log2(y)).sum()),
        "multiclass_logistic.logistic-for-softmax": classes_with(output=logistic),
        "thin_gradient.no-derivative": thin_part(thin_with(slope=lambda a, h: 1)),
        "thin_gradient.no-half": thin_part(no_half(thin_with)),
        "thin_gradient.half-lost-in-the-loss": thin_part(thin_with(loss=lambda o, y: (o - y) ** 2)),
        "thin_gradient.half-lost-in-the-derivatives": thin_part(thin_with(start=lambda o, y: 2 * (o - y))),
        "thin_gradient.sign": thin_part(thin_with(start=lambda o, y: y - o)),
        "thin_gradient.derivative-at-h": thin_part(thin_with(slope=lambda a, h: logistic(h) * (1 - logistic(h)))),
        "thin_gradient.a-for-h": thin_part(thin_with(slope=lambda a, h: a * (1 - a))),
        "thin_gradient.own-activation": thin_part(thin_with(times=lambda h, k: h[k + 1])),
        "thin_gradient.inputs-forgotten": thin_part(thin_with(times=lambda h, k: 1)),
        "thin_gradient.weights-forgotten": thin_part(thin_with(down=lambda w, k: 1)),
        "thin_gradient.weights-one-off": thin_part(thin_with(down=lambda w, k: w[k - 1])),
        "thin_gradient.linear-output": thin_part(thin_with(last=lambda a: (a, 1))),
    },
)
