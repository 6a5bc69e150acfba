"""The ReLU network node by node, and where each banked mistake is planted."""


def linear_gradient(x):
    found = [1]
    for value in x:
        found.append(value)
    return found


def risk_gradient(w, X, y):
    n = len(y)
    total = [0] * len(w)
    for row, target in zip(X, y):
        features = [1, *row]
        H = sum(u * v for u, v in zip(w, features))
        gap = H - target
        for i in range(len(w)):
            total[i] += 2 * gap * features[i] / n
    return total


def pack(W, b):
    vector = []
    for matrix, biases in zip(W, b):
        for i in range(matrix.shape[0]):
            for j in range(matrix.shape[1]):
                vector.append(matrix[i, j])
        vector.extend(biases)
    return vector


def unpack(vector, shapes):
    rest = list(vector)
    W, b = [], []
    for rows, columns in shapes:
        W.append([[rest.pop(0) for _ in range(columns)] for _ in range(rows)])
        b.append([rest.pop(0) for _ in range(columns)])
    return W, b


def evaluate(W, b, x):
    z, a = [], []
    now = list(x)
    for layer in range(len(W)):
        sums = []
        for j in range(len(b[layer])):
            sums.append(sum(now[i] * W[layer][i][j] for i in range(len(now))) + b[layer][j])
        z.append(sums)
        now = [s if layer == len(W) - 1 or s > 0 else 0 for s in sums]
        a.append(now)
    return z, a, now[0]


def output_gradients(W, b, x):
    z, a, H = evaluate(W, b, x)
    inputs = [list(x)] + a
    signal = [1]
    dW, db = [], []
    for layer in range(len(W) - 1, -1, -1):
        before = inputs[layer]
        dW = [[[u * s for s in signal] for u in before]] + dW
        db = [signal] + db
        back = [sum(W[layer][i][j] * signal[j] for j in range(len(signal))) for i in range(len(before))]
        if layer > 0:
            signal = [v if z[layer - 1][i] > 0 else 0 for i, v in enumerate(back)]
    return dW, db


def worked_example():
    W = [[[2, -3], [2, 1]], [[2, 1], [0, 1]], [[3], [-2]]]
    b = [[0, 0], [0, 0], [0]]
    return evaluate(W, b, [2, 1])[2], output_gradients(W, b, [2, 1])[0]


WAY_BACK = {
    "g'-forgotten": "v if z[layer - 1][i] > 0 else 0 => v",
    "g-for-g'": "v if z[layer - 1][i] > 0 else 0 => v * a[layer - 1][i]",
    "g'-upside-down": "z[layer - 1][i] > 0 else 0 => z[layer - 1][i] < 0 else 0",
    "transposed": "[[u * s for s in signal] for u in before] => [[u * s for u in before] for s in signal]",
    "z-for-a": "dW = [[[u * s for s in signal] for u in before]] => dW = [[[u * s for s in signal] for u in ([list(x)] + z)[layer]]]",
    "layer-off-by-one": "for u in before]] + => for u in inputs[layer + 1]]] +",
}
NO_RELU = {"no-relu": "s if layer == len(W) - 1 or s > 0 else 0 => s ;; v if z[layer - 1][i] > 0 else 0 => v"}
PLANTS = {
    "linear_gradient": {
        "no-bias-entry": "found = [1] => found = []",
        "zero-for-bias": "found = [1] => found = [0]",
        "bias-last": "found = [1] => found = [] ;; return found => return found + [1]",
    },
    "risk_gradient": {
        "no-1/n": " / n => ",
        "1/n-twice": "/ n => / n / n",
        "divided-by-d+1": "/ n => / len(w)",
        "half-squared-loss": "2 * gap => gap",
        "y-minus-H": "H - target => target - H",
        "loss-for-its-derivative": "2 * gap => gap**2",
        "targets-forgotten": "H - target => H",
        "prediction-without-bias": "for u, v in zip(w, features)) => for u, v in zip(w[1:], row))",
        "no-bias-entry": "return total => return total[1:]",
        "zero-for-bias": "return total => return [0, *total[1:]]",
        "bias-last": "[1, *row] => [*row, 1]",
    },
    "pack": {
        "column-by-column": "matrix.shape[0] => matrix.T.shape[0] ;; range(matrix.shape[1]) => range(matrix.shape[0]) ;; matrix[i, j] => matrix[j, i]",
        "all-weights-first": "        vector.extend(biases) =>     for biases in b:\n        vector.extend(biases)",
        "biases-before-weights": "        vector.extend(biases)\n =>  ;;         for i in range =>         vector.extend(biases)\n        for i in range",
        "biases-forgotten": "        vector.extend(biases)\n => ",
    },
    "unpack": {
        "column-by-column": "for _ in range(columns)] for _ in range(rows)]) => for _ in range(rows)] for _ in range(columns)])\n        W[-1] = [list(r) for r in zip(*W[-1])]",
        "all-weights-first": "        b.append([rest =>     for rows, columns in shapes:\n        b.append([rest",
        "biases-before-weights": "        W.append( =>         b.append([rest.pop(0) for _ in range(columns)])\n        W.append( ;;         b.append([rest.pop(0) for _ in range(columns)])\n    return =>     return",
    },
    "evaluate": {
        "relu-at-output": "layer == len(W) - 1 or s > 0 => s > 0",
        "no-relu": "s if layer == len(W) - 1 or s > 0 else 0 => s",
        "sigmoid-for-relu": "s if layer == len(W) - 1 or s > 0 else 0 => s if layer == len(W) - 1 else 1 / (1 + 2.718281828459045 ** -s)",
        "no-bias": " + b[layer][j] => ",
        "x-in-the-list": "return z, a, => return z, [x] + a,",
        "a-for-z": "return z, a, => return a, a,",
    },
    "output_gradients": WAY_BACK
    | NO_RELU
    | {
        "sigmoid-derivative": "v if z[layer - 1][i] > 0 else 0 => v * a[layer - 1][i] * (1 - a[layer - 1][i])",
        "relu-at-output": "signal = [1] => signal = [1 if H > 0 else 0]",
        "starts-from-H": "signal = [1] => signal = [H]",
        "no-bias": " + b[layer][j] => ",
        "bias-gradient-1": "db = [signal] => db = [[1 for _ in signal]]",
        "bias-gradient-0": "db = [signal] => db = [[0 for _ in signal]]",
        "bias-gradient-without-g'": "db = [signal] + db => db = [back if layer < len(W) - 1 else signal] + db",
    },
    "worked_example": {name: edit for name, edit in (WAY_BACK | NO_RELU).items()},
}
