"""Slips made with the chain rule itself, along one path and along two."""

import numpy as np

from grader.assignment import Mistake
from reference.chain_rule import (
    composite_derivative,
    exponential_inner_derivatives,
    exponential_partials,
    exponential_path_derivative,
    inner,
    inner_derivative,
    outer_derivative,
    sum_over_paths,
    two_path_derivative,
    two_path_inner_derivatives,
    two_path_partials,
)

COMPOSITE = (
    Mistake(
        "no-inner-derivative",
        "You differentiate f with respect to g and stop: the derivative of g with respect to x is missing.",
        "How much does g itself move when x does?",
        {inner_derivative: lambda x: 1.0},
    ),
    Mistake(
        "no-outer-derivative",
        "You return dg/dx alone: the derivative of f with respect to g is missing.",
        "How much does f move when g does?",
        {outer_derivative: lambda g: 1.0},
    ),
    Mistake(
        "outer-derivative-at-x",
        "You take the derivative of f at x, not at g(x).",
        "What is the argument of f here?",
        {inner: lambda x: x},
    ),
    Mistake(
        "inner-derivative-at-g",
        "You take the derivative of g at g(x), not at x.",
        "What is the argument of g here?",
        {composite_derivative: lambda x: outer_derivative(inner(x)) * inner_derivative(inner(x))},
    ),
    Mistake(
        "sum-for-product",
        "You add the two derivatives.",
        "If g moves three times as fast as x, and f four times as fast as g, how fast does f move?",
        {composite_derivative: lambda x: outer_derivative(inner(x)) + inner_derivative(x)},
    ),
    Mistake(
        "value-returned",
        "You return f(g(x)), not its derivative.",
        "Is the value asked or the slope?",
        {composite_derivative: lambda x: 2 * inner(x) ** 2 - 3 * inner(x) + 1},
    ),
    Mistake(
        "outer-exponent-lost",
        "Your df/dg is 2g − 3: the exponent of g² has not come down as a factor.",
        "What is the derivative of g²?",
        {outer_derivative: lambda g: 2 * g - 3},
    ),
    Mistake(
        "outer-linear-term-lost",
        "Your df/dg is 4g: the derivative of −3g is missing.",
        "Which terms of f depend on g?",
        {outer_derivative: lambda g: 4 * g},
    ),
    Mistake(
        "inner-linear-term-lost",
        "Your dg/dx is 3x²: the derivative of 2x is missing.",
        "Which terms of g depend on x?",
        {inner_derivative: lambda x: 3 * x**2},
    ),
    Mistake(
        "inner-linear-term-kept",
        "Your dg/dx is 3x² + 2x: the term 2x has not been differentiated.",
        "What is the derivative of 2x?",
        {inner_derivative: lambda x: 3 * x**2 + 2 * x},
    ),
)

FIRST_PATH_ONLY = Mistake(
    "first-path-only",
    "You follow the first path alone.",
    "Through which intermediate variables does the argument reach f?",
    {sum_over_paths: lambda partials, derivatives: partials[0] * derivatives[0]},
)
SECOND_PATH_ONLY = Mistake(
    "second-path-only",
    "You follow the second path alone.",
    "Through which intermediate variables does the argument reach f?",
    {sum_over_paths: lambda partials, derivatives: partials[1] * derivatives[1]},
)
PATHS_MULTIPLIED = Mistake(
    "paths-multiplied",
    "You multiply what comes along the two paths.",
    "How do the effects of two paths combine?",
    {sum_over_paths: lambda partials, derivatives: np.prod(partials) * np.prod(derivatives)},
)
PATHS_CROSSED = Mistake(
    "paths-crossed",
    "You pair the first partial derivative with the second inner derivative, and the other way round.",
    "Which two factors belong to the same path?",
    {sum_over_paths: lambda partials, derivatives: partials[0] * derivatives[1] + partials[1] * derivatives[0]},
)

