"""The claims of the delta rule."""

import numpy as np
from autograd import grad, jacobian
from autograd import numpy as anp

from reference import delta_rule as reference
from tests.assignments.claims.stating import Claims, both, computes, equal

NAME = "delta_rule"


def logistic(z):
    return 1 / (1 + np.exp(-z))


def log_loss(y, o):
    return -y * np.log(o) - (1 - y) * np.log(1 - o)


def cross_entropy(y, o):
    return -sum(y[i] * np.log(o[i]) for i in range(len(y)))


def delta_by_the_sum(task, y, o):
    """δ_i = Σ_j ∂J/∂o_j ∂o_j/∂z_i, with the losses' own derivatives."""
    if task == "regression":
        return grad(lambda o: (y - o) ** 2)(o) * 1
    if task == "binary":
        return grad(lambda o: -y * anp.log(o) - (1 - y) * anp.log(1 - o))(o) * o * (1 - o)
    k = len(o)
    dJ_do = grad(lambda o: -anp.sum(y * anp.log(o)))(o)
    return np.array([sum(dJ_do[j] * o[j] * ((i == j) - o[i]) for j in range(k)) for i in range(k)])


def the_derivatives_of_the_outputs_are_right():
    """Softmax, logistic function and identity, by automatic differentiation."""
    z = np.array([0.3, -1.2, 0.8])
    soft = lambda z: anp.exp(z) / anp.sum(anp.exp(z))  # noqa: E731
    o = soft(z)
    np.testing.assert_allclose(jacobian(soft)(z), [[o[j] * ((i == j) - o[i]) for i in range(3)] for j in range(3)])
    np.testing.assert_allclose(grad(lambda z: 1 / (1 + anp.exp(-z)))(0.3), logistic(0.3) * (1 - logistic(0.3)))


def hidden(W_next, deltas_next, a):
    return [
        a[i] * (1 - a[i]) * sum(deltas_next[j] * W_next[j, i] for j in range(len(deltas_next))) for i in range(len(a))
    ]


def slope_in_terms_of_the_activation():
    z = np.linspace(-4, 4, 33)
    a = logistic(z)
    np.testing.assert_allclose((logistic(z + 1e-6) - logistic(z - 1e-6)) / 2e-6, a * (1 - a), atol=1e-9)
    assert (a * (1 - a) <= 1 / 4).all()


def article(rate=0.5, own_rate=False, neighbour=False):
    """The listed sums and the step, in plain numbers; also with the article's two slips."""
    w = {
        "10": 0.3,
        "11": 0.5,
        "20": 0.7,
        "21": -0.2,
        "30": -0.1,
        "41": -0.5,
        "42": 0.4,
        "51": 0.3,
        "52": 0.6,
        "53": 0.4,
        "64": 0.5,
        "65": 0.7,
    }
    x1 = 1

    def predict(w):
        a1, a2, a3 = logistic(w["11"] * x1 + w["10"] * 1), logistic(w["21"] * x1 + w["20"] * 1), logistic(w["30"] * 1)
        a4, a5 = logistic(w["41"] * a1 + w["42"] * a2), logistic(w["51"] * a1 + w["52"] * a2 + w["53"] * a3)
        return [None, a1, a2, a3, a4, a5, logistic(w["64"] * a4 + w["65"] * a5)]

    a = predict(w)
    d = {6: a[6] - 1}
    d[4] = a[4] * (1 - a[4]) * d[6] * w["64"]
    d[5] = a[5] * (1 - a[4 if neighbour else 5]) * d[6] * w["65"]
    for i, children in ((1, (4, 5)), (2, (4, 5)), (3, (5,))):
        d[i] = a[i] * (1 - a[i]) * sum(d[j] * w[f"{j}{i}"] for j in children)
    sent = {0: 1.0, **{i: a[i] for i in range(1, 6)}}
    sent_to_first = {0: 1.0, 1: x1}
    after = {
        name: v
        - (v if own_rate else rate) * d[int(name[0])] * (sent_to_first if int(name[0]) < 4 else sent)[int(name[1])]
        for name, v in w.items()
    }
    return a[6], [d[i] for i in range(1, 7)], predict(after)[6]


def two_slips_are_in_the_articles_figure():
    assert round(article()[2], 4) == 0.6981
    assert round(article(own_rate=True, neighbour=True)[2], 4) == 0.7043


