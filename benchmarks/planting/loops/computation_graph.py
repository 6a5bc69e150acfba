"""Computation graphs with tables and loops, and where each banked mistake is planted."""

import math

VALUES = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
    "exp": lambda u: math.e**u,
    "log": lambda u: math.log(u),  # noqa: PLW0108
    "square": lambda u: u * u,
    "half": lambda u: 0.5 * u,
}
SLOPES = {
    "add": lambda out, u, v: (1, 1),
    "subtract": lambda out, u, v: (1, -1),
    "multiply": lambda out, u, v: (v, u),
    "sigmoid": lambda out, u: (out * (1 - out),),
    "exp": lambda out, u: (out,),
    "log": lambda out, u: (1 / u,),
    "square": lambda out, u: (u + u,),
    "half": lambda out, u: (1 / 2,),
}


def sorted_nodes(graph):
    order, left = [], list(graph)
    while left:
        for node in left:
            if all(p in order for p in graph[node][1]):
                order.append(node)
                left.remove(node)
                break
    return order


def forward_values(graph, inputs):
    values = {}
    for node in sorted_nodes(graph):
        op, parents = graph[node]
        values[node] = inputs[node] if op == "input" else VALUES[op](*[values[p] for p in parents])
    return values


def error_signals(graph, inputs):
    values = forward_values(graph, inputs)
    order = sorted_nodes(graph)
    errors = dict.fromkeys(graph, 0.0)
    errors[order[-1]] = 1.0
    for node in reversed(order):
        op, parents = graph[node]
        if op == "input":
            continue
        local = SLOPES[op](values[node], *[values[p] for p in parents])
        for parent, slope in zip(parents, local):
            errors[parent] += errors[node] * slope
    return errors


def mlp_loss_and_gradients(W1, b1, W2, b2, x, t):
    n, k = len(b1), len(b2)
    h = [1 / (1 + math.exp(-(sum(W1[i][j] * x[j] for j in range(len(x))) + b1[i]))) for i in range(n)]
    y = [sum(W2[i][j] * h[j] for j in range(n)) + b2[i] for i in range(k)]
    gap = [y[i] - t[i] for i in range(k)]
    loss = sum(g * g for g in gap) / 2
    back = []
    for j in range(n):
        total = sum(W2[i][j] * gap[i] for i in range(k))
        back.append(total * h[j] * (1 - h[j]))
    return loss, [[d * v for v in x] for d in back], back, [[g * v for v in h] for g in gap], gap


def multiply_adds(sizes):
    forward = backward = 0
    for i in range(len(sizes) - 1):
        forward += sizes[i] * sizes[i + 1]
        backward += sizes[i] * sizes[i + 1] * 2
    return forward, backward


PLANTS = {
    "forward_values": {
        "subtract-swapped": "lambda u, v: u - v => lambda u, v: v - u",
        "half-of-square": "0.5 * u => 0.5 * u * u",
        "square-doubles": "lambda u: u * u => lambda u: u + u",
        "sigmoid-falls": "math.exp(-u) => math.exp(u)",
        "log-base-10": "math.log(u) => math.log10(u)",
        "log-base-2": "math.log(u) => math.log2(u)",
        "inputs-left-out": "return values\n => return {n: v for n, v in values.items() if n not in inputs}\n",
    },
    "error_signals": {
        "fan-out-overwritten": "errors[parent] += => errors[parent] =",
        "message-without-signal": "errors[node] * slope => slope",
        "product-with-own-factor": "(v, u) => (u, v)",
        "subtract-without-minus": "(1, -1) => (1, 1)",
        "sigmoid'-at-its-value": "(out * (1 - out),) => (math.exp(-out) / (1 + math.exp(-out)) ** 2,)",
        "sigmoid-for-sigmoid'": "(out * (1 - out),) => (out,)",
        "square-without-2": "(u + u,) => (u,)",
        "half-forgotten": "(1 / 2,) => (1,)",
        "exp-forgotten": '"exp": lambda out, u: (out,) => "exp": lambda out, u: (1,)',
        "derivatives-at-own-value": "(1 / u,) => (1 / out,) ;; (u + u,) => (out + out,)",
        "starts-from-L": "errors[order[-1]] = 1.0 => errors[order[-1]] = values[order[-1]]",
        "inputs-left-out": "return errors\n => return {n: v for n, v in errors.items() if n not in inputs}\n",
    },
    "mlp_loss_and_gradients": {
        "no-half": ") / 2 => ) ;; total * h[j] => 2 * total * h[j] ;; [g * v for v in h] for g in gap], gap => [2 * g * v for v in h] for g in gap], [2 * g for g in gap]",
        "no-half-in-the-loss": ") / 2 => )",
        "mean-over-outputs": ") / 2 => ) / 2 / k",
        "t-minus-y": "y[i] - t[i] => t[i] - y[i]",
        "σ'-forgotten": " * h[j] * (1 - h[j]) => ",
        "σ'-at-h": " * h[j] * (1 - h[j]) =>  * math.exp(-h[j]) / (1 + math.exp(-h[j])) ** 2",
        "h-for-σ'": " * (1 - h[j]) => ",
        "no-sigmoid": "1 / (1 + math.exp(-(sum(W1[i][j] * x[j] for j in range(len(x))) + b1[i]))) => sum(W1[i][j] * x[j] for j in range(len(x))) + b1[i] ;;  * h[j] * (1 - h[j]) => ",
        "no-bias": " + b1[i] =>  ;;  + b2[i] => ",
        "transposed": "[d * v for v in x] for d in back => [d * v for d in back] for v in x ;; [g * v for v in h] for g in gap => [g * v for g in gap] for v in h",
        "bias-gradient-1": "], back, => ], [1] * n, ;; ], gap => ], [1] * k",
        "bias-gradient-0": "], back, => ], [0] * n, ;; ], gap => ], [0] * k",
    },
    "multiply_adds": {
        "biases-counted": "forward += sizes[i] * sizes[i + 1] => forward += (sizes[i] + 1) * sizes[i + 1] ;; sizes[i] * sizes[i + 1] * 2 => (sizes[i] + 1) * sizes[i + 1] * 2",
        "backward-once-per-weight": "sizes[i] * sizes[i + 1] * 2 => sizes[i] * sizes[i + 1]",
        "first-layer-once": "sizes[i + 1] * 2 => sizes[i + 1] * (2 if i else 1)",
        "forward-included": "return forward, backward => return forward, forward + backward",
    },
}
