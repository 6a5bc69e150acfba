"""Copies are found whatever was done to hide them, and honest solutions of one exercise are no pairs."""

import re

import pytest

from grader.course.similarity import Code, fingerprints, pairs

ADA = '''
import numpy as np

def forward(weights, biases, x):
    """The layers one after the other."""
    activations, inputs = [x], []
    for k, (W, b) in enumerate(zip(weights, biases)):
        inputs.append(np.dot(W, activations[-1]) + b)
        last = k == len(weights) - 1
        activations.append(inputs[-1] if last else np.tanh(inputs[-1]))
    scores = np.exp(activations.pop() - np.max(inputs[-1]))
    return scores / scores.sum(), activations, inputs

def backward(weights, activations, inputs, probabilities, label):
    grad_a = probabilities.copy()
    grad_a[label] -= 1
    grad_W, grad_b = [], []
    for k in reversed(range(len(weights))):
        grad_W.insert(0, np.outer(grad_a, activations[k]))
        grad_b.insert(0, grad_a)
        if k:
            grad_a = (weights[k].T @ grad_a) * (1 - np.tanh(inputs[k - 1]) ** 2)
    return grad_W, grad_b
'''
BOB = """
import numpy as np

def softmax(a):
    shifted = a - a.max()
    return np.exp(shifted) / np.exp(shifted).sum()

def forward(weights, biases, x):
    h, kept_a, kept_h = x, [], [x]
    n = len(weights)
    i = 0
    while i < n - 1:
        a = weights[i] @ h + biases[i]
        h = np.tanh(a)
        kept_a.append(a)
        kept_h.append(h)
        i += 1
    a = weights[-1] @ h + biases[-1]
    return softmax(a), kept_h, kept_a + [a]

def backward(weights, hs, zs, y_hat, label):
    e = np.zeros_like(y_hat)
    e[label] = 1.0
    delta = y_hat - e
    dW = [None] * len(weights)
    db = [None] * len(weights)
    i = len(weights) - 1
    while True:
        dW[i] = delta[:, None] * hs[i][None, :]
        db[i] = delta
        if i == 0:
            return dW, db
        delta = np.dot(delta, weights[i])
        delta = delta * (1 - hs[i] * hs[i])
        i = i - 1
"""
EVE = """
from numpy import array, exp, tanh, outer

def step(W, b, h):
    return W.dot(h) + b

def forward(Ws, bs, x):
    if len(Ws) == 1:
        z = step(Ws[0], bs[0], x)
        return exp(z) / exp(z).sum(), [x], [z]
    z = step(Ws[0], bs[0], x)
    out, hs, zs = forward(Ws[1:], bs[1:], tanh(z))
    return out, [x] + hs, [z] + zs

def backward(Ws, hs, zs, out, y):
    target = array([1.0 if j == y else 0.0 for j in range(len(out))])
    def go(i, g):
        here = (outer(g, hs[i]), g)
        if i == 0:
            return [here]
        return go(i - 1, Ws[i].T.dot(g) / (1 / (1 - tanh(zs[i - 1]) ** 2))) + [here]
    both = go(len(Ws) - 1, out - target)
    return [w for w, _ in both], [b for _, b in both]
"""
HONEST = [Code("ada", "ada", ADA), Code("bob", "bob", BOB), Code("eve", "eve", EVE)]


def renamed(source):
    """Every name of one's own another one."""
    names = sorted(set(re.findall(r"\b(?:weights|biases|activations|inputs|grad_\w+|scores|last|label|k|x)\b", source)))
    for number, name in enumerate(names):
        source = re.sub(rf"\b{name}\b", f"value_{number}", source)
    return source


def reordered(source):
    """The last function first."""
    head, one, other = re.split(r"\n(?=def )", source)
    return "\n".join([head, other, one])


def reformatted(source):
    """Other blanks, comments, and no docstring."""
    return source.replace(" + ", "+").replace(", ", " , ").replace("\n    ", "\n    # so\n    ")


@pytest.mark.parametrize(
    "disguise", [renamed, reordered, reformatted, lambda text: renamed(reordered(reformatted(text)))]
)
def test_a_disguised_copy_is_the_first_pair(disguise):
    """Names, comments, blanks and the order of functions make no difference."""
    found = pairs([*HONEST, Code("mallory", "mallory", disguise(ADA))])
    assert {found[0].one, found[0].other} == {"ada", "mallory"}
    assert found[0].share > 0.9


def test_one_copied_function_is_seen():
    """Among others of one's own; the lines that are shared are told."""
    mixed = BOB[: BOB.index("def backward")] + renamed(ADA[ADA.index("def backward") :])
    found = pairs([Code("ada", "ada", ADA), Code("eve", "eve", EVE), Code("mallory", "mallory", mixed)])
    assert {found[0].one, found[0].other} == {"ada", "mallory"}
    first = ADA[: ADA.index("def backward")].count("\n") + 1
    assert {*range(first, first + 8)} <= {*found[0].lines_of_one}


def test_independent_solutions_are_no_pairs():
    """They share a few forms, as far from a copy as can be."""
    copied = pairs([Code("a", "a", ADA), Code("b", "b", renamed(ADA))])
    assert all(pair.evidence < copied[0].evidence / 8 and pair.share < 0.1 for pair in pairs(HONEST))


def test_what_everybody_was_given_counts_nothing():
    """The template, and the lecture's code."""
    assert pairs([Code("a", "a", ADA), Code("b", "b", ADA)], given=[ADA]) == []


def test_what_many_share_counts_nothing():
    """It is the natural form, or was found in the same place by all."""
    assert pairs([Code(str(i), str(i), ADA) for i in range(30)]) == []


def test_members_of_a_group_are_no_pair():
    """They handed in together."""
    assert pairs([Code("a", "red", ADA), Code("b", "red", ADA)]) == []


def test_what_is_short_says_nothing():
    """A sigmoid has one natural form."""
    sigmoid = "import numpy as np\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"
    assert pairs([Code("a", "a", sigmoid), Code("b", "b", sigmoid)]) == []


@pytest.mark.parametrize("text", ["", "def f(:\n  '''", "\x00", "x = (\n" * 2000, "é = 1\n\tif:", "a" * 100_000])
def test_whatever_was_written_has_fingerprints(text):
    """What is no Python ends the program there."""
    assert isinstance(fingerprints(text), dict)
