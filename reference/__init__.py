"""The mathematics of five lectures on backpropagation, in NumPy alone: the forward pass beside the backward pass.

The general functions are here: `from reference import forward, backward, relu_units`. The lectures' own functions, in
the lectures' notation and layouts, are in a module each: `from reference import feedforward` (CS6910 lecture 4),
`relu_network` (DSC 140B lecture 20), `vectorized` (ITCS 6156), `delta_rule` (Yehoshua), `chain_rule` and
`computation_graph` (CSC321 lecture 6).

DSC 140B's last exercise with the general functions, where row j of a matrix feeds unit j:

>>> import numpy as np
>>> from reference import backward, forward, linear_units, relu_units
>>> W = [np.array([[2.0, 2.0], [-3.0, 1.0]]), np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([[3.0, -2.0]])]
>>> b = [np.zeros(2), np.zeros(2), np.zeros(1)]
>>> g = [relu_units(), relu_units(), linear_units()]
>>> a, h = forward(W, b, np.array([2.0, 1.0]), g)
>>> h[-1]
array([24.])
>>> grad_W, grad_b = backward(W, h, a, g, np.ones(1))
>>> grad_W[1]
array([[ 18.,   0.],
       [-12.,   0.]])

And the check that nothing here was needed for:

>>> from reference import central_differences
>>> def H(b_1):
...     _, h = forward(W, [b_1, *b[1:]], np.array([2.0, 1.0]), g)
...     return h[-1][0]
>>> grad_b[0], central_differences(H, b[0]).round(6)
(array([4., 0.]), array([4., 0.]))
"""

from reference import (
    activations,
    chain_rule,
    checks,
    computation_graph,
    conventions,
    delta_rule,
    descent,
    feedforward,
    graph,
    linear,
    losses,
    network,
    parameters,
    relu_network,
    units,
    vectorized,
)
from reference.activations import (
    absolute_relu,
    absolute_relu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    log_softmax,
    maxout,
    maxout_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    softmax,
    softmax_jacobian,
    softplus,
    softplus_derivative,
    step,
    step_derivative,
    tanh,
    tanh_derivative,
)
from reference.checks import (
    central_differences,
    complex_step,
    direction_error,
    directional_derivative,
    gradient_error,
    relative_error,
)
from reference.conventions import CS6910, CSC321, DSC140B, ITCS6156, YEHOSHUA, Convention, read, write
from reference.descent import descend, minibatches, shuffled, single_examples, whole_batch
from reference.graph import error_signals, forward_values, topological_order
from reference.linear import (
    augment,
    bump,
    least_squares,
    logistic_decision,
    logistic_regression_gradient,
    logistic_risk,
    perceptron,
    perceptron_decision,
    perceptron_step,
    polar,
    prediction,
    risk,
    risk_descent,
    risk_gradient,
    sum_of_sigmoids,
    xor_network,
)
from reference.losses import (
    cross_entropy,
    cross_entropy_from_logits,
    half_squared_error,
    hinge_gradient,
    hinge_loss,
    l2_gradient,
    l2_penalty,
    log_likelihood,
    log_loss,
    log_loss_from_logit,
    negative_log_likelihood,
    squared_error,
    squared_error_gradient,
    zero_one_loss,
)
from reference.network import backward, forward
from reference.parameters import pack, unpack
from reference.units import (
    Activation,
    absolute_relu_units,
    elementwise,
    leaky_relu_units,
    linear_units,
    logistic_units,
    maxout_units,
    relu_units,
    softmax_units,
    softplus_units,
    step_units,
    tanh_units,
)

__all__ = [
    "CS6910",
    "CSC321",
    "DSC140B",
    "ITCS6156",
    "YEHOSHUA",
    "Activation",
    "Convention",
    "absolute_relu",
    "absolute_relu_derivative",
    "absolute_relu_units",
    "activations",
    "augment",
    "backward",
    "bump",
    "central_differences",
    "chain_rule",
    "checks",
    "complex_step",
    "computation_graph",
    "conventions",
    "cross_entropy",
    "cross_entropy_from_logits",
    "delta_rule",
    "descend",
    "descent",
    "direction_error",
    "directional_derivative",
    "elementwise",
    "error_signals",
    "feedforward",
    "forward",
    "forward_values",
    "gradient_error",
    "graph",
    "half_squared_error",
    "hinge_gradient",
    "hinge_loss",
    "l2_gradient",
    "l2_penalty",
    "leaky_relu",
    "leaky_relu_derivative",
    "leaky_relu_units",
    "least_squares",
    "linear",
    "linear_units",
    "log_likelihood",
    "log_loss",
    "log_loss_from_logit",
    "log_softmax",
    "logistic_decision",
    "logistic_regression_gradient",
    "logistic_risk",
    "logistic_units",
    "losses",
    "maxout",
    "maxout_derivative",
    "maxout_units",
    "minibatches",
    "negative_log_likelihood",
    "network",
    "pack",
    "parameters",
    "perceptron",
    "perceptron_decision",
    "perceptron_step",
    "polar",
    "prediction",
    "read",
    "relative_error",
    "relu",
    "relu_derivative",
    "relu_network",
    "relu_units",
    "risk",
    "risk_descent",
    "risk_gradient",
    "shuffled",
    "sigmoid",
    "sigmoid_derivative",
    "single_examples",
    "softmax",
    "softmax_jacobian",
    "softmax_units",
    "softplus",
    "softplus_derivative",
    "softplus_units",
    "squared_error",
    "squared_error_gradient",
    "step",
    "step_derivative",
    "step_units",
    "sum_of_sigmoids",
    "tanh",
    "tanh_derivative",
    "tanh_units",
    "topological_order",
    "units",
    "unpack",
    "vectorized",
    "whole_batch",
    "write",
    "xor_network",
    "zero_one_loss",
]