def train(W, X, y, alpha, epochs, batch_size, start=None, slope=None, share=None):
    def predict(W, x):
        a = [x]
        for w in W:
            a.append(logistic(w @ a[-1]))
        return a

    def loss(W):
        return sum(log_loss(y_i, predict(W, x)[-1][0]) for x, y_i in zip(X, y, strict=True)) / len(y)

    losses = [loss(W)]
    for _ in range(epochs):
        for first in range(0, len(X), batch_size):
            batch = range(first, min(first + batch_size, len(X)))
            total = [0 * w for w in W]
            for n in batch:
                a = predict(W, X[n])
                delta = (start or (lambda y, o: o - y))(y[n], a[-1])
                for k in reversed(range(len(W))):
                    total[k] = total[k] + np.outer(delta, a[k])
                    delta = W[k].T @ delta * (slope or (lambda a: a * (1 - a)))(a[k])
            m = (share or (lambda m: m))(len(batch))
            W = [w - alpha * t / m for w, t in zip(W, total, strict=True)]
        losses.append(loss(W))
    return W, losses


HAND = ([np.zeros((1, 2))], np.array([[1.0, 1], [1, -1]]), np.array([1, 0]), 1.0, 1, 2)


def trained_with(**changed):
    def holds(args, right, wrong):
        W, losses = train(*args, **changed)
        return np.allclose(wrong[1], losses) and all(np.allclose(*pair) for pair in zip(wrong[0], W, strict=True))

    return holds


def first_hidden(factor):
    return lambda W, d, a: (W.T @ d) * factor(a)


def worked(**slips):
    return lambda args, right, wrong: (
        np.isclose(wrong[2], article(**slips)[2]) and np.allclose(wrong[1], article(**slips)[1])
    )


def one_weight_moved(args, right, wrong):
    return not np.isclose(wrong[2], right[2]) and np.allclose(wrong[1], right[1])


