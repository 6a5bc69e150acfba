"""Computation graphs by recursion and matrix products, and where each banked mistake is planted."""

import math

import numpy as np


def value(op, u):
    if op == "add":
        return u[0] + u[1]
    if op == "subtract":
        return u[0] - u[1]
    if op == "multiply":
        return u[0] * u[1]
    if op == "sigmoid":
        return 1 / (1 + math.exp(-u[0]))
    if op == "exp":
        return math.exp(u[0])
    if op == "log":
        return math.log(u[0])
    if op == "square":
        return u[0] ** 2
    return u[0] / 2


def slopes(op, u):
    if op == "add":
        return [1, 1]
    if op == "subtract":
        return [1, -1]
    if op == "multiply":
        return [u[1], u[0]]
    if op == "sigmoid":
        return [math.exp(-u[0]) / (1 + math.exp(-u[0])) ** 2]
    if op == "exp":
        return [math.exp(u[0])]
    if op == "log":
        return [1 / u[0]]
    if op == "square":
        return [2 * u[0]]
    return [0.5]


def forward_values(graph, inputs):
    known = dict(inputs)

    def visit(node):
        if node not in known:
            op, parents = graph[node]
            known[node] = value(op, [visit(p) for p in parents])
        return known[node]

    for node in graph:
        visit(node)
    return known


def error_signals(graph, inputs):
    values = forward_values(graph, inputs)
    signals = {}

    def signal(node):
        if node not in signals:
            total, is_output = 0.0, True
            for child, (op, parents) in graph.items():
                for i, parent in enumerate(parents):
                    if parent == node:
                        is_output = False
                        total += signal(child) * slopes(op, [values[p] for p in parents])[i]
            signals[node] = 1.0 if is_output else total
        return signals[node]

    for node in graph:
        signal(node)
    return signals


def mlp_loss_and_gradients(W1, b1, W2, b2, x, t):
    z = W1.dot(x) + b1
    h = 1 / (1 + np.exp(-z))
    y = W2.dot(h) + b2
    e = y - t
    loss = (e**2).sum() / 2
    d = e.dot(W2) * h * (1 - h)
    return loss, np.outer(d, x), d, np.outer(e, h), e


def multiply_adds(sizes):
    weights = sum(n * m for n, m in zip(sizes, sizes[1:]))
    return weights, 2 * weights


PLANTS = {
    "forward_values": {
        "subtract-swapped": "u[0] - u[1] => u[1] - u[0]",
        "half-of-square": "u[0] / 2 => u[0] ** 2 / 2",
        "square-doubles": "return u[0] ** 2 => return 2 * u[0]",
        "sigmoid-falls": "1 + math.exp(-u[0])) => 1 + math.exp(u[0]))",
        "log-base-10": "math.log( => math.log10(",
        "log-base-2": "math.log( => math.log2(",
        "inputs-left-out": "return known\n => return {n: v for n, v in known.items() if n not in inputs}\n",
    },
    "error_signals": {
        "fan-out-last-child": "total += signal => total = signal",
        "message-without-signal": "signal(child) * slopes => slopes",
        "product-with-own-factor": "[u[1], u[0]] => [u[0], u[1]]",
        "subtract-without-minus": "[1, -1] => [1, 1]",
        "sigmoid-for-sigmoid'": "[math.exp(-u[0]) / (1 + math.exp(-u[0])) ** 2] => [1 / (1 + math.exp(-u[0]))]",
        "sigmoid'-at-its-value": "        return [math.exp(-u[0]) =>         u = [1 / (1 + math.exp(-u[0]))]\n        return [math.exp(-u[0])",
        "square-without-2": "[2 * u[0]] => [u[0]]",
        "half-forgotten": "[0.5] => [1]",
        "exp-forgotten": "[math.exp(u[0])] => [1]",
        "derivatives-at-own-value": "[1 / u[0]] => [1 / math.log(u[0])] ;; [2 * u[0]] => [2 * u[0] ** 2]",
        "starts-from-L": "1.0 if is_output => values[node] if is_output",
        "inputs-left-out": "return signals\n => return {n: v for n, v in signals.items() if n not in inputs}\n",
    },
    "mlp_loss_and_gradients": {
        "no-half": "e = y - t => e = 2 * (y - t) ;; (e**2).sum() / 2 => (e**2).sum() / 4",
        "no-half-in-the-loss": ".sum() / 2 => .sum()",
        "gradient-doubled": "e = y - t => e = 2 * (y - t) ;; .sum() / 2 => .sum() / 8",
        "mean-over-outputs": ".sum() / 2 => .mean() / 2",
        "t-minus-y": "e = y - t => e = t - y",
        "σ'-forgotten": " * h * (1 - h) => ",
        "σ'-at-h": " * h * (1 - h) =>  * np.exp(-h) / (1 + np.exp(-h)) ** 2",
        "h-for-σ'": " * h * (1 - h) =>  * h",
        "no-sigmoid": "h = 1 / (1 + np.exp(-z)) => h = z ;;  * h * (1 - h) => ",
        "no-bias": " + b1 =>  ;;  + b2 => ",
        "sigmoid-at-output": "y = W2.dot(h) + b2 => y = 1 / (1 + np.exp(-W2.dot(h) - b2)) ;; loss = (e**2).sum() / 2 => loss = (e**2).sum() / 2\n    e = e * y * (1 - y)",
        "W2-not-transposed": "e.dot(W2) => W2.dot(e)",
        "transposed": "np.outer(d, x) => np.outer(x, d) ;; np.outer(e, h) => np.outer(h, e)",
        "bias-gradient-1": ", d, np => , np.ones(len(d)), np ;; h), e => h), np.ones(len(e))",
        "bias-gradient-0": ", d, np => , np.zeros(len(d)), np ;; h), e => h), np.zeros(len(e))",
    },
    "multiply_adds": {
        "biases-counted": "n * m for => n * m + m for",
        "backward-once-per-weight": "2 * weights => weights",
        "first-layer-once": "2 * weights => 2 * weights - sizes[0] * sizes[1]",
        "forward-included": "2 * weights => 3 * weights",
    },
}
