"""What a call changes is there when a function that reads it is called; what changes nothing is not run."""

import pytest

from tests.notebooks.sample_notebooks import extracted, load, sliced

READS_IT = "def f():\n    return ok[0]"
HELPERS = "def fill(t):\n    t[0] = 1.0\n    return t\ndef fill_later(t):\n    return fill(t)"


@pytest.mark.parametrize(
    "change",
    [
        "fill(ok)",
        "fill_later(t=ok)",
        "_ = fill(ok)",
        "_, other = fill(ok), 2",
        "print(fill(ok))",
        "assert fill(ok) is ok",
        "if ok[0] == 0:\n    fill(ok)",
        "for i in range(2):\n    fill(ok)",
        "while not ok[0]:\n    fill(ok)",
        "try:\n    fill(ok)\nfinally:\n    pass",
        "with np.errstate(all='ignore'):\n    fill(ok)",
        "[fill(each) for each in (ok, [0])]",
        "list(map(fill, [ok]))",
        "any(fill(each) for each in [ok])",
        "same = ok\nsame[0] = 1",
        "row = ok[:1]\nrow += 1",
        "parts = {'a': [ok]}\nfill(parts['a'][0])",
        "(lambda t: fill(t))(ok)",
        "g = lambda t: t.fill(1)\ng(ok)",
        "np.fill_diagonal(ok.reshape(1, 2), 1)",
        "np.add.at(ok, [0], 1.0)",
        "np.add(ok, 1.0, out=ok)",
        "np.add(ok, 1.0, ok)",
        "np.copyto(ok, 1)",
        "ok.put(0, 1.0)",
        "ok.fill(1)",
        "ok.sort()\nok.itemset(0, 1) if hasattr(ok, 'itemset') else ok.put(0, 1)",
        "%time fill(ok)",
        "def first():\n    ok[0] = 1\nfirst()",
        "def first():\n    global ok\n    ok = [1]\nif True:\n    first()",
        "class A:\n    def go(self):\n        fill(ok)\nA().go()",
        "class A:\n    def __init__(self, t): self.t = t\n    def go(self): self.t[0] = 1\nA(ok).go()",
        "def apply(do, t):\n    do(t)\napply(fill, ok)",
        "import functools\nfunctools.partial(fill, ok)()",
        "@fill_it\ndef g():\n    pass",
        "globals()['ok'] = [1]",
        "exec('ok = [1]')",
        "import operator\noperator.setitem(ok, 0, 1)",
    ],
)
def test_a_value_that_a_call_changes(change):
    """By whatever path the call reaches it."""
    decorator = "def fill_it(g):\n    fill(ok)\n    return g"
    assert sliced("f", f"import numpy as np\nok = np.zeros(2)\n{HELPERS}\n{decorator}", change, READS_IT)() == 1


@pytest.mark.parametrize(
    ("made", "change"),
    [
        ("import heapq\nok = [2]", "heapq.heappush(ok, 1)"),
        ("from bisect import insort\nok = [2]", "insort(ok, 1)"),
        ("ok = []", "[ok.append(1) for i in range(2)]"),
        ("from collections import deque\nok = deque([0])", "ok.appendleft(1)"),
        ("from collections import Counter\nok = Counter()", "ok.update([0])"),
        ("import random\nok = [1, 1]", "random.shuffle(ok)"),
        ("import copy\nok = [[0]]", "copy.copy(ok)[0][0] = 1\nok = ok[0]"),
        ("ok = {}", "ok.setdefault(0, 1)"),
        ("ok = iter([0, 1])", "next(ok)\nok = [next(ok)]"),
        ("ok = {0: 0}", "ok |= {0: 1}"),
        ("ok = [0]", "ok *= 0\nok += [1]"),
        ("ok, rest = [0], []", "*rest, ok[0] = 3, 1"),
        ("ok = [0]", "for ok[0] in (3, 1):\n    pass"),
        ("ok = [0, 1]", "del ok[0]"),
    ],
)
def test_other_values_that_a_call_changes(made, change):
    """Lists, heaps, queues, iterators, whatever holds something."""
    assert sliced("f", made, change, READS_IT)() == 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["class P: pass\np = P()", "setattr(p, 'ok', 1)", "def f():\n    return p.ok"], 1),
        (
            [
                "class P:\n    ok = 0\n    @classmethod\n    def set(cls): cls.ok = 1",
                "P.set()",
                "def f():\n    return P.ok",
            ],
            1,
        ),
        (
            [
                "class P:\n    seen = []\n    def __init__(self): self.seen.append(1)",
                "P()",
                "def f():\n    return P.seen",
            ],
            [1],
        ),
        (
            [
                "calls = []\ndef log(g):\n    calls.append(g.__name__)\n    return g",
                "@log\ndef g(): pass",
                "def f():\n    return calls",
            ],
            ["g"],
        ),
        (["n = 0\ndef tick():\n    global n\n    n += 1", "tick()\ntick()", "def f():\n    return n"], 2),
        (["def f():\n    return f.n", "f.n = 1\nsetattr(f, 'n', f.n + 1)"], 2),
        (
            [
                "def make():\n    n = [0]\n    def tick():\n        n[0] += 1\n        return n[0]\n    return tick",
                "tick = make()",
                "tick()",
                "def f():\n    return tick()",
            ],
            2,
        ),
        (
            [
                "import random\nrandom.seed(3)\na = random.random()",
                "random.random()",
                "b = random.random()",
                "def f():\n    return b",
            ],
            None,
        ),
        (
            ["import numpy as np\nrng = np.random.default_rng(3)", "rng.normal()", "def f():\n    return rng.normal()"],
            None,
        ),
    ],
)
def test_other_states(cells, expected):
    """Objects, classes, functions with state, counters in closures, generators of random numbers."""
    whole: dict[str, object] = {}
    for cell in cells:
        exec(cell, whole)
    result = sliced("f", *cells)()
    assert result == (whole["f"]() if expected is None else expected)


