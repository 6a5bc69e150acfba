"""Slips made at the output: softmax, the two losses, and the gradients down to the pre-activation a_L."""

import numpy as np

from grader.assignment import Mistake
from reference.activations import sigmoid
from reference.feedforward import (
    cross_entropy,
    output_gradient,
    output_preactivation_gradient,
    softmax,
    softmax_jacobian,
    squared_error,
)
from reference.shapes import one_hot


def unguarded_exp(a: np.ndarray) -> np.ndarray:
    """e^a, which overflows for large a without a word."""
    with np.errstate(over="ignore"):
        return np.exp(a)


def overflowing_softmax(a: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return unguarded_exp(a) / unguarded_exp(a).sum()


LABEL_ONE_OFF = Mistake(
    "label-one-off",
    "Your function takes the entry before the label's: it counts the classes from 1.",
    "Which entry of the vector does label 0 mean?",
    {one_hot: lambda label, k: np.eye(k)[label - 1]},
)

LABEL_AS_NUMBER = Mistake(
    "label-as-number",
    "Your function calculates with the label as if it were a number; it names a class, and stands for the vector e(ℓ).",
    "What is e(ℓ) for label 2 of four classes?",
    {one_hot: lambda label, k: np.full(k, float(label))},
)

SOFTMAX = (
    Mistake(
        "not-normalised",
        "Your function returns e^a: the entries do not sum to 1.",
        "What must the entries of a probability distribution add up to?",
        {softmax: unguarded_exp},
    ),
    Mistake(
        "shifted-but-not-normalised",
        "Your function returns e^(a − max a): its largest entry is 1, and so the sum is above 1.",
        "What must the entries of a probability distribution add up to?",
        {softmax: lambda a: np.exp(a - a.max())},
    ),
    Mistake(
        "logistic",
        "Your function applies the logistic function to each entry on its own.",
        "What happens to the other probabilities when one of the scores rises?",
        {softmax: sigmoid},
    ),
    Mistake(
        "no-exponential",
        "Your function divides the scores by their sum, without the exponential.",
        "What would come out for a negative score, and can that be a probability?",
        {softmax: lambda a: a / a.sum()},
    ),
    Mistake(
        "negative-exponent",
        "Your function gives the largest probability to the smallest score: the exponents have the opposite sign.",
        "Which class should be the most likely one?",
        {softmax: lambda a: softmax(-a)},
    ),
    Mistake(
        "winner-takes-all",
        "Your function gives 1 to the largest score and 0 to all others.",
        "What does the formula give for two scores that are nearly equal?",
        {softmax: lambda a: one_hot(int(a.argmax()), len(a))},
    ),
    Mistake(
        "overflow",
        "Your formula is right for ordinary scores, but for large ones it divides inf by inf, which is NaN.",
        "What changes in softmax when the same number is subtracted from all scores?",
        {softmax: overflowing_softmax},
    ),
)

CROSS_ENTROPY = (
    LABEL_ONE_OFF,
    LABEL_AS_NUMBER,
    Mistake(
        "no-minus",
        "Your loss is negative: it is ln ŷ_ℓ, without the minus sign.",
        "Which sign has the logarithm of a probability, and which should a loss have?",
        {cross_entropy: lambda y_hat, label: -cross_entropy(y_hat, label)},
    ),
    Mistake(
        "logarithm-to-base-2",
        "Your logarithm is the one to base 2.",
        "To which base is the logarithm of CS6910?",
        {cross_entropy: lambda y_hat, label: cross_entropy(y_hat, label) / np.log(2)},
    ),
    Mistake(
        "logarithm-to-base-10",
        "Your logarithm is the one to base 10.",
        "To which base is the logarithm of CS6910?",
        {cross_entropy: lambda y_hat, label: cross_entropy(y_hat, label) / np.log(10)},
    ),
    Mistake(
        "all-classes",
        "Your loss adds up −ln ŷ of all classes: the label makes no difference.",
        "Which terms of the sum remain when y is 1 for the true class and 0 for the others?",
        {cross_entropy: lambda y_hat, label: -np.log(y_hat).sum()},
    ),
    Mistake(
        "binary-for-every-class",
        "Your loss also adds −ln(1 − ŷ) of the other classes: that is the log loss of independent yes-no questions.",
        "Which terms does the cross-entropy of CS6910 have for classes with y = 0?",
        {cross_entropy: lambda y_hat, label: -np.log(np.abs(1 - one_hot(label, len(y_hat)) - y_hat)).sum()},
    ),
    Mistake(
        "divided-by-k",
        "Your loss is divided by the number of classes.",
        "Is there a mean in the formula for one example?",
        {cross_entropy: lambda y_hat, label: cross_entropy(y_hat, label) / len(y_hat)},
    ),
    Mistake(
        "predicted-class",
        "Your loss looks at the most likely class, not at the label.",
        "How large should the loss be when the network is sure of a wrong class?",
        {cross_entropy: lambda y_hat, label: -np.log(y_hat.max())},
    ),
    Mistake(
        "entropy",
        "Your function returns the entropy of ŷ: the label makes no difference.",
        "Which of the two distributions stands before the logarithm, and which behind it?",
        {cross_entropy: lambda y_hat, label: -(y_hat * np.log(y_hat)).sum()},
    ),
    Mistake(
        "no-logarithm",
        "Your loss is 1 − ŷ_ℓ: there is no logarithm in it.",
        "How large should the loss get when ŷ_ℓ comes near 0?",
        {cross_entropy: lambda y_hat, label: 1 - y_hat[label]},
    ),
)

SQUARED_ERROR = (
    Mistake(
        "no-1/N",
        "Your loss is the sum over the examples, not their mean.",
        "What should happen to the loss when every example is listed twice?",
        {squared_error: lambda Y_hat, Y: ((Y_hat - Y) ** 2).sum()},
    ),
    Mistake(
        "mean-over-outputs-too",
        "Your loss is the mean over all N·k entries.",
        "Over which of the two indices does CS6910 average, and over which does it only sum?",
        {squared_error: lambda Y_hat, Y: ((Y_hat - Y) ** 2).mean()},
    ),
    Mistake(
        "divided-by-k",
        "Your loss is divided by the number of outputs, not by the number of examples.",
        "Which axis of the matrix counts the examples?",
        {squared_error: lambda Y_hat, Y: ((Y_hat - Y) ** 2).mean(axis=1).sum()},
    ),
    Mistake(
        "half",
        "Your loss carries the factor ½ of CSC321 and ITCS 6156; the one asked here has none.",
        "Is there a ½ in CS6910's squared error?",
        {squared_error: lambda Y_hat, Y: squared_error(Y_hat, Y) / 2},
        convention=True,
    ),
    Mistake(
        "absolute-error",
        "Your loss adds up absolute differences: the square is missing.",
        "How much more should an error of 2 cost than an error of 1?",
        {squared_error: lambda Y_hat, Y: np.abs(Y_hat - Y).sum(axis=1).mean()},
    ),
    Mistake(
        "root",
        "Your function takes the root of the mean.",
        "Is the loss of CS6910 a squared distance or a distance?",
        {squared_error: lambda Y_hat, Y: np.sqrt(squared_error(Y_hat, Y))},
    ),
    Mistake(
        "summed-before-squared",
        "Your function adds the differences of an example up before it squares them, so that they can cancel.",
        "Should an example with the differences 1 and −1 cost nothing?",
        {squared_error: lambda Y_hat, Y: ((Y_hat - Y).sum(axis=1) ** 2).mean()},
    ),
    Mistake(
        "one-number-per-example",
        "Your function returns a number for every example.",
        "A loss is one number. How do the numbers of the examples become one?",
        {squared_error: lambda Y_hat, Y: ((Y_hat - Y) ** 2).sum(axis=1)},
    ),
)

OUTPUT_GRADIENT = (
    Mistake(
        "label-one-off",
        LABEL_ONE_OFF.says,
        LABEL_ONE_OFF.asks,
        {output_gradient: lambda y_hat, label: output_gradient(y_hat, (label - 1) % len(y_hat))},
    ),
    Mistake(
        "no-minus",
        "Your gradient has the opposite sign.",
        "Does the loss rise or fall when ŷ_ℓ rises?",
        {output_gradient: lambda y_hat, label: -output_gradient(y_hat, label)},
    ),
    Mistake(
        "every-class",
        "Your gradient is −1/ŷ_i for every class.",
        "How does the loss −ln ŷ_ℓ change when the probability of another class does?",
        {output_gradient: lambda y_hat, label: -1 / y_hat},
    ),
    Mistake(
        "not-divided",
        "Your gradient is −1 at the label: it does not depend on ŷ_ℓ.",
        "What is the derivative of −ln y with respect to y?",
        {output_gradient: lambda y_hat, label: -one_hot(label, len(y_hat))},
    ),
    Mistake(
        "one-number",
        "Your function returns the derivative for the label alone, as one number.",
        "With respect to how many numbers is the gradient taken?",
        {output_gradient: lambda y_hat, label: -1 / y_hat[label]},
    ),
    Mistake(
        "gradient-of-pre-activation",
        "Your function returns −(e(ℓ) − ŷ), the gradient with respect to the pre-activation a_L.",
        "Has softmax been passed on the way back already, or does that come next?",
        {output_gradient: output_preactivation_gradient},
    ),
    Mistake(
        "logarithm-kept",
        "Your gradient is ln ŷ_ℓ at the label, up to its sign: the logarithm has not been differentiated.",
        "What is the derivative of ln y with respect to y?",
        {output_gradient: lambda y_hat, label: -one_hot(label, len(y_hat)) * np.log(y_hat)},
    ),
)

SOFTMAX_JACOBIAN = (
    Mistake(
        "diagonal-only",
        "Your matrix is ŷ_i(1 − ŷ_i) on its diagonal and 0 beside it, as if each output saw its own score alone.",
        "What happens to the other probabilities when one of the scores rises?",
        {softmax_jacobian: lambda y_hat: np.diag(y_hat * (1 - y_hat))},
    ),
    Mistake(
        "vector",
        "Your function returns the numbers ŷ_i(1 − ŷ_i) alone, the diagonal of the matrix.",
        "How many outputs are there, and how many scores can each of them answer to?",
        {softmax_jacobian: lambda y_hat: y_hat * (1 - y_hat)},
    ),
    Mistake(
        "no-diagonal",
        "Your matrix is −ŷ_i ŷ_j everywhere: the term for i = j is missing.",
        "Does an output rise or fall with its own score?",
        {softmax_jacobian: lambda y_hat: -np.outer(y_hat, y_hat)},
    ),
    Mistake(
        "plus",
        "Your matrix has + ŷ_i ŷ_j beside the diagonal, where a minus belongs.",
        "If one class gains, what do the others do?",
        {softmax_jacobian: lambda y_hat: np.outer(y_hat, y_hat) + np.diag(y_hat * (1 - 2 * y_hat))},
    ),
    Mistake(
        "sign",
        "Your matrix has the opposite sign.",
        "Does an output rise or fall with its own score?",
        {softmax_jacobian: lambda y_hat: -softmax_jacobian(y_hat)},
    ),
    Mistake(
        "first-factor-forgotten",
        "Your entries are 1 − ŷ_j on the diagonal and −ŷ_j beside it: the factor ŷ_i is missing.",
        "How strongly can an output change that is nearly 0?",
        {softmax_jacobian: lambda y_hat: np.eye(len(y_hat)) - y_hat},
    ),
    Mistake(
        "one-for-y",
        "Your diagonal is 1 − ŷ_i²: the 1 has not been multiplied by ŷ_i.",
        "What does the product ŷ_i(1 − ŷ_j) give for i = j?",
        {softmax_jacobian: lambda y_hat: np.eye(len(y_hat)) - np.outer(y_hat, y_hat)},
    ),
)

OUTPUT_PREACTIVATION_GRADIENT = (
    LABEL_ONE_OFF,
    LABEL_AS_NUMBER,
    Mistake(
        "sign",
        "Your gradient is e(ℓ) − ŷ: it has the opposite sign.",
        "Does the loss rise or fall when the label's own score rises?",
        {output_preactivation_gradient: lambda y_hat, label: -output_preactivation_gradient(y_hat, label)},
    ),
    Mistake(
        "label-forgotten",
        "Your gradient is ŷ: the label makes no difference.",
        "When should this gradient be zero?",
        {output_preactivation_gradient: lambda y_hat, label: y_hat},
    ),
    Mistake(
        "gradient-of-output",
        "Your function returns −e(ℓ)/ŷ_ℓ, the gradient with respect to the output ŷ.",
        "Which function lies between a_L and ŷ, and has it been passed on the way back?",
        {output_preactivation_gradient: output_gradient},
    ),
    Mistake(
        "derivative-of-softmax-twice",
        "Your gradient is multiplied by ŷ(1 − ŷ) once more.",
        "Which derivatives has −(e(ℓ) − ŷ) taken account of already?",
        {
            output_preactivation_gradient: lambda y_hat, label: (
                output_preactivation_gradient(y_hat, label) * y_hat * (1 - y_hat)
            )
        },
    ),
    Mistake(
        "label-entry-only",
        "Your gradient is zero for all classes but the label's.",
        "Does ŷ_ℓ depend on the scores of the other classes?",
        {
            output_preactivation_gradient: lambda y_hat, label: (
                output_preactivation_gradient(y_hat, label) * one_hot(label, len(y_hat))
            )
        },
    ),
    Mistake(
        "label-entry-negated",
        "Your gradient is −ŷ_ℓ at the label, where ŷ_ℓ − 1 belongs.",
        "What is the derivative of −ln ŷ_ℓ with respect to the label's own score?",
        {output_preactivation_gradient: lambda y_hat, label: np.where(one_hot(label, len(y_hat)) > 0, -y_hat, y_hat)},
    ),
)
