"""Activation functions that are right for ordinary numbers alone, by assignment and exercise."""

import numpy as np

from reference import activations


def logistic_within(c):
    return lambda z: activations.sigmoid(np.clip(z, -c, c))


def logistic_cut(c):
    return lambda z: np.where(np.abs(z) > c, z > 0, activations.sigmoid(z))


def tanh_cut(c):
    return lambda z: np.where(np.abs(z) > c, np.sign(z), np.tanh(z))


def zero_beyond(c, derivative):
    return lambda z: np.where(np.abs(z) > c, 0, derivative(z))


def softplus_is_z_above(c):
    return lambda z: np.where(z > c, z, activations.softplus(z))


def softplus_is_zero_below(c):
    return lambda z: np.where(z < c, 0, activations.softplus(z))


def at_most(c, function):
    return lambda *args: np.minimum(function(*args), c)


def threshold_at(c, function):
    return lambda z, *alpha: function(z - c, *alpha)


def softmax_minus(shift):
    def softmax(a):
        e = np.exp(a - shift(a))
        return e / e.sum()

    return softmax


TAILS = {
    "activations.softplus": {
        **{f"z above {c}": softplus_is_z_above(c) for c in (5, 8, 10, 12)},
        **{f"0 below {c}": softplus_is_zero_below(c) for c in (-4, -8, -12)},
    },
    "activations.sigmoid": {
        **{f"clipped at {c}": logistic_within(c) for c in (4, 6, 8, 10)},
        **{f"cut at {c}": logistic_cut(c) for c in (4, 6, 8, 10)},
    },
    "activations.softplus_derivative": {f"cut at {c}": logistic_cut(c) for c in (4, 6, 8, 10)},
    "activations.sigmoid_derivative": {
        f"cut at {c}": zero_beyond(c, activations.sigmoid_derivative) for c in (4, 6, 8, 10)
    },
    "activations.tanh": {f"cut at {c}": tanh_cut(c) for c in (3, 4, 5, 6)},
    "activations.tanh_derivative": {f"cut at {c}": zero_beyond(c, activations.tanh_derivative) for c in (3, 4, 5, 6)},
    "activations.relu": {"at most 6": at_most(6, activations.relu)},
    "activations.absolute_relu": {"at most 6": at_most(6, activations.absolute_relu)},
    "activations.leaky_relu": {
        "at most 6": at_most(6, activations.leaky_relu),
        "kink at alpha": lambda z, alpha: np.where(z > alpha, z, alpha * z),
        "kink at -alpha": lambda z, alpha: np.where(z > -alpha, z, alpha * z),
    },
    "activations.leaky_relu_derivative": {
        "jump at alpha": lambda z, alpha: np.where(z > alpha, 1, alpha),
        "jump at -alpha": lambda z, alpha: np.where(z > -alpha, 1, alpha),
        "jump at 1": threshold_at(1, activations.leaky_relu_derivative),
    },
    "activations.step": {f"jump at {c}": threshold_at(c, activations.step) for c in (-1, -0.5, 0.5, 1)},
    "activations.relu_derivative": {
        f"jump at {c}": threshold_at(c, activations.relu_derivative) for c in (-1, -0.5, 0.5, 1)
    },
    "activations.maxout": {
        "starts at -10": lambda a: np.maximum(a.max(axis=0), -10),
        "adds equal candidates": lambda a: np.where(a == a.max(axis=0), a, 0).sum(axis=0),
        "three candidates": lambda a: a[:3].max(axis=0),
        "rows of a square": lambda a: a.max(axis=1 if len(a) == a.shape[1] else 0),
    },
    "activations.maxout_derivative": {
        "above -10": lambda a: activations.maxout_derivative(a) * (a > -10),
        "three candidates": lambda a: activations.maxout_derivative(np.where(np.arange(len(a))[:, None] < 3, a, -1e9)),
        "rows of a square": lambda a: (
            activations.maxout_derivative(a.T).T if len(a) == a.shape[1] else activations.maxout_derivative(a)
        ),
    },
    "feedforward.softmax": {
        "minus the mean": softmax_minus(np.mean),
        "minus the first": softmax_minus(lambda a: a[0]),
        "minus the last": softmax_minus(lambda a: a[-1]),
        "minus the median": softmax_minus(np.median),
        "minus the largest |a|": softmax_minus(lambda a: np.abs(a).max()),
        "clipped at 700": lambda a: activations.softmax(np.clip(a, -700, 700)),
    },
    "feedforward.preactivation_gradient": {
        f"cut at {c}": lambda grad_h, a, c=c: grad_h * zero_beyond(c, activations.sigmoid_derivative)(a)
        for c in (4, 6, 8)
    },
}
