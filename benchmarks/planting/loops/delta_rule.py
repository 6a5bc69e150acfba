"""The delta rule neuron by neuron, and where each banked mistake is planted."""

import math


def squared_loss(y, o):
    miss = y - o
    return miss**2


def log_loss(y, o):
    return -(y * math.log(o) + (1 - y) * math.log(1 - o))


def cross_entropy_loss(y, o):
    total = 0
    for i in range(len(y)):
        if y[i]:
            total -= math.log(o[i])
    return total


def output_delta(task, y, o):
    if task == "multiclass":
        return [o[i] - y[i] for i in range(len(o))]
    if task == "binary":
        gap = o - y
        return gap
    return -2 * (y - o)


def hidden_deltas(W_next, deltas_next, a):
    found = []
    for i in range(len(a)):
        blame = 0
        for j in range(len(deltas_next)):
            blame += W_next[j][i] * deltas_next[j]
        found.append(blame * a[i] * (1 - a[i]))
    return found


def gradient(deltas, a_prev):
    return [[d * a for a in a_prev] for d in deltas]


def descent_step(w, grad, alpha):
    new = w.copy()
    new -= alpha * grad
    return new


def minibatches(X, y, size):
    found = []
    for start in range(0, len(X), size):
        stop = start + size
        found.append((X[start:stop], y[start:stop]))
    return found


def f(z):
    return 1 / (1 + math.exp(-z))


def slope(a):
    return a - a * a


def forward(w):
    a1, a2, a3 = f(w["11"] + w["b1"]), f(w["12"] + w["b2"]), f(w["b3"])
    a4 = f(w["41"] * a1 + w["42"] * a2)
    a5 = f(w["51"] * a1 + w["52"] * a2 + w["53"] * a3)
    return a1, a2, a3, a4, a5, f(w["64"] * a4 + w["65"] * a5)


def worked_example():
    w = {"11": 0.5, "12": -0.2, "b1": 0.3, "b2": 0.7, "b3": -0.1, "41": -0.5, "42": 0.4}
    w |= {"51": 0.3, "52": 0.6, "53": 0.4, "64": 0.5, "65": 0.7}
    a1, a2, a3, a4, a5, o = forward(w)
    d6 = o - 1
    d4, d5 = w["64"] * d6 * slope(a4), w["65"] * d6 * slope(a5)
    d1 = (w["41"] * d4 + w["51"] * d5) * slope(a1)
    d2 = (w["42"] * d4 + w["52"] * d5) * slope(a2)
    d3 = w["53"] * d5 * slope(a3)
    g = {"11": d1, "12": d2, "b1": d1, "b2": d2, "b3": d3, "41": d4 * a1, "42": d4 * a2}
    g |= {"51": d5 * a1, "52": d5 * a2, "53": d5 * a3, "64": d6 * a4, "65": d6 * a5}
    after = {k: w[k] - 0.5 * g[k] for k in w}
    return o, [d1, d2, d3, d4, d5, d6], forward(after)[-1]


PLANTS = {
    "squared_loss": {
        "half-squared-loss": "miss**2 => miss**2 / 2",
        "not-squared": "miss**2 => math.sqrt(miss**2)",
    },
    "log_loss": {
        "minus-forgotten": "return -(y => return (y",
        "only-label-1": " + (1 - y) * math.log(1 - o) => ",
        "o-and-1-o-swapped": "math.log(o) + (1 - y) * math.log(1 - o) => math.log(1 - o) + (1 - y) * math.log(o)",
        "log-base-2": "math.log( => math.log2(",
    },
    "cross_entropy_loss": {
        "minus-forgotten": "total -= => total +=",
        "mean-over-classes": "return total => return total / len(y)",
        "label-forgotten": "        if y[i]:\n            total =>         if True:\n            total",
        "binary-form": "            total -= math.log(o[i]) =>             total -= math.log(o[i])\n        else:\n            total -= math.log(1 - o[i])",
        "log-base-2": "math.log( => math.log2(",
    },
    "output_delta": {
        "half-squared-loss": "-2 * (y - o) => -(y - o)",
        "y-minus-o": "o[i] - y[i] => y[i] - o[i] ;; gap = o - y => gap = y - o ;; -2 * => 2 *",
        "extra-o(1-o)": "return gap => return gap * o * (1 - o)",
        "f'-forgotten": "return gap => return gap / o / (1 - o)",
        "softmax-forgotten": "o[i] - y[i] => -y[i] / o[i]",
        "only-the-right-class": "o[i] - y[i] => (o[i] - 1) * y[i]",
    },
    "hidden_deltas": {
        "f'-forgotten": " * a[i] * (1 - a[i]) => ",
        "a-for-f'": " * (1 - a[i]) => ",
        "f'-at-a": " * a[i] * (1 - a[i]) =>  * slope(f(a[i]))",
        "tanh-derivative": " * a[i] * (1 - a[i]) =>  * (1 + a[i]) * (1 - a[i])",
        "weights-forgotten": "W_next[j][i] *  => ",
    },
    "gradient": {
        "transposed": "[d * a for a in a_prev] for d in deltas => [d * a for d in deltas] for a in a_prev",
        "activations-forgotten": "d * a => d",
        "deltas-forgotten": "d * a => a",
    },
    "descent_step": {
        "uphill": "new -= => new +=",
        "no-learning-rate": "alpha * grad => grad",
        "weight-as-its-own-rate": "alpha * grad => w * grad",
        "step-without-weights": "return new => return new - w",
    },
    "minibatches": {
        "rest-dropped": "        found.append( =>         if stop <= len(X):\n            found.append(",
        "empty-last-batch": "range(0, len(X), size) => range(0, len(X) // size * size + 1, size)",
        "labels-not-cut": "y[start:stop] => y",
    },
    "worked_example": {
        "weight-as-its-own-rate": "w[k] - 0.5 * g[k] => w[k] - w[k] * g[k]",
        "f'(z5)-with-a4": "slope(a5) => a5 * (1 - a4)",
        "deltas-with-updated-weights": '    d1 = (w =>     w["41"] -= 0.5 * d4 * a1; w["42"] -= 0.5 * d4 * a2\n    w["51"] -= 0.5 * d5 * a1; w["52"] -= 0.5 * d5 * a2; w["53"] -= 0.5 * d5 * a3\n    d1 = (w'
        ' ;;     d4, d5 = =>     w["64"] -= 0.5 * d6 * a4; w["65"] -= 0.5 * d6 * a5\n    d4, d5 ='
        ' ;; w[k] - 0.5 * g[k] => w[k] - (0.5 * g[k] if k in ("11", "12", "b1", "b2", "b3") else 0)',
        "biases-not-updated": '"b1": d1, "b2": d2, "b3": d3 => "b1": 0, "b2": 0, "b3": 0',
        "uphill": "w[k] - 0.5 => w[k] + 0.5",
        "no-learning-rate": "0.5 * g[k] => g[k]",
        "f'-forgotten": "return a - a * a => return 1",
        "a-for-f'": "return a - a * a => return a",
        "f'-at-a": "return a - a * a => return f(a) * (1 - f(a))",
        "squared-loss-delta": "o - 1 => (o - 1) * slope(o)",
        "sigmoid-forgotten": "return 1 / (1 + math.exp(-z)) => return z",
    },
}