@pytest.mark.parametrize(
    ("setting", "reader"),
    [
        (
            "import sys\nsys.setrecursionlimit(3456)",
            "import sys as s\ndef f():\n    return s.getrecursionlimit() == 3456",
        ),
        (
            "import decimal\ndecimal.getcontext().prec = 7",
            "from decimal import getcontext\ndef f():\n    return getcontext().prec == 7",
        ),
        (
            "from decimal import getcontext\nDIGITS = 6\ncontext = getcontext()\ncontext.prec = DIGITS",
            "def f():\n    return getcontext().prec == 6",
        ),
        ("import sys\nsys.path.append('nowhere')", "def f():\n    import sys\n    return 'nowhere' in sys.path"),
    ],
)
def test_settings_of_modules(setting, reader, monkeypatch):
    """A setting made at the top holds in the function, whether it mentions the module or not."""
    import decimal
    import sys

    before, limit = decimal.getcontext().copy(), sys.getrecursionlimit()
    monkeypatch.setattr(sys, "path", [*sys.path])
    try:
        assert sliced("f", setting, reader)()
    finally:
        decimal.setcontext(before)
        sys.setrecursionlimit(limit)


TRAINING = """
import numpy as np
X, Y = np.ones((2, 5)), np.ones((1, 5))
layers = [2, 3, 1]

def initialize(layers):
    parameters = {}
    for l in range(1, len(layers)):
        parameters[f"W{l}"] = np.zeros((layers[l], layers[l - 1]))
    return parameters

def forward(X, parameters):
    caches, A = [], X
    for l in range(1, len(parameters) + 1):
        A_before = A
        A = np.tanh(parameters[f"W{l}"] @ A_before)
        caches.append((A_before, A))
    return A, caches

def backward(A, Y, caches, parameters):
    gradients = {}
    dA = A - Y
    for l in reversed(range(len(caches))):
        A_before, A = caches[l]
        dZ = dA * (1 - A**2)
        gradients[f"W{l + 1}"] = dZ @ A_before.T
        dA = parameters[f"W{l + 1}"].T @ dZ
    return gradients

def update(parameters, gradients, rate):
    for name in parameters:
        parameters[name] -= rate * gradients[name]
    return parameters

def train(X, Y, layers, steps):
    parameters = initialize(layers)
    costs = []
    for step in range(steps):
        A, caches = forward(X, parameters)
        parameters = update(parameters, backward(A, Y, caches, parameters), 0.1)
        costs.append(float(np.sum((A - Y) ** 2)))
    return parameters, costs
"""


@pytest.mark.parametrize(
    "call",
    [
        "parameters, costs = train(X, Y, layers, 10**9)",
        "print(train(X, Y, layers, 10**9))",
        "for rate in (1, 2):\n    train(X, Y, layers, 10**9)",
        "print(X.shape, len(layers), np.sum(X), f'{X[0]}')",
        "plt.plot(X[0], Y[0])\nplt.show()",
        "predictions = forward(X, initialize(layers))[0] > 0.5",
        "assert np.allclose(X.mean(axis=0), sum(list(X)) / 2)",
        "X2 = X.copy()\nX2 -= 1\nX2[0] = 4\nlayers2 = layers + [1]\nlayers2.append(1)",
        "best = sorted(layers)[0] if X.any() else max(layers)",
    ],
)
def test_what_changes_nothing_is_not_run(call):
    """A training loop that only looks at a value, plots, prints and tests have no part in what reads the value."""
    cells = [TRAINING, "import matplotlib.pyplot as plt", call, "def f():\n    return X.sum() + Y.sum() + len(layers)"]
    extraction = extracted(*cells)
    assert not extraction.program("f").trials
    assert load(extraction, "f")() == 18


def test_what_changes_others_is_run_on_trial():
    """One that fails, and what it alone needs, costs nothing; what binds what is needed is no trial."""
    cells = ["L = [1]", "L.append(missing)", "L.append(2)", "L.extend(load('data.txt'))", "def f():\n    return L"]
    program = extracted(*cells).program("f")
    assert [unit.cell for unit in program.units if unit in program.trials] == [2, 3, 4]
    assert sliced("f", *cells)() == [1, 2]


def test_functions_alone_need_nothing_of_the_kind():
    """A function that reads modules, functions and numbers has no trials, however its notebook goes on."""
    cells = [
        "import numpy as np\nK = 3\nNAME, PAIR = 'a', (1, 2)\ndef g(x): return x",
        "def f(x):\n    return g(x) * K * PAIR[0]",
    ]
    cells += ["g(K)\nf(K)\nnp.save(NAME, PAIR)\nfor i in range(K): g(i)"]
    assert [unit.line for unit in extracted(*cells).program("f").units] == [2, 3, 4, 1]


@pytest.mark.parametrize("depth", [200, 3_000])
def test_deeply_nested_statements(depth):
    """What is too deep to be looked at may change whatever it mentions."""
    chain = "L.append(" + "-" * 50 + "1)\n" + "x = L" + ".a" * depth
    extraction = extracted("L = [0]", chain, "x = " + "+".join(["L"] * depth), "def f():\n    return L, x")
    assert extraction.program("f").units