CLAIMS = Claims(
    texts={
        "notation": [
            (
                (
                    r"$a_i^l = f(z_i^l)$",
                    r"$\delta_i^l = \dfrac{\partial E}{\partial z_i^l}$",
                    "$a_0 = 1$",
                    r"$E(w) = \frac1n \sum_i J(y_i, o_i)$",
                ),
                equal((reference.training_loss([np.zeros((1, 2))], HAND[1], HAND[2]), np.log(2))),
            )
        ],
        "squared-loss-text": [(("J(y, o) = (y - o)^2",), computes(NAME, "squared_loss", lambda y, o: (y - o) ** 2))],
        "log-loss-text": [
            ((r"J(y, o) = -\,y \log o - (1 - y) \log (1 - o)",), computes(NAME, "log_loss", log_loss)),
            (
                (
                    r"For $o = 0.8$ the loss is $-\log 0.8 \approx 0.22$ if $y = 1$, but $-\log 0.2 \approx 1.61$ if $y = 0$",
                ),
                equal(
                    (reference.log_loss(1, 0.8), -np.log(0.8)),
                    (reference.log_loss(0, 0.8), -np.log(0.2)),
                    (round(-np.log(0.8), 2), 0.22),
                    (round(-np.log(0.2), 2), 1.61),
                ),
            ),
        ],
        "cross-entropy-loss-text": [
            (
                (r"J(y, o) = -\sum_{i=1}^{k} y_i \log o_i", "Only the right class has a term"),
                both(
                    computes(NAME, "cross_entropy_loss", cross_entropy),
                    equal((reference.cross_entropy_loss(np.array([1.0, 0]), np.array([1.0, 0])), 0)),
                ),
            )
        ],
        "output-delta-text": [
            (
                (
                    r"\delta_i = \frac{\partial J}{\partial z_i} = \sum_{j} \frac{\partial J}{\partial o_j} \; \frac{\partial o_j}{\partial z_i}",
                    r"$\delta_i = \dfrac{\partial J}{\partial o_i}\, f'(z_i)$",
                    r"\frac{\partial o_j}{\partial z_i} = o_j \left(1_{i=j} - o_i\right)",
                    "$1_{i=j}$ is 1 for $i = j$",
                    "only $j = i$ remains",
                    "$(y-o)^2$",
                ),
                both(computes(NAME, "output_delta", delta_by_the_sum), the_derivatives_of_the_outputs_are_right),
            )
        ],
        "hidden-deltas-text": [
            (
                (
                    r"\delta_i^{l} = a_i^{l} \left(1 - a_i^{l}\right) \sum_{j} \delta_j^{l+1}\, w_{ji}^{l+1}",
                    "$f'(z_i) = a_i (1 - a_i)$",
                    r"$a(1 - a)$ is at most $\tfrac14$",
                ),
                both(computes(NAME, "hidden_deltas", hidden), slope_in_terms_of_the_activation),
            )
        ],
        "gradient-text": [
            (
                (r"\frac{\partial E}{\partial w_{ij}^{l}} = \delta_i^{l}\; a_j^{l-1}",),
                computes(NAME, "gradient", lambda d, a: [[d_i * a_j for a_j in a] for d_i in d]),
            )
        ],
        "descent-step-text": [
            (
                (r"w_{ij} \leftarrow w_{ij} - \alpha \frac{\partial E}{\partial w_{ij}}",),
                computes(NAME, "descent_step", lambda w, g, alpha: w - alpha * g),
            )
        ],
        "minibatches-text": [
            (
                ("Five examples and `size = 2` give batches of 2, 2 and 1",),
                equal(([len(y) for _, y in reference.minibatches(np.zeros((5, 1)), np.zeros(5), 2)], [2, 2, 1])),
            )
        ],
        "worked-example-text": [
            (
                (
                    r"z_1 &= 0.5\, x_1 + 0.3 \cdot 1 & z_4 &= -0.5\, a_1 + 0.4\, a_2 \\ "
                    r"z_2 &= -0.2\, x_1 + 0.7 \cdot 1 & z_5 &= 0.3\, a_1 + 0.6\, a_2 + 0.4\, a_3 \\ "
                    r"z_3 &= -0.1 \cdot 1 & z_6 &= 0.5\, a_4 + 0.7\, a_5",
                    "Two inputs $x_1 = 1$ and $x_2 = 0$",
                    "$o = a_6$",
                    "$x_2 = 0$ contributes nothing",
                    r"The label is $y = 1$, the loss is the log loss, the learning rate is $\alpha = 0.5$",
                ),
                computes(NAME, "worked_example", article),
            ),
            (
                ("The first output is about $0.67$; after the step it should be closer to 1", "two slips are in it"),
                both(
                    equal((round(article()[0], 2), 0.67), (article()[2] > article()[0], True)),
                    two_slips_are_in_the_articles_figure,
                ),
            ),
        ],
        "train-text": [
            (
                (
                    r"\frac{\partial E}{\partial w_{ij}^{l}} = \frac{1}{m} \sum_{\text{examples}} \delta_i^{l}\, a_j^{l-1}",
                    r"$w \leftarrow w - \alpha\, \partial E / \partial w$",
                ),
                computes(NAME, "train", train),
            ),
            (
                (
                    r"One layer, $W = (0\ \ 0)$, and two examples $x^{(1)} = (1, 1)$ with $y_1 = 1$ and $x^{(2)} = (1, -1)$ with $y_2 = 0$, in one batch, $\alpha = 1$: "
                    r"both outputs are $\tfrac12$, so the loss is $\ln 2$; the deltas are $-\tfrac12$ and $\tfrac12$; the mean gradient is $(0\ \ {-\tfrac12})$; and $W$ becomes $(0\ \ \tfrac12)$",
                ),
                equal(
                    (train(*HAND)[0][0], [[0, 1 / 2]]),
                    (train(*HAND)[1][0], np.log(2)),
                    ((-1 / 2 * HAND[1][0] + 1 / 2 * HAND[1][1]) / 2, [0, -1 / 2]),
                ),
            ),
        ],
    },
    notation=frozenset(),
    answers={
        "squared_loss.half-squared-loss": lambda y, o: (y - o) ** 2 / 2,
        "squared_loss.not-squared": lambda y, o: abs(y - o),
        "log_loss.minus-forgotten": lambda y, o: y * np.log(o) + (1 - y) * np.log(1 - o),
        "log_loss.only-label-1": lambda y, o: -y * np.log(o),
        "log_loss.o-and-1-o-swapped": lambda y, o: log_loss(y, 1 - o),
        "log_loss.log-base-2": lambda y, o: -y * np.log2(o) - (1 - y) * np.log2(1 - o),
        "cross_entropy_loss.minus-forgotten": lambda y, o: -cross_entropy(y, o),
        "cross_entropy_loss.mean-over-classes": lambda y, o: cross_entropy(y, o) / len(y),
        "cross_entropy_loss.label-forgotten": lambda y, o: -sum(np.log(o)),
        "cross_entropy_loss.binary-form": lambda y, o: cross_entropy(y, o) - sum((1 - y) * np.log(1 - o)),
        "cross_entropy_loss.log-base-2": lambda y, o: cross_entropy(y, o) / np.log(2),
        "output_delta.half-squared-loss": lambda task, y, o: o - y,
        "output_delta.y-minus-o": lambda task, y, o: (y - o) * (2 if task == "regression" else 1),
        "output_delta.extra-o(1-o)": lambda task, y, o: (
            delta_by_the_sum(task, y, o) * (o * (1 - o) if task == "binary" else 1)
        ),
        "output_delta.f'-forgotten": lambda task, y, o: (
            delta_by_the_sum(task, y, o) / (o * (1 - o) if task == "binary" else 1)
        ),
        "output_delta.softmax-forgotten": lambda task, y, o: (
            -y / o if task == "multiclass" else delta_by_the_sum(task, y, o)
        ),
        "output_delta.only-the-right-class": lambda task, y, o: (
            np.where(y == 1, o - y, 0) if task == "multiclass" else delta_by_the_sum(task, y, o)
        ),
        "hidden_deltas.f'-forgotten": first_hidden(lambda a: 1),
        "hidden_deltas.a-for-f'": first_hidden(lambda a: a),
        "hidden_deltas.1-a-for-f'": first_hidden(lambda a: 1 - a),
        "hidden_deltas.f'-at-a": first_hidden(lambda a: logistic(a) * (1 - logistic(a))),
        "hidden_deltas.tanh-derivative": first_hidden(lambda a: 1 - a**2),
        "descent_step.uphill": lambda w, g, alpha: w + alpha * g,
        "descent_step.no-learning-rate": lambda w, g, alpha: w - g,
        "descent_step.weight-as-its-own-rate": lambda w, g, alpha: w - w * g,
        "descent_step.step-without-weights": lambda w, g, alpha: -alpha * g,
    },
    relations={
        "worked_example.weight-as-its-own-rate": worked(own_rate=True),
        "worked_example.f'(z5)-with-a4": worked(neighbour=True),
        "worked_example.weight-as-its-own-rate + f'(z5)-with-a4": worked(own_rate=True, neighbour=True),
        "worked_example.no-learning-rate": worked(rate=1),
        "worked_example.uphill": worked(rate=-0.5),
        "worked_example.no-step": worked(rate=0),
        "worked_example.deltas-reversed": lambda args, right, wrong: wrong[1] == right[1][::-1],
        "worked_example.f'-forgotten": lambda args, right, wrong: np.isclose(wrong[1][3], right[1][5] * 0.5),
        "worked_example.a-for-f'": lambda args, right, wrong: np.isclose(
            wrong[1][3] / right[1][3], 1 / (1 - 0.47601754)
        ),
        "worked_example.squared-loss-delta": lambda args, right, wrong: np.isclose(
            wrong[1][5], right[1][5] * right[0] * (1 - right[0])
        ),
        "worked_example.connections-out-of-nowhere": one_weight_moved,
        "train.no-1/m": trained_with(share=lambda m: 1),
        "train.no-learning-rate": lambda args, right, wrong: np.allclose(wrong[1], train(*args[:3], 1.0, *args[4:])[1]),
        "train.uphill": lambda args, right, wrong: np.allclose(wrong[1], train(*args[:3], -args[3], *args[4:])[1]),
        "train.f'-forgotten": trained_with(slope=lambda a: 1),
        "train.extra-o(1-o)": trained_with(start=lambda y, o: (o - y) * o * (1 - o)),
        "train.divided-by-batch-size": lambda args, right, wrong: trained_with(share=lambda m: args[5])(
            args, right, wrong
        ),
        "train.divided-by-n": lambda args, right, wrong: trained_with(share=lambda m: len(args[1]))(args, right, wrong),
        "train.batches-ignored": lambda args, right, wrong: np.allclose(wrong[1], train(*args[:5], len(args[1]))[1]),
        "train.one-epoch-too-few": lambda args, right, wrong: wrong[1] == right[1][:-1],
        "train.losses-summed": lambda args, right, wrong: np.allclose(wrong[1], np.multiply(right[1], len(args[1]))),
    },
)
