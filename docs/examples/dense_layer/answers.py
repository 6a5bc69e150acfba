"""The reference of this assignment: what the exercises' functions should return."""


def dense(X, W, b):
    """Z = X W + b: X (m, n), W (n, k), b (k,) → (m, k)."""
    return X @ W + b


def over_examples(total, m):
    """The mean over m examples, from their sum; a step of its own, so that a mistake can replace it."""
    return total / m


def dense_gradients(dZ, X):
    """dW = Xᵀ dZ / m and db = the mean of dZ's rows: dZ (m, k), X (m, n) → (n, k), (k,)."""
    m = len(X)
    return over_examples(X.T @ dZ, m), over_examples(dZ.sum(axis=0), m)
