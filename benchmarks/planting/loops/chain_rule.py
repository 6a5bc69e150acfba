"""The chain rule with other factorings and sums in loops, and where each banked mistake is planted."""

import math


def composite_derivative(x):
    inner = x * (x * x + 2)
    slope_out = 4 * inner
    slope_out -= 3
    slope_in = 3 * x * x
    slope_in += 2
    return slope_in * slope_out


def two_path_derivative(x):
    g = [3 * x, x * (x + 2)]
    partial = [4 * g[0] - 3 * g[1], 0 - 3 * g[0]]
    own = [3, 2 * (x + 1)]
    total = 0
    for p, d in zip(partial, own):
        total += p * d
    return total


def exponential_path_derivative(t):
    c, q = math.cos(t), t * t
    big = math.exp(c * q)
    partial = [q * big, 1 + c * big]
    own = [0 - math.sin(t), t + t]
    total = 0
    for p, d in zip(partial, own):
        total += p * d
    return total


def logistic_least_squares(w, b, x, t):
    net = w * x
    net += b
    out = 1 / (1 + math.exp(-net))
    gap = out - t
    J = gap * gap / 2
    slope = out * (1 - out)
    signal = gap * slope
    return J, signal * x, signal


def regularized_logistic_least_squares(w, b, x, t, lam):
    out = math.exp(w * x + b) / (1 + math.exp(w * x + b))
    gap = out - t
    slope = out * (1 - out)
    size = w * w / 2
    pull = lam * w
    J = gap * gap / 2 + lam * size
    return J, gap * slope * x + pull, gap * slope


def multiclass_logistic(W, b, x, t):
    K = len(b)
    scores = [sum(W[k][i] * x[i] for i in range(len(x))) + b[k] for k in range(K)]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    out = [p / sum(powers) for p in powers]
    J = 0
    for k in range(K):
        J -= t[k] * math.log(out[k])
    gap = [out[k] - t[k] for k in range(K)]
    return J, [[gap[k] * x[i] for i in range(len(x))] for k in range(K)], gap