TWO_PATHS = (
    FIRST_PATH_ONLY,
    SECOND_PATH_ONLY,
    PATHS_MULTIPLIED,
    PATHS_CROSSED,
    Mistake(
        "no-inner-derivatives",
        "You add the partial derivatives of f: the derivatives of g₁ and g₂ with respect to x are missing.",
        "How much do g₁ and g₂ move when x does?",
        {two_path_inner_derivatives: lambda x: (1.0, 1.0)},
    ),
    Mistake(
        "product-term-of-g1-lost",
        "Your ∂f/∂g₁ is 4g₁: the term −3g₁g₂ has been left out.",
        "Which terms of f depend on g₁?",
        {two_path_partials: lambda g1, g2: (4 * g1, -3 * g1)},
    ),
    Mistake(
        "exponent-lost",
        "Your ∂f/∂g₁ is 2g₁ − 3g₂: the exponent of g₁² has not come down as a factor.",
        "What is the derivative of g₁²?",
        {two_path_partials: lambda g1, g2: (2 * g1 - 3 * g2, -3 * g1)},
    ),
    Mistake(
        "sign-of-the-second-path",
        "Your ∂f/∂g₂ is 3g₁: a minus sign has been lost.",
        "Which sign has the term of f that g₂ stands in?",
        {two_path_partials: lambda g1, g2: (4 * g1 - 3 * g2, 3 * g1)},
    ),
    Mistake(
        "g2-left-in-its-partial",
        "Your ∂f/∂g₂ is −3g₁g₂: the term has not been differentiated.",
        "What is the derivative of −3g₁g₂ with respect to g₂?",
        {two_path_partials: lambda g1, g2: (4 * g1 - 3 * g2, -3 * g1 * g2)},
    ),
    Mistake(
        "linear-term-of-g2-lost",
        "Your dg₂/dx is 2x: the derivative of the term 2x is missing.",
        "Which terms of g₂ depend on x?",
        {two_path_inner_derivatives: lambda x: (3.0, 2 * x)},
    ),
    Mistake(
        "value-returned",
        "You return f, not its derivative.",
        "Is the value asked or the slope?",
        {two_path_derivative: lambda x: 18 * x**2 - 9 * x * (x**2 + 2 * x) + 1},
    ),
)

EXPONENTIAL_PATHS = (
    FIRST_PATH_ONLY,
    SECOND_PATH_ONLY,
    PATHS_MULTIPLIED,
    PATHS_CROSSED,
    Mistake(
        "sign-of-sin",
        "Your dx/dt is sin t: a minus sign has been lost.",
        "Does cos t rise or fall just right of t = 0?",
        {exponential_inner_derivatives: lambda t: (np.sin(t), 2 * t)},
    ),
    Mistake(
        "exponent-of-t-lost",
        "Your dy/dt is t: the exponent of t² has not come down as a factor.",
        "What is the derivative of t²?",
        {exponential_inner_derivatives: lambda t: (-np.sin(t), t)},
    ),
    Mistake(
        "no-inner-derivatives",
        "You add the partial derivatives of f: the derivatives of x and y with respect to t are missing.",
        "How much do x and y move when t does?",
        {exponential_inner_derivatives: lambda t: (1.0, 1.0)},
    ),
    Mistake(
        "direct-y-lost",
        "Your ∂f/∂y is x e^{xy}: y also stands in f on its own.",
        "How many times does y appear in f?",
        {exponential_partials: lambda x, y: (y * np.exp(x * y), x * np.exp(x * y))},
    ),
    Mistake(
        "exponent-not-differentiated",
        "You differentiate e^{xy} to e^{xy}: the derivative of the exponent is missing.",
        "What is the derivative of e^{5u} with respect to u?",
        {exponential_partials: lambda x, y: (np.exp(x * y), 1 + np.exp(x * y))},
    ),
    Mistake(
        "factors-swapped",
        "Your ∂f/∂x carries the factor x and your ∂f/∂y the factor y.",
        "What is the derivative of xy with respect to x?",
        {exponential_partials: lambda x, y: (x * np.exp(x * y), 1 + y * np.exp(x * y))},
    ),
    Mistake(
        "value-returned",
        "You return f, not its derivative.",
        "Is the value asked or the slope?",
        {exponential_path_derivative: lambda t: t**2 + np.exp(t**2 * np.cos(t))},
    ),
)
