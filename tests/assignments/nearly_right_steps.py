"""Losses, batches, steps and graphs that are right for most arguments, by assignment and exercise."""

import numpy as np

from reference import chain_rule, delta_rule, graph


def in_equal_batches(X, y, size):
    count = -(-len(X) // size)
    return list(zip(np.array_split(X, count), np.array_split(y, count), strict=True))


def without_rest_of_one(X, y, size):
    return [batch for batch in delta_rule.minibatches(X, y, size) if len(batch[1]) > 1 or size == 1]


def large_size_refused(X, y, size):
    return delta_rule.minibatches(X, y, size) if size <= len(X) else []


def trained_up_to(layers):
    """Of a deeper network the first layers keep their weights."""

    def train(W, X, y, *rest):
        after, losses = delta_rule.train(W, X, y, *rest)
        return [w if len(W) - k > layers else new for k, (w, new) in enumerate(zip(W, after, strict=True))], losses

    return train


def with_model(change):
    """The model with λ, called with another weight, input or target."""
    return lambda w, b, x, t, lam: chain_rule.regularized_logistic_least_squares(*change(w, b, x, t), lam)


def penalty_pulls_down(w, b, x, t, lam):
    _, dw, _ = chain_rule.logistic_least_squares(w, b, x, t)
    loss, _, db = chain_rule.regularized_logistic_least_squares(w, b, x, t, lam)
    return loss, dw + lam * abs(w), db


def thin_up_to(layers):
    """Of a deeper network the first layers' derivatives are left out."""

    def thin_gradient(w, x, y):
        loss, gradient = chain_rule.thin_gradient(w, x, y)
        return loss, gradient * (np.arange(len(w))[::-1] < layers)

    return thin_gradient


def classes_up_to(k):
    return lambda W, b, x, t: chain_rule.multiclass_logistic(W, b, x, np.where(np.arange(len(t)) < k, t, 0))


def without_first_class(W, b, x, t):
    return chain_rule.multiclass_logistic(W, b, x, np.append(0, t[1:]))


LOSSES = {
    "delta_rule.cross_entropy_loss": {
        "without first class": lambda y, o: delta_rule.cross_entropy_loss(y[1:], o[1:]),
        "without last class": lambda y, o: delta_rule.cross_entropy_loss(y[:-1], o[:-1]),
        "three classes": lambda y, o: delta_rule.cross_entropy_loss(y[:3], o[:3]),
    },
    "delta_rule.log_loss": {
        "clipped at 0.1": lambda y, o: delta_rule.log_loss(y, np.clip(o, 0.1, 0.9)),
    },
    "delta_rule.hidden_deltas": {"squeezed": lambda *args: np.squeeze(delta_rule.hidden_deltas(*args))},
    "delta_rule.train": {
        "two layers": trained_up_to(2),
        "three epochs": lambda W, X, y, alpha, epochs, size: delta_rule.train(W, X, y, alpha, min(epochs, 3), size),
        "large size refused": lambda W, X, y, alpha, epochs, size: delta_rule.train(
            W, X, y, alpha, epochs if size <= len(X) else 0, size
        ),
    },
    "delta_rule.minibatches": {
        "equal batches": in_equal_batches,
        "rest of one dropped": without_rest_of_one,
        "large size refused": large_size_refused,
    },
    "chain_rule.logistic_least_squares": {
        f"clipped at {c}": lambda w, b, x, t, c=c: chain_rule.logistic_least_squares(
            w, np.clip(w * x + b, -c, c) - w * x, x, t
        )
        for c in (3, 4)
    },
    "chain_rule.regularized_logistic_least_squares": {
        "|w|": with_model(lambda w, b, x, t: (abs(w), b, x, t)),
        "|x|": with_model(lambda w, b, x, t: (w, b, abs(x), t)),
        "target 0 or 1": with_model(lambda w, b, x, t: (w, b, x, round(t))),
        "λ|w|": penalty_pulls_down,
    },
    "chain_rule.logistic_regression_gradient": {
        "clipped at 1": lambda w, X, t: chain_rule.logistic_regression_gradient(np.clip(w, -0.5, 0.5), X, t),
        "square transposed": lambda w, X, t: chain_rule.logistic_regression_gradient(
            w, X.T if len(X) == X.shape[1] else X, t
        ),
        "four examples": lambda w, X, t: chain_rule.logistic_regression_gradient(w, X[:4], t[:4]),
    },
    "chain_rule.thin_gradient": {
        "three layers": thin_up_to(3),
        "|x|": lambda w, x, y: chain_rule.thin_gradient(w, abs(x), y),
        "positive weights": lambda w, x, y: chain_rule.thin_gradient(np.abs(w), x, y),
    },
    "chain_rule.zero_one_loss": {
        "truth values": lambda y, t: int(bool(y) != bool(t)),
        "one side": lambda y, t: int(y > t),
        "two apart": lambda y, t: int(abs(y - t) > 1),
    },
    "chain_rule.hinge_loss": {
        "capped at 2": lambda z, t: min(chain_rule.hinge_loss(z, t), 2.0),
        "one class": lambda z, t: chain_rule.hinge_loss(z, 1),
    },
    "chain_rule.hinge_gradient": {
        "one class": lambda z, t: chain_rule.hinge_gradient(z, 1),
        "wrong decisions": lambda z, t: chain_rule.hinge_gradient(z, t) if t * z < 0 else 0.0,
    },
    "chain_rule.multiclass_logistic": {
        "three classes": classes_up_to(3),
        "without first class": without_first_class,
    },
}


def article_with_fixed_weight(layer, place):
    """The article's step in plain NumPy, but for one weight of the layer, which stays."""

    def worked_example():
        W = [w.copy() for w in delta_rule.example_weights()]
        x = np.array([1.0, 1.0, 0.0])
        a1, a2, o = delta_rule.sigmoid_activations(W, x)
        d3 = o - 1
        d2 = W[2].T @ d3 * a2 * (1 - a2)
        d1 = W[1].T @ d2 * a1 * (1 - a1)
        for k, (delta, a) in enumerate(((d1, x), (d2, a1), (d3, a2))):
            step = 0.5 * np.outer(delta, a) * (W[k] != 0)
            if k == layer:
                step[place] = 0
            W[k] -= step
        return o[0], [*d1, *d2, *d3], delta_rule.sigmoid_activations(W, x)[-1][0]

    return worked_example


WEIGHTS = [(k, place) for k, w in enumerate(delta_rule.example_weights()) for place in zip(*np.nonzero(w), strict=True)]


def order_with_children_counted_once(parents):
    missing = {node: len(parents[node]) for node in parents}
    order = [node for node in parents if not parents[node]]
    for node in order:
        for child in parents:
            missing[child] -= node in parents[child]
            if node in parents[child] and missing[child] == 0:
                order.append(child)
    return order


def breadth_first(parents):
    order = [node for node in parents if not parents[node]]
    for node in order:
        order += [child for child in parents if node in parents[child] and child not in order]
    return order


def values_of_different_parents(graph_, inputs):
    """Products over sets of parents."""
    value = {}
    for node in graph.topological_order(graph.parents_of(graph_)):
        operation, parents = graph_[node]
        if operation == "multiply":
            value[node] = np.prod([value[parent] for parent in set(parents)])
        else:
            value[node] = inputs[node] if operation == "input" else graph.apply(operation, parents, value)
    return value


def signals_by(collect):
    """Error signals; collect(parents, partials) yields the pairs of parent and partial that a node passes on."""

    def error_signals(graph_, inputs):
        value = graph.forward_values(graph_, inputs)
        signal = dict.fromkeys(graph_, 0.0)
        signal[graph.output_node(graph_)] = 1.0
        for node in reversed(graph.topological_order(graph.parents_of(graph_))):
            operation, parents = graph_[node]
            for parent, partial in collect(parents, graph.local_derivatives(operation, parents, value)):
                signal[parent] += signal[node] * partial
        return signal

    return error_signals


def one_message_to_each(parents, partials):
    return dict(zip(parents, partials, strict=True)).items()


def a_message_per_place(parents, partials):
    return zip(parents, partials, strict=True)


GRAPHS = {
    "computation_graph.topological_order": {
        "children counted once": order_with_children_counted_once,
        "breadth first": breadth_first,
    },
    "computation_graph.forward_values": {"different parents": values_of_different_parents},
    "computation_graph.error_signals": {"one message to each parent": signals_by(one_message_to_each)},
}