PATHS = {
    "first-path-only": "return total => return partial[0] * own[0]",
    "second-path-only": "return total => return p * d",
    "paths-multiplied": "total = 0 => total = 1 ;; total += => total *=",
    "paths-crossed": "zip(partial, own) => zip(partial, own[::-1])",
    "no-inner-derivatives": "total += p * d => total += p",
}
PLANTS = {
    "composite_derivative": {
        "no-inner-derivative": "slope_in * slope_out => slope_out",
        "no-outer-derivative": "slope_in * slope_out => slope_in",
        "outer-derivative-at-x": "4 * inner => 4 * x",
        "inner-derivative-at-g": "3 * x * x => 3 * inner * inner",
        "sum-for-product": "slope_in * slope_out => slope_in + slope_out",
        "value-returned": "return slope_in * slope_out => return 2 * inner * inner - 3 * inner + 1",
        "outer-exponent-lost": "4 * inner => 2 * inner",
        "outer-linear-term-lost": "    slope_out -= 3\n => ",
        "inner-linear-term-lost": "    slope_in += 2\n => ",
        "inner-linear-term-kept": "slope_in += 2 => slope_in += 2 * x",
    },
    "two_path_derivative": PATHS
    | {
        "product-term-of-g1-lost": " - 3 * g[1], => ,",
        "exponent-lost": "4 * g[0] => 2 * g[0]",
        "sign-of-the-second-path": "0 - 3 => 0 + 3",
        "g2-left-in-its-partial": "0 - 3 * g[0] => 0 - 3 * g[0] * g[1]",
        "linear-term-of-g2-lost": "2 * (x + 1) => 2 * x",
        "value-returned": "return total => return 2 * g[0] * g[0] - 3 * g[0] * g[1] + 1",
    },
    "exponential_path_derivative": PATHS
    | {
        "sign-of-sin": "0 - math => 0 + math",
        "exponent-of-t-lost": "t + t => t",
        "direct-y-lost": "1 + c => c",
        "exponent-not-differentiated": "[q * big, 1 + c * big] => [big, 1 + big]",
        "factors-swapped": "[q * big, 1 + c * big] => [c * big, 1 + q * big]",
        "value-returned": "return total => return q + big",
    },
    "logistic_least_squares": {
        "no-derivative": "gap * slope => gap",
        "input-forgotten": "signal * x, => signal,",
        "no-half": "gap * gap / 2 => gap * gap ;; gap * slope => 2 * gap * slope",
        "half-lost-in-the-loss": "gap * gap / 2 => gap * gap",
        "half-lost-in-the-derivatives": "gap * slope => 2 * gap * slope",
        "sign": "gap * slope => (t - out) * slope",
        "derivative-at-y": "out * (1 - out) => math.exp(-out) / (1 + math.exp(-out)) ** 2",
        "z-for-y": "out * (1 - out) => net * (1 - net)",
        "y-for-its-derivative": "out * (1 - out) => out",
        "not-multiplied": "out * (1 - out) => 1 - out",
        "bias-gets-the-input": "x, signal => x, x * signal",
        "weight-for-input": "signal * x => signal * w",
        "no-bias": "    net += b\n => ",
        "no-logistic-function": "out = 1 / (1 + math.exp(-net)) => out = net ;; gap * slope => gap",
    },
    "regularized_logistic_least_squares": {
        "no-derivative": "gap * slope => gap",
        "input-forgotten": "gap * slope * x + pull => gap * slope + pull",
        "no-half": "gap * gap / 2 => gap * gap ;; gap * slope => 2 * gap * slope",
        "no-regularisation": " + lam * size =>  ;;  + pull => ",
        "regulariser-not-in-the-loss": " + lam * size => ",
        "regulariser-not-in-the-derivative": " + pull => ",
        "regulariser-without-half": "w * w / 2 => w * w ;; lam * w => 2 * lam * w",
        "derivative-of-the-regulariser-doubled": "lam * w => 2 * lam * w",
        "derivative-of-the-regulariser-halved": "lam * w => lam * w / 2",
        "weight-lost-in-the-derivative": "pull = lam * w => pull = lam",
        "lambda-forgotten": "pull = lam * w => pull = w ;; lam * size => size",
        "bias-regularised": "w * w / 2 => (w * w + b * b) / 2 ;; pull, gap * slope => pull, gap * slope + lam * b",
        "regulariser-subtracted": "+ pull => - pull ;; + lam * size => - lam * size",
    },
    "multiclass_logistic": {
        "sign": "out[k] - t[k] => t[k] - out[k]",
        "targets-forgotten": "out[k] - t[k] => out[k]",
        "true-class-only": "out[k] - t[k] => t[k] * (out[k] - 1)",
        "derivative-twice": "out[k] - t[k] => (out[k] - t[k]) * out[k] * (1 - out[k])",
        "softmax-skipped": "out[k] - t[k] => -t[k] / out[k]",
        "no-minus": "J -= => J +=",
        "all-classes": "J -= t[k] * => J -= 1 *",
        "binary-for-every-class": "J -= t[k] * math.log(out[k]) => J -= math.log(out[k] if t[k] else 1 - out[k])",
        "divided-by-k": "return J => return J / K",
        "logarithm-to-base-2": "math.log( => math.log2(",
        "logistic-for-softmax": "p / sum(powers) for p in powers => 1 / (1 + math.exp(-s)) for s in scores",
        "no-bias": " + b[k] => ",
        "transposed": "[[gap[k] * x[i] for i in range(len(x))] for k in range(K)] => [[gap[k] * x[i] for k in range(K)] for i in range(len(x))]",
        "input-forgotten": "gap[k] * x[i] => gap[k]",
        "bias-gradient-summed": "], gap => ], sum(gap)",
    },
}
