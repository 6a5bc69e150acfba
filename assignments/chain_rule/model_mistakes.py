"""Slips made with the models: logistic least squares, plain and regularised, and multiclass logistic regression."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid, sigmoid_derivative, softmax
from reference.chain_rule import (
    affine_partials,
    half_squared_loss,
    half_squared_loss_derivative,
    logistic_least_squares,
    regularized_logistic_least_squares,
    regularizer,
    regularizer_derivative,
)
from reference.losses import cross_entropy_delta, cross_entropy_from_logits
from reference.network import bias_gradient, preactivation, weight_gradient


def weight_for_input(w: float, b: float, x: float, t: float) -> tuple[float, float, float]:
    L, _, z_bar = logistic_least_squares(w, b, x, t)
    return L, z_bar * w, z_bar


NO_DERIVATIVE = Mistake(
    "no-derivative",
    "The derivative of the logistic function is missing: you pass y − t on to z as it is.",
    "How strongly does y = σ(z) answer to z?",
    {sigmoid_derivative: np.ones_like},
)
INPUT_FORGOTTEN = Mistake(
    "input-forgotten",
    "Your dw equals your db: the input makes no difference.",
    "How strongly does z = wx + b answer to w?",
    {affine_partials: lambda x: (1.0, 1.0)},
)
NO_HALF = Mistake(
    "no-half",
    "Your loss is (y − t)², as in CS6910 and DSC 140B, which have no factor ½, and your derivatives fit it.",
    "Which factor stands before the square in CSC321's loss?",
    {half_squared_loss: lambda y, t: (y - t) ** 2, half_squared_loss_derivative: lambda y, t: 2 * (y - t)},
    convention=True,
)

LOGISTIC_LEAST_SQUARES = (
    NO_DERIVATIVE,
    INPUT_FORGOTTEN,
    NO_HALF,
    Mistake(
        "half-lost-in-the-loss",
        "Your loss lacks the factor ½; your derivatives have it.",
        "Of which loss are your derivatives?",
        {half_squared_loss: lambda y, t: (y - t) ** 2},
    ),
    Mistake(
        "half-lost-in-the-derivatives",
        "Your derivatives are twice as large as your loss asks for.",
        "What is the derivative of ½u²?",
        {half_squared_loss_derivative: lambda y, t: 2 * (y - t)},
    ),
    Mistake(
        "sign",
        "Your derivatives come from t − y: they have the opposite sign.",
        "Does the loss rise or fall when y moves up, away from a smaller t?",
        {half_squared_loss_derivative: lambda y, t: t - y},
    ),
    Mistake(
        "derivative-at-y",
        "You take σ' at y, which has gone through σ already.",
        "At which of the two, z or y, does CSC321 take σ'?",
        {sigmoid_derivative: lambda z: sigmoid_derivative(sigmoid(z))},
    ),
    Mistake(
        "z-for-y",
        "You use z(1 − z) for the derivative: z stands where y belongs.",
        "The rule σ' = σ(1 − σ) is written with σ(z). Which of your variables is that?",
        {sigmoid_derivative: lambda z: z * (1 - z)},
    ),
    Mistake(
        "y-for-its-derivative",
        "You multiply by y = σ(z), not by σ'(z).",
        "How strongly does y answer to z when it is nearly 1?",
        {sigmoid_derivative: sigmoid},
    ),
    Mistake(
        "not-multiplied",
        "You multiply by 1 − y: one factor of σ' is missing.",
        "How strongly does y answer to z when it is nearly 0?",
        {sigmoid_derivative: lambda z: 1 - sigmoid(z)},
    ),
    Mistake(
        "bias-gets-the-input",
        "Your db is multiplied by the input, too.",
        "How strongly does z = wx + b answer to b?",
        {affine_partials: lambda x: (x, x)},
    ),
    Mistake(
        "weight-for-input",
        "Your dw is multiplied by the weight, not by the input.",
        "What is the derivative of wx with respect to w?",
        {logistic_least_squares: weight_for_input},
    ),
    Mistake(
        "no-bias",
        "Your z leaves the bias out.",
        "What is z when the input is 0?",
        {logistic_least_squares: lambda w, b, x, t: logistic_least_squares(w, 0.0, x, t)},
    ),
    Mistake(
        "no-logistic-function",
        "Your model is linear: y = z.",
        "What lies between z and y?",
        {sigmoid: lambda z: z, sigmoid_derivative: np.ones_like},
    ),
)


def bias_regularized(w: float, b: float, x: float, t: float, lam: float) -> tuple[float, float, float]:
    L, w_bar, b_bar = regularized_logistic_least_squares(w, b, x, t, lam)
    return L + lam * regularizer(b), w_bar, b_bar + lam * regularizer_derivative(b)


REGULARIZED = (
    NO_DERIVATIVE,
    INPUT_FORGOTTEN,
    NO_HALF,
    Mistake(
        "no-regularisation",
        "You leave the regulariser out of the loss and of its derivative.",
        "What changes in your result when you call it with another λ?",
        {regularizer: lambda w: 0.0, regularizer_derivative: lambda w: 0.0},
    ),
    Mistake(
        "regulariser-not-in-the-loss",
        "Your loss leaves the regulariser out; your derivative has it.",
        "Of which loss is your dw the derivative?",
        {regularizer: lambda w: 0.0},
    ),
    Mistake(
        "regulariser-not-in-the-derivative",
        "Your dw leaves the regulariser out; your loss has it.",
        "Along how many paths does w reach the regularised loss?",
        {regularizer_derivative: lambda w: 0.0},
    ),
    Mistake(
        "regulariser-without-half",
        "Your regulariser is w², without the ½.",
        "Which factor stands before w² in R?",
        {regularizer: lambda w: w**2, regularizer_derivative: lambda w: 2 * w},
    ),
    Mistake(
        "derivative-of-the-regulariser-doubled",
        "Your dw carries 2λw: the ½ of R has been overlooked.",
        "What is the derivative of ½w²?",
        {regularizer_derivative: lambda w: 2 * w},
    ),
    Mistake(
        "derivative-of-the-regulariser-halved",
        "Your dw carries ½λw: the square has not been differentiated.",
        "What is the derivative of ½w²?",
        {regularizer_derivative: lambda w: w / 2},
    ),
    Mistake(
        "weight-lost-in-the-derivative",
        "Your dw carries λ alone: the regulariser's derivative does not depend on w.",
        "Which weights should be pulled towards 0 more strongly, large or small ones?",
        {regularizer_derivative: lambda w: 1.0},
    ),
    Mistake(
        "lambda-forgotten",
        "Your regulariser has the strength 1, whatever λ is given.",
        "What changes in your result when you call it with another λ?",
        {
            regularized_logistic_least_squares: lambda w, b, x, t, lam: regularized_logistic_least_squares(
                w, b, x, t, 1.0
            )
        },
    ),
    Mistake(
        "bias-regularised",
        "You regularise the bias, too.",
        "Which parameters stand in R?",
        {regularized_logistic_least_squares: bias_regularized},
    ),
    Mistake(
        "regulariser-subtracted",
        "Your regulariser is subtracted, as if large weights made the loss smaller.",
        "Should large weights be cheap or dear?",
        {regularizer: lambda w: -(w**2) / 2, regularizer_derivative: lambda w: -w},
    ),
)

MULTICLASS = (
    Mistake(
        "sign",
        "Your gradients come from t − y: they have the opposite sign.",
        "Does the loss rise or fall when the score of the true class rises?",
        {cross_entropy_delta: lambda t, y: t - y},
    ),
    Mistake(
        "targets-forgotten",
        "Your gradients come from y alone: the target makes no difference.",
        "When should the gradient be zero?",
        {cross_entropy_delta: lambda t, y: y},
    ),
    Mistake(
        "true-class-only",
        "Your gradients are zero for all classes but the true one.",
        "Does y of the true class depend on the scores of the others?",
        {cross_entropy_delta: lambda t, y: (y - t) * t},
    ),
    Mistake(
        "derivative-twice",
        "You multiply y − t by y(1 − y) once more.",
        "Which derivatives has y − t taken account of already?",
        {cross_entropy_delta: lambda t, y: (y - t) * y * (1 - y)},
    ),
    Mistake(
        "softmax-skipped",
        "You start from −t/y, the gradient with respect to y: softmax has not been passed.",
        "Which function lies between z and y?",
        {cross_entropy_delta: lambda t, y: -t / y},
    ),
    Mistake(
        "no-minus",
        "Your loss is negative: the minus sign is missing.",
        "Which sign has the logarithm of a probability?",
        {cross_entropy_from_logits: lambda t, z: -cross_entropy_from_logits(t, z)},
    ),
    Mistake(
        "all-classes",
        "Your loss adds up −ln y of all classes: the target makes no difference.",
        "Which terms of the sum remain when t is one-hot?",
        {cross_entropy_from_logits: lambda t, z: cross_entropy_from_logits(np.ones_like(t), z)},
    ),
    Mistake(
        "binary-for-every-class",
        "Your loss also adds −ln(1 − y) of the other classes: the log loss of independent yes-no questions.",
        "Which terms does CSC321's loss have for classes with t = 0?",
        {cross_entropy_from_logits: lambda t, z: -np.log(np.abs(1 - t - softmax(z))).sum()},
    ),
    Mistake(
        "divided-by-k",
        "Your loss is divided by the number of classes.",
        "Is there a mean in the formula for one example?",
        {cross_entropy_from_logits: lambda t, z: cross_entropy_from_logits(t, z) / len(t)},
    ),
    Mistake(
        "logarithm-to-base-2",
        "Your logarithm is the one to base 2.",
        "To which base is the logarithm of CSC321?",
        {cross_entropy_from_logits: lambda t, z: cross_entropy_from_logits(t, z) / np.log(2)},
    ),
    Mistake(
        "logistic-for-softmax",
        "Your outputs are logistic functions of one score each: they do not sum to 1.",
        "What happens to the other probabilities when one of the scores rises?",
        {softmax: sigmoid, cross_entropy_from_logits: lambda t, z: -(t * np.log(sigmoid(z))).sum()},
    ),
    Mistake(
        "no-bias",
        "Your scores leave the biases out.",
        "What is z when all inputs are 0?",
        {preactivation: lambda W, x, b: W @ x},
    ),
    Mistake(
        "transposed",
        "Your dW is transposed: it is the layout of DSC 140B, where W goes from row to column.",
        "Row k of W belongs to class k. Which shape must dW have?",
        {weight_gradient: lambda z_bar, x: weight_gradient(z_bar, x).T},
        convention=True,
    ),
    Mistake(
        "input-forgotten",
        "Every column of your dW is the gradient with respect to z: the inputs make no difference.",
        "What should the gradient of a weight be whose input is 0?",
        {weight_gradient: lambda z_bar, x: np.outer(z_bar, np.ones_like(x))},
    ),
    Mistake(
        "bias-gradient-summed",
        "Your db is added up to one number.",
        "How many biases are there?",
        {bias_gradient: np.sum},
    ),
)
